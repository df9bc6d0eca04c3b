//! Delegations 授权委托: giving one, ending one, the list of one's own, and who acts under one today.
//!
//! A delegation is in force as long as it says so itself and both appointments hold. Whoever acts under it looks it up anew at every
//! request, and each decision requires it in the version in which it was read: one that ended meanwhile is a conflict.

pub mod end;
pub mod give;

use std::collections::HashMap;

use domain::{
    AppointmentId, DelegationId, PersonId,
    agency::Role,
    authority::Act,
    change::{Change, Row},
    delegation::{Delegation, delegable},
    time::Day,
};
use serde::{Deserialize, Serialize};
use store::{
    StoreError,
    delegation::Whose,
    directory::{Holding, Office},
};

use crate::{App, Caller, Failure, Outcome};

/// The most delegations of one page.
pub const MOST: usize = 50;
/// So many are taken from one appointment at the same time, as far as pages tell.
const MOST_TAKEN: usize = 50;

/// What giving and ending answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationReceipt {
    pub id: String,
    pub giver: String,
    pub taker: String,
    pub acts: Vec<String>,
    pub from: String,
    pub until: String,
    pub ended: bool,
    pub version: i64,
    pub event: String,
    pub at: i64,
}

impl DelegationReceipt {
    fn of(change: &Change) -> Outcome<Self> {
        let Some(Row::Delegation(one)) = change.rows().first() else {
            return Err(Failure::Broken("the change is about no delegation".into()));
        };
        let event = change.event();
        Ok(Self {
            id: one.id.to_string(),
            giver: one.giver.person.to_string(),
            taker: one.taker.person.to_string(),
            acts: one.acts.iter().map(ToString::to_string).collect(),
            from: one.from.to_string(),
            until: one.until.to_string(),
            ended: one.ended.is_some(),
            version: event.target.seen.next(),
            event: event.id.to_string(),
            at: event.at.0,
        })
    }
}

/// How one stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has not begun.
    Ahead,
    InForce,
    /// Its last day is past.
    Expired,
    /// Somebody ended it.
    Ended,
    /// One of the two has left the post.
    PostLeft,
}

impl Standing {
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Ahead => "ahead",
            Standing::InForce => "in_force",
            Standing::Expired => "expired",
            Standing::Ended => "ended",
            Standing::PostLeft => "post_left",
        }
    }

    pub fn is_over(self) -> bool {
        !matches!(self, Standing::Ahead | Standing::InForce)
    }
}

/// One of the list, with the names that go with it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub delegation: Delegation,
    pub standing: Standing,
    /// The two as they are or were in their posts.
    pub giver: Option<Holding>,
    pub taker: Option<Holding>,
    pub may_end: bool,
    /// This caller may act under it now.
    pub may_take_up: bool,
}

/// What a caller may choose from.
#[derive(Debug, Clone)]
pub struct Offered {
    pub colleagues: Vec<Office>,
    pub acts: Vec<Act>,
}

/// Reads all of the city's, beside their own.
fn reads_all(who: &Caller) -> bool {
    matches!(who.actor.role, Role::Admin | Role::Discipline) && who.actor.delegated.is_none()
}

pub fn may_give(who: &Caller) -> bool {
    who.actor.may_at_all(Act::Delegate).is_ok() && !delegable(who.actor.role).is_empty()
}

/// Colleagues in office at the caller's agency who can sign in, and the acts of the caller's post. Nothing for those who delegate nothing.
pub async fn offered(app: &App, who: &Caller) -> Outcome<Option<Offered>> {
    if !may_give(who) {
        return Ok(None);
    }
    let today = app.clock.now().day();
    let directory = app.store.directory();
    let mut colleagues = directory.colleagues(who.actor.agency, today).await?;
    colleagues.retain(|one| one.person != who.actor.person && one.username.is_some());
    Ok(Some(Offered {
        colleagues,
        acts: delegable(who.actor.role),
    }))
}

