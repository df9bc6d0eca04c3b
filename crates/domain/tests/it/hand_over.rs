//! Hand-overs: assignment and receipt, a duty that is declined and settled, transfer to another county with the record it opens.

use domain::{
    HazardId,
    agency::{Agency, AgencyKind},
    authority::Act,
    hazard::{
        Determination, EndedAs, Hazard, InitialLevel, Outcome, Source, StageName, WaitsFor, assign::Assign,
        confirm::Confirm, course::OpeningKind, open::There,
    },
    jurisdiction::{Jurisdiction, JurisdictionKind},
    place::Home,
};

use crate::given::*;

fn assigned() -> Hazard {
    after(act(reported(), Act::Assign, Outcome::Done))
}

fn declined() -> Hazard {
    after(act(assigned(), Act::Decline, Outcome::Done))
}

fn settled() -> Hazard {
    let said = Assign {
        basis: Some("区安委会职责分工 第十二项".into()),
        ..handed_over()
    };
    after(declined().assign(said, a_department(), moment(&second_county_officer())))
}

fn transferred_to(hazard: Hazard, to: &Jurisdiction) -> String {
    refused(hazard.transfer(to, "位于旬阳境内", linked_id(), moment(&county())))
}

/// What is opened because of it, in the county it names.
pub fn opened(because_of: &Hazard) -> Hazard {
    let there = There {
        home: Home {
            county: "610981".into(),
            town: None,
            ..the_subject().home
        },
        offices: offices(),
        number: "XY-1".into(),
    };
    let change = because_of.open_linked(there, &times(), moment(&county()).event, now());
    after(Ok(change.expect("something is to be opened")))
}

#[test]
fn what_was_handed_over_lies_with_whoever_it_was_handed_to() {
    let hazard = assigned();
    assert_eq!(hazard.waits_for(), Some(WaitsFor::Agency(agency(COUNTY_HOUSING))));
    assert_eq!(hazard.asks(), Some(agency(COUNTY_HOUSING)));
    assert_eq!(
        refused(act(hazard.clone(), Act::Assign, Outcome::Done)),
        "not-now"
    );

    let received = after(act(hazard, Act::Acknowledge, Outcome::Done));
    assert!(received.course.assignments[0].receipt.is_some());
    assert_eq!(received.asks(), None);
    assert_eq!(
        refused(act(received.clone(), Act::Acknowledge, Outcome::Done)),
        "not-now"
    );
    assert_eq!(
        refused(act(received.clone(), Act::Decline, Outcome::Done)),
        "not-now",
        "what was acknowledged is not declined"
    );
    assert_eq!(
        refused(act(received, Act::Assign, Outcome::Done)),
        "agency: already-theirs"
    );
}

#[test]
fn it_is_handed_to_an_agency_of_the_county_with_a_day_to_reply_by() {
    let assign = |reply_by, to| {
        let said = Assign {
            reply_by,
            basis: None,
        };
        refused(reported().assign(said, to, moment(&county())))
    };
    assert_eq!(assign(in_days(-1), a_department()), "reply_by: too-early");
    assert_eq!(assign(in_days(91), a_department()), "reply_by: too-late");
    let elsewhere = Agency {
        home: Home {
            county: "610981".into(),
            ..a_department().home
        },
        ..a_department()
    };
    assert_eq!(assign(in_days(3), elsewhere), "agency: not-a-regulator-here");
    let no_regulator = Agency {
        kind: AgencyKind::SafetyCommittee,
        ..a_department()
    };
    assert_eq!(assign(in_days(3), no_regulator), "agency: not-a-regulator-here");
}

#[test]
fn only_whom_it_was_handed_to_acknowledges_or_declines() {
    let hazard = assigned();
    for who in [county(), city(), town(), unit(), neighbour()] {
        for what in [Act::Acknowledge, Act::Decline] {
            let code = who.may(what, &hazard).expect_err("it is not theirs").code();
            assert_eq!(code, "not-your-act", "{:?} {what}", who.role);
        }
    }
    assert_eq!(county_department().may(Act::Acknowledge, &hazard), Ok(()));
    assert_eq!(county_department().may(Act::Decline, &hazard), Ok(()));
}

