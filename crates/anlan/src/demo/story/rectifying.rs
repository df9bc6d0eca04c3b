//! Whoever is responsible plans and rectifies: mostly when the day comes near, sometimes after it.

use domain::{hazard::plan::FilePlan, money::Fen, time::Day};

use super::{Draft, LATE, Teller};
use crate::demo::{
    act::Step,
    cast::Who,
    hours::{MINUTE, days_between},
};

impl Teller<'_> {
    pub(super) fn plan(&self, draft: &mut Draft, deadline: Day) -> Option<Who> {
        let most = if draft.text.days <= 3 { 0 } else { 2 };
        let days = u32::try_from(draft.chance.between(0, most)).unwrap_or(0);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self
            .cast
            .somebody(draft.chance, draft.site.rectifier, at.day(), &[])?;
        let left = days_between(at.day(), deadline);
        let sooner = if left > 4 && draft.chance.happens(0.3) {
            draft.chance.between(1, 2)
        } else {
            0
        };
        // Nobody's estimate is exactly that of the text.
        let share = draft.chance.between(85, 120);
        let step = if draft.text.funds >= 5_000 { 100 } else { 10 };
        let yuan = (draft.text.funds * share / 100 / step).max(1) * step;
        let responsible = if draft.site.has_steward {
            self.cast.name(who)
        } else {
            draft.site.principal_head.as_str()
        };
        let unit = if draft.site.has_steward {
            &self.cast.member(who).holding.agency.name
        } else {
            &draft.site.name
        };
        let said = FilePlan {
            target: draft.text.target.clone(),
            measures: draft.text.measures.clone(),
            funds: Fen(yuan * 100),
            deadline: deadline.plus_days(-sooner),
            responsible_person: if responsible.is_empty() {
                self.cast.name(who).to_owned()
            } else {
                responsible.to_owned()
            },
            responsible_unit: unit.clone(),
            emergency_plan: draft.text.emergency_plan.clone(),
        };
        draft.then(who, at, Step::Plan(said));
        Some(who)
    }

    pub(super) fn rectify(&self, draft: &mut Draft, unit: Who, deadline: Day) {
        let from = draft.at.day();
        let late = draft.chance.happens(LATE);
        let days = if late {
            self.hours
                .working_days(deadline.plus_days(1), deadline.plus_days(12))
        } else {
            self.hours.working_days(from.plus_days(1), deadline)
        };
        // Most is done when the day comes near.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a place in a short list"
        )]
        let near = (draft.chance.share().sqrt() * days.len() as f64) as usize;
        let day = days
            .get(near.min(days.len().saturating_sub(1)))
            .copied()
            .filter(|day| *day > from);
        let at = match day {
            Some(day) => self.hours.on(day, draft.chance),
            None => self.hours.after(draft.at.plus(20 * MINUTE), 0, draft.chance),
        };
        draft.with_photo(unit, at, "after");
        let summary = draft.text.rectified.clone();
        draft.then(unit, at, Step::Rectify { summary });
    }

    pub(super) fn rectify_again(&self, draft: &mut Draft, unit: Who) {
        let days = u32::try_from(draft.chance.between(1, 5)).unwrap_or(1);
        let at = self.hours.after(draft.at, days, draft.chance);
        draft.with_photo(unit, at, "after");
        let summary = format!("已按退回意见重新整改。{}", draft.text.rectified);
        draft.then(unit, at, Step::Rectify { summary });
    }
}
