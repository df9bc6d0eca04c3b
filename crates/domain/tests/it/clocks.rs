//! Clocks by chance: whatever calendar, dates, pauses and extensions come, no day is lost or won, and at each instant exactly one agency
//! or unit is responsible.

use domain::{
    EventId,
    authority::Act,
    calendar::Calendar,
    deadline::{Because, Clock, ClockUnit, Due, Timetable},
    hazard::{DismissedAs, Hazard, Moment, confirm::Confirm, plan::FilePlan},
    time::{DAY, Day, HOUR, Instant},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use uuid::Uuid;

use crate::given::*;

/// The same cases every time: a test that fails now and then tells nothing.
pub fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        max_shrink_iters: 2_000,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

/// Holidays and make-up days anywhere in half a year, each day at most one of both.
fn calendars() -> impl Strategy<Value = Calendar> {
    prop::collection::btree_map(0..180_i64, any::<bool>(), 0..40).prop_map(|days| {
        let of = |worked| -> Vec<Day> {
            let these = days.iter().filter(|(_, one)| **one == worked);
            these.map(|(day, _)| in_days(*day)).collect()
        };
        Calendar::new([2026], &of(false), &of(true))
    })
}

fn at_time(who: &domain::actor::Actor, now: Instant) -> Moment<'_> {
    Moment {
        who,
        event: EventId(Uuid::from_u128(u128::from(now.0.unsigned_abs()))),
        now,
    }
}

#[test]
fn a_clock_of_working_days_counts_exactly_its_days() {
    let tried = runner(256).run(
        &(calendars(), 0..30_i64, 0..24_i64, 0..25_u32),
        |(calendar, day, hour, length)| {
            let from = in_days(day).start().plus(hour * HOUR);
            let clock = Clock {
                length,
                unit: ClockUnit::WorkingDays,
                ..times().confirm
            };
            let due = Due::by_clock(&clock, from, &calendar);
            let counted = (1..)
                .map(|n| from.day().plus_days(n))
                .take_while(|day| *day <= due.day())
                .filter(|day| calendar.is_working_day(*day))
                .count();
            prop_assert_eq!(counted, length as usize);
            prop_assert!(
                length == 0 || calendar.is_working_day(due.day()),
                "it ends on a day that is worked"
            );
            prop_assert_eq!(due.at, due.day().end());
            let back = calendar.working_days_before(due.day(), length);
            let between = (1..=200)
                .map(|n| back.plus_days(n))
                .filter(|day| *day <= due.day() && calendar.is_working_day(*day))
                .count();
            prop_assert_eq!(between, length as usize, "backwards it counts the same days");
            Ok(())
        },
    );
    tried.expect("no calendar miscounts");
}

/// One step of a story: hours that pass, which act, and a number for it.
type Step = (i64, usize, i64);

const STEPS: [Act; 13] = [
    Act::Plan,
    Act::AskExtension,
    Act::DecideExtension,
    Act::Pause,
    Act::Resume,
    Act::Rectify,
    Act::Accept,
    Act::Assign,
    Act::Acknowledge,
    Act::Decline,
    Act::Suspend,
    Act::SignOff,
    Act::Dismiss,
];

fn step(hazard: Hazard, what: Act, n: i64, now: Instant, times: &Timetable) -> Option<Hazard> {
    let (office, unit, city, department) = (county(), unit(), city(), county_department());
    let passed = n % 3 != 0;
    let day = now.day().plus_days(n);
    let change = match what {
        Act::Plan => hazard.plan(
            FilePlan {
                deadline: day,
                ..plan()
            },
            at_time(&unit, now),
        ),
        Act::AskExtension => hazard.ask_extension(day, "材料未到", times, at_time(&unit, now)),
        Act::DecideExtension => hazard.decide_extension(passed, "核实", at_time(&office, now)),
        Act::Pause => hazard.pause("山洪", at_time(&office, now)),
        Act::Resume => hazard.resume("水退", at_time(&office, now)),
        Act::Rectify => hazard.rectify("已整改", vec![photo(0x31, &unit)], times, at_time(&unit, now)),
        Act::Accept => {
            let said = if n % 2 == 0 { passed_now(now) } else { failed() };
            hazard.accept_rectification(said, two_inspectors(), times, &routes(), at_time(&office, now))
        }
        Act::SignOff => hazard.sign_off(decision(passed), &routes(), at_time(&city, now)),
        Act::Assign => {
            let mut to = a_department();
            to.id = agency(if passed { COUNTY_HOUSING } else { 0xcc });
            let said = domain::hazard::assign::Assign {
                reply_by: now.day(),
                basis: Some("分工".into()),
            };
            hazard.assign(said, to, at_time(&office, now))
        }
        // Seldom, or nothing would come to an end of another kind.
        Act::Dismiss if n != 13 => return None,
        Act::Suspend if n % 6 != 0 => return None,
        Act::Dismiss => hazard.dismiss(DismissedAs::SiteGone, "已拆除", at_time(&office, now)),
        Act::Suspend => hazard.suspend("现决1号", "二楼", at_time(&office, now)),
        Act::Acknowledge => hazard.acknowledge(at_time(&department, now)),
        Act::Decline => hazard.decline("不属本单位职责", at_time(&department, now)),
        other => panic!("{other} is no step of these stories"),
    };
    change.ok().map(|change| after(Ok(change)))
}

fn passed_now(now: Instant) -> domain::hazard::accept::Accept {
    domain::hazard::accept::Accept {
        visited_at: Some(now),
        ..passed()
    }
}

