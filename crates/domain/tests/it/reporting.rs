//! Reports: asked once, and checked at once.

use domain::{
    actor::Actor,
    change::{Require, Row, Seen},
    evidence::FileState,
    hazard::{Hazard, Source, report::Report},
    refusal::Refusal,
    subject::Subject,
    time::HOUR,
};

use crate::given::*;

fn report(who: &Actor, said: Report) -> Result<domain::change::Change, Refusal> {
    Hazard::report(
        said,
        "HB-1".into(),
        the_subject(),
        Vec::new(),
        offices(),
        &times(),
        &routes(),
        moment(who),
    )
}

#[test]
fn what_and_where_are_demanded() {
    let mut empty = said();
    empty.description = " ".into();
    empty.location.text = String::new();
    assert_eq!(
        refused(report(&town(), empty)),
        "description: required, location.text: required"
    );
    let mut endless = said();
    endless.description = "长".repeat(2_001);
    assert_eq!(refused(report(&town(), endless)), "description: too-long");
    let mut unprintable = said();
    unprintable.description = "堵塞\u{0}".into();
    assert_eq!(refused(report(&town(), unprintable)), "description: unprintable");
}

#[test]
fn a_self_check_is_the_units_and_nobody_elses() {
    let self_check = || Report {
        source: Source::SelfCheck,
        ..said()
    };
    assert!(report(&unit(), self_check()).is_ok());
    assert_eq!(refused(report(&unit(), said())), "source: not-your-source");
    assert_eq!(refused(report(&town(), self_check())), "source: not-your-source");
}

#[test]
fn a_phones_clock_may_be_a_little_ahead_and_is_never_believed() {
    let found = |ms| Report {
        found_at: Some(now().plus(ms)),
        ..said()
    };
    let ahead = after(report(&town(), found(HOUR)));
    assert_eq!(ahead.found_at, now(), "nothing was found after it was reported");
    assert_eq!(
        refused(report(&town(), found(HOUR + 1))),
        "found_at: in-the-future"
    );
    assert_eq!(
        after(report(&town(), found(-50 * HOUR))).found_at,
        now().plus(-50 * HOUR)
    );
}

#[test]
fn photos_are_ones_own_and_hang_on_nothing_yet() {
    let with = |file| {
        let who = town();
        Hazard::report(
            said(),
            "HB-1".into(),
            the_subject(),
            vec![file],
            offices(),
            &times(),
            &routes(),
            moment(&who),
        )
    };
    assert_eq!(refused(with(photo(0x31, &unit()))), "photos: not-attachable");
    let mut swept = photo(0x31, &town());
    swept.state = FileState::Swept;
    assert_eq!(refused(with(swept)), "photos: not-attachable");
    let change = with(photo(0x31, &town())).unwrap();
    let attached = change
        .rows()
        .iter()
        .any(|row| matches!(row, Row::File(file) if file.state == FileState::Attached(said().id)));
    assert!(attached);
}

#[test]
fn a_report_rests_on_the_post_on_the_subject_and_on_the_id_being_free() {
    let change = report(&town(), said()).unwrap();
    assert!(change.requires().contains(&Require::no_hazard(said().id)));
    assert!(
        town()
            .requires()
            .iter()
            .all(|rests| change.requires().contains(rests))
    );
    let subject = Require::Version {
        table: "subject",
        id: subject_id().to_string(),
        version: 1,
    };
    assert!(change.requires().contains(&subject));
}

#[test]
fn a_subject_that_nobody_knew_is_entered_with_the_report() {
    let new = Subject {
        seen: Seen::NEW,
        ..the_subject()
    };
    let who = town();
    let change = Hazard::report(
        said(),
        "HB-1".into(),
        new,
        Vec::new(),
        offices(),
        &times(),
        &routes(),
        moment(&who),
    )
    .unwrap();
    assert!(change.rows().iter().any(|row| matches!(row, Row::Subject(_))));
}

#[test]
fn it_is_to_be_confirmed_within_two_working_days() {
    let due = reported().due.map(|due| due.at.rfc3339());
    assert_eq!(due.as_deref(), Some("2026-03-07T00:00:00+08:00"));
}
