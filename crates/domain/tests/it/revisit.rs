//! Looking again at what ended as rectified, and what is opened again.

use domain::{
    EventId,
    actor::Actor,
    authority::Act,
    hazard::{
        Determination, Hazard, LookedAgain, Moment, Outcome, Source, StageName, course::OpeningKind,
        open::There, revisit::Revisit,
    },
    time::{DAY, HOUR},
};
use uuid::Uuid;

use crate::given::*;

fn signed_off() -> Hazard {
    at(StageName::SignedOff, Determination::NotMajor)
}

fn look(hazard: Hazard, passed: bool) -> Hazard {
    let outcome = if passed {
        Outcome::Passed
    } else {
        Outcome::Returned
    };
    after(act(hazard, Act::Revisit, outcome))
}

fn opened_again(hazard: &Hazard) -> Hazard {
    let there = There {
        home: hazard.home.clone(),
        offices: offices(),
        number: "HB-9".into(),
    };
    let change = hazard.open_linked(there, &times(), EventId(Uuid::from_u128(0xe1)), now());
    after(Ok(change.expect("it is to be opened again")))
}

#[test]
fn what_is_really_rectified_stays_as_it_ended() {
    let hazard = look(signed_off(), true);
    assert_eq!(hazard.stage.name(), StageName::SignedOff);
    assert_eq!(hazard.looked_at_again(), Some(LookedAgain::True));
    assert!(hazard.course.opening.is_none());
    assert_eq!(
        look(hazard, false).looked_at_again(),
        Some(LookedAgain::Untrue),
        "it may be looked at once more"
    );
}

#[test]
fn what_is_not_is_opened_again_by_whoever_looked_and_once() {
    let hazard = look(signed_off(), false);
    assert_eq!(
        hazard.stage.name(),
        StageName::SignedOff,
        "how it ended stays on the record"
    );
    assert_eq!(hazard.looked_at_again(), Some(LookedAgain::Untrue));
    for passed in [Outcome::Passed, Outcome::Returned] {
        assert_eq!(refused(act(hazard.clone(), Act::Revisit, passed)), "not-now");
    }

    let again = opened_again(&hazard);
    assert_eq!(
        (again.stage.name(), again.source),
        (StageName::Reported, Source::Oversight)
    );
    assert_eq!(again.id, linked_id());
    assert_eq!(again.linked(), Some(hazard.id));
    let origin = again
        .course
        .origin
        .as_ref()
        .expect("it names where it comes from");
    assert_eq!(
        (origin.kind, origin.number.as_str()),
        (OpeningKind::Reopening, "HB-1")
    );
    assert_eq!(
        again.reporter().map(|by| by.person),
        Some(second_city_officer().person)
    );
    assert!(again.hands.len() == 1 && again.returns.is_empty() && again.course.assignments.is_empty());
    assert!(
        second_city_officer().may(Act::Confirm, &again).is_err(),
        "the revisitor is its finder and does not confirm it"
    );
    assert_eq!(county().may(Act::Confirm, &again), Ok(()));
}

#[test]
fn only_what_ended_as_rectified_is_looked_at_again() {
    for stage in StageName::ALL.iter().copied() {
        let open = at(stage, Determination::NotMajor).expects(Act::Revisit).is_ok();
        assert_eq!(
            open,
            matches!(stage, StageName::SignedOff | StageName::Closed),
            "{stage}"
        );
    }
}

#[test]
fn whoever_had_a_hand_in_it_does_not_look_whether_it_is_true() {
    let hazard = signed_off();
    for of in [town(), unit(), second_county_officer(), city()] {
        let turned = Actor {
            person: of.person,
            ..second_city_officer()
        };
        let code = turned
            .may(Act::Revisit, &hazard)
            .expect_err("they had a hand in it")
            .code();
        assert_eq!(code, "same-hands", "{:?}", of.role);
    }
    assert_eq!(second_city_officer().may(Act::Revisit, &hazard), Ok(()));
    assert_eq!(city_department().may(Act::Revisit, &hazard), Ok(()));
    for who in [unit(), town(), county_department(), neighbour()] {
        assert!(who.may(Act::Revisit, &hazard).is_err(), "{:?}", who.role);
    }
}

/// What its finder says was rectified on the spot has no other hand on it than theirs.
#[test]
fn the_finder_does_not_vouch_for_what_they_closed_on_the_spot() {
    let closed = after(found_by(
        &second_county_officer(),
        Source::CountyCheck,
        on_the_spot(),
    ));
    assert!(second_county_officer().may(Act::Revisit, &closed).is_err());
    assert_eq!(county().may(Act::Revisit, &closed), Ok(()));
}

#[test]
fn a_visit_lies_after_the_end_and_not_in_the_future() {
    let who = second_city_officer();
    let at_time = |visited_at| {
        let said = Revisit {
            visited_at,
            ..seen_again(true)
        };
        let later = Moment {
            now: now().plus(3 * DAY),
            ..moment(&who)
        };
        signed_off().revisit(said, Vec::new(), linked_id(), later)
    };
    assert!(at_time(now().plus(2 * DAY)).is_ok());
    assert_eq!(refused(at_time(now().plus(-DAY))), "visited_at: too-early");
    assert_eq!(
        refused(at_time(now().plus(3 * DAY + 2 * HOUR))),
        "visited_at: in-the-future"
    );
}

/// A leader's instruction is answered after the end; whoever looked between was not too early.
#[test]
fn an_answer_after_the_end_moves_no_visit() {
    let who = second_city_officer();
    let later = |days| Moment {
        now: now().plus(days * DAY),
        ..moment(&who)
    };
    let accepted = at(StageName::Accepted, Determination::NotMajor);
    let asked = after(act(accepted, Act::Instruct, Outcome::Done));
    let hazard = after(act(asked, Act::SignOff, Outcome::Passed));
    let county = county();
    let answering = Moment {
        now: now().plus(2 * DAY),
        ..moment(&county)
    };
    let answered = after(hazard.answer_instruction(1, "已约谈", Vec::new(), answering));
    let said = Revisit {
        visited_at: now().plus(DAY),
        ..seen_again(true)
    };
    assert!(answered.revisit(said, Vec::new(), linked_id(), later(3)).is_ok());
}

#[test]
fn what_is_not_rectified_has_to_be_shown() {
    let who = second_city_officer();
    let look = |passed| signed_off().revisit(seen_again(passed), Vec::new(), linked_id(), moment(&who));
    assert_eq!(refused(look(false)), "evidence: required");
    assert!(look(true).is_ok());
    let silent = Revisit {
        opinion: String::new(),
        ..seen_again(true)
    };
    assert_eq!(
        refused(signed_off().revisit(silent, Vec::new(), linked_id(), moment(&who))),
        "opinion: required"
    );
}

/// Of what ended as major, the new record is suspected of it from the first day.
#[test]
fn a_major_that_is_opened_again_may_be_major() {
    let major = at(StageName::SignedOff, Determination::Major);
    assert!(opened_again(&look(major, false)).may_be_major());
    assert!(!opened_again(&look(signed_off(), false)).may_be_major());
}
