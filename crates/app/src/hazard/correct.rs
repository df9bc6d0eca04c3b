//! A wrong fact is put right, and what stood before stays visible.

use domain::{HazardId, authority::Act, hazard::course::Fact};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn correct(
    app: &App,
    who: &Caller,
    id: HazardId,
    fact: Fact,
    value: &str,
    reason: &str,
) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Correct, nothing_else, |hazard, (), moment| {
        hazard.correct(fact, value, reason, moment)
    })
    .await
}
