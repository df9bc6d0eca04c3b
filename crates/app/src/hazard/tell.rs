//! Regulator and workers' congress are told of a major hazard.

use domain::{HazardId, authority::Act, hazard::ToldTo, time::Day};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn tell(app: &App, who: &Caller, id: HazardId, to: ToldTo, on: Day, how: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Tell, nothing_else, |hazard, (), moment| {
        hazard.tell(to, on, how, moment)
    })
    .await
}
