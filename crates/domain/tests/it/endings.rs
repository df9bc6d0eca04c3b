//! Ends without rectification: dismissed, merged, transferred. They do not count as rectified, and no cap stops them.

use domain::{
    authority::Act,
    change::Require,
    hazard::{Determination, DismissedAs, EndedAs, Hazard, MOST_OF_ONE_ACT, Outcome, Stage, StageName},
    place::Home,
    refusal::Refusal,
};

use crate::given::*;

fn dismissed(ended_as: DismissedAs) -> Hazard {
    let confirmed = at(StageName::Confirmed, Determination::NotMajor);
    after(confirmed.dismiss(ended_as, "现场已拆除", moment(&second_county_officer())))
}

fn merge(hazard: Hazard, into: &Hazard) -> String {
    refused(hazard.merge(into, "同一处", moment(&county())))
}

#[test]
fn dismissed_does_not_count_as_rectified() {
    for (said, ended) in [
        (DismissedAs::NotHazard, EndedAs::NotHazard),
        (DismissedAs::SiteGone, EndedAs::SiteGone),
    ] {
        let hazard = dismissed(said);
        assert_eq!(
            (hazard.stage.name(), hazard.stage.ended_as()),
            (StageName::Closed, Some(ended))
        );
        assert!(hazard.stage.rectification().is_none() && hazard.stage.acceptance().is_none());
        assert!(hazard.stage.confirmation().is_some(), "what stood before is kept");
        assert!(!hazard.course.drawn && hazard.due.is_none());
        assert_eq!(
            refused(act(hazard.clone(), Act::Revisit, Outcome::Passed)),
            "not-now"
        );
        assert!(!hazard.open_acts().any(|act| act == Act::Revisit));
    }
    assert_eq!(
        at(StageName::Void, Determination::NotMajor).stage.ended_as(),
        None
    );
}

#[test]
fn a_dismissal_says_why_and_is_not_by_whoever_found_or_rectifies_it() {
    let silent = reported().dismiss(DismissedAs::NotHazard, " ", moment(&county()));
    assert_eq!(refused(silent), "reason: required");
    let finder = domain::actor::Actor {
        person: town().person,
        ..county()
    };
    let refusal = Refusal::SameHands {
        act: Act::Dismiss,
        earlier: Act::Report,
    };
    assert_eq!(finder.may(Act::Dismiss, &reported()), Err(refusal));
    for who in [town(), unit(), county_department(), neighbour()] {
        assert!(who.may(Act::Dismiss, &reported()).is_err(), "{:?}", who.role);
    }
}

#[test]
fn the_end_of_a_major_is_for_the_city_alone() {
    let major = at(StageName::Confirmed, Determination::Major);
    for what in [Act::Dismiss, Act::Merge] {
        let by_county = county().may(what, &major);
        assert_eq!(by_county, Err(Refusal::MajorDecidedByCity { act: what }));
        assert_eq!(city().may(what, &major), Ok(()));
    }
    assert_eq!(county().may(Act::Dismiss, &reported()), Ok(()));
    assert_eq!(county().may(Act::Merge, &reported()), Ok(()));
}

#[test]
fn it_is_merged_into_another_that_is_open_and_of_the_same_county() {
    let hazard = reported();
    assert_eq!(merge(hazard.clone(), &hazard), "into: itself");
    let elsewhere = Hazard {
        home: Home {
            county: "610981".into(),
            ..another().home
        },
        ..another()
    };
    assert_eq!(merge(hazard.clone(), &elsewhere), "into: transfer-first");
    for stage in StageName::ALL.iter().filter(|stage| !stage.is_open()) {
        let ended = Hazard {
            stage: at(*stage, Determination::NotMajor).stage,
            ..another()
        };
        assert_eq!(merge(hazard.clone(), &ended), "into: has-ended", "{stage}");
    }
    let silent = hazard.clone().merge(&another(), "", moment(&county()));
    assert_eq!(refused(silent), "reason: required");

    let change = hazard.merge(&another(), "同一处", moment(&county()));
    let rests = Require::Version {
        table: "hazard",
        id: another().id.to_string(),
        version: another().seen.version,
    };
    assert!(
        change
            .as_ref()
            .is_ok_and(|change| change.requires().contains(&rests)),
        "the other still stands"
    );
    let merged = after(change);
    assert_eq!(merged.stage.ended_as(), Some(EndedAs::Duplicate));
    assert_eq!(merged.linked(), Some(another().id));
    assert!(matches!(&merged.stage, Stage::Merged { merging, .. } if merging.number == "HB-2"));
}

/// However often something was done: whatever judges or ends a case is still taken.
#[test]
fn no_cap_stops_an_end() {
    let ends = [
        (StageName::Confirmed, Act::Dismiss, Outcome::Done),
        (StageName::Confirmed, Act::Merge, Outcome::Done),
        (StageName::Confirmed, Act::Transfer, Outcome::Done),
        (StageName::Confirmed, Act::Void, Outcome::Done),
        (StageName::Submitted, Act::Accept, Outcome::Passed),
        (StageName::Accepted, Act::SignOff, Outcome::Passed),
    ];
    for (stage, what, outcome) in ends {
        let mut hazard = at(stage, Determination::NotMajor);
        let hand = hazard.hands.last().expect("somebody reported it").clone();
        for act in Act::ALL.iter().copied() {
            let many = domain::authority::Hand {
                act,
                by: hand.by.clone(),
            };
            hazard.hands.extend(std::iter::repeat_n(many, MOST_OF_ONE_ACT));
        }
        assert_eq!(
            refused(act(hazard.clone(), Act::Correct, Outcome::Done)),
            "enough"
        );
        assert_eq!(hazard.expects(what), Ok(()), "{what}");
        assert!(hazard.open_acts().any(|open| open == what), "{what}");
        assert!(act(hazard, what, outcome).is_ok(), "{what}");
    }
}
