//! Whoever rectifies asks for more time; somebody else decides.

use domain::{HazardId, authority::Act, time::Day};

use super::{Receipt, act_on, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn ask_extension(app: &App, who: &Caller, id: HazardId, to: Day, reason: &str) -> Outcome<Receipt> {
    let times = &app.reference.timetable;
    act_on(
        app,
        who,
        id,
        Act::AskExtension,
        nothing_else,
        |hazard, (), moment| hazard.ask_extension(to, reason, times, moment),
    )
    .await
}

pub async fn decide_extension(
    app: &App,
    who: &Caller,
    id: HazardId,
    passed: bool,
    opinion: &str,
) -> Outcome<Receipt> {
    act_on(
        app,
        who,
        id,
        Act::DecideExtension,
        nothing_else,
        |hazard, (), moment| hazard.decide_extension(passed, opinion, moment),
    )
    .await
}
