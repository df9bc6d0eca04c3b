//! How a case begins and how each act is tried: mostly said as it fits, sometimes with something left out.

use domain::{
    EventId,
    actor::Actor,
    authority::Act,
    hazard::{
        Cause, Determination, DismissedAs, Hazard, Moment, Source, ToldTo,
        accept::Accept,
        confirm::Confirm,
        course::Part,
        plan::FilePlan,
        report::{Report, Then},
    },
    person::Person,
    route::RouteTable,
    time::{HOUR, Instant},
};
use uuid::Uuid;

use super::LEVELS;
use crate::given::*;

/// What is said, from a number: mostly what fits, sometimes too little.
pub struct Says {
    pub n: u64,
}

impl Says {
    fn often(&mut self) -> bool {
        self.below(5) > 0
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        // A generator of its own, so that one number tells a whole sentence.
        self.n = self
            .n
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.n >> 33) % limit
    }

    fn text(&mut self) -> String {
        if self.often() {
            "写明".to_owned()
        } else {
            String::new()
        }
    }

    fn files(&mut self, of: &Actor, at: Instant) -> Vec<domain::evidence::EvidenceFile> {
        let n = 0x1000 + u128::from(at.0.unsigned_abs());
        if self.often() {
            vec![photo(n, of)]
        } else {
            Vec::new()
        }
    }
}

fn at_time(who: &Actor, now: Instant) -> Moment<'_> {
    Moment {
        who,
        event: EventId(Uuid::from_u128(u128::from(now.0.unsigned_abs()))),
        now,
    }
}

pub fn begin(table: &RouteTable, who: &Actor, says: &mut Says) -> Option<Hazard> {
    let then = match says.below(3) {
        0 => Then::Waits,
        1 => an_order(),
        _ if says.below(4) == 0 => on_the_spot(),
        _ => Then::Waits,
    };
    let sources = [
        Source::SelfCheck,
        Source::Patrol,
        Source::CountyCheck,
        Source::Oversight,
        Source::Tip,
    ];
    let mut subject = the_subject();
    subject.steward = (says.below(4) == 0).then(|| agency(TOWN_OFFICE));
    let about = domain::authority::About {
        home: &subject.home,
        subject: Some(subject.id),
        steward: subject.steward,
        regulator: None,
        awaited: None,
    };
    who.may_about(Act::Report, &about).ok()?;
    let report = Report {
        initial_level: LEVELS[says.below(3) as usize],
        source: sources[says.below(5) as usize],
        then,
        ..said()
    };
    let files = Vec::new();
    let change = Hazard::report(
        report,
        "HB-1".into(),
        subject.clone(),
        files,
        offices(),
        &times(),
        table,
        at_time(who, now()),
    );
    change.ok().map(|change| after(Ok(change)))
}

/// Tries it as the program does: the right, the stage, the decision.
pub fn attempt(
    hazard: &Hazard,
    what: Act,
    who: &Actor,
    says: &mut Says,
    table: &RouteTable,
    now: Instant,
) -> Option<Hazard> {
    who.may(what, hazard).ok()?;
    hazard.expects(what).ok()?;
    let hazard = hazard.clone();
    let moment = at_time(who, now);
    let decisions = [
        Determination::NotMajor,
        Determination::Pending,
        Determination::Major,
    ];
    let change = match what {
        Act::Confirm => {
            let said = Confirm {
                initial_level: LEVELS[says.below(3) as usize],
                determination: decisions[says.below(3) as usize],
                clauses: vec!["第三条".into()],
                deadline: now.day().plus_days(20),
                order_no: None,
            };
            let named = (says.below(4) == 0).then(a_department);
            hazard.confirm(said, named, table, moment)
        }
        Act::Determine => hazard.determine(determination(decisions[says.below(3) as usize]), table, moment),
        Act::Plan => {
            let said = FilePlan {
                target: says.text(),
                measures: says.text(),
                deadline: now.day(),
                responsible_unit: says.text(),
                emergency_plan: says.text(),
                ..plan()
            };
            hazard.plan(said, moment)
        }
        Act::Rectify => hazard.rectify("已整改", says.files(who, now), &times(), moment),
        Act::Accept => {
            let said = Accept {
                passed: says.often(),
                visited_at: says.often().then(|| now.plus(-HOUR)),
                place: says.often().then(|| "二楼".to_owned()),
                cause: says.often().then_some(Cause::Management),
                ..passed()
            };
            let inspectors: Vec<Person> = (0..says.below(4))
                .map(|n| inspector(1 + u128::from(n) * 10))
                .collect();
            hazard.accept_rectification(said, inspectors, &times(), table, moment)
        }
        Act::SignOff => {
            let mut said = decision(says.often());
            said.list = (says.below(2) == 0).then(|| domain::SignOffListId(Uuid::from_u128(7)));
            hazard.sign_off(said, table, moment)
        }
        Act::Tell => hazard.tell(ToldTo::ALL[says.below(2) as usize], now.day(), "会议", moment),
        Act::PutInPlace => {
            let part = Part::ALL[says.below(5) as usize];
            hazard.put_in_place(part, "已落实", says.files(who, now), moment)
        }
        Act::Suspend if says.below(4) > 0 => return None,
        Act::Suspend => hazard.suspend("现决1号", "二楼", moment),
        Act::AskRestart => hazard.ask_restart("已整改", says.files(who, now), moment),
        Act::ReviewRestart => hazard.review_restart(says.often(), "现场审查", moment),
        Act::Dismiss if says.below(10) > 0 => return None,
        Act::Dismiss => hazard.dismiss(DismissedAs::SiteGone, "已拆除", moment),
        other => panic!("{other} is not tried here"),
    };
    change.ok().map(|change| after(Ok(change)))
}