#[test]
fn what_was_declined_goes_back_and_is_settled_with_a_basis_once() {
    let hazard = declined();
    assert!(hazard.is_disputed());
    assert_eq!(hazard.regulator, None, "nobody had it before");
    assert_eq!(hazard.asks(), Some(agency(COUNTY_OFFICE)));
    assert_eq!(hazard.waits_for(), Some(WaitsFor::Agency(agency(COUNTY_OFFICE))));
    for basis in [None, Some(" ".to_owned())] {
        let said = Assign {
            basis,
            ..handed_over()
        };
        let again = hazard.clone().assign(said, a_department(), moment(&county()));
        assert_eq!(refused(again), "basis: disputed-needs-basis");
    }

    let hazard = settled();
    assert!(!hazard.is_disputed());
    assert!(
        hazard.course.assignments[0].declined.is_some(),
        "what was said stays"
    );
    assert!(hazard.course.assignments[1].basis.is_some());
    assert_eq!(
        refused(act(hazard.clone(), Act::Decline, Outcome::Done)),
        "duty-settled"
    );
    let received = after(act(hazard, Act::Acknowledge, Outcome::Done));
    assert_eq!(received.asks(), None);
}

#[test]
fn declining_says_why_and_gives_it_back_to_whoever_had_it() {
    assert_eq!(
        refused(assigned().decline(" ", moment(&county_department()))),
        "reason: required"
    );
    let mut had = reported();
    had.regulator = Some(agency(COUNTY_OFFICE));
    let back = after(act(
        after(act(had, Act::Assign, Outcome::Done)),
        Act::Decline,
        Outcome::Done,
    ));
    assert_eq!(back.regulator, Some(agency(COUNTY_OFFICE)));
}

/// A basis is of a duty that was disputed; nobody takes away the right to decline by writing one at once.
#[test]
fn a_first_hand_over_can_be_declined_whatever_it_says() {
    let said = Assign {
        basis: Some("职责分工".into()),
        ..handed_over()
    };
    let hazard = after(reported().assign(said, a_department(), moment(&county())));
    assert_eq!(hazard.course.assignments[0].basis, None);
    assert!(act(hazard, Act::Decline, Outcome::Done).is_ok());
}

/// A confirmation that names somebody else takes back what nobody has answered: it would hang there for ever.
#[test]
fn a_confirmation_that_names_another_takes_the_hand_over_back() {
    let office = Agency {
        id: agency(COUNTY_OFFICE),
        kind: AgencyKind::SafetyOffice,
        ..a_department()
    };
    let hazard = after(assigned().confirm(confirmation(), Some(office), &routes(), moment(&county())));
    assert_eq!(hazard.asks(), None);
    assert_eq!(
        refused(act(hazard.clone(), Act::Acknowledge, Outcome::Done)),
        "not-now"
    );
    let again = after(act(hazard, Act::Assign, Outcome::Done));
    assert_eq!(again.asks(), Some(agency(COUNTY_HOUSING)));
}

/// A question that cannot be answered at this stage lies on nobody's desk; it is there again when it comes back.
#[test]
fn nobody_is_asked_what_they_cannot_answer_now() {
    let rectifying = at(StageName::Rectifying, Determination::NotMajor);
    let asked = after(act(rectifying, Act::AskExtension, Outcome::Done));
    assert_eq!(asked.asks(), Some(agency(COUNTY_OFFICE)));
    let submitted = after(act(asked, Act::Rectify, Outcome::Done));
    assert_eq!(submitted.asks(), None);
    let back = after(act(submitted, Act::Accept, Outcome::Returned));
    assert_eq!(back.asks(), Some(agency(COUNTY_OFFICE)));
}

