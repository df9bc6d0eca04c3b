//! A record that should never have been entered is voided, with the reason.

use domain::{HazardId, authority::Act};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn void(app: &App, who: &Caller, id: HazardId, reason: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Void, nothing_else, |hazard, (), moment| {
        hazard.void(reason, moment)
    })
    .await
}
