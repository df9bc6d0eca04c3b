//! Somebody looks again at what ended as rectified. What is found not to be is opened again, and goes round once more.

use domain::{
    hazard::{StageName, revisit::Revisit},
    time::Instant,
};

use super::{Draft, Teller};
use crate::demo::{act::Step, hours::MINUTE};

impl Teller<'_> {
    pub(super) fn revisit(&self, draft: &mut Draft, passed: bool) -> Option<()> {
        let days = u32::try_from(draft.chance.between(8, 40)).unwrap_or(8);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.looks_again(draft, at.day())?;
        let opinions = if passed {
            &self.texts.sayings.revisit_true
        } else {
            &self.texts.sayings.revisit_untrue
        };
        let opinion = draft.chance.one(opinions)?.replace("{p}", draft.place);
        let back = draft.chance.between(20 * MINUTE, 80 * MINUTE);
        let opens = at.day().start().plus(510 * MINUTE);
        let said = Revisit {
            passed,
            opinion,
            visited_at: Instant(at.plus(-back).0.max(opens.0)),
        };
        let when = if passed { "after" } else { "before" };
        self.with_photo(draft, who, at, when);
        if !passed {
            (draft.stage, draft.due) = (StageName::Reported, self.due_by(&self.times.confirm, at));
        }
        self.then(draft, who, at, Step::Revisit(said));
        Some(())
    }
}
