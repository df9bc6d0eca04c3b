//! What is asked and answered on the way: more time, a clock that stands still, a fact put right.

use domain::{authority::Act as Right, hazard::course::Fact};

use super::{Draft, Teller};
use crate::demo::{act::Step, hours::days_between};

impl Teller<'_> {
    pub(super) fn extend(&self, draft: &mut Draft, granted: bool) -> Option<()> {
        let length = self.times.ask_extension.length;
        let latest = self.times.calendar.working_days_before(draft.deadline, length);
        let days = self.hours.working_days(draft.at.day().plus_days(1), latest);
        let day = *days.get(days.len() / 2)?;
        let at = self.hours.on(day, draft.chance);
        let who = self.rectifier(draft, day)?;
        let (more, reason) = draft.chance.one(&self.texts.sayings.extension)?.clone();
        let to = draft.deadline.plus_days(more);
        self.then(draft, who, at, Step::AskExtension { to, reason });
        let days = draft.days(&[0, 1, 1, 2, 3]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.judge(draft, Right::DecideExtension, at.day())?;
        let opinions = if granted {
            draft.deadline = to;
            draft.ordered = draft.ordered.max(to);
            draft.due = Some(to.end());
            &self.texts.sayings.extended
        } else {
            &self.texts.sayings.not_extended
        };
        let opinion = draft.chance.one(opinions)?.clone();
        let passed = granted;
        self.then(draft, who, at, Step::DecideExtension { passed, opinion });
        draft.key = draft.acts.len();
        Some(())
    }

    pub(super) fn pause(&self, draft: &mut Draft) -> Option<()> {
        let at = self.hours.after(draft.at, 1, draft.chance);
        // What stands still after its day is not what this is for.
        if at.day() >= draft.deadline {
            return None;
        }
        let who = self.judge(draft, Right::Pause, at.day())?;
        let reason = draft.chance.one(&self.texts.sayings.pause)?.clone();
        draft.due = None;
        let on = at.day();
        self.then(draft, who, at, Step::Pause { reason });
        draft.key = draft.acts.len();
        let days = draft.days(&[3, 4, 5, 6, 8]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.judge(draft, Right::Resume, at.day())?;
        draft.deadline = draft.deadline.plus_days(days_between(on, at.day()));
        draft.ordered = draft.ordered.plus_days(days_between(on, at.day()));
        draft.due = Some(draft.deadline.end());
        let reason = draft.chance.one(&self.texts.sayings.resume)?.clone();
        self.then(draft, who, at, Step::Resume { reason });
        Some(())
    }

    pub(super) fn correct(&self, draft: &mut Draft) -> Option<()> {
        let at = self.hours.after(draft.at, 0, draft.chance);
        let who = self.judge(draft, Right::Correct, at.day())?;
        let value = format!("{}，{}（以现场标牌为准）", draft.site.address, draft.place);
        let reason = "上报时点位写法与现场标牌不一致，按现场核对更正。".to_owned();
        let step = Step::Correct {
            fact: Fact::Place,
            value: value.chars().take(200).collect(),
            reason,
        };
        self.then(draft, who, at, step);
        Some(())
    }
}
