//! Voiding 作废: it should never have been entered. The record stays, with the reason; nothing is deleted.

use crate::{
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Stage, Voiding},
    refusal::Refusal,
};

impl Hazard {
    pub fn void(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Void)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;

        let before = self.cell();
        let from = self.stage.name();
        let voiding = Voiding {
            from,
            reason: reason.clone(),
            by: moment.signature(),
        };
        let stood = std::mem::replace(&mut self.stage, Stage::Reported);
        self.stage = Stage::Void {
            voiding,
            before: Box::new(stood),
        };
        self.end();
        Ok(self.recorded(before, &moment, Act::Void, HazardEvent::Voided { from, reason }))
    }
}
