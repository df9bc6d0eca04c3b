//! A record changes hands: assigned to a department, transferred to another county, merged with another of the same thing.

use domain::{
    authority::Act as Right,
    hazard::{Source, StageName, assign::Assign, report::Then},
};

use super::{Draft, Teller};
use crate::demo::{
    act::{On, Step},
    cast::Who,
    task::Finder,
};

impl Teller<'_> {
    /// The county's office hands it to the department that it belongs to, which signs for it, or first says that it is not theirs.
    pub(super) fn assign(&self, draft: &mut Draft, declined: bool) -> Option<()> {
        let to = draft.spot.named?;
        if self.cast.office(Some(&draft.county)) == Some(to) {
            return None;
        }
        self.assigned(draft, None)?;
        if declined {
            let who = self.of_the_agency(draft, Right::Decline)?;
            let at = self.hours.after(draft.at, 1, draft.chance);
            let reason = draft.chance.one(&self.texts.sayings.not_ours)?.clone();
            draft.regulator = None;
            self.then(draft, who, at, Step::Decline { reason });
            let basis = draft.chance.one(&self.texts.sayings.basis)?.clone();
            self.assigned(draft, Some(basis))?;
        }
        let days = draft.days(&[0, 0, 1, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.of_the_agency(draft, Right::Acknowledge)?;
        self.then(draft, who, at, Step::Acknowledge);
        Some(())
    }

    fn assigned(&self, draft: &mut Draft, basis: Option<String>) -> Option<()> {
        let to = draft.spot.named?;
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, Right::Assign, at.day())?;
        let (reply_by, _) = self.times.calendar.working_days_after(at.day(), 5);
        draft.regulator = Some(to);
        let said = Assign { reply_by, basis };
        self.then(draft, who, at, Step::Assign { said, to });
        Some(())
    }

    fn of_the_agency(&self, draft: &mut Draft, act: Right) -> Option<Who> {
        self.somebody(draft, act, draft.regulator?, draft.at.day())
    }

    /// It lies in the next county: the record ends here, one is opened there, and the office there signs for it.
    pub(super) fn transfer(&self, draft: &mut Draft) -> Option<()> {
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, Right::Transfer, at.day())?;
        let others: Vec<_> = self
            .counties
            .iter()
            .filter(|county| county.id != draft.county)
            .collect();
        let to = (*draft.chance.one(&others)?).clone();
        let reason = draft
            .chance
            .one(&self.texts.sayings.transferred)?
            .replace("{to}", &to.short);
        let office = self.cast.office(Some(&to.id))?;
        let there = to.id.clone();
        self.then(draft, who, at, Step::Transfer { to: to.id, reason });
        draft.opened_there(there, office);
        draft.due = self.due_by(&self.times.confirm, at);
        if let Some(last) = draft.acts.last_mut() {
            // What is looked at from now on is the record there.
            last.after.stage = StageName::Reported;
            last.after.desk = draft.regulator;
            last.after.due = draft.due;
        }
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, Right::Acknowledge, at.day())?;
        self.then(draft, who, at, Step::Acknowledge);
        Some(())
    }

    /// The town comes upon what is on the record already; the county's office makes one of the two.
    pub(super) fn merge(&self, draft: &mut Draft) -> Option<()> {
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let town = draft.site.town_office?;
        let who = self.somebody(draft, Right::Report, town, at.day())?;
        let first = (draft.due, draft.source);
        draft.on = On::Twin;
        draft.source = Finder::Town.source(false);
        let description = draft.chance.one(&self.texts.sayings.again)?;
        let step = Step::Report {
            source: Source::Patrol,
            found_at: at,
            description: description.replace("{text}", &draft.text_with_place()),
            then: Then::Waits,
        };
        self.then(draft, who, at, step);
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, Right::Merge, at.day())?;
        let reason = draft.chance.one(&self.texts.sayings.merged)?.clone();
        self.then(draft, who, at, Step::Merge { reason });
        draft.on = On::First;
        (draft.due, draft.source) = first;
        Some(())
    }
}
