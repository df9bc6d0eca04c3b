//! Danger is held at once, at any open stage.

use domain::{HazardId, authority::Act};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn take_interim_measure(
    app: &App,
    who: &Caller,
    id: HazardId,
    kind: &str,
    text: &str,
) -> Outcome<Receipt> {
    act_on(
        app,
        who,
        id,
        Act::InterimMeasure,
        nothing_else,
        |hazard, (), moment| hazard.take_interim_measure(kind, text, moment),
    )
    .await
}
