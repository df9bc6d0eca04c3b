//! Plans: all seven parts or none, and a day that the order allows.

use domain::{
    authority::Act,
    change::Body,
    deadline::Due,
    hazard::{Determination, HazardEvent, Moment, Outcome, StageName, plan::FilePlan},
    money::Fen,
    time::DAY,
};

use crate::given::*;

fn filed(said: FilePlan) -> Result<domain::change::Change, domain::refusal::Refusal> {
    at(StageName::Confirmed, Determination::NotMajor).plan(said, moment(&unit()))
}

#[test]
fn each_of_the_seven_parts_is_demanded() {
    let empty = || "  ".to_owned();
    assert_eq!(
        refused(filed(FilePlan {
            target: empty(),
            ..plan()
        })),
        "target: required"
    );
    assert_eq!(
        refused(filed(FilePlan {
            measures: empty(),
            ..plan()
        })),
        "measures: required"
    );
    assert_eq!(
        refused(filed(FilePlan {
            responsible_person: empty(),
            ..plan()
        })),
        "responsible_person: required"
    );
    assert_eq!(
        refused(filed(FilePlan {
            responsible_unit: empty(),
            ..plan()
        })),
        "responsible_unit: required"
    );
    assert_eq!(
        refused(filed(FilePlan {
            emergency_plan: empty(),
            ..plan()
        })),
        "emergency_plan: required"
    );
    assert_eq!(
        refused(filed(FilePlan {
            funds: Fen(-1),
            ..plan()
        })),
        "funds_fen: out-of-range"
    );
    assert_eq!(
        refused(filed(FilePlan {
            funds: Fen(Fen::MAX.0 + 1),
            ..plan()
        })),
        "funds_fen: out-of-range"
    );
    assert!(
        filed(FilePlan {
            funds: Fen(0),
            ..plan()
        })
        .is_ok(),
        "some things cost nothing"
    );
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let said = FilePlan {
        target: String::new(),
        measures: "长".repeat(2_001),
        deadline: in_days(11),
        ..plan()
    };
    assert_eq!(
        refused(filed(said)),
        "target: required, measures: too-long, deadline: too-late"
    );
}

#[test]
fn a_plan_never_moves_the_day_that_was_ordered() {
    assert!(
        filed(FilePlan {
            deadline: in_days(10),
            ..plan()
        })
        .is_ok()
    );
    assert_eq!(
        refused(filed(FilePlan {
            deadline: in_days(11),
            ..plan()
        })),
        "deadline: too-late"
    );
    assert!(
        filed(FilePlan {
            deadline: in_days(0),
            ..plan()
        })
        .is_ok(),
        "today still ends at 24:00"
    );
    assert_eq!(
        refused(filed(FilePlan {
            deadline: in_days(-1),
            ..plan()
        })),
        "deadline: too-early"
    );
}

#[test]
fn a_new_plan_on_the_way_does_not_promise_the_past_either() {
    let unit = unit();
    let rectifying = at(StageName::Rectifying, Determination::NotMajor);
    let past = FilePlan {
        deadline: in_days(-1),
        ..plan()
    };
    assert_eq!(
        refused(rectifying.clone().plan(past, moment(&unit))),
        "deadline: too-early"
    );
    let sooner = after(rectifying.plan(
        FilePlan {
            deadline: in_days(2),
            ..plan()
        },
        moment(&unit),
    ));
    assert_eq!(sooner.due.map(|due| due.at), Some(in_days(2).end()));
}

