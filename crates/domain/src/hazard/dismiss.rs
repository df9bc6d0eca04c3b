//! Dismissal: there is no hazard 不是隐患, or the site is gone 点位灭失. It ends, but it does not count as rectified.

use crate::{
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{Closing, Dismissal, DismissedAs, Hazard, HazardEvent, Moment, Stage},
    refusal::Refusal,
};

impl Hazard {
    pub fn dismiss(mut self, ended_as: DismissedAs, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Dismiss)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;

        let before = self.cell();
        let dismissal = Dismissal {
            ended_as,
            reason: reason.clone(),
            by: moment.signature(),
        };
        let stood = std::mem::replace(&mut self.stage, Stage::Reported);
        self.stage = Stage::Closed {
            closing: Closing::Dismissed {
                dismissal,
                before: Box::new(stood),
            },
        };
        self.end();
        let told = HazardEvent::Dismissed { ended_as, reason };
        Ok(self.recorded(before, &moment, Act::Dismiss, told))
    }
}
