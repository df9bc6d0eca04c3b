//! It is no hazard, or its site is gone.

use domain::{HazardId, authority::Act, hazard::DismissedAs};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn dismiss(
    app: &App,
    who: &Caller,
    id: HazardId,
    ended_as: DismissedAs,
    reason: &str,
) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Dismiss, nothing_else, |hazard, (), moment| {
        hazard.dismiss(ended_as, reason, moment)
    })
    .await
}
