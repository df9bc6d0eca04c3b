//! Somebody decides whether it is major, where that was left open.

use domain::{HazardId, authority::Act, hazard::determine::Determine};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn determine(app: &App, who: &Caller, id: HazardId, said: Determine) -> Outcome<Receipt> {
    act_on(
        app,
        who,
        id,
        Act::Determine,
        nothing_else,
        |hazard, (), moment| hazard.determine(said.clone(), moment),
    )
    .await
}
