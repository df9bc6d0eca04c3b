//! Operation that was ordered to stop: it starts again after a review by others, and nothing is closed before.

use domain::{
    actor::Actor,
    authority::Act,
    hazard::{Determination, Hazard, Outcome, StageName},
    refusal::Refusal,
};

use crate::given::*;

fn suspended(hazard: Hazard) -> Hazard {
    after(act(hazard, Act::Suspend, Outcome::Done))
}

fn asked(hazard: Hazard) -> Hazard {
    after(act(hazard, Act::AskRestart, Outcome::Done))
}

#[test]
fn nothing_is_accepted_before_the_restart_was_reviewed() {
    let hazard = suspended(at(StageName::Submitted, Determination::NotMajor));
    let accept = |hazard: &Hazard| act(hazard.clone(), Act::Accept, Outcome::Passed);
    assert_eq!(refused(accept(&hazard)), "restart-review-demanded");
    assert!(
        act(hazard.clone(), Act::Accept, Outcome::Returned).is_ok(),
        "a return need not wait"
    );
    let waiting = asked(hazard);
    assert_eq!(refused(accept(&waiting)), "restart-review-demanded");
    let turned_down = after(act(waiting.clone(), Act::ReviewRestart, Outcome::Returned));
    assert_eq!(refused(accept(&turned_down)), "restart-review-demanded");
    let again = after(act(asked(turned_down), Act::ReviewRestart, Outcome::Passed));
    assert_eq!(after(accept(&again)).stage.name(), StageName::Accepted);
    let suspension = &again.course.suspensions[0];
    assert_eq!((suspension.refused.len(), suspension.is_over()), (1, true));
}

#[test]
fn a_unit_does_not_close_its_own_while_it_is_stopped() {
    let hazard = suspended(self_found(an_order()));
    let rectify = |hazard: &Hazard| {
        hazard
            .clone()
            .rectify("已清理", Vec::new(), &times(), moment(&unit()))
    };
    assert_eq!(refused(rectify(&hazard)), "restart-review-demanded");
    let reviewed = after(act(asked(hazard), Act::ReviewRestart, Outcome::Passed));
    assert_eq!(after(rectify(&reviewed)).stage.name(), StageName::Closed);
}

#[test]
fn a_restart_is_asked_for_once_at_a_time_and_shown() {
    assert_eq!(
        refused(act(reported(), Act::AskRestart, Outcome::Done)),
        "not-now"
    );
    assert_eq!(
        refused(act(reported(), Act::ReviewRestart, Outcome::Passed)),
        "not-now"
    );
    let hazard = suspended(reported());
    assert_eq!(
        refused(act(hazard.clone(), Act::Suspend, Outcome::Done)),
        "not-now"
    );
    let unshown = hazard.clone().ask_restart("已整改", Vec::new(), moment(&unit()));
    assert_eq!(refused(unshown), "evidence: required");
    let hazard = asked(hazard);
    assert_eq!(hazard.asks(), Some(agency(COUNTY_OFFICE)));
    assert_eq!(
        refused(act(hazard.clone(), Act::AskRestart, Outcome::Done)),
        "not-now"
    );
    let over = after(act(hazard, Act::ReviewRestart, Outcome::Passed));
    assert_eq!(over.asks(), None);
    assert!(
        act(over, Act::Suspend, Outcome::Done).is_ok(),
        "it can be ordered to stop again"
    );
}

#[test]
fn the_order_has_a_number_and_a_scope() {
    let said = reported().suspend(" ", "", moment(&county()));
    assert_eq!(refused(said), "order_no: required, scope: required");
    for who in [unit(), town(), neighbour()] {
        assert!(who.may(Act::Suspend, &reported()).is_err(), "{:?}", who.role);
    }
}

#[test]
fn whoever_asks_or_rectifies_does_not_review() {
    let hazard = asked(suspended(at(StageName::Submitted, Determination::NotMajor)));
    let turned = Actor {
        person: unit().person,
        ..county()
    };
    assert!(matches!(
        turned.may(Act::ReviewRestart, &hazard),
        Err(Refusal::SameHands { .. })
    ));
    assert_eq!(county().may(Act::ReviewRestart, &hazard), Ok(()));
}

/// Where the town stands in for whoever is responsible, it asks: otherwise nobody could, and it would stay stopped for ever.
#[test]
fn a_steward_asks_for_the_restart_of_what_has_no_owner() {
    let mut hazard = suspended(reported());
    hazard.subject.steward = Some(agency(TOWN_OFFICE));
    assert_eq!(town().may(Act::AskRestart, &hazard), Ok(()));
    assert!(neighbouring_town().may(Act::AskRestart, &hazard).is_err());
    hazard.subject.steward = None;
    assert!(town().may(Act::AskRestart, &hazard).is_err());
}

/// The order stands in this record: another duplicate goes into it, not the other way round.
#[test]
fn what_is_stopped_is_not_merged_away() {
    let hazard = suspended(reported());
    assert_eq!(
        refused(act(hazard, Act::Merge, Outcome::Done)),
        "restart-review-demanded"
    );
}
