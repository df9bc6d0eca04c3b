//! The responsible unit files its plan.

use domain::{HazardId, authority::Act, hazard::plan::FilePlan};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn plan(app: &App, who: &Caller, id: HazardId, said: FilePlan) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Plan, nothing_else, |hazard, (), moment| {
        hazard.plan(said.clone(), moment)
    })
    .await
}
