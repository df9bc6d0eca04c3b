//! The day that was set: extended when asked in time and granted by another, standing still through a pause, never lost.

use domain::{
    authority::Act,
    calendar::Calendar,
    deadline::{Because, SetBy, Timetable, Why},
    hazard::{Determination, Hazard, Moment, Outcome, StageName, plan::FilePlan},
    refusal::Refusal,
    time::{DAY, Day, Instant},
};

use crate::given::*;

fn confirmed_until_day_ten() -> Hazard {
    at(StageName::Confirmed, Determination::NotMajor)
}

fn ask(hazard: Hazard, to: Day, at: Instant) -> Result<domain::change::Change, Refusal> {
    hazard.ask_extension(to, "材料未到", &times(), later(&unit(), at))
}

fn later(who: &domain::actor::Actor, at: Instant) -> Moment<'_> {
    Moment {
        now: at,
        ..moment(who)
    }
}

fn days(n: i64) -> Instant {
    now().plus(n * DAY)
}

fn due(hazard: &Hazard) -> Option<Day> {
    hazard.due.as_ref().map(|due| due.day())
}

#[test]
fn a_granted_extension_moves_the_day_and_says_how() {
    let asked = after(ask(confirmed_until_day_ten(), in_days(20), days(2)));
    assert_eq!(due(&asked), Some(in_days(10)), "asking moves nothing");
    assert_eq!(refused(ask(asked.clone(), in_days(21), days(2))), "not-now");
    let moved = after(asked.decide_extension(true, "情况属实", later(&county(), days(3))));
    assert_eq!(
        (due(&moved), moved.deadline()),
        (Some(in_days(20)), Some(in_days(20)))
    );
    let told = moved.due.as_ref().expect("it is due");
    assert!(matches!(&told.why, Why::Set { day, by: SetBy::Confirmation } if *day == in_days(10)));
    assert_eq!((told.moved[0].from, told.moved[0].to), (in_days(10), in_days(20)));
    assert!(matches!(&told.moved[0].because, Because::Extended { reason } if reason == "材料未到"));
    assert_eq!(
        moved.stage.confirmation().map(|one| one.deadline),
        Some(in_days(10)),
        "what was ordered stays"
    );
    let again = after(ask(moved, in_days(30), days(4)));
    assert_eq!(again.course.extensions.len(), 2);
}

#[test]
fn a_refused_extension_moves_nothing_and_may_be_asked_again() {
    let asked = after(ask(confirmed_until_day_ten(), in_days(20), days(2)));
    let kept = after(asked.decide_extension(false, "理由不足", later(&county(), days(3))));
    assert_eq!(due(&kept), Some(in_days(10)));
    assert!(ask(kept, in_days(15), days(4)).is_ok());
}

/// Day ten is 14 March, a Saturday: one working day before it is Friday the 13th.
#[test]
fn asked_too_late_is_refused_with_the_day() {
    let latest = Day::parse("2026-03-13").unwrap();
    let in_time = latest.end().plus(-1);
    assert!(ask(confirmed_until_day_ten(), in_days(20), in_time).is_ok());
    let late = ask(confirmed_until_day_ten(), in_days(20), latest.end());
    assert_eq!(late, Err(Refusal::AskedTooLate { latest }));
    let holiday = Timetable {
        calendar: Calendar::new([2026], &[latest], &[]),
        ..times()
    };
    let before = Day::parse("2026-03-12").unwrap();
    let late =
        confirmed_until_day_ten().ask_extension(in_days(20), "节前", &holiday, later(&unit(), in_time));
    assert_eq!(late, Err(Refusal::AskedTooLate { latest: before }));
}

#[test]
fn what_was_ordered_for_today_can_be_asked_about_today() {
    let said = domain::hazard::confirm::Confirm {
        deadline: in_days(0),
        ..confirmation()
    };
    let hazard = after(reported().confirm(said, None, &routes(), moment(&county())));
    assert!(ask(hazard.clone(), in_days(2), now()).is_ok());
    assert_eq!(refused(ask(hazard, in_days(2), days(1))), "asked-too-late");
}

