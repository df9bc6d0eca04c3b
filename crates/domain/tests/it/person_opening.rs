//! Opening a person's record: by whom, with what reason, for how long; and what discipline does not learn of a tip.

use domain::{
    PersonOpeningId,
    actor::Actor,
    authority::Act,
    change::{Change, Row},
    hazard::{Hazard, Source},
    person_opening::{HOURS, LONGEST, PersonOpening, SeesOpenings},
    refusal::Refusal,
    time::{HOUR, Instant},
};
use uuid::Uuid;

use crate::given::*;

const REASON: &str = "核查“7·12”问题线索";

fn opening(who: &Actor, reason: &str) -> Result<Change, Refusal> {
    let id = PersonOpeningId(Uuid::from_u128(0xfe));
    PersonOpening::make(id, &inspector(21), reason, moment(who))
}

fn opened(who: &Actor) -> PersonOpening {
    let change = opening(who, &format!(" {REASON} ")).expect("it is opened");
    let [Row::PersonOpening(row)] = change.rows() else {
        panic!("one row")
    };
    (**row).clone()
}

#[test]
fn a_reason_opens_it_to_the_reader_for_eight_hours() {
    let found = opened(&discipline());
    assert_eq!((found.person, &*found.reason), (person(21), REASON));
    let last = Instant(now().0 + HOURS * HOUR - 1);
    assert!(found.opens_to(&discipline(), now()) && found.opens_to(&discipline(), last));
    assert!(!found.opens_to(&discipline(), last.plus(1)), "half-open");
    assert!(!found.opens_to(&city(), now()), "to nobody else");
    let other_post = Actor {
        post: city().post,
        ..discipline()
    };
    assert!(!found.opens_to(&other_post, now()), "nor from another post");
}

#[test]
fn the_event_says_who_whom_and_why() {
    let change = opening(&city(), REASON).expect("it is opened");
    let event = change.event();
    assert_eq!(
        (event.act, event.target.noun),
        (Act::OpenPersonRecord, "person_opening")
    );
    assert_eq!(event.by.as_ref().map(|by| by.person), Some(city().person));
    let told = serde_json::to_value(&event.body).expect("it is JSON");
    assert_eq!(told["opened"]["reason"], REASON);
    assert_eq!(told["opened"]["person"], person(21).to_string());
}

#[test]
fn it_is_for_discipline_and_the_citys_office_and_needs_a_reason() {
    for who in [
        town(),
        unit(),
        county(),
        county_department(),
        city_department(),
        neighbour(),
        admin(),
    ] {
        let refused = opening(&who, REASON).expect_err("not theirs");
        assert_eq!(refused.code(), "not-your-act", "{}", who.role);
    }
    for reason in ["", "  ", &"因".repeat(LONGEST + 1)] {
        let refused = opening(&discipline(), reason).expect_err("no reason");
        assert_eq!(refused.code(), "fields");
    }
    let oneself = Actor {
        person: person(21),
        ..discipline()
    };
    let refused = opening(&oneself, REASON).expect_err("one's own lies open");
    assert_eq!(refused, Refusal::OwnRecord);
    assert!(!refused.is_about_the_person() && Refusal::RecordNotOpened.is_about_the_person());
}

#[test]
fn an_opening_by_discipline_is_told_to_discipline_alone() {
    for who in [town(), unit(), county(), city(), city_department(), admin()] {
        assert_eq!(who.sees_openings(), SeesOpenings::NotByDiscipline, "{}", who.role);
    }
    assert_eq!(discipline().sees_openings(), SeesOpenings::All);
}

/// Reported by the county with an order, so that one signature stands in three places.
fn a_tip() -> Hazard {
    let mut hazard = after(found_by(&county(), Source::CountyCheck, an_order()));
    hazard.source = Source::Tip;
    hazard
}

#[test]
fn who_reported_a_tip_is_withheld_wherever_they_signed_it() {
    let mut hazard = a_tip();
    assert!(
        !discipline().may_know_who_reported(hazard.source) && city().may_know_who_reported(hazard.source)
    );
    assert!(discipline().may_know_who_reported(Source::Patrol));
    hazard.withhold_reporter();
    assert!(hazard.reporter().is_some_and(|by| by.is_withheld()));
    let told = serde_json::to_string(&hazard.stage).expect("it is JSON");
    assert!(
        !told.contains(&county().person.to_string()) && !told.contains(&county().post.to_string()),
        "{told}"
    );
    assert!(
        hazard
            .stage
            .confirmation()
            .is_some_and(|one| one.by.is_withheld())
    );
    assert!(hazard.stage.plan().is_some_and(|one| one.by.is_withheld()));
}
