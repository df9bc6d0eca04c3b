//! Of a major hazard: both are told, each of the five is in place, and only then is it accepted. Beside it, corrections.

use domain::{
    authority::Act,
    change::Change,
    hazard::{
        Determination, Hazard, Outcome, StageName, ToldTo,
        course::{Fact, Part},
    },
    refusal::Refusal,
    time::{DAY, HOUR},
};

use crate::given::*;

/// A major hazard on the graded table, confirmed and planned in full.
fn planned() -> Hazard {
    let said = domain::hazard::confirm::Confirm {
        determination: Determination::Major,
        clauses: vec!["判定标准第三条".into()],
        ..confirmation()
    };
    let confirmed = after(reported().confirm(said, None, &graded(), moment(&county())));
    after(confirmed.plan(plan(), moment(&unit())))
}

fn told(hazard: Hazard, to: ToldTo) -> Hazard {
    after(hazard.tell(to, now().day(), "书面报告", moment(&unit())))
}

fn put(hazard: Hazard, part: Part) -> Result<Change, Refusal> {
    let unit = unit();
    let voucher = if part == Part::Funds {
        vec![photo(0x43, &unit)]
    } else {
        Vec::new()
    };
    hazard.put_in_place(part, "已落实", voucher, moment(&unit))
}

fn submitted(hazard: Hazard) -> Hazard {
    let unit = unit();
    after(hazard.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)))
}

fn accept(hazard: Hazard) -> Result<Change, Refusal> {
    hazard.accept_rectification(passed(), two_inspectors(), &times(), &graded(), moment(&county()))
}

#[test]
fn a_major_is_accepted_when_both_are_told_and_the_five_are_in_place() {
    let mut hazard = submitted(planned());
    assert_eq!(
        accept(hazard.clone()),
        Err(Refusal::NotTold {
            to: ToldTo::Regulator
        })
    );
    hazard = told(hazard, ToldTo::Regulator);
    assert_eq!(
        accept(hazard.clone()),
        Err(Refusal::NotTold {
            to: ToldTo::WorkersCongress
        })
    );
    hazard = told(hazard, ToldTo::WorkersCongress);
    let mut missing = Part::ALL.to_vec();
    for part in Part::ALL.iter().copied() {
        assert_eq!(
            accept(hazard.clone()),
            Err(Refusal::NotInPlace {
                missing: missing.clone()
            })
        );
        hazard = after(put(hazard, part));
        missing.retain(|one| *one != part);
    }
    assert_eq!(after(accept(hazard)).stage.name(), StageName::Accepted);
}

#[test]
fn each_is_told_once_and_not_before_it_was_found() {
    let hazard = told(planned(), ToldTo::Regulator);
    let tell = |to, on| refused(hazard.clone().tell(to, on, "会议", moment(&unit())));
    assert_eq!(tell(ToldTo::Regulator, now().day()), "to: told-already");
    assert_eq!(tell(ToldTo::WorkersCongress, in_days(1)), "on: too-late");
    assert_eq!(tell(ToldTo::WorkersCongress, in_days(-1)), "on: too-early");
    let silent = hazard
        .clone()
        .tell(ToldTo::WorkersCongress, now().day(), " ", moment(&unit()));
    assert_eq!(refused(silent), "how: required");
    let both = told(hazard, ToldTo::WorkersCongress);
    assert_eq!(refused(act(both, Act::Tell, Outcome::Done)), "not-now");
}

#[test]
fn funds_are_shown_by_a_voucher_and_the_person_by_having_accepted() {
    let unit = unit();
    let without = planned().put_in_place(Part::Funds, "已拨付", Vec::new(), moment(&unit));
    assert_eq!(refused(without), "evidence: required");
    let accepted = after(put(planned(), Part::Person));
    assert_eq!(accepted.course.in_place[0].accepted_by, Some(unit.person));
    let with_paper = planned().put_in_place(Part::Person, "责任书", vec![photo(0x44, &unit)], moment(&unit));
    assert_eq!(
        after(with_paper).course.in_place[0].accepted_by,
        None,
        "the paper says who"
    );
    let silent = planned().put_in_place(Part::Target, "", Vec::new(), moment(&unit));
    assert_eq!(refused(silent), "note: required");
}

#[test]
fn other_routes_ask_for_neither() {
    let hazard = at(StageName::Rectifying, Determination::NotMajor);
    assert_eq!(refused(act(hazard.clone(), Act::Tell, Outcome::Done)), "not-now");
    assert_eq!(refused(act(hazard, Act::PutInPlace, Outcome::Done)), "not-now");
}