#[test]
fn an_extension_leads_forward_and_not_for_ever() {
    let fields = |to| refused(ask(confirmed_until_day_ten(), to, days(1)));
    assert_eq!(fields(in_days(10)), "to: too-early");
    assert_eq!(fields(in_days(10 + 367)), "to: too-late");
    let silent = confirmed_until_day_ten().ask_extension(in_days(12), " ", &times(), moment(&unit()));
    assert_eq!(refused(silent), "reason: required");
}

#[test]
fn whoever_asks_or_rectifies_does_not_answer() {
    let asked = after(ask(confirmed_until_day_ten(), in_days(20), days(1)));
    let turned = domain::actor::Actor {
        person: unit().person,
        ..county()
    };
    let refusal = turned
        .may(Act::DecideExtension, &asked)
        .expect_err("their own question");
    assert_eq!(
        refusal,
        Refusal::SameHands {
            act: Act::DecideExtension,
            earlier: Act::AskExtension
        }
    );
    assert_eq!(county().may(Act::DecideExtension, &asked), Ok(()));
    assert!(unit().may(Act::DecideExtension, &asked).is_err());
}

#[test]
fn of_a_major_the_city_alone_decides() {
    for determination in [Determination::Major, Determination::NotMajor] {
        let asked = after(ask(at(StageName::Confirmed, determination), in_days(20), days(1)));
        let major = determination == Determination::Major;
        let county = county().may(Act::DecideExtension, &asked);
        assert_eq!(county.is_err(), major);
        if major {
            assert_eq!(
                county,
                Err(Refusal::MajorDecidedByCity {
                    act: Act::DecideExtension
                })
            );
        }
        assert_eq!(city().may(Act::DecideExtension, &asked), Ok(()));
        assert_eq!(
            asked.asks(),
            Some(agency(if major { CITY_OFFICE } else { COUNTY_OFFICE }))
        );
    }
}

/// The plan named day five of ten; a granted day is the latest that a new plan may name, not ten days more.
#[test]
fn an_extension_grants_the_day_that_was_asked_for_and_no_later_one() {
    let planned = at(StageName::Rectifying, Determination::NotMajor);
    let asked = after(ask(planned, in_days(20), days(1)));
    let granted = after(act(asked, Act::DecideExtension, Outcome::Passed));
    let until = |day| {
        let said = FilePlan {
            deadline: in_days(day),
            ..plan()
        };
        granted.clone().plan(said, moment(&unit()))
    };
    assert_eq!(after(until(20)).deadline(), Some(in_days(20)));
    assert_eq!(refused(until(21)), "deadline: too-late");
}

#[test]
fn more_time_never_becomes_less() {
    let planned = at(StageName::Rectifying, Determination::NotMajor);
    let asked = after(ask(planned, in_days(7), days(1)));
    let said = FilePlan {
        deadline: in_days(9),
        ..plan()
    };
    let later_plan = after(asked.plan(said, moment(&unit())));
    let granted = after(act(later_plan, Act::DecideExtension, Outcome::Passed));
    assert_eq!(due(&granted), Some(in_days(9)));
}

#[test]
fn a_pause_gives_back_just_the_days_it_took() {
    let paused = after(confirmed_until_day_ten().pause("道路中断", later(&county(), days(2))));
    assert_eq!(due(&paused), None, "nothing is due while the clock stands still");
    assert_eq!(refused(act(paused.clone(), Act::Pause, Outcome::Done)), "not-now");
    assert_eq!(
        refused(act(paused.clone(), Act::AskExtension, Outcome::Done)),
        "not-now"
    );
    let on = after(paused.resume("道路恢复", later(&county(), days(6))));
    assert_eq!(due(&on), Some(in_days(14)));
    let because = &on.due.as_ref().expect("it is due").moved[0].because;
    assert_eq!(
        *because,
        Because::Paused {
            on: in_days(2),
            until: in_days(6),
            reason: "道路中断".into()
        }
    );
    assert_eq!(refused(act(on.clone(), Act::Resume, Outcome::Done)), "not-now");
    let said = FilePlan {
        deadline: in_days(14),
        ..plan()
    };
    assert!(
        on.plan(said, moment(&unit())).is_ok(),
        "the ordered day has moved as well"
    );
}

