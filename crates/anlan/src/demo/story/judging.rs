//! County and city judge: confirm, determine, dismiss, void, accept, send back, sign off.

use domain::{
    agency::Role,
    authority::Act as Right,
    hazard::{
        Cause, Determination, DismissedAs, InitialLevel, StageName, accept::Accept, confirm::Confirm,
        determine::Determine, sign_off::Decide,
    },
    route::{Ending, Visit},
    time::{Day, Instant},
};

use super::{Draft, Teller};
use crate::demo::{act::Step, cast::Who, hours::MINUTE, task::Turn};

impl Teller<'_> {
    pub(super) fn confirm(&self, draft: &mut Draft, turn: Turn) -> Option<()> {
        let days = draft.days(&[0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.judge(draft, Right::Confirm, at.day())?;
        let suspected = draft.text.level == InitialLevel::SuspectedMajor;
        let settled = draft.text.determination;
        let doubtful = suspected
            && (settled == Determination::Pending || turn == Turn::Suspected || draft.chance.happens(0.5));
        draft.determination = if doubtful { Determination::Pending } else { settled };
        let regulator = draft.spot.named.filter(|_| draft.regulator.is_none());
        draft.regulator = draft.regulator.or(regulator);
        draft.route = Some(self.route(draft));
        draft.orderer = Some(self.cast.agency(who));
        draft.stage = StageName::Confirmed;
        draft.deadline = at.day().plus_days(draft.text.days);
        draft.ordered = draft.deadline;
        draft.due = Some(draft.deadline.end());
        let clauses = Some(draft.text.clause.clone()).filter(|clause| !clause.is_empty());
        let order_no = draft.chance.happens(0.6).then(|| self.order_no(draft, at));
        let said = Confirm {
            initial_level: draft.text.level,
            determination: draft.determination,
            clauses: clauses.into_iter().collect(),
            deadline: draft.deadline,
            order_no,
        };
        self.then(draft, who, at, Step::Confirm { said, regulator });
        if draft.text.level != InitialLevel::General {
            let at = draft.at.plus(draft.chance.between(90_000, 6 * MINUTE));
            self.hold(draft, who, at);
        }
        Some(())
    }

    pub(super) fn determine(&self, draft: &mut Draft) -> Option<()> {
        let major = draft.text.determination == Determination::Major;
        let days = draft.days(&[0, 1]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = if major && draft.chance.happens(0.5) {
            self.city_office(draft, Right::Determine, at.day())?
        } else {
            self.county_office(draft, Right::Determine, at.day())?
        };
        let said = if major {
            Determine {
                determination: Determination::Major,
                clauses: vec![draft.text.clause.clone()],
                basis: "经市、县行业主管部门现场会商，对照判定标准逐项核对，符合重大事故隐患情形。".into(),
            }
        } else {
            Determine {
                determination: Determination::NotMajor,
                clauses: Vec::new(),
                basis: "经现场核查，对照判定标准，尚未构成重大事故隐患，按原定期限整改。".into(),
            }
        };
        draft.determination = said.determination;
        draft.route = Some(self.route(draft));
        self.then(draft, who, at, Step::Determine(said));
        Some(())
    }

    pub(super) fn dismiss(&self, draft: &mut Draft, turn: Turn) -> Option<()> {
        let days = draft.days(&[0, 1, 1, 2]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.judge(draft, Right::Dismiss, at.day())?;
        let (ended_as, reasons) = if turn == Turn::SiteGone {
            (DismissedAs::SiteGone, &self.texts.sayings.site_gone)
        } else {
            (DismissedAs::NotHazard, &self.texts.sayings.not_hazard)
        };
        let reason = draft.chance.one(reasons)?.clone();
        (draft.stage, draft.due) = (StageName::Closed, None);
        self.then(draft, who, at, Step::Dismiss { ended_as, reason });
        draft.key = draft.acts.len();
        Some(())
    }

    pub(super) fn void(&self, draft: &mut Draft) -> Option<()> {
        let days = draft.days(&[0, 1, 2]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, Right::Void, at.day())?;
        let reason = draft.chance.one(&self.texts.sayings.void)?.clone();
        (draft.stage, draft.due) = (StageName::Void, None);
        self.then(draft, who, at, Step::Void { reason });
        draft.key = draft.acts.len();
        Some(())
    }

    pub(super) fn return_it(&self, draft: &mut Draft) -> Option<()> {
        let (at, who, inspectors) = self.goes(draft)?;
        let opinion = match &draft.text.returned {
            Some(own) if draft.returns == 0 => own.clone(),
            _ => draft.chance.one(&self.texts.opinions.returned)?.clone(),
        };
        draft.returns += 1;
        draft.route = Some(self.route(draft));
        (draft.stage, draft.due) = (StageName::Rectifying, Some(draft.deadline.end()));
        let said = self.acceptance(draft, at, false, opinion);
        self.then(draft, who, at, Step::Accept { said, inspectors });
        Some(())
    }

    pub(super) fn accept(&self, draft: &mut Draft) -> Option<()> {
        let (at, who, inspectors) = self.goes(draft)?;
        let opinion = match draft.chance.one(&draft.text.accept) {
            Some(own) => own.clone(),
            None => draft.chance.one(&self.texts.sayings.accept)?.clone(),
        };
        if draft.route.as_ref()?.ending == Ending::Close {
            (draft.stage, draft.due) = (StageName::Closed, None);
        } else {
            draft.stage = StageName::Accepted;
            draft.due = self.due_by(&self.times.sign_off, at);
        }
        let said = self.acceptance(draft, at, true, opinion);
        self.then(draft, who, at, Step::Accept { said, inspectors });
        Some(())
    }

    /// Those who look, some days after it was reported as rectified: as many with a certificate as the route demands.
    fn goes(&self, draft: &mut Draft) -> Option<(Instant, Who, Vec<domain::PersonId>)> {
        let days = draft.days(&[1, 1, 2, 2, 3, 3, 4, 5, 6]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let agency = self.rechecker(draft)?;
        let who = self.somebody(draft, Right::Accept, agency, at.day())?;
        let mut with = vec![self.cast.person(who)];
        if draft.route.as_ref()?.inspectors == 0 {
            return Some((at, who, Vec::new()));
        }
        let second = self
            .cast
            .somebody_certified(draft.chance, agency, at.day(), who)?;
        with.push(self.cast.person(second));
        self.cast.member(who).certified.then_some((at, who, with))
    }

    fn acceptance(&self, draft: &mut Draft, at: Instant, passed: bool, opinion: String) -> Accept {
        let back = draft.chance.between(25 * MINUTE, 110 * MINUTE);
        let visited = at.plus(-back).0.max(at.day().start().plus(510 * MINUTE).0);
        let place: String = format!("{}，{}", draft.site.address, draft.place)
            .chars()
            .take(200)
            .collect();
        let route = draft.route.as_ref();
        let visits = route.is_some_and(|route| route.visit != Visit::Never || route.inspectors > 0);
        let cause = route.is_some_and(|route| route.cause).then(|| {
            let weights = [2.0, 5.0, 2.0, 5.0, 0.6, 1.2, 0.4, 1.6];
            Cause::ALL[draft.chance.weighted(&weights).min(Cause::ALL.len() - 1)]
        });
        Accept {
            passed,
            opinion,
            visited_at: visits.then_some(Instant(visited)),
            place: visits.then_some(place),
            cause: cause.filter(|_| passed),
        }
    }

    pub(super) fn sign_off(&self, draft: &mut Draft) -> Option<()> {
        let days = draft.days(&[1, 2, 2, 3, 3, 4, 5, 6, 7, 8]);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.city_office(draft, Right::SignOff, at.day())?;
        let opinion = draft.chance.one(&self.texts.opinions.sign_off)?.clone();
        (draft.stage, draft.due) = (StageName::SignedOff, None);
        let said = Decide {
            passed: true,
            opinion,
            list: None,
        };
        self.then(draft, who, at, Step::SignOff(said));
        Some(())
    }

    /// Whoever looks again: the county's office, or somebody of the city.
    pub(super) fn looks_again(&self, draft: &mut Draft, day: Day) -> Option<Who> {
        if draft.chance.happens(0.6) {
            return self.county_office(draft, Right::Revisit, day);
        }
        let who = self.cast.at_city_for(draft.chance, &draft.site.sector, day)?;
        (self.cast.role(who) == Role::CityDepartment).then_some(who)
    }
}
