//! Separation of duties, over all rounds of one hazard and through delegation.

use domain::{
    actor::Actor,
    agency::Role,
    authority::{Act, SEPARATE, separate},
    hazard::{Determination, Hazard, Outcome, StageName},
    refusal::Refusal,
};

use crate::given::*;

fn round(hazard: Hazard) -> Hazard {
    after(act(hazard, Act::Accept, Outcome::Returned))
}

/// The same natural person in another post.
fn in_the_post_of(who: &Actor, post: &Actor) -> Actor {
    Actor {
        person: who.person,
        ..post.clone()
    }
}

#[test]
fn whoever_rectified_in_round_one_accepts_in_no_later_round() {
    let mut hazard = at(StageName::Submitted, Determination::NotMajor);
    let turned_inspector = in_the_post_of(&unit(), &county());
    for _ in 0..3 {
        assert_eq!(
            turned_inspector.may(Act::Accept, &hazard),
            Err(Refusal::SameHands {
                act: Act::Accept,
                earlier: Act::Plan
            })
        );
        let other = Actor {
            unit: Some(subject_id()),
            ..in_the_post_of(&second_county_officer(), &unit())
        };
        let back = round(hazard);
        hazard = after(back.rectify("再次整改", vec![photo(0x32, &other)], &times(), moment(&other)));
    }
    // Round by round, others rectified; the second county officer did so once and may not judge any more.
    assert!(matches!(
        second_county_officer().may(Act::Accept, &hazard),
        Err(Refusal::SameHands {
            earlier: Act::Rectify,
            ..
        })
    ));
    assert_eq!(county().may(Act::Accept, &hazard), Ok(()));
}

#[test]
fn whoever_rectified_is_no_inspector_either() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let rectifier = inspector(2);
    let named = vec![inspector(21), rectifier];
    let who = county();
    let answer = hazard.accept_rectification(passed(), named, &times(), &routes(), moment(&who));
    assert_eq!(refused(answer), "inspectors: judges-own-work");
}

#[test]
fn whoever_rectified_in_an_earlier_round_is_no_inspector_in_a_later_one() {
    let back = round(at(StageName::Submitted, Determination::NotMajor));
    let other = Actor {
        unit: Some(subject_id()),
        ..in_the_post_of(&neighbour(), &unit())
    };
    let again = after(back.rectify("再次整改", vec![photo(0x32, &other)], &times(), moment(&other)));
    let who = county();
    let answer = again.accept_rectification(
        passed(),
        vec![inspector(21), inspector(2)],
        &times(),
        &routes(),
        moment(&who),
    );
    assert_eq!(refused(answer), "inspectors: judges-own-work");
}

#[test]
fn a_delegation_does_not_wash_hands() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let for_the_rectifier = Actor {
        principal: Some(unit().person),
        ..county()
    };
    assert!(matches!(
        for_the_rectifier.may(Act::Accept, &hazard),
        Err(Refusal::SameHands { .. })
    ));

    let principal = second_county_officer().person;
    let stand_in = Actor {
        principal: Some(principal),
        ..unit()
    };
    let rectifying = at(StageName::Rectifying, Determination::NotMajor);
    let done = after(rectifying.rectify(
        "已整改",
        vec![photo(0x33, &stand_in)],
        &times(),
        moment(&stand_in),
    ));
    assert!(matches!(
        second_county_officer().may(Act::Accept, &done),
        Err(Refusal::SameHands { .. })
    ));
    let who = county();
    let answer = done.accept_rectification(
        passed(),
        vec![inspector(21), inspector(4)],
        &times(),
        &routes(),
        moment(&who),
    );
    assert_eq!(refused(answer), "inspectors: judges-own-work");
}

#[test]
fn whoever_found_it_neither_confirms_nor_signs_it_off() {
    let finder_confirms = in_the_post_of(&town(), &county());
    assert_eq!(
        finder_confirms.may(Act::Confirm, &reported()),
        Err(Refusal::SameHands {
            act: Act::Confirm,
            earlier: Act::Report
        })
    );
    let finder_signs = in_the_post_of(&town(), &city());
    let accepted = at(StageName::Accepted, Determination::NotMajor);
    assert!(matches!(
        finder_signs.may(Act::SignOff, &accepted),
        Err(Refusal::SameHands { .. })
    ));
}

#[test]
fn whoever_accepted_does_not_sign_off() {
    let accepted = at(StageName::Accepted, Determination::NotMajor);
    let acceptor = in_the_post_of(&second_county_officer(), &city());
    assert!(matches!(
        acceptor.may(Act::SignOff, &accepted),
        Err(Refusal::SameHands { .. })
    ));
    assert_eq!(city().may(Act::SignOff, &accepted), Ok(()));
}

/// 谁检查谁复查: whoever ordered the rectification re-checks it.
#[test]
fn whoever_confirmed_may_accept() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    assert_eq!(county().may(Act::Accept, &hazard), Ok(()));
    assert!(!separate(Act::Confirm, Act::Accept));
}

#[test]
fn separation_holds_in_either_order() {
    for (a, b) in SEPARATE {
        assert!(separate(*a, *b) && separate(*b, *a));
        assert_ne!(a, b);
    }
}

#[test]
fn a_suspected_or_determined_major_is_voided_by_the_city_alone() {
    let suspected = {
        let mut said = said();
        said.initial_level = domain::hazard::InitialLevel::SuspectedMajor;
        let who = town();
        after(Hazard::report(
            said,
            "HB-2".into(),
            the_subject(),
            Vec::new(),
            offices(),
            &times(),
            &routes(),
            moment(&who),
        ))
    };
    assert_eq!(
        county().may(Act::Void, &suspected),
        Err(Refusal::MajorVoidedByCity)
    );
    assert_eq!(city().may(Act::Void, &suspected), Ok(()));
    let major = at(StageName::Confirmed, Determination::Major);
    assert_eq!(county().may(Act::Void, &major), Err(Refusal::MajorVoidedByCity));
    assert_eq!(city().may(Act::Void, &major), Ok(()));
    let cleared = at(StageName::Confirmed, Determination::NotMajor);
    assert_eq!(county().may(Act::Void, &cleared), Ok(()));
    assert_eq!(Role::CityOffice, city().role);
}
