//! Pause 暂停计时: the clock of rectification stands still for a reason that nobody answers for (a flood, a closed road), and goes on
//! with just the days it had left. Interim measures and the work itself never pause.

use crate::{
    authority::Act,
    change::Change,
    deadline::Because,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, course::Pause},
    refusal::Refusal,
    time::DAY,
};

impl Hazard {
    pub fn pause(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Pause)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;

        let before = self.cell();
        self.course.pause = Some(Pause {
            reason: reason.clone(),
            by: moment.signature(),
        });
        self.due = None;
        Ok(self.recorded(before, &moment, Act::Pause, HazardEvent::Paused { reason }))
    }

    pub fn resume(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Resume)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;

        let before = self.cell();
        let Some(pause) = self.course.pause.take() else {
            return Err(Refusal::NotNow { act: Act::Resume });
        };
        let (on, until) = (pause.by.at.day(), moment.now.day());
        let days = ((until.start().0 - on.start().0) / DAY).max(0);
        if let Some(due) = &self.course.rectify_by {
            let to = due.day().plus_days(days);
            let because = Because::Paused {
                on,
                until,
                reason: pause.reason,
            };
            self.move_day(to, because, moment.signature());
        }
        let told = HazardEvent::Resumed { reason, days };
        Ok(self.recorded(before, &moment, Act::Resume, told))
    }
}
