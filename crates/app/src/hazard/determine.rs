//! Somebody decides whether it is major, where that was left open.

use domain::{HazardId, authority::Act, hazard::determine::Determine};

use super::{Receipt, act_on};
use crate::{App, Caller, Outcome};

pub async fn determine(app: &App, who: &Caller, id: HazardId, said: Determine) -> Outcome<Receipt> {
    let gather = || super::routes(app);
    act_on(app, who, id, Act::Determine, gather, |hazard, routes, moment| {
        hazard.determine(said.clone(), &routes, moment)
    })
    .await
}