/// Where nobody owns it, the town that stands in tells and shows; otherwise nobody could, and it would never end.
#[test]
fn a_steward_tells_and_shows_for_what_has_no_owner() {
    let mut hazard = planned();
    hazard.subject.steward = Some(agency(TOWN_OFFICE));
    assert_eq!(town().may(Act::Tell, &hazard), Ok(()));
    assert_eq!(town().may(Act::PutInPlace, &hazard), Ok(()));
    hazard.subject.steward = None;
    assert!(town().may(Act::Tell, &hazard).is_err() && town().may(Act::PutInPlace, &hazard).is_err());
}

/// It was rectified on a light plan and then determined to be major: what the major route demands was never filed.
#[test]
fn what_is_determined_major_after_it_was_rectified_still_needs_its_plan() {
    let said = domain::hazard::confirm::Confirm {
        determination: Determination::Pending,
        ..confirmation()
    };
    let confirmed = after(reported().confirm(said, None, &graded(), moment(&county())));
    let light = domain::hazard::plan::FilePlan {
        target: String::new(),
        responsible_unit: String::new(),
        emergency_plan: String::new(),
        ..plan()
    };
    let done = submitted(after(confirmed.plan(light, moment(&unit()))));
    let major = after(done.determine(determination(Determination::Major), &graded(), moment(&city())));
    assert_eq!(
        major.stage.confirmation().map(|one| one.route.id.as_str()),
        Some("major")
    );
    assert_eq!(refused(accept(major.clone())), "plan-demanded");
    let back = major.accept_rectification(failed(), Vec::new(), &times(), &graded(), moment(&county()));
    let back = after(back);
    assert_eq!(
        refused(act(back.clone(), Act::Rectify, Outcome::Done)),
        "plan-demanded"
    );
    let mut hazard = submitted(after(back.plan(plan(), moment(&unit()))));
    for to in ToldTo::ALL.iter().copied() {
        hazard = told(hazard, to);
    }
    for part in Part::ALL.iter().copied() {
        hazard = after(put(hazard, part));
    }
    assert!(accept(hazard).is_ok());
}

#[test]
fn a_correction_keeps_what_stood_and_says_why() {
    let hazard = reported();
    let stood = hazard.description.clone();
    let corrected = after(hazard.correct(
        Fact::Description,
        " 三楼安全出口被堵塞 ",
        "楼层写错",
        moment(&county()),
    ));
    assert_eq!(corrected.description, "三楼安全出口被堵塞");
    let kept = &corrected.course.corrections[0];
    assert_eq!(
        (kept.was.as_str(), kept.is.as_str()),
        (stood.as_str(), "三楼安全出口被堵塞")
    );
    let again = after(corrected.correct(Fact::Place, "三楼", "楼层写错", moment(&town())));
    assert_eq!(
        (again.location.text.as_str(), again.course.corrections.len()),
        ("三楼", 2)
    );
    let found = now().plus(-DAY).rfc3339();
    let again = after(again.correct(Fact::FoundAt, &found, "昨日发现", moment(&county())));
    assert_eq!(again.found_at, now().plus(-DAY));
    assert_eq!(again.course.corrections[2].was, now().rfc3339());
}

#[test]
fn a_correction_that_corrects_nothing_is_refused() {
    let correct =
        |fact, value: &str, reason: &str| refused(reported().correct(fact, value, reason, moment(&county())));
    assert_eq!(correct(Fact::Place, "二楼", "写错"), "value: unchanged");
    assert_eq!(correct(Fact::Place, "三楼", " "), "reason: required");
    assert_eq!(correct(Fact::Description, "", "写错"), "value: required");
    assert_eq!(correct(Fact::FoundAt, "昨天", "写错"), "value: not-an-instant");
    assert_eq!(
        correct(Fact::FoundAt, &now().plus(HOUR).rfc3339(), "写错"),
        "value: in-the-future"
    );
    for who in [unit(), neighbouring_town(), neighbour(), discipline()] {
        assert!(who.may(Act::Correct, &reported()).is_err(), "{:?}", who.role);
    }
    let ended = at(StageName::SignedOff, Determination::NotMajor);
    assert_eq!(refused(act(ended, Act::Correct, Outcome::Done)), "wrong-stage");
}
