//! Extension 延期: asked for in time by whoever rectifies, decided by another. The day that was ordered stays where it was said; the
//! date tells how it was moved.

use crate::{
    authority::Act,
    change::Change,
    deadline::{Because, Timetable},
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{Answer, Extension},
    },
    refusal::Refusal,
    time::Day,
};

/// No extension leads further from the day it moves.
const LONGEST_DAYS: i64 = 366;

impl Hazard {
    /// The last day on which an extension may still be asked for: so many working days before, but never before the day on which
    /// the date was set. What was returned may be asked for within as many working days after: while it lay with those who
    /// re-check, nobody knew that there was anything to ask for.
    pub fn extension_until(&self, times: &Timetable) -> Option<Day> {
        let due = self.course.rectify_by.as_ref()?;
        let latest = times
            .calendar
            .working_days_before(due.day(), times.ask_extension.length);
        let confirmed = self.stage.confirmation().map(|c| c.by.at.day());
        let returned = self.returns.last().map(|last| {
            let (day, _) = times
                .calendar
                .working_days_after(last.by.at.day(), times.ask_extension.length);
            day
        });
        Some(
            latest
                .max(confirmed.unwrap_or(latest))
                .max(returned.unwrap_or(latest)),
        )
    }

    pub fn ask_extension(
        mut self,
        to: Day,
        reason: &str,
        times: &Timetable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::AskExtension)?;
        let Some(from) = self.deadline() else {
            return Err(Refusal::NotNow {
                act: Act::AskExtension,
            });
        };
        if let Some(latest) = self.extension_until(times)
            && moment.now.day() > latest
        {
            return Err(Refusal::AskedTooLate { latest });
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 1_000);
        checks.not_before("to", to, from.plus_days(1));
        checks.not_after("to", to, from.plus_days(LONGEST_DAYS));
        checks.done()?;

        let before = self.cell();
        self.course.extensions.push(Extension {
            from,
            to,
            reason: reason.clone(),
            by: moment.signature(),
            answer: None,
        });
        let told = HazardEvent::ExtensionAsked { from, to, reason };
        Ok(self.recorded(before, &moment, Act::AskExtension, told))
    }

    pub fn decide_extension(
        mut self,
        passed: bool,
        opinion: &str,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::DecideExtension)?;
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", opinion, 1_000);
        checks.done()?;

        let before = self.cell();
        let by = moment.signature();
        let Some(asked) = self.course.extensions.last_mut() else {
            return Err(Refusal::NotNow {
                act: Act::DecideExtension,
            });
        };
        asked.answer = Some(Answer {
            passed,
            opinion: opinion.clone(),
            by: by.clone(),
        });
        let (to, reason) = (asked.to, asked.reason.clone());
        // A plan filed since it was asked may have named a later day; more time never becomes less.
        if passed && self.deadline().is_none_or(|day| day < to) {
            self.move_day(to, Because::Extended { reason }, by);
        }
        let told = HazardEvent::ExtensionDecided { passed, opinion, to };
        Ok(self.recorded(before, &moment, Act::DecideExtension, told))
    }

    /// Moves the day rectification is due by. A plan may always name that day, and none that was neither ordered nor granted.
    pub(super) fn move_day(&mut self, to: Day, because: Because, by: crate::actor::Signature) {
        let Some(due) = self.course.rectify_by.take() else {
            return;
        };
        let moved = due.moved_to(to, because, Some(by));
        self.course.at_the_latest = self.course.at_the_latest.map(|day| day.max(to));
        if self.course.pause.is_none() && self.stage.name().is_being_rectified() {
            self.due = Some(moved.clone());
        }
        self.course.rectify_by = Some(moved);
    }
}
