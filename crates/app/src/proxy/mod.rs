//! Small units whose town records for them 镇代录: entering the arrangement, ending it, the slip of codes, and who stands in for whom.

mod code;
pub mod end;
pub mod issue;

use domain::{SubjectId, UnitProxyId, actor::Actor, authority::Act, hazard::Hazard, proxy::UnitProxy};
use serde::{Deserialize, Serialize};

use crate::{App, Caller, Outcome};

pub(crate) use code::entered;
pub use code::{MOST_TRIES, TRIES_WITHIN};

/// The most arrangements of one page.
pub const MOST: usize = 100;

/// What entering and ending answer. The codes are not in it: what is kept for a repeated request could be read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxyReceipt {
    /// The unit's id.
    pub id: String,
    pub unit: String,
    pub head: String,
    /// The last day of it.
    pub until: String,
    pub version: i64,
    pub event: String,
    pub at: i64,
}

impl ProxyReceipt {
    fn of(proxy: &UnitProxy, event: &domain::change::Event) -> Self {
        Self {
            id: proxy.subject.to_string(),
            unit: proxy.unit_name.clone(),
            head: proxy.head_name.clone(),
            until: proxy.until.to_string(),
            version: event.target.seen.next(),
            event: event.id.to_string(),
            at: event.at.0,
        }
    }
}

/// Under which id the arrangement of a unit stands: it is entered once, however many enter it at the same time.
pub fn id_of(app: &App, unit: SubjectId) -> UnitProxyId {
    UnitProxyId(app.ids.derived(&["unit_proxy", &unit.to_string()]))
}

/// Whether this caller has anything to do with arrangements at all.
pub fn may_issue(who: &Caller) -> bool {
    who.actor.may_somewhere(Act::IssueProxy)
}

/// What the caller sees, by the unit's name; and the key that the next page begins behind.
pub async fn list(
    app: &App,
    who: &Caller,
    after: Option<(String, String)>,
    limit: usize,
) -> Outcome<(Vec<UnitProxy>, Option<(String, String)>)> {
    let limit = limit.clamp(1, MOST);
    let mut found = app.store.unit_proxies(&who.scope).list(after, limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more);
    let next = next.map(|last| (last.unit_name.clone(), last.id.to_string()));
    Ok((found, next))
}

/// The clerk as who they are for the unit of this hazard, where an arrangement is in force today.
pub(crate) async fn standing_in(app: &App, who: &Caller, hazard: &Hazard) -> Outcome<Option<Actor>> {
    if !who.actor.may_stand_in(Act::ConfirmProxy) || hazard.subject.steward.is_some() {
        return Ok(None);
    }
    let found = in_force(app, who, hazard.subject.id).await?;
    Ok(found.map(|proxy| proxy.stand_in(&who.actor)))
}

pub(crate) async fn in_force(app: &App, who: &Caller, subject: SubjectId) -> Outcome<Option<UnitProxy>> {
    let today = app.clock.now().day();
    let found = app.store.unit_proxies(&who.scope).of(subject).await?;
    Ok(found.filter(|proxy| proxy.agency == who.actor.agency && proxy.is_in_force(today)))
}

/// As whom this person would do this act: as themselves where they may, else for the unit where that is theirs to do.
pub(crate) fn acting(who: &Caller, stands_in: Option<Actor>, hazard: &Hazard, act: Act) -> Actor {
    let own = who.actor.may_about(act, &hazard.about());
    match stands_in {
        Some(actor) if own.is_err() && who.actor.may_stand_in(act) => actor,
        _ => who.actor.clone(),
    }
}
