//! Who was responsible on a day: everybody for their part of it, nobody before the report and after the end.

use domain::{
    actor::Actor,
    authority::Act,
    hazard::{
        HandedOver, Hazard, InitialLevel, Moment, Outcome, StageName, WaitsFor, confirm::Confirm,
        course::Span,
    },
    time::{DAY, Day, HOUR, Instant},
};

use crate::given::*;

fn at_time(who: &Actor, now: Instant) -> Moment<'_> {
    Moment { now, ..moment(who) }
}

/// Reported today, confirmed two days later at noon.
fn confirmed_later() -> (Hazard, Instant) {
    let noon = now().day().plus_days(2).start().plus(12 * HOUR);
    let said = Confirm {
        initial_level: InitialLevel::Serious,
        ..confirmation()
    };
    let officer = county();
    let confirmed = reported().confirm(said, None, &routes(), at_time(&officer, noon));
    (after(confirmed), noon)
}

fn on(hazard: &Hazard, day: Day) -> Vec<WaitsFor> {
    let spans = hazard.course.responsible_on(day);
    spans.map(|span| span.waits_for).collect()
}

#[test]
fn each_day_from_the_report_on_has_somebody() {
    let (hazard, noon) = confirmed_later();
    let supervisor = WaitsFor::Agency(hazard.supervisor());
    let unit = WaitsFor::Unit(subject_id());
    let day = now().day();
    assert_eq!(on(&hazard, day.plus_days(-1)), []);
    assert_eq!(on(&hazard, day), [supervisor]);
    assert_eq!(on(&hazard, day.plus_days(1)), [supervisor]);
    assert_eq!(
        on(&hazard, noon.day()),
        [supervisor, unit],
        "each for a part of the day"
    );
    assert_eq!(on(&hazard, day.plus_days(40)), [unit], "as long as it lasts");
}

#[test]
fn what_changed_hands_at_midnight_lay_with_one_on_either_day() {
    let mut hazard = reported();
    let supervisor = WaitsFor::Agency(hazard.supervisor());
    let midnight = now().day().end();
    hazard.course.spans = vec![
        Span {
            until: Some(midnight),
            ..hazard.course.spans[0].clone()
        },
        Span {
            waits_for: WaitsFor::Unit(subject_id()),
            from: midnight,
            until: Some(midnight.plus(DAY)),
            ..hazard.course.spans[0].clone()
        },
    ];
    assert_eq!(on(&hazard, now().day()), [supervisor]);
    assert_eq!(on(&hazard, midnight.day()), [WaitsFor::Unit(subject_id())]);
    assert_eq!(on(&hazard, midnight.day().plus_days(1)), [], "it had ended");
}

#[test]
fn neighbouring_spans_of_the_same_are_one_tenure() {
    let (hazard, noon) = confirmed_later();
    let planner = unit();
    let planned = after(hazard.plan(plan(), at_time(&planner, noon.plus(HOUR))));
    assert_eq!(planned.course.spans.len(), 3, "the stage is another one now");
    let tenures = planned.course.tenures();
    assert_eq!(tenures.len(), 2);
    assert_eq!((tenures[0].from, tenures[0].until), (now(), Some(noon)));
    assert_eq!(
        (tenures[1].waits_for, tenures[1].from, tenures[1].until),
        (WaitsFor::Unit(subject_id()), noon, None)
    );
    assert!(tenures[0].covers(noon.plus(-1)) && !tenures[0].covers(noon));
    assert!(tenures[1].covers(noon) && tenures[1].covers(noon.plus(1_000 * DAY)));
}

#[test]
fn a_hand_over_is_open_until_it_is_answered() {
    let assigned = after(act(reported(), Act::Assign, Outcome::Done));
    assert_eq!(reported().handed_over(), None);
    assert_eq!(assigned.handed_over(), Some(HandedOver::Unreceived));
    let declined = after(act(assigned.clone(), Act::Decline, Outcome::Done));
    assert_eq!(declined.handed_over(), None, "it has gone back");
    let received = after(act(assigned, Act::Acknowledge, Outcome::Done));
    assert_eq!(received.handed_over(), Some(HandedOver::Unanswered));
    let department = county_department();
    let confirmed = received.confirm(
        confirmation(),
        Some(a_department()),
        &routes(),
        moment(&department),
    );
    let confirmed = after(confirmed);
    assert_eq!(confirmed.handed_over(), Some(HandedOver::Unanswered));
    let planned = after(act(confirmed, Act::Plan, Outcome::Done));
    assert_eq!(planned.handed_over(), Some(HandedOver::Unanswered));
    let submitted = after(act(planned, Act::Rectify, Outcome::Done));
    assert_eq!(
        (submitted.stage.name(), submitted.handed_over()),
        (StageName::Submitted, None),
        "answered"
    );
}
