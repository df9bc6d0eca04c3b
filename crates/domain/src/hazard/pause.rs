//! Pause 暂停计时: the clock of rectification stands still for a reason that nobody answers for (a flood, a closed road), and goes on
//! with just the days it had left. Interim measures and the work itself never pause.

use crate::{
    authority::Act,
    change::Change,
    deadline::Because,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, course::Pause},
    refusal::Refusal,
    time::{DAY, Day},
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
        let Some(days) = self.end_pause(&moment) else {
            return Err(Refusal::NotNow { act: Act::Resume });
        };
        let told = HazardEvent::Resumed { reason, days };
        Ok(self.recorded(before, &moment, Act::Resume, told))
    }

    /// The clock goes on: the days it stood still are given back, to the ordered day all of them, to a plan that was filed meanwhile
    /// those since. How many it stood still; `None` where it ran.
    pub(super) fn end_pause(&mut self, moment: &Moment) -> Option<i64> {
        let pause = self.course.pause.take()?;
        let (paused_on, until) = (pause.by.at.day(), moment.now.day());
        let since = |on: Day| ((until.start().0 - on.start().0) / DAY).max(0);
        let days = since(paused_on);
        self.course.at_the_latest = self.course.at_the_latest.map(|day| day.plus_days(days));
        if let Some(due) = &self.course.rectify_by {
            let filed = self.stage.plan().map(|plan| plan.by.at.day());
            let on = filed.map_or(paused_on, |filed| filed.max(paused_on));
            let to = due.day().plus_days(since(on));
            let because = Because::Paused {
                on,
                until,
                reason: pause.reason,
            };
            self.move_day(to, because, moment.signature());
        }
        Some(days)
    }
}
