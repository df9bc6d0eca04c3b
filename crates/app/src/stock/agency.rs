//! A department's one page: what its people found, ordered, sent back and accepted, month by month, and how much of what was closed
//! proved true when it was looked at again. Counted by what was done, not by who did it: no person is counted anywhere.

use domain::{
    AgencyId,
    agency::{Agency, Role},
    authority::Act,
    hazard::Outcome as Turned,
    stock::Period,
};
use store::deed::{self, Done, Revisits};

use super::{Reading, Standing};
use crate::{App, Caller, Failure, Outcome};

#[derive(Debug, Clone)]
pub struct OnePage {
    pub agency: Agency,
    pub year: Period,
    /// The months of the year so far, then the year.
    pub lines: Vec<(Period, Work)>,
    pub standing: Standing,
}

/// What was done in a period. Acts, not hazards: what came back twice counts twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    pub found: i64,
    pub ordered: i64,
    pub returned: i64,
    pub accepted: i64,
    pub signed_off: i64,
    pub revisits: Revisits,
}

impl Work {
    fn add(&mut self, done: &Done) {
        use Turned::{Passed, Returned};
        let n = done.n;
        match (Act::parse(&done.act), done.outcome) {
            (Some(Act::Report), _) => self.found += n,
            (Some(Act::Confirm), _) => self.ordered += n,
            (Some(Act::Accept | Act::SignOff), Returned) => self.returned += n,
            (Some(Act::Accept), Passed) => self.accepted += n,
            (Some(Act::SignOff), Passed) => self.signed_off += n,
            _ => {}
        }
        self.revisits.add(done);
    }
}

/// Who may see it: the city's offices, the agency's own people, and the county's safety office for agencies of its county.
pub(super) fn sees(who: &Caller, agency: &Agency) -> bool {
    let actor = &who.actor;
    match actor.role {
        Role::Admin | Role::CityOffice | Role::Discipline => agency.home.city == actor.seat.city,
        Role::CountyOffice => actor.seat.county.as_ref() == Some(&agency.home.county),
        Role::CityDepartment | Role::CountyDepartment | Role::TownOffice => actor.agency == agency.id,
        Role::Unit => false,
    }
}

pub async fn one_page(app: &App, who: &Caller, id: AgencyId) -> Outcome<OnePage> {
    let agency = app.store.directory().agency(id).await?;
    let agency = agency
        .filter(|agency| sees(who, agency))
        .ok_or(Failure::NotFound)?;
    let now = app.clock.now();
    let year = Period::month_of(now).year();
    let standing = Reading::of(app, &who.scope).await?.standing;
    let done = deed::done_by(&app.store.door, id, year).await?;
    let months = year.months().filter(|month| month.from() <= now);
    let mut lines: Vec<(Period, Work)> = months.map(|month| (month, Work::default())).collect();
    let mut all = Work::default();
    for one in &done {
        all.add(one);
        if let Some((_, work)) = lines.iter_mut().find(|(month, _)| month.to_string() == one.month) {
            work.add(one);
        }
    }
    lines.push((year, all));
    Ok(OnePage {
        agency,
        year,
        lines,
        standing,
    })
}
