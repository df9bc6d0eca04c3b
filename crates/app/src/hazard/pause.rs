//! The clock of rectification stands still, and goes on.

use domain::{HazardId, authority::Act};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn pause(app: &App, who: &Caller, id: HazardId, reason: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Pause, nothing_else, |hazard, (), moment| {
        hazard.pause(reason, moment)
    })
    .await
}

pub async fn resume(app: &App, who: &Caller, id: HazardId, reason: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Resume, nothing_else, |hazard, (), moment| {
        hazard.resume(reason, moment)
    })
    .await
}
