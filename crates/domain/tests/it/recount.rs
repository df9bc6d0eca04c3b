//! Dates counted anew when the arrangement of holidays changes: as if they had been counted by it from the first, with everything that
//! was decided since.

use domain::{
    EventId,
    calendar::{Calendar, KnownCalendar},
    change::{Body, Require, Seen},
    deadline::{Because, Clock, ClockUnit, Due, Moved, Why},
    hazard::{Determination, HazardEvent, StageName},
    time::{DAY, Day},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::given::*;

fn known(calendar: Calendar, before: Calendar) -> KnownCalendar {
    KnownCalendar {
        city: "6109".into(),
        seen: Seen {
            version: 2,
            head: [0; 32],
        },
        file: "data/calendar.toml".into(),
        sha256: "ab".repeat(32),
        calendar,
        before,
    }
}

fn event() -> EventId {
    EventId(Uuid::from_u128(0xca1e))
}

/// The days after the one on which the clock began are free now, however they fell before.
fn free_after(from: Day, n: i64) -> Calendar {
    let free: Vec<Day> = (1..=n).map(|at| from.plus_days(at)).collect();
    Calendar::new([2026, 2027], &free, &[]).known_by(2026, "关于放假安排的通知")
}

#[test]
fn a_date_that_counts_working_days_moves_and_says_why() {
    let reported = at(StageName::Reported, Determination::Pending);
    let was = reported.due.clone().expect("a report is due");
    assert!(matches!(&was.why, Why::Clock { clock, .. } if clock.unit == ClockUnit::WorkingDays));
    let calendar = free_after(now().day(), 5);
    let by = known(calendar.clone(), times().calendar);
    let change = reported.clone().recount(&by, event(), now()).expect("it moves");
    assert!(change.event().by.is_none(), "nobody decided it");
    assert_eq!(
        change.event().left.as_ref().map(|cell| cell.due.clone()),
        Some(was.day().to_string())
    );
    assert!(
        change.requires().iter().any(|one| matches!(
            one,
            Require::Version {
                table: "calendar",
                version: 2,
                ..
            }
        )),
        "it rests on the calendar"
    );
    let Body::Hazard(HazardEvent::Recounted {
        from,
        to,
        days,
        source,
        ..
    }) = change.event().body.clone()
    else {
        panic!("{:?}", change.event().body);
    };
    assert_eq!(from, was.day());
    assert!(source.contains("放假安排"), "{source}");
    assert!(
        !days.is_empty() && days.iter().all(|one| !one.works),
        "the days that are free now: {days:?}"
    );

    let moved = change.hazard().expect("the hazard").clone();
    assert_eq!(moved.hands, reported.hands, "nobody's hand is in it");
    let due = moved.due.clone().expect("still due");
    assert_eq!(due.day(), to);
    assert!(matches!(
        due.moved.last(),
        Some(Moved {
            by: None,
            because: Because::Calendar { .. },
            ..
        })
    ));
    let span = moved.course.spans.last().expect("a span");
    assert_eq!(
        (span.due_at, span.from, span.until),
        (Some(due.at), now(), None),
        "the ledger has the new date from now on"
    );
    assert!(
        moved.clone().recount(&by, event(), now()).is_none(),
        "once is enough"
    );

    let back = moved
        .recount(&known(times().calendar, calendar), event(), now())
        .expect("back again");
    let back = back.hazard().expect("the hazard").due.clone().expect("due");
    assert_eq!(
        back.day(),
        was.day(),
        "counted by the old arrangement it is the old date"
    );
    assert_eq!(back.moved.len(), 2, "and both moves stay on the record");
}

/// What a person set, clocks of hours and of calendar days, what stands still and what has ended.
#[test]
fn other_dates_are_left_alone() {
    let by = known(free_after(now().day(), 40), times().calendar);
    for stage in [StageName::Confirmed, StageName::Rectifying, StageName::Submitted] {
        let hazard = at(stage, Determination::NotMajor);
        let counts = hazard.due.as_ref().is_some_and(
            |due| matches!(&due.why, Why::Clock { clock, .. } if clock.unit == ClockUnit::WorkingDays),
        );
        assert!(counts || hazard.recount(&by, event(), now()).is_none(), "{stage}");
    }
    let stands =
        after(at(StageName::Rectifying, Determination::NotMajor).pause("道路塌方", moment(&county())));
    assert!(stands.recount(&by, event(), now()).is_none());
    let same = known(times().calendar, times().calendar);
    assert!(
        at(StageName::Reported, Determination::Pending)
            .recount(&same, event(), now())
            .is_none()
    );
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let days = || prop::collection::btree_set(0i64..60, 0..25);
    (days(), days()).prop_map(|(free, worked)| {
        let on = |days: std::collections::BTreeSet<i64>| {
            days.into_iter()
                .map(|at| now().day().plus_days(at))
                .collect::<Vec<Day>>()
        };
        Calendar::new([2026], &on(free), &on(worked))
    })
}

proptest! {
    /// However often the arrangement changes, the date is the one that the clock of the ledger's span gives by the last.
    #[test]
    fn counted_anew_is_counted_from_the_ledger(first in calendars(), later in prop::collection::vec(calendars(), 1..5)) {
        for (stage, clock) in [(StageName::Reported, times().confirm), (StageName::Accepted, times().sign_off)] {
            let mut hazard = at(stage, Determination::NotMajor);
            prop_assert_eq!(clock.unit, ClockUnit::WorkingDays);
            let began = hazard.course.spans.iter().find(|span| span.stage == stage).expect("a span").from;
            hazard.due = Some(Due::by_clock(&clock, began, &first));
            let mut before = first.clone();
            for calendar in &later {
                let by = known(calendar.clone(), before);
                let was = hazard.due.clone().expect("due");
                let expected = Due::by_clock(&clock, began, calendar).at;
                match hazard.clone().recount(&by, event(), now().plus(DAY)) {
                    Some(change) => {
                        hazard = change.hazard().expect("the hazard").clone();
                        let due = hazard.due.clone().expect("due");
                        prop_assert_eq!(due.at, expected);
                        prop_assert!(was.at != due.at, "nothing is moved to where it is");
                        let Some(Moved { because: Because::Calendar { days, .. }, .. }) = due.moved.last() else {
                            return Err(TestCaseError::fail("it says why"));
                        };
                        prop_assert!(!days.is_empty(), "some day made the difference");
                    }
                    None => prop_assert_eq!(was.at, expected),
                }
                before = calendar.clone();
            }
            let ledger: Vec<_> = hazard.course.spans.iter().filter(|span| span.until.is_none()).collect();
            prop_assert_eq!(ledger.len(), 1);
        }
    }

    /// Granted days stay granted and given days stay given, whatever the calendar.
    #[test]
    fn what_was_decided_since_is_kept(
        first in calendars(), second in calendars(), length in 0u32..12, steps in prop::collection::vec((any::<bool>(), 1i64..20), 0..6),
    ) {
        let clock = Clock { length, ..times().confirm };
        let by = moment(&county()).who.signs(now());
        let mut due = Due::by_clock(&clock, now(), &first);
        let mut after_grant = None;
        let mut given = 0;
        for (extends, days) in steps {
            let to = due.day().plus_days(days);
            let because = if extends {
                (after_grant, given) = (Some(to), 0);
                Because::Extended { reason: "材料未到".into() }
            } else {
                given += days;
                Because::Paused { on: now().day(), until: now().day().plus_days(days), reason: "洪水".into() }
            };
            due = due.moved_to(to, because, Some(by.clone()));
        }
        let anew = due.counted_by(&second).expect("it counts working days");
        let base = after_grant.unwrap_or_else(|| Due::by_clock(&clock, now(), &second).day());
        prop_assert_eq!(anew.day(), base.plus_days(given), "total time is conserved");
        prop_assert_eq!(anew.at, anew.day().end());
        prop_assert_eq!(&anew.moved, &due.moved);
        prop_assert_eq!(due.counted_by(&first).map(|same| same.at), Some(due.at), "by the same calendar nothing moves");
    }
}
