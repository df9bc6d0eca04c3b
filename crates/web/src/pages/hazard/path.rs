//! The path on top: done by whom and when, now with whom and until when, next.

use domain::{
    authority::Act,
    hazard::StageName,
    route::{Ending, PlanDemand, Recheck},
};

use super::{Showing, marks};
use crate::views::hazard::{PathStep, StepState};

const STEPS: [Act; 6] = [
    Act::Report,
    Act::Confirm,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
];

pub fn steps(showing: &Showing) -> Vec<PathStep> {
    let hazard = &showing.dossier.hazard;
    let route = hazard
        .stage
        .confirmation()
        .map(|confirmation| &confirmation.route);
    let now = now(showing);
    STEPS
        .iter()
        .map(|act| {
            let skipped = match (act, route) {
                (Act::Confirm, Some(route)) => !route.confirm && !is_done(showing, Act::Confirm),
                (Act::Plan, Some(route)) => route.plan == PlanDemand::None && hazard.stage.plan().is_none(),
                (Act::Accept, Some(route)) => route.recheck == Recheck::Unit,
                (Act::SignOff, Some(route)) => route.ending == Ending::Close,
                // Fixed on the spot: there never was a route.
                (_, None) => hazard.stage.ended_as().is_some(),
                _ => false,
            };
            let state = if Some(*act) == now {
                StepState::Now
            } else if is_done(showing, *act) {
                StepState::Done
            } else if skipped {
                StepState::Skipped
            } else {
                StepState::Next
            };
            let done = hazard
                .hands
                .iter()
                .rev()
                .find(|hand| hand.act == *act)
                .filter(|_| state == StepState::Done);
            let (who, when) = match (state, done) {
                (StepState::Done, Some(hand)) => (
                    Some(showing.who(&hand.by).person),
                    Some(marks::short(hand.by.at, showing.now)),
                ),
                (StepState::Now, _) => (
                    showing.waits_for(),
                    hazard.due.as_ref().map(|due| marks::full(due.at)),
                ),
                _ => (None, None),
            };
            PathStep {
                act: act.to_string(),
                state,
                who,
                when,
            }
        })
        .collect()
}

fn now(showing: &Showing) -> Option<Act> {
    let hazard = &showing.dossier.hazard;
    let demands_plan = hazard
        .stage
        .confirmation()
        .is_some_and(|confirmation| confirmation.route.plan != PlanDemand::None);
    match hazard.stage.name() {
        StageName::Reported => Some(Act::Confirm),
        StageName::Confirmed if demands_plan => Some(Act::Plan),
        StageName::Confirmed | StageName::Rectifying => Some(Act::Rectify),
        StageName::Submitted => Some(Act::Accept),
        StageName::Accepted => Some(Act::SignOff),
        _ => None,
    }
}

/// Done in the present round: what was done before a return has to be done again.
fn is_done(showing: &Showing, act: Act) -> bool {
    let stage = &showing.dossier.hazard.stage;
    match act {
        Act::Report => true,
        Act::Confirm => stage.confirmation().is_some(),
        Act::Plan => stage.plan().is_some(),
        Act::Rectify => stage.rectification().is_some(),
        Act::Accept => stage.acceptance().is_some(),
        Act::SignOff => stage.sign_off().is_some(),
        _ => false,
    }
}
