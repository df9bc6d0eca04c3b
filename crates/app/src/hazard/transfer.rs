//! A hazard that lies in another jurisdiction is transferred: it ends here, and a linked record is opened there.

use domain::{HazardId, JurisdictionId, authority::Act};

use super::{Receipt, act_on, open_linked::open_linked_of};
use crate::{App, Caller, Failure, Outcome};

pub async fn transfer(
    app: &App,
    who: &Caller,
    id: HazardId,
    to: &JurisdictionId,
    reason: &str,
) -> Outcome<Receipt> {
    let gather = || async move {
        let jurisdiction = app.reference.jurisdiction(to).cloned();
        jurisdiction.ok_or_else(|| Failure::field("to", "not-a-county"))
    };
    let there = HazardId(app.ids.derived(&["transfer", &id.to_string()]));
    let receipt = act_on(app, who, id, Act::Transfer, gather, |hazard, to, moment| {
        hazard.transfer(&to, reason, there, moment)
    })
    .await?;
    open_linked_of(app, id).await;
    Ok(receipt)
}
