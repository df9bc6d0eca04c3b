//! Plan: the responsible unit says how, with what, until when and who. What the route demands makes it complete: all seven parts, or
//! measure, person and date. A complete plan starts rectification; an incomplete one is refused whole. Interim measures never wait for it.
//!
//! A plan never moves the day that was ordered. Once that day has passed, a plan still comes in and says by when: a promise after the
//! deadline 逾期后承诺, marked as one, under which the hazard stays as overdue as it was (docs/adr/0021).

use crate::{
    authority::Act,
    change::Change,
    deadline::{Due, SetBy},
    field::Checks,
    hazard::{Confirmation, Hazard, HazardEvent, Moment, Plan, Stage},
    money::Fen,
    refusal::Refusal,
    route::PlanDemand,
    time::Day,
};

#[derive(Debug, Clone, PartialEq)]
pub struct FilePlan {
    pub target: String,
    pub measures: String,
    pub funds: Fen,
    pub deadline: Day,
    pub responsible_person: String,
    pub responsible_unit: String,
    pub emergency_plan: String,
}

impl Hazard {
    pub fn plan(mut self, said: FilePlan, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Plan)?;
        let Some(confirmation) = self.stage.confirmation().cloned() else {
            return Err(Refusal::WrongStage {
                act: Act::Plan,
                stage: self.stage.name(),
            });
        };
        let latest = Latest {
            day: self.course.at_the_latest.unwrap_or(confirmation.deadline),
            stands_still: self.course.pause.is_some(),
        };
        let plan = read(said, &confirmation, latest, &moment)?;

        let before = self.cell();
        if !plan.late {
            let due = Due::set(plan.deadline, SetBy::Plan);
            self.course.rectify_by = Some(due.clone());
            if self.course.pause.is_none() {
                self.due = Some(due);
            }
        }
        let told = HazardEvent::Planned {
            target: plan.target.clone(),
            measures: plan.measures.clone(),
            funds_fen: plan.funds,
            deadline: plan.deadline,
            responsible_person: plan.responsible_person.clone(),
            responsible_unit: plan.responsible_unit.clone(),
            emergency_plan: plan.emergency_plan.clone(),
            late: plan.late,
        };
        self.stage = Stage::Rectifying {
            confirmation,
            plan: Some(plan),
        };
        Ok(self.recorded(before, &moment, Act::Plan, told))
    }
}

/// The latest day that may be planned for, and whether the clock stands still: then nothing is overdue, and the day is moved when
/// it goes on.
#[derive(Clone, Copy)]
struct Latest {
    day: Day,
    stands_still: bool,
}

/// No promise after the deadline leads further than this.
const LONGEST_PROMISE_DAYS: i64 = 366;

fn read(
    said: FilePlan,
    confirmation: &Confirmation,
    latest: Latest,
    moment: &Moment,
) -> Result<Plan, Refusal> {
    let today = moment.now.day();
    let mut checks = Checks::default();
    let all_seven = confirmation.route.plan == PlanDemand::Full;
    let in_full = |checks: &mut Checks, field, text: &str, max| {
        if all_seven {
            checks.text(field, text, max)
        } else {
            checks.optional(field, text, max)
        }
    };
    let plan = Plan {
        target: in_full(&mut checks, "target", &said.target, 1_000),
        measures: checks.text("measures", &said.measures, 2_000),
        funds: said.funds,
        deadline: said.deadline,
        responsible_person: checks.text("responsible_person", &said.responsible_person, 60),
        responsible_unit: in_full(&mut checks, "responsible_unit", &said.responsible_unit, 120),
        emergency_plan: in_full(&mut checks, "emergency_plan", &said.emergency_plan, 2_000),
        late: today > latest.day && !latest.stands_still,
        by: moment.signature(),
    };
    if !(0..=Fen::MAX.0).contains(&said.funds.0) {
        checks.fail_at("funds_fen", "out-of-range", Fen::MAX.0);
    }
    // A plan never moves the date that was ordered: that takes an extension. When the date has passed, a plan promises another day
    // and leaves it where it is. Nobody promises a day that is gone, but while the clock stands still the ordered one may be kept.
    if plan.late {
        checks.not_after("deadline", said.deadline, today.plus_days(LONGEST_PROMISE_DAYS));
        checks.not_before("deadline", said.deadline, today);
    } else {
        checks.not_after("deadline", said.deadline, latest.day);
        checks.not_before("deadline", said.deadline, today.min(latest.day));
    }
    checks.done()?;
    Ok(plan)
}
