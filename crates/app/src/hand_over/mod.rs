//! Post hand-over 岗位交接: what waits when somebody leaves a post, ending the appointment, and what has passed to whom.
//!
//! Cases wait for agencies, so nearly nothing has to be moved. What stands by a person's name is read anew each time from what is
//! still to be done: it is the successor's to see until it is done, and nobody has to tick it off (docs/adr/0023).

pub mod leave;
mod waiting;

use std::collections::HashSet;

use domain::{
    AppointmentId, PersonId, agency::Role, authority::Act, delegation::Delegation, directory::Waiting,
    hazard::Hazard, problem_list::ProblemList, sign_off_list::SignOffList, time::Day,
};
use store::{
    directory::{Holding, Office},
    hand_over::{left_to, left_to_agency},
};

use crate::{App, Caller, Failure, Outcome};

/// So many of each kind are looked at; a page shows the first of them.
pub const MOST: usize = 100;
/// Whose matters have passed to one person, at most.
const MOST_LEFT: usize = 50;
/// Through so many hands in a row matters are followed.
const MOST_HANDS: usize = 8;
/// An agency looks after what was left to nobody for so long.
const LOOKED_AFTER_DAYS: i64 = 366;

/// What waits where somebody sits or sat, and by their name.
#[derive(Debug, Clone)]
pub struct Left {
    pub holding: Holding,
    pub waiting: Waiting,
    pub cases: Vec<Hazard>,
    pub plans: Vec<Hazard>,
    pub problem_lists: Vec<ProblemList>,
    pub sign_off_lists: Vec<SignOffList>,
    /// Given or taken from this appointment and not over.
    pub delegations: Vec<Delegation>,
    pub successor: Option<Holding>,
}

/// Ends appointments.
pub fn may_end(who: &Caller) -> bool {
    who.actor.may_at_all(Act::EndAppointment).is_ok()
}

/// What waits for whoever holds or held this appointment: seen by the administrator, by discipline, by themselves, and by whoever it
/// passed to.
pub async fn show(app: &App, who: &Caller, id: AppointmentId) -> Outcome<Left> {
    waiting::of(app, who, find(app, who, id).await?).await
}

/// Whether this caller may end this appointment as it stands, whatever they say about it: found, allowed, at the version named.
pub async fn may_leave(app: &App, who: &Caller, id: AppointmentId) -> Outcome<Holding> {
    let holding = find(app, who, id).await?;
    who.actor.may_at_all(Act::EndAppointment)?;
    who.expects_version(holding.appointment.seen.version)?;
    Ok(holding)
}

/// To all others it is not there.
async fn find(app: &App, who: &Caller, id: AppointmentId) -> Outcome<Holding> {
    let holding = app.store.directory().holding_by(id).await?;
    let holding = holding
        .filter(|one| one.appointment.city == who.actor.seat.city)
        .ok_or(Failure::NotFound)?;
    let own = holding.appointment.person == who.actor.person;
    let reads_all = may_end(who) || who.actor.role == Role::Discipline;
    if !own && !reads_all {
        let passed = predecessors(app, who).await?;
        if !passed.iter().any(|one| one.appointment.id == id) {
            return Err(Failure::NotFound);
        }
    }
    Ok(holding)
}

/// What has passed to this caller and is not done, the last who left first.
pub async fn passed(app: &App, who: &Caller) -> Outcome<Vec<Left>> {
    let mut all = Vec::new();
    for holding in predecessors(app, who).await? {
        let left = waiting::of(app, who, holding).await?;
        if left.waiting.by_name() > 0 {
            all.push(left);
        }
    }
    Ok(all)
}

/// How many matters have passed to this caller and are not done.
pub async fn count(app: &App, who: &Caller) -> Outcome<i64> {
    let passed = passed(app, who).await?;
    Ok(passed.iter().map(|one| one.waiting.by_name()).sum())
}

/// Whose matters are this caller's to go on with: of those who named this appointment, and of those who left the agency with nobody
/// named; then of those who had passed theirs to these. Under a delegation one has one's own desk elsewhere.
async fn predecessors(app: &App, who: &Caller) -> Outcome<Vec<Holding>> {
    if who.actor.delegated.is_some() {
        return Ok(Vec::new());
    }
    let today = app.clock.now().day();
    let since = today.plus_days(-LOOKED_AFTER_DAYS);
    let mut found = left_to_agency(&app.store, who.actor.agency, (since, today), MOST_LEFT).await?;
    let mut heirs = vec![who.actor.appointment.0];
    heirs.extend(found.iter().map(|one| one.appointment.id));
    let mut seen: HashSet<AppointmentId> = heirs.iter().copied().collect();
    for _ in 0..MOST_HANDS {
        let mut next = left_to(&app.store, &heirs, today, MOST_LEFT).await?;
        next.retain(|one| seen.insert(one.appointment.id));
        heirs = next.iter().map(|one| one.appointment.id).collect();
        found.extend(next);
        if heirs.is_empty() || found.len() >= MOST_LEFT {
            break;
        }
    }
    found.truncate(MOST_LEFT);
    Ok(found)
}

/// Who may be named as successor: colleagues in office.
pub async fn successors(app: &App, left: &Left) -> Outcome<Vec<Office>> {
    let today = app.clock.now().day();
    let directory = app.store.directory();
    let mut colleagues = directory.colleagues(left.holding.agency.id, today).await?;
    colleagues.retain(|one| one.appointment != left.holding.appointment.id);
    Ok(colleagues)
}

impl Left {
    /// The end is announced, and its day has not come.
    pub fn leaves_on(&self, today: Day) -> Option<Day> {
        self.holding.appointment.to.filter(|on| *on >= today)
    }

    pub fn is_over(&self, today: Day) -> bool {
        self.holding.appointment.to.is_some_and(|on| on < today)
    }

    /// May be ended, or its announced end set anew.
    pub fn may_be_ended(&self, today: Day) -> bool {
        self.holding.appointment.to.is_none_or(|on| on > today)
    }

    pub fn person(&self) -> PersonId {
        self.holding.appointment.person
    }
}