/// The newest first: one's own, or all for those who read all; and the key that the next page begins behind.
pub async fn list(
    app: &App,
    who: &Caller,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<(Vec<Listed>, Option<(i64, String)>)> {
    let whose = if reads_all(who) {
        Whose::All(who.actor.seat.city.clone())
    } else {
        Whose::Of(who.actor.person)
    };
    let limit = limit.clamp(1, MOST);
    let mut found = app.store.delegations().list(&whose, after, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| (last.given.at.0, last.id.to_string()));
    let mut holdings: HashMap<AppointmentId, Holding> = HashMap::new();
    for one in &found {
        for appointment in [one.giver.appointment, one.taker.appointment] {
            if !holdings.contains_key(&appointment)
                && let Some(held) = app.store.directory().holding_by(appointment).await?
            {
                holdings.insert(appointment, held);
            }
        }
    }
    let today = app.clock.now().day();
    let listed = found.into_iter().map(|delegation| {
        let of = |appointment| holdings.get(&appointment).cloned();
        let (giver, taker) = (of(delegation.giver.appointment), of(delegation.taker.appointment));
        let standing = standing(&delegation, giver.as_ref(), taker.as_ref(), today);
        let mine = delegation.taker.appointment == who.actor.appointment.0;
        Listed {
            may_end: !standing.is_over() && delegation.may_be_ended_by(&who.actor).is_ok(),
            may_take_up: mine && standing == Standing::InForce && who.actor.delegated.is_none(),
            delegation,
            standing,
            giver,
            taker,
        }
    });
    Ok((listed.collect(), next))
}

fn standing(one: &Delegation, giver: Option<&Holding>, taker: Option<&Holding>, today: Day) -> Standing {
    let holds = |held: Option<&Holding>| held.is_some_and(|held| held.appointment.holds_on(today));
    if one.ended.is_some() {
        Standing::Ended
    } else if today > one.until {
        Standing::Expired
    } else if !holds(giver) || !holds(taker) {
        Standing::PostLeft
    } else if today < one.from {
        Standing::Ahead
    } else {
        Standing::InForce
    }
}

/// A delegation that this holding may act under today, with the giver's.
pub(crate) async fn in_force(
    app: &App,
    id: DelegationId,
    taker: &Holding,
) -> Outcome<Option<(Delegation, Holding)>> {
    let Some(found) = app.store.delegations().find(id).await? else {
        return Ok(None);
    };
    if found.taker.appointment != taker.appointment.id {
        return Ok(None);
    }
    let today = app.clock.now().day();
    let giver = app.store.directory().holding_by(found.giver.appointment).await?;
    let stands = standing(&found, giver.as_ref(), Some(taker), today) == Standing::InForce;
    Ok(giver.filter(|_| stands).map(|giver| (found, giver)))
}

/// How many this caller could act under today and does not.
pub async fn waiting(app: &App, who: &Caller) -> Outcome<usize> {
    if who.actor.delegated.is_some() {
        return Ok(0);
    }
    let today = app.clock.now().day();
    let taken = app.store.delegations();
    let taken = taken.taken(who.actor.appointment.0, today, MOST_TAKEN).await?;
    let mut n = 0;
    for one in &taken {
        let giver = app.store.directory().appointment(one.giver.appointment).await?;
        n += usize::from(giver.is_some_and(|giver| giver.holds_on(today)));
    }
    Ok(n)
}

/// What this caller knows of: their own, or any for those who read all. Everything else is not found.
async fn find(app: &App, who: &Caller, id: DelegationId) -> Outcome<Delegation> {
    let found = app.store.delegations().find(id).await?;
    let theirs = |one: &Delegation| one.is_of(who.actor.person) || reads_all(who);
    found
        .filter(|one| one.city == who.actor.seat.city && theirs(one))
        .ok_or(Failure::NotFound)
}

/// Conflicts are decided anew; a second writing under the same id is the same request come twice.
fn again(done: Result<(), StoreError>) -> Outcome<bool> {
    match done {
        Ok(()) => Ok(false),
        Err(StoreError::Conflict) => Ok(true),
        Err(StoreError::Taken { table }) if table == "delegation" || table == "answer" => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Names of the two, for whoever shows a receipt.
pub async fn names(app: &App, ids: &[PersonId]) -> Outcome<HashMap<PersonId, String>> {
    let found = app.store.directory().persons(ids).await?;
    Ok(found.into_iter().map(|one| (one.id, one.name)).collect())
}
