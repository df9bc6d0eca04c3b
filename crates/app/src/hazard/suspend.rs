//! Operation was ordered to stop; it starts again after a review.

use domain::{FileId, HazardId, authority::Act};

use super::{Receipt, act_on, files, nothing_else};
use crate::{App, Caller, Outcome};

pub async fn suspend(app: &App, who: &Caller, id: HazardId, order_no: &str, scope: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Suspend, nothing_else, |hazard, (), moment| {
        hazard.suspend(order_no, scope, moment)
    })
    .await
}

pub async fn ask_restart(
    app: &App,
    who: &Caller,
    id: HazardId,
    summary: &str,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    act_on(
        app,
        who,
        id,
        Act::AskRestart,
        gather,
        |hazard, evidence, moment| hazard.ask_restart(summary, evidence, moment),
    )
    .await
}

pub async fn review_restart(
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
        Act::ReviewRestart,
        nothing_else,
        |hazard, (), moment| hazard.review_restart(passed, opinion, moment),
    )
    .await
}
