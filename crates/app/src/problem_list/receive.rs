//! The addressee receives the list once, and with it each item that was handed over.

use domain::{HazardId, ProblemListId, authority::Act, problem_list::HandOver};

use super::{Done, decided, looked_at, moment, one_by_one, show};
use crate::{App, Caller, Outcome, hazard::assign::acknowledge};

pub async fn receive(app: &App, who: &Caller, id: ProblemListId) -> Outcome<Done> {
    let decide = async || {
        let listed = looked_at(app, who, id, Act::ReceiveProblemList).await?;
        let left = listed.standing(HandOver::Unreceived).next().is_some();
        if listed.list.receipt().is_some() && left {
            return Ok(None);
        }
        Ok(Some(listed.list.receive(moment(app, who))?))
    };
    decided(app, who, decide).await?;
    let listed = show(app, who, id).await?;
    let left: Vec<HazardId> = listed
        .standing(HandOver::Unreceived)
        .map(|item| item.hazard)
        .collect();
    let alone = who.without_request();
    let mut refused = one_by_one(left, |hazard| acknowledge(app, &alone, hazard)).await?;
    let listed = show(app, who, id).await?;
    let waits = |id: HazardId| {
        let mut left = listed.standing(HandOver::Unreceived);
        left.any(|item| item.hazard == id)
    };
    refused.retain(|(hazard, _)| waits(*hazard));
    Ok(Done { listed, refused })
}
