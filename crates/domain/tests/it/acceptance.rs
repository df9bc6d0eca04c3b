//! Acceptance and determination: who was there, with which certificates, and on what.

use domain::{
    authority::Act,
    change::{Change, Require},
    hazard::{Determination, Hazard, InitialLevel, Outcome, StageName, accept::Accept, determine::Determine},
    person::Person,
    refusal::Refusal,
    time::HOUR,
};

use crate::given::*;

fn accept(hazard: Hazard, said: Accept, inspectors: Vec<Person>) -> Result<Change, Refusal> {
    hazard.accept_rectification(said, inspectors, &times(), &routes(), moment(&county()))
}

fn submitted() -> Hazard {
    at(StageName::Submitted, Determination::NotMajor)
}

#[test]
fn inspectors_are_different_certified_and_enough() {
    assert_eq!(
        refused(accept(submitted(), passed(), vec![])),
        "inspectors: too-few"
    );
    assert_eq!(
        refused(accept(submitted(), passed(), vec![inspector(21)])),
        "inspectors: too-few"
    );
    let twice = vec![inspector(21), inspector(21)];
    assert_eq!(
        refused(accept(submitted(), passed(), twice)),
        "inspectors: twice-the-same"
    );
    let uncertified = vec![
        inspector(21),
        Person {
            certificate_no: String::new(),
            ..inspector(22)
        },
    ];
    assert_eq!(
        refused(accept(submitted(), passed(), uncertified)),
        "inspectors: no-certificate"
    );
    let many = (21..32).map(inspector).collect();
    assert_eq!(
        refused(accept(submitted(), passed(), many)),
        "inspectors: too-many"
    );
    assert!(accept(submitted(), passed(), two_inspectors()).is_ok());
}

#[test]
fn a_return_needs_a_reason_and_no_inspector() {
    assert!(accept(submitted(), failed(), vec![]).is_ok());
    assert_eq!(
        refused(accept(
            submitted(),
            Accept {
                opinion: " ".into(),
                ..failed()
            },
            vec![]
        )),
        "opinion: required"
    );
}

#[test]
fn a_major_is_accepted_on_the_spot() {
    let major = at(StageName::Submitted, Determination::Major);
    let from_the_desk = Accept {
        visited_at: None,
        place: Some("  ".into()),
        ..passed()
    };
    let answer = refused(accept(major.clone(), from_the_desk.clone(), two_inspectors()));
    assert_eq!(answer, "visited_at: visit-demanded, place: visit-demanded");
    assert!(accept(major, passed(), two_inspectors()).is_ok());
    assert!(
        accept(submitted(), from_the_desk, two_inspectors()).is_ok(),
        "any other may be accepted on paper"
    );
}

#[test]
fn nobody_has_visited_tomorrow() {
    let tomorrow = Accept {
        visited_at: Some(now().plus(2 * HOUR)),
        ..passed()
    };
    assert_eq!(
        refused(accept(submitted(), tomorrow, two_inspectors())),
        "visited_at: in-the-future"
    );
}

#[test]
fn nothing_is_accepted_while_its_determination_is_open() {
    let pending = at(StageName::Submitted, Determination::Pending);
    assert_eq!(
        refused(accept(pending.clone(), passed(), two_inspectors())),
        "determination-pending"
    );
    assert!(
        accept(pending.clone(), failed(), vec![]).is_ok(),
        "a return need not wait"
    );
    let determined = after(act(pending, Act::Determine, Outcome::Done));
    assert!(accept(determined, passed(), two_inspectors()).is_ok());
}

#[test]
fn acceptance_rests_on_the_certificates_as_they_were_read() {
    let change = accept(submitted(), passed(), two_inspectors()).unwrap();
    for one in two_inspectors() {
        let rests = Require::Version {
            table: "person",
            id: one.id.to_string(),
            version: 1,
        };
        assert!(change.requires().contains(&rests));
    }
}

#[test]
fn a_determination_decides_once_with_clause_and_basis() {
    let determine =
        |said| at(StageName::Confirmed, Determination::Pending).determine(said, &routes(), moment(&city()));
    let open = Determine {
        determination: Determination::Pending,
        ..determination(Determination::Pending)
    };
    assert_eq!(refused(determine(open)), "determination: must-decide");
    let unfounded = Determine {
        clauses: vec![" ".into()],
        ..determination(Determination::Major)
    };
    assert_eq!(refused(determine(unfounded)), "clauses: major-needs-clause");
    let silent = Determine {
        basis: String::new(),
        ..determination(Determination::Major)
    };
    assert_eq!(refused(determine(silent)), "basis: required");
    let major = after(determine(determination(Determination::Major)));
    assert_eq!(major.determination(), Determination::Major);
    assert_eq!(
        refused(major.determine(determination(Determination::NotMajor), &routes(), moment(&city()))),
        "determination-made"
    );
}

#[test]
fn sign_off_and_voiding_say_why() {
    let accepted = at(StageName::Accepted, Determination::NotMajor);
    let silent = domain::hazard::sign_off::Decide {
        passed: true,
        opinion: "\n".into(),
        list: None,
    };
    assert_eq!(
        refused(accepted.sign_off(silent, &routes(), moment(&city()))),
        "opinion: required"
    );
    assert_eq!(
        refused(reported().void("", moment(&county()))),
        "reason: required"
    );
    assert_eq!(
        refused(reported().void(&"长".repeat(501), moment(&county()))),
        "reason: too-long"
    );
    assert_eq!(
        refused(reported().take_interim_measure("", "", moment(&unit()))),
        "kind: required, text: required"
    );
}

#[test]
fn the_level_at_first_sight_and_the_determination_are_two_things() {
    let confirmed = confirmed(InitialLevel::SuspectedMajor, Determination::NotMajor);
    assert_eq!(confirmed.initial_level, InitialLevel::SuspectedMajor);
    assert!(!confirmed.may_be_major());
    assert!(
        at(StageName::Confirmed, Determination::Major).may_be_major(),
        "though it looked merely serious"
    );
}
