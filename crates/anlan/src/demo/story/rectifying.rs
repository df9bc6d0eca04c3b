//! Whoever is responsible plans and rectifies: mostly when the day comes near, sometimes after it.

use domain::{
    authority::Act as Right,
    hazard::{StageName, plan::FilePlan},
    money::Fen,
    route::{PlanDemand, Recheck},
    time::Day,
};

use super::{Draft, Teller};
use crate::demo::{
    act::Step,
    cast::Who,
    hours::{MINUTE, days_between},
    profile::Manner,
};

/// Whoever files a plan after the ordered day promises to be done within so many days.
const PROMISED_WITHIN: i64 = 5;

impl Teller<'_> {
    pub(super) fn responsible_person(&self, draft: &mut Draft, day: Day) -> String {
        let head = draft.site.principal_head.clone();
        if !draft.site.has_steward && !head.is_empty() {
            return head;
        }
        let here = self.cast.at(draft.site.rectifier, day);
        match draft.chance.one(&here) {
            Some(who) => self.cast.name(*who).to_owned(),
            None => draft.site.name.clone(),
        }
    }

    pub(super) fn rectifier(&self, draft: &mut Draft, day: Day) -> Option<Who> {
        self.somebody(draft, Right::Rectify, draft.site.rectifier, day)
    }

    pub(super) fn plan(&self, draft: &mut Draft) -> Option<()> {
        let most = if draft.text.days <= 3 { 0 } else { 2 };
        let days = u32::try_from(draft.chance.between(0, most)).unwrap_or(0);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.rectifier(draft, at.day())?;
        let left = days_between(at.day(), draft.deadline);
        if left > 4 && draft.chance.happens(0.3) {
            draft.deadline = draft.deadline.plus_days(-draft.chance.between(1, 2));
        }
        // Whoever is late promises a day, and the one that was ordered stands; until then, a plan may name the days that are left.
        let late = at.day() > draft.ordered;
        if !late {
            draft.deadline = draft.deadline.max(at.day());
        }
        // Nobody's estimate is exactly that of the text.
        let share = draft.chance.between(85, 120);
        let step = if draft.text.funds >= 5_000 { 100 } else { 10 };
        let yuan = (draft.text.funds * share / 100 / step).max(1) * step;
        let unit = if draft.site.has_steward {
            &self.cast.member(who).holding.agency.name
        } else {
            &draft.site.name
        };
        let said = FilePlan {
            target: draft.text.target.clone(),
            measures: draft.text.measures.clone(),
            funds: Fen(yuan * 100),
            deadline: if late {
                at.day().plus_days(PROMISED_WITHIN)
            } else {
                draft.deadline
            },
            responsible_person: self.responsible_person(draft, at.day()),
            responsible_unit: unit.clone(),
            emergency_plan: draft.text.emergency_plan.clone(),
        };
        (draft.stage, draft.due) = (StageName::Rectifying, Some(draft.deadline.end()));
        draft.planned = true;
        self.then(draft, who, at, Step::Plan(said));
        Some(())
    }

    pub(super) fn rectify(&self, draft: &mut Draft) -> Option<()> {
        let from = draft.at.day();
        let late = match self.profile.manner(&draft.site.home.county) {
            Manner::Worse => self.profile.conduct.late_worse,
            Manner::Usual => self.profile.conduct.late,
            Manner::TooGood => 0,
        };
        let late = draft.chance.between(0, 99) < i64::try_from(late).unwrap_or(0);
        let days = if late {
            let after = draft.deadline.max(from);
            self.hours.working_days(after.plus_days(1), after.plus_days(12))
        } else {
            self.hours.working_days(from.plus_days(1), draft.deadline)
        };
        // Most is done when the day comes near.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a short list"
        )]
        let near = (draft.chance.share().sqrt() * days.len() as f64) as usize;
        let day = days.get(near.min(days.len().saturating_sub(1))).copied();
        let at = match day {
            Some(day) => self.hours.on(day, draft.chance),
            None => self.hours.after(draft.at.plus(20 * MINUTE), 0, draft.chance),
        };
        let summary = draft.text.rectified.clone();
        self.rectified(draft, at, summary)
    }

    pub(super) fn rectify_again(&self, draft: &mut Draft) -> Option<()> {
        // A plan of three parts is not enough any more, once it has come back too often.
        let demands = draft.route.as_ref()?.plan;
        if demands == PlanDemand::Full && !draft.planned {
            self.plan(draft)?;
        }
        let days = draft.days(&[1, 2, 3, 4, 5]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let summary = format!("已按退回意见重新整改。{}", draft.text.rectified);
        self.rectified(draft, at, summary)
    }

    fn rectified(&self, draft: &mut Draft, at: domain::time::Instant, summary: String) -> Option<()> {
        let who = self.rectifier(draft, at.day())?;
        let route = draft.route.as_ref()?;
        let (wanted, by_itself) = (route.evidence, route.recheck == Recheck::Unit);
        if wanted || draft.chance.happens(0.5) {
            self.with_photo(draft, who, at, "after");
        }
        if by_itself {
            (draft.stage, draft.due) = (StageName::Closed, None);
        } else {
            draft.stage = StageName::Submitted;
            draft.due = self.due_by(&self.times.accept, at);
        }
        self.then(draft, who, at, Step::Rectify { summary });
        Some(())
    }
}
