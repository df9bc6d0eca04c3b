//! The city signs off, or returns.

use domain::{HazardId, authority::Act, hazard::sign_off::Decide};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn sign_off(app: &App, who: &Caller, id: HazardId, said: Decide) -> Outcome<Receipt> {
    act_on(app, who, id, Act::SignOff, nothing_else, |hazard, (), moment| {
        hazard.sign_off(said.clone(), moment)
    })
    .await
}