/// The overdue stays on the record: a plan that comes late promises a day, and the date stands where it was ordered.
#[test]
fn after_the_ordered_day_a_plan_is_a_promise_that_moves_nothing() {
    let unit = unit();
    let late = Moment {
        now: now().plus(20 * DAY),
        ..moment(&unit)
    };
    let promising = |day| FilePlan {
        deadline: in_days(day),
        ..plan()
    };
    for stage in [StageName::Confirmed, StageName::Rectifying] {
        let hazard = at(stage, Determination::NotMajor);
        let was = hazard.due.clone().expect("it is due");
        assert!(was.at < late.now, "it is overdue");
        let change = hazard
            .clone()
            .plan(promising(25), late)
            .expect("a late plan is taken");
        let told = change.event().body.clone();
        assert!(
            matches!(&told, Body::Hazard(HazardEvent::Planned { late: true, deadline, .. }) if *deadline == in_days(25)),
            "{told:?}"
        );
        let planned = after(Ok(change));
        assert_eq!(planned.due.as_ref(), Some(&was), "as overdue as it was");
        assert_eq!(planned.course.rectify_by.as_ref().map(Due::day), Some(was.day()));
        let filed = planned.stage.plan().expect("a plan");
        assert!(filed.late);
        assert_eq!(filed.deadline, in_days(25));
        assert_eq!(
            planned.stage.name(),
            StageName::Rectifying,
            "and the work goes on"
        );

        assert_eq!(
            refused(hazard.clone().plan(promising(10), late)),
            "deadline: too-early",
            "nobody promises a day that is gone"
        );
        assert_eq!(
            refused(hazard.clone().plan(promising(400), late)),
            "deadline: too-late"
        );
        assert!(
            hazard.plan(promising(20), late).is_ok(),
            "today still ends at 24:00"
        );
    }
}

#[test]
fn on_the_last_day_a_plan_is_not_late() {
    let unit = unit();
    let last_day = Moment {
        now: in_days(10).end().plus(-1),
        ..moment(&unit)
    };
    let kept = FilePlan {
        deadline: in_days(10),
        ..plan()
    };
    let planned = after(at(StageName::Confirmed, Determination::NotMajor).plan(kept, last_day));
    assert!(!planned.stage.plan().expect("a plan").late);
    let beyond = FilePlan {
        deadline: in_days(11),
        ..plan()
    };
    let hazard = at(StageName::Confirmed, Determination::NotMajor);
    assert_eq!(refused(hazard.plan(beyond, last_day)), "deadline: too-late");
}

/// While the clock stands still nothing is overdue, and the days come back when it goes on.
#[test]
fn while_the_clock_stands_still_no_plan_is_late() {
    let (unit, county) = (unit(), county());
    let stands = after(at(StageName::Confirmed, Determination::NotMajor).pause("道路塌方", moment(&county)));
    let later = Moment {
        now: now().plus(20 * DAY),
        ..moment(&unit)
    };
    let kept = FilePlan {
        deadline: in_days(10),
        ..plan()
    };
    let planned = after(stands.clone().plan(kept, later));
    assert!(!planned.stage.plan().expect("a plan").late);
    let promise = FilePlan {
        deadline: in_days(25),
        ..plan()
    };
    assert_eq!(refused(stands.plan(promise, later)), "deadline: too-late");
}

#[test]
fn rectification_brings_ones_own_unattached_files() {
    let unit = unit();
    let rectify = |files| {
        at(StageName::Rectifying, Determination::NotMajor).rectify("已整改", files, &times(), moment(&unit))
    };
    assert_eq!(refused(rectify(vec![])), "evidence: required");
    assert_eq!(
        refused(rectify(vec![photo(0x31, &county())])),
        "evidence: not-attachable"
    );
    let mut attached = photo(0x31, &unit);
    attached.state = domain::evidence::FileState::Attached(said().id);
    assert_eq!(refused(rectify(vec![attached])), "evidence: not-attachable");
    let many = (0..31).map(|n| photo(0x40 + n, &unit)).collect();
    assert_eq!(refused(rectify(many)), "evidence: too-many");
    let change = rectify(vec![photo(0x31, &unit), photo(0x32, &unit)]).unwrap();
    assert_eq!(change.rows().len(), 3, "the hazard and both files");
}

#[test]
fn the_route_demands_its_plan_before_rectification() {
    let confirmed = at(StageName::Confirmed, Determination::NotMajor);
    assert_eq!(
        refused(act(confirmed, Act::Rectify, Outcome::Done)),
        "plan-demanded"
    );
}
