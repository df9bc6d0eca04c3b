//! Sign-off 销号: the city strikes it off the list, or sends it back. After it nothing can be done to the hazard any more.

use crate::{
    authority::Act,
    change::Change,
    deadline::{Due, SetBy},
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Return, SignOff, Stage, StageName},
    refusal::Refusal,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Decide {
    pub passed: bool,
    pub opinion: String,
}

impl Hazard {
    pub fn sign_off(mut self, said: Decide, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::SignOff)?;
        let Stage::Accepted {
            confirmation,
            plan,
            rectification,
            acceptance,
        } = self.stage.clone()
        else {
            return Err(Refusal::WrongStage {
                act: Act::SignOff,
                stage: self.stage.name(),
            });
        };
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", &said.opinion, 1_000);
        checks.done()?;

        let before = self.cell();
        let told = HazardEvent::SignedOff {
            passed: said.passed,
            opinion: opinion.clone(),
        };
        if said.passed {
            self.due = None;
            let sign_off = SignOff {
                opinion,
                by: moment.signature(),
            };
            self.stage = Stage::SignedOff {
                confirmation,
                plan,
                rectification,
                acceptance,
                sign_off,
            };
        } else {
            self.come_back(StageName::Accepted, &opinion, &moment);
        }
        Ok(self.recorded(before, &moment, Act::SignOff, told))
    }

    /// Back to rectification, with the reason kept and counted. The date set before still stands.
    pub(super) fn come_back(&mut self, from: StageName, reason: &str, moment: &Moment) {
        let by_plan = self.stage.plan().map(|plan| Due::set(plan.deadline, SetBy::Plan));
        let ordered = self
            .stage
            .confirmation()
            .map(|c| Due::set(c.deadline, SetBy::Confirmation));
        self.due = by_plan.or(ordered);
        self.returns.push(Return {
            from,
            reason: reason.to_owned(),
            by: moment.signature(),
        });
        if let Some(confirmation) = self.stage.confirmation().cloned() {
            self.stage = Stage::Rectifying {
                confirmation,
                plan: self.stage.plan().cloned(),
            };
        }
    }
}