/// The spans of the clock follow one another from the report to now, or to the end; in each, one is responsible.
fn spans_tile(hazard: &Hazard, now: Instant) {
    let spans = &hazard.course.spans;
    assert_eq!(spans[0].from, hazard.reported_at);
    for pair in spans.windows(2) {
        assert_eq!(
            pair[0].until,
            Some(pair[1].from),
            "neither gap nor overlap: {spans:#?}"
        );
        assert!(pair[0].from <= pair[1].from);
    }
    let last = spans.last().expect("it began");
    let open = hazard.stage.name().is_open();
    assert_eq!(
        last.until.is_none(),
        open,
        "the last span lasts as long as it is open"
    );
    if open {
        assert_eq!(Some(last.waits_for), hazard.waits_for());
        assert_eq!(
            (last.stage, last.paused),
            (hazard.stage.name(), hazard.course.pause.is_some())
        );
        assert_eq!(last.due_at, hazard.due.as_ref().map(|due| due.at));
        assert_eq!(
            hazard.due.is_none(),
            hazard.course.pause.is_some(),
            "due, unless the clock stands still"
        );
    }
    let end = last.until.unwrap_or(now);
    let mut at = hazard.reported_at;
    while at < end {
        let responsible = spans
            .iter()
            .filter(|span| span.from <= at && span.until.is_none_or(|until| at < until))
            .count();
        assert_eq!(responsible, 1, "at each instant exactly one is responsible");
        assert!(hazard.course.span_at(at).is_some());
        at = at.plus(5 * HOUR);
    }
    assert!(!hazard.stage.name().is_open() || hazard.course.span_at(now).is_some());
}

/// Told from the steps themselves: the day that was set, what was granted on top of it, and the days that the clock stood still.
#[derive(Default)]
struct Told {
    set: Option<Day>,
    granted: i64,
    stood_still: i64,
    paused_on: Option<Day>,
}

fn days_between(from: Day, to: Day) -> i64 {
    (to.start().0 - from.start().0) / DAY
}

impl Told {
    fn note(&mut self, before: &Hazard, what: Act, n: i64, now: Instant, hazard: &Hazard) {
        match what {
            // A promise after the deadline moves nothing.
            Act::Plan if hazard.stage.plan().is_some_and(|plan| plan.late) => {}
            Act::Plan => {
                *self = Told {
                    set: Some(now.day().plus_days(n)),
                    paused_on: self.paused_on.map(|_| now.day()),
                    ..Told::default()
                };
            }
            Act::DecideExtension => {
                let asked = before.course.extension_asked().expect("it was asked");
                let stood = before.deadline().expect("a day was set");
                let passed = hazard
                    .course
                    .extensions
                    .last()
                    .and_then(|one| one.answer.as_ref());
                if passed.is_some_and(|answer| answer.passed) {
                    self.granted += days_between(stood, asked.to).max(0);
                }
            }
            Act::Pause => self.paused_on = Some(now.day()),
            Act::Resume | Act::Rectify => {
                if let Some(on) = self.paused_on.take() {
                    self.stood_still += days_between(on, now.day());
                }
            }
            _ => {}
        }
    }
}

#[test]
fn no_day_is_lost_or_won_and_one_is_always_responsible() {
    let steps = prop::collection::vec((0..60_i64, 0..STEPS.len(), 0..30_i64), 1..60);
    let mut taken = std::collections::BTreeMap::<Act, usize>::new();
    let counted = std::cell::RefCell::new(&mut taken);
    let told = runner(256).run(
        &(calendars(), 1..40_i64, steps),
        |(calendar, first, steps): (_, _, Vec<Step>)| {
            let times = Timetable { calendar, ..times() };
            let said = Confirm {
                deadline: in_days(first),
                ..confirmation()
            };
            let mut hazard = after(reported().confirm(said, None, &routes(), moment(&county())));
            let mut told = Told {
                set: Some(in_days(first)),
                ..Told::default()
            };
            let mut now = now();
            for (hours, which, n) in steps {
                now = now.plus(hours * HOUR);
                let what = STEPS[which];
                let Some(next) = step(hazard.clone(), what, n, now, &times) else {
                    continue;
                };
                *counted.borrow_mut().entry(what).or_default() += 1;
                told.note(&hazard, what, n, now, &next);
                hazard = next;
                spans_tile(&hazard, now);
                let set = told.set.expect("a day was set");
                let due = hazard.course.rectify_by.as_ref().expect("a day was set");
                prop_assert_eq!(due.day(), set.plus_days(told.granted + told.stood_still));
                prop_assert_eq!(due.at, due.day().end());
                let mut stood = set;
                for moved in &due.moved {
                    prop_assert_eq!(moved.from, stood, "each move begins where the last ended");
                    if let Because::Paused { on, until, .. } = &moved.because {
                        prop_assert_eq!(days_between(*on, *until), days_between(moved.from, moved.to));
                    }
                    stood = moved.to;
                }
                prop_assert_eq!(stood, due.day());
                prop_assert!(
                    hazard
                        .course
                        .at_the_latest
                        .is_some_and(|latest| due.day() <= latest)
                );
                if hazard.stage.name().is_being_rectified() && hazard.course.pause.is_none() {
                    prop_assert_eq!(hazard.due.as_ref(), hazard.course.rectify_by.as_ref());
                }
            }
            Ok(())
        },
    );
    told.expect("no story loses a day");
    for what in STEPS {
        assert!(
            taken.get(&what).is_some_and(|n| *n > 5),
            "{what} was hardly tried: {taken:?}"
        );
    }
}
