//! Other routes are set: an act with its reason and the day from which they hold.

use domain::{authority::Act, hazard::Moment, route::version::SetRoutes};
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::sha256_of;
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutesReceipt {
    /// The number of the version that was set; also the version of the record.
    pub no: i64,
    pub holds_from: String,
    pub sha256: String,
    pub event: String,
    pub at: i64,
}

pub async fn set(app: &App, who: &Caller, said: SetRoutes) -> Outcome<RoutesReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = set_anew(app, who, said).await;
    who.unless_repeated(app, outcome).await
}

/// That this person may set routes, and names the version that stands, where they name one.
pub async fn may(app: &App, who: &Caller) -> Outcome<()> {
    who.actor.may_at_all(Act::SetRoutes)?;
    let loaded = super::loaded(app).await?;
    who.expects_version(loaded.seen.version)
}

async fn set_anew(app: &App, who: &Caller, said: SetRoutes) -> Outcome<RoutesReceipt> {
    who.actor.may_at_all(Act::SetRoutes)?;
    let sha256 = sha256_of(&said.routes, &said.rules);
    for _ in 0..TRIES {
        let loaded = super::loaded(app).await?;
        who.expects_version(loaded.seen.version)?;
        let newest = super::newest(app, &loaded).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let receipt = RoutesReceipt {
            no: loaded.seen.next(),
            holds_from: said.holds_from.to_string(),
            sha256: sha256.clone(),
            event: moment.event.to_string(),
            at: now.0,
        };
        let change = loaded.set(&newest, said.clone(), sha256.clone(), moment)?;
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            // Somebody else set some at the same time.
            Err(StoreError::Taken { table }) if table == "route_version" => {}
            Err(StoreError::Taken { table }) if table == "answer" => {
                return who.repeated(app).await?.ok_or(Failure::Conflict);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