#[test]
fn a_transfer_ends_it_here_and_demands_one_record_there() {
    let hazard = at(StageName::Transferred, Determination::NotMajor);
    assert_eq!(hazard.stage.ended_as(), Some(EndedAs::Transferred));
    assert_eq!(
        hazard.home.county,
        the_subject().home.county,
        "its home never changes"
    );
    assert_eq!(
        hazard.stage.before().map(|stage| stage.name()),
        Some(StageName::Confirmed)
    );
    assert_eq!(
        (hazard.due.as_ref(), hazard.waits_for(), hazard.asks()),
        (None, None, None)
    );
    let opening = hazard.course.opening.as_ref().expect("a record is to be opened");
    assert_eq!((opening.kind, opening.id), (OpeningKind::Transfer, linked_id()));

    let there = opened(&hazard);
    assert_eq!((there.id, there.stage.name()), (linked_id(), StageName::Reported));
    assert_eq!(
        (there.linked(), there.source),
        (Some(hazard.id), Source::Transfer)
    );
    assert_eq!(there.description, hazard.description);
    assert_eq!(there.reporter().map(|by| by.person), Some(county().person));
    assert_eq!(
        there.asks(),
        Some(there.offices.county),
        "the office there acknowledges it"
    );
    assert_eq!((there.hands.len(), there.seen.version), (1, 1));
    assert!(
        reported()
            .open_linked(
                There {
                    home: there.home.clone(),
                    offices: offices(),
                    number: String::new()
                },
                &times(),
                moment(&county()).event,
                now(),
            )
            .is_none()
    );
}

#[test]
fn what_nobody_owns_is_in_the_care_of_the_office_it_was_transferred_to() {
    let mut hazard = at(StageName::Transferred, Determination::NotMajor);
    assert_eq!(
        opened(&hazard).subject.steward,
        None,
        "a unit goes on answering for itself"
    );
    hazard.subject.steward = Some(agency(TOWN_OFFICE));
    let there = opened(&hazard);
    assert_eq!(there.subject.steward, Some(there.offices.county));
    assert_eq!(there.subject.id, hazard.subject.id);
}

#[test]
fn it_is_transferred_to_another_county_of_the_city() {
    let here = Jurisdiction {
        id: the_subject().home.county,
        ..another_county()
    };
    assert_eq!(transferred_to(reported(), &here), "to: lies-here");
    let a_town = Jurisdiction {
        kind: JurisdictionKind::Town,
        ..another_county()
    };
    assert_eq!(transferred_to(reported(), &a_town), "to: not-a-county");
    let foreign = Jurisdiction {
        city: "6110".into(),
        ..another_county()
    };
    assert_eq!(transferred_to(reported(), &foreign), "to: not-a-county");
    let silent = reported().transfer(&another_county(), "", linked_id(), moment(&county()));
    assert_eq!(refused(silent), "reason: required");
    for who in [
        town(),
        unit(),
        county_department(),
        neighbour(),
        city_department(),
    ] {
        assert!(who.may(Act::Transfer, &reported()).is_err(), "{:?}", who.role);
    }
}

/// Neither that it may be major nor that operation was stopped is lost on the way.
#[test]
fn what_was_major_or_suspended_is_so_in_the_other_county_too() {
    let major = at(StageName::Confirmed, Determination::Major);
    assert_eq!(major.initial_level, InitialLevel::Serious);
    let there = opened(&after(act(major, Act::Transfer, Outcome::Done)));
    assert!(there.may_be_major() && there.determination() == Determination::Pending);
    let cleared = Confirm {
        initial_level: InitialLevel::Serious,
        ..confirmation()
    };
    let cleared = after(there.confirm(cleared, None, &routes(), moment(&county())));
    assert!(!cleared.may_be_major(), "somebody there determines it again");

    let suspended = after(act(reported(), Act::Suspend, Outcome::Done));
    let asked = after(act(suspended, Act::AskRestart, Outcome::Done));
    let there = opened(&after(act(asked, Act::Transfer, Outcome::Done)));
    assert!(there.course.suspended().is_some());
    assert!(there.course.restart_asked().is_none(), "it is asked for there");
    let resumed = after(act(
        after(act(reported(), Act::Suspend, Outcome::Done)),
        Act::AskRestart,
        Outcome::Done,
    ));
    let over = after(act(resumed, Act::ReviewRestart, Outcome::Passed));
    let there = opened(&after(act(over, Act::Transfer, Outcome::Done)));
    assert!(there.course.suspended().is_none());
    assert_ne!(there.id, HazardId(uuid::Uuid::nil()));
}
