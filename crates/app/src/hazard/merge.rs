//! Two records of one thing become one.

use domain::{HazardId, authority::Act};

use super::{Receipt, act_on};
use crate::{App, Caller, Failure, Outcome};

/// `into` is the number or the id of the record that goes on; it must lie within what the caller sees.
pub async fn merge(app: &App, who: &Caller, id: HazardId, into: &str, reason: &str) -> Outcome<Receipt> {
    let gather = || async move {
        let hazards = app.store.hazards(&who.scope);
        let found = match HazardId::parse(into) {
            Some(id) => hazards.find(id).await?,
            None => hazards.numbered(into.trim()).await?,
        };
        found.ok_or_else(|| Failure::field("into", "no-such-hazard"))
    };
    act_on(app, who, id, Act::Merge, gather, |hazard, into, moment| {
        hazard.merge(&into, reason, moment)
    })
    .await
}
