//! County and city judge: confirm, determine, accept, sign off, send back, void.

use domain::{
    agency::Role,
    hazard::{
        Determination, InitialLevel, accept::Accept, confirm::Confirm, determine::Determine, sign_off::Decide,
    },
    time::{Day, Instant},
};

use super::{Draft, Teller};
use crate::demo::{act::Step, cast::Who, hours::MINUTE, spots::Spot};

impl Teller<'_> {
    /// The day set for rectification, and whether it is still open if it is major.
    pub(super) fn confirm(
        &self,
        draft: &mut Draft,
        spot: &Spot,
        reporter: Who,
        held: bool,
    ) -> Option<(Day, bool)> {
        let days = *draft.chance.one(&[0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 4])?;
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = match draft.site.regulator {
            Some(agency) => self.cast.somebody(draft.chance, agency, at.day(), &[reporter])?,
            None => self.county_office(draft, at.day(), reporter)?,
        };
        let settled = draft.text.determination;
        let doubtful = draft.text.level == InitialLevel::SuspectedMajor
            && (settled == Determination::Pending || draft.chance.happens(0.5));
        let determination = if doubtful { Determination::Pending } else { settled };
        let deadline = at.day().plus_days(draft.text.days);
        let said = Confirm {
            initial_level: draft.text.level,
            determination,
            clauses: vec![draft.text.clause.clone()],
            deadline,
            order_no: None,
        };
        draft.then(
            who,
            at,
            Step::Confirm {
                said,
                regulator: spot.named,
            },
        );
        if !held && draft.text.interim.is_some() && draft.text.level != InitialLevel::General {
            let at = draft.at.plus(draft.chance.between(90_000, 6 * MINUTE));
            self.hold(draft, who, at);
        }
        Some((deadline, doubtful))
    }

    pub(super) fn county_office(&self, draft: &mut Draft, day: Day, but: Who) -> Option<Who> {
        (0..20).find_map(|_| {
            let who = self.cast.in_role(
                draft.chance,
                Role::CountyOffice,
                Some(&draft.site.home.county),
                None,
                day,
            )?;
            (self.cast.person(who) != self.cast.person(but)).then_some(who)
        })
    }

    pub(super) fn determine(&self, draft: &mut Draft) -> Option<()> {
        let major = draft.text.determination == Determination::Major;
        let at = self.hours.after(
            draft.at,
            if draft.chance.happens(0.5) { 0 } else { 1 },
            draft.chance,
        );
        let county = Some(&draft.site.home.county);
        let who = if major && draft.chance.happens(0.5) {
            self.cast
                .in_role(draft.chance, Role::CityOffice, None, None, at.day())?
        } else {
            self.cast
                .in_role(draft.chance, Role::CountyOffice, county, None, at.day())?
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
        draft.then(who, at, Step::Determine(said));
        Some(())
    }

    pub(super) fn county_goes(
        &self,
        draft: &mut Draft,
        spot: &Spot,
        but: &[Who],
    ) -> Option<(Instant, Who, Who)> {
        let agency = draft.site.regulator.or(spot.named)?;
        let days = *draft.chance.one(&[1, 1, 2, 2, 3, 3, 4, 5, 6])?;
        let at = self.hours.after(draft.at, days, draft.chance);
        let pair = self.cast.inspectors(draft.chance, agency, at.day(), but);
        // A department of two people has no third to send.
        let (first, second) = pair.or_else(|| self.cast.inspectors(draft.chance, agency, at.day(), &[]))?;
        Some((at, first, second))
    }

    pub(super) fn return_it(&self, draft: &mut Draft, spot: &Spot) -> Option<()> {
        let (at, first, second) = self.county_goes(draft, spot, &[])?;
        let opinion = match &draft.text.returned {
            Some(own) => own.clone(),
            None => draft.chance.one(&self.texts.opinions.returned)?.clone(),
        };
        self.judge(draft, at, first, second, false, opinion);
        Some(())
    }

    pub(super) fn accept(&self, draft: &mut Draft, spot: &Spot, but: &[Who]) -> Option<()> {
        let (at, first, second) = self.county_goes(draft, spot, but)?;
        let opinion = draft.chance.one(&draft.text.accept)?.clone();
        self.judge(draft, at, first, second, true, opinion);
        Some(())
    }

    pub(super) fn judge(
        &self,
        draft: &mut Draft,
        at: Instant,
        first: Who,
        second: Who,
        passed: bool,
        opinion: String,
    ) {
        let visited = at
            .plus(-draft.chance.between(25 * MINUTE, 110 * MINUTE))
            .0
            .max(at.day().start().plus(510 * MINUTE).0);
        let place: String = format!("{}，{}", draft.site.address, draft.place)
            .chars()
            .take(200)
            .collect();
        let said = Accept {
            passed,
            opinion,
            visited_at: Some(Instant(visited)),
            place: Some(place),
            cause: None,
        };
        let inspectors = vec![self.cast.person(first), self.cast.person(second)];
        draft.then(first, at, Step::Accept { said, inspectors });
    }

    pub(super) fn city_looks(&self, draft: &mut Draft, reporter: Who) -> Option<(Who, Instant)> {
        let days = *draft.chance.one(&[1, 2, 2, 3, 3, 4, 5, 6, 7, 8])?;
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = (0..20).find_map(|_| {
            let who = self
                .cast
                .in_role(draft.chance, Role::CityOffice, None, None, at.day())?;
            (self.cast.person(who) != self.cast.person(reporter)).then_some(who)
        })?;
        Some((who, at))
    }

    pub(super) fn city_returns(
        &self,
        draft: &mut Draft,
        spot: &Spot,
        reporter: Who,
        unit: Who,
    ) -> Option<()> {
        let (who, at) = self.city_looks(draft, reporter)?;
        // That an inspector had reported it himself is said only where it is so, and it never is here.
        let fitting: Vec<&String> = self
            .texts
            .opinions
            .city_returned
            .iter()
            .filter(|text| !text.contains("上报人"))
            .collect();
        let opinion = (*draft.chance.one(&fitting)?).clone();
        draft.then(
            who,
            at,
            Step::SignOff(Decide {
                passed: false,
                opinion,
                list: None,
            }),
        );
        self.rectify_again(draft, unit);
        self.accept(draft, spot, &[reporter])
    }

    pub(super) fn void(&self, draft: &mut Draft, reporter: Who) -> Option<()> {
        let days = u32::try_from(draft.chance.between(0, 2)).unwrap_or(0);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, at.day(), reporter)?;
        // Mostly it had been reported before; the further reasons are the rarer ones.
        let reasons = &self.texts.opinions.void;
        let weights: Vec<f64> = [6.0, 1.0, 2.0, 1.0]
            .into_iter()
            .chain(std::iter::repeat(0.3))
            .take(reasons.len())
            .collect();
        let reason = reasons.get(draft.chance.weighted(&weights))?.clone();
        draft.then(who, at, Step::Void { reason });
        Some(())
    }
}
