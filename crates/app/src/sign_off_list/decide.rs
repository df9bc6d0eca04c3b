//! The city decides about a list: the rest is signed off one by one, or waits on.
//!
//! The decision is recorded first, then each item is signed off by an act of its own. Whatever comes between (a killed process, a
//! full disk), the same decision sent again goes on with what is left: that is read from the hazards.

use domain::{
    HazardId, SignOffListId,
    authority::Act,
    hazard::{Moment, sign_off::Decide},
    refusal::Refusal,
    sign_off_list::{ListState, SignOffList, Standing},
};
use store::StoreError;

use super::{ListReceipt, Listed, show};
use crate::{
    App, Caller, Failure, Outcome,
    hazard::{TRIES, sign_off::sign_off_with},
};

/// How a list stands after the decision, and why what still waits was not signed off.
#[derive(Debug)]
pub struct Decided {
    pub listed: Listed,
    pub refused: Vec<(HazardId, Failure)>,
}

pub async fn decide(
    app: &App,
    who: &Caller,
    id: SignOffListId,
    passed: bool,
    opinion: &str,
) -> Outcome<Decided> {
    let kept: Option<ListReceipt> = who.repeated(app).await?;
    if kept.is_none() {
        let outcome = record_decision(app, who, id, passed, opinion).await;
        if let Err(failure) = outcome {
            who.repeated::<ListReceipt>(app).await?.ok_or(failure)?;
        }
    }
    let listed = show(app, who, id).await?;
    let mut refused = sign_off_the_rest(app, who, &listed).await?;
    let listed = show(app, who, id).await?;
    // What somebody else did at the same time is told by how it stands.
    refused.retain(|(hazard, _)| listed.waits(*hazard));
    Ok(Decided { listed, refused })
}

/// A decision that was made already is not made again: said again it stands, and another is refused.
async fn record_decision(
    app: &App,
    who: &Caller,
    id: SignOffListId,
    passed: bool,
    opinion: &str,
) -> Outcome<()> {
    for _ in 0..TRIES {
        let Listed { list, hazards } = show(app, who, id).await?;
        who.actor.may_about(Act::DecideList, &list.about())?;
        match (&list.state, passed) {
            (ListState::Open, _) => {}
            (ListState::Passed(_), true) | (ListState::Refused(_), false) => return Ok(()),
            _ => return Err(Refusal::ListDecided.into()),
        }
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = list.decide(passed, opinion, &hazards, moment)?;
        let receipt = ListReceipt::of(change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(()),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}

/// N acts, each with its own event under the name of whoever asks. What has moved on meanwhile, or is not for this person, is told
/// and does not stop the others; a store that does not answer stops them, and the decision sent again goes on.
async fn sign_off_the_rest(app: &App, who: &Caller, listed: &Listed) -> Outcome<Vec<(HazardId, Failure)>> {
    let list: &SignOffList = &listed.list;
    let ListState::Passed(decision) = &list.state else {
        return Ok(Vec::new());
    };
    let mut refused = Vec::new();
    let alone = who.without_request();
    for item in list.rest() {
        if listed.standing(item) != Standing::Waiting {
            continue;
        }
        let said = Decide {
            passed: true,
            opinion: decision.opinion.clone(),
            list: Some(list.id),
        };
        match sign_off_with(app, &alone, item.hazard, said, Some((list, item))).await {
            Ok(_) => {}
            Err(failure) if failure.is_the_stores() => return Err(failure),
            Err(failure) => refused.push((item.hazard, failure)),
        }
    }
    Ok(refused)
}