#[test]
fn a_pause_and_its_end_say_why() {
    assert_eq!(
        refused(confirmed_until_day_ten().pause("", moment(&county()))),
        "reason: required"
    );
    let paused = after(act(confirmed_until_day_ten(), Act::Pause, Outcome::Done));
    assert_eq!(refused(paused.resume(" ", moment(&county()))), "reason: required");
    for who in [unit(), town(), neighbour()] {
        assert!(
            who.may(Act::Pause, &confirmed_until_day_ten()).is_err(),
            "{:?}",
            who.role
        );
    }
}

/// A case whose clock stands still is late nowhere.
#[test]
fn nobody_stops_the_clock_that_runs_against_them() {
    let mut theirs = confirmed_until_day_ten();
    theirs.subject.steward = Some(county().agency);
    let planned = after(theirs.plan(plan(), moment(&county())));
    for act in [Act::Pause, Act::Resume, Act::Merge] {
        assert_eq!(
            county().may(act, &planned),
            Err(Refusal::SameHands {
                act,
                earlier: Act::Plan
            })
        );
    }
    let major = at(StageName::Rectifying, Determination::Major);
    assert_eq!(
        county().may(Act::Pause, &major),
        Err(Refusal::MajorDecidedByCity { act: Act::Pause })
    );
    assert_eq!(city().may(Act::Pause, &major), Ok(()));
    assert_eq!(county().may(Act::Resume, &major), Ok(()), "it may always go on");
}

#[test]
fn what_comes_back_late_may_be_given_more_time() {
    let unit = unit();
    let planned = at(StageName::Rectifying, Determination::NotMajor);
    let last = planned.deadline().expect("a day was set");
    let evidence = vec![photo(0x31, &unit)];
    let in_time = Moment {
        now: last.start(),
        ..moment(&unit)
    };
    let done = after(planned.rectify("已整改", evidence, &times(), in_time));
    let returned_at = last.plus_days(9).start();
    let officer = second_county_officer();
    let back = Moment {
        now: returned_at,
        ..moment(&officer)
    };
    let back = after(done.accept_rectification(failed(), Vec::new(), &times(), &routes(), back));
    assert_eq!(due(&back), Some(last), "it is late, and says so");
    let asked = ask(back.clone(), last.plus_days(20), returned_at);
    assert!(asked.is_ok(), "{asked:?}");
    let much_later = last.plus_days(40).start();
    assert!(matches!(
        ask(back, last.plus_days(60), much_later),
        Err(Refusal::AskedTooLate { .. })
    ));
}

#[test]
fn work_goes_on_through_a_pause_and_its_days_are_not_lost() {
    let paused =
        after(at(StageName::Rectifying, Determination::NotMajor).pause("山洪", later(&county(), days(1))));
    let unit = unit();
    let evidence = vec![photo(0x31, &unit)];
    let done = after(paused.rectify("已整改", evidence, &times(), later(&unit, days(4))));
    assert!(done.course.pause.is_none());
    let back = after(done.accept_rectification(
        failed(),
        Vec::new(),
        &times(),
        &routes(),
        later(&county(), days(4)),
    ));
    assert_eq!(
        due(&back),
        Some(in_days(5 + 3)),
        "the three days that the clock stood still"
    );
}

/// A plan that is filed on the third of five days of a pause has stood still for two.
#[test]
fn a_plan_filed_during_a_pause_gets_back_the_days_since() {
    let paused = after(confirmed_until_day_ten().pause("山洪", later(&county(), days(0))));
    let planned = after(paused.plan(plan(), later(&unit(), days(3))));
    assert_eq!(due(&planned), None);
    let on = after(planned.resume("水退", later(&county(), days(5))));
    assert_eq!(due(&on), Some(in_days(5 + 2)));
    assert_eq!(
        on.course.at_the_latest,
        Some(in_days(10 + 5)),
        "the ordered day stood still for all five"
    );
}
