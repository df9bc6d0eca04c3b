//! The city signs off, or returns.

use domain::{HazardId, authority::Act, hazard::sign_off::Decide};

use super::{Receipt, act_on};
use crate::{App, Caller, Outcome};

pub async fn sign_off(app: &App, who: &Caller, id: HazardId, said: Decide) -> Outcome<Receipt> {
    let gather = || super::routes(app);
    act_on(app, who, id, Act::SignOff, gather, |hazard, routes, moment| {
        hazard.sign_off(said.clone(), &routes, moment)
    })
    .await
}
