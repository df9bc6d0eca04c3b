//! The story of one hazard, told forward from the day on which it is found: who reports it, how long each next step takes, what is
//! said. It ends where it is asked to end.
//!
//! Everything here is plausible and nothing is a rule: whether an act is allowed is decided by the use case that replays it.

use app::{hazard::report::Named, reference::Measure};
use domain::{
    agency::Role,
    hazard::{
        Determination, InitialLevel, Source, StageName, accept::Accept, confirm::Confirm,
        determine::Determine, plan::FilePlan, sign_off::Decide,
    },
    money::Fen,
    time::{Day, Instant},
};

use super::{
    act::{Act, Case, Step},
    cast::{Cast, Who},
    chance::Chance,
    hours::{Hours, MINUTE, days_between},
    spots::{Site, Spot, Spots},
    texts::{Text, Texts},
};

/// Of rectifications, reported after the day that was set.
const LATE: f64 = 0.15;
/// Of first acceptances, sent back by the county (on top of those that are told to end there); of sign-offs, by the city.
const RETURNED: f64 = 0.085;
const CITY_RETURNED: f64 = 0.03;

pub struct Teller<'a> {
    pub cast: &'a Cast,
    pub texts: &'a Texts,
    pub spots: &'a Spots,
    pub measures: &'a [Measure],
    pub hours: Hours<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    SignedOff,
    Void,
    /// Waiting in a stage.
    In(StageName),
    /// Sent back by the county, to be rectified again.
    Returned,
}

/// A story as far as it has been told.
struct Draft<'a> {
    chance: &'a mut Chance,
    acts: Vec<Act>,
    at: Instant,
    text: &'a Text,
    site: &'a Site,
    place: &'a str,
}

impl Draft<'_> {
    fn then(&mut self, who: Who, at: Instant, step: Step) {
        self.at = at;
        self.acts.push(Act { at, who, step });
    }

    /// A photo is taken and sent up some minutes before the act that it belongs to.
    fn with_photo(&mut self, who: Who, at: Instant, when: &str) {
        let names = if when == "before" {
            ["整改前.png", "现场检查记录.png"]
        } else {
            ["整改后.png", "复查记录.png"]
        };
        let own = self.text.photo != "record";
        let record = self.text.photo == "record" || self.chance.happens(0.3);
        let mut sent = at.plus(-self.chance.between(3 * MINUTE, 11 * MINUTE));
        if own {
            let photo = format!("{}-{when}.png", self.text.photo);
            self.acts.push(Act {
                at: sent,
                who,
                step: Step::Upload {
                    photo,
                    name: names[0],
                },
            });
            sent = sent.plus(self.chance.between(15_000, 100_000));
        }
        if record {
            self.acts.push(Act {
                at: sent,
                who,
                step: Step::Upload {
                    photo: format!("record-{when}.png"),
                    name: names[1],
                },
            });
        }
    }
}

impl Teller<'_> {
    /// `None` where nobody is in office to do what has to be done.
    pub fn tell(
        &self,
        chance: &mut Chance,
        spot: &Spot,
        place: &str,
        first: Day,
        ending: Ending,
    ) -> Option<Case> {
        let (site, text) = (self.spots.site(spot), &self.texts.hazard[spot.text]);
        let description = text.text.replace("{p}", place);
        let location: String = format!("{}，{place}", site.address).chars().take(200).collect();
        let mut draft = Draft {
            chance,
            acts: Vec::new(),
            at: first.start(),
            text,
            site,
            place,
        };
        self.told(&mut draft, spot, first, ending)?;
        Some(Case {
            subject: site.named.clone(),
            kind: site.kind,
            description,
            location,
            level: text.level,
            acts: draft.acts,
        })
    }

    fn told(&self, draft: &mut Draft, spot: &Spot, first: Day, ending: Ending) -> Option<()> {
        let reporter = self.report(draft, first)?;
        if ending == Ending::Void {
            return self.void(draft, reporter);
        }
        let held = self.hold_at_once(draft, reporter);
        if ending == Ending::In(StageName::Reported) {
            return Some(());
        }
        let (deadline, pending) = self.confirm(draft, spot, reporter, held)?;
        if pending && ending != Ending::In(StageName::Confirmed) {
            self.determine(draft)?;
        }
        if ending == Ending::In(StageName::Confirmed) {
            return Some(());
        }
        let unit = self.plan(draft, deadline)?;
        if ending == Ending::In(StageName::Rectifying) {
            return Some(());
        }
        self.rectify(draft, unit, deadline);
        if ending == Ending::In(StageName::Submitted) {
            return Some(());
        }
        if ending == Ending::Returned || draft.chance.happens(RETURNED) {
            self.return_it(draft, spot)?;
            if ending == Ending::Returned {
                return Some(());
            }
            self.rectify_again(draft, unit);
        }
        self.accept(draft, spot, &[reporter])?;
        if ending == Ending::In(StageName::Accepted) {
            return Some(());
        }
        if draft.chance.happens(CITY_RETURNED) {
            self.city_returns(draft, spot, reporter, unit)?;
        }
        let opinion = draft.chance.one(&self.texts.opinions.sign_off)?.clone();
        let (who, at) = self.city_looks(draft, reporter)?;
        draft.then(
            who,
            at,
            Step::SignOff(Decide {
                passed: true,
                opinion,
            }),
        );
        Some(())
    }

    fn report(&self, draft: &mut Draft, first: Day) -> Option<Who> {
        let (who, source) = self.reporter(draft.chance, draft.site, first)?;
        let early = source == Source::SelfCheck && draft.chance.happens(0.25);
        let at = if early {
            self.hours.early_on(first, draft.chance)
        } else {
            self.hours.on(first, draft.chance)
        };
        draft.with_photo(who, at, "before");
        let found_at = draft.acts.first().map_or(at, |photo| photo.at);
        draft.then(who, at, Step::Report { source, found_at });
        Some(who)
    }

    /// Units find most at home; the rest is found by those who come by.
    fn reporter(&self, chance: &mut Chance, site: &Site, day: Day) -> Option<(Who, Source)> {
        let cast = self.cast;
        let county = Some(&site.home.county);
        let town = site
            .home
            .town
            .as_ref()
            .and_then(|town| cast.in_role(chance, Role::TownOffice, None, Some(town), day));
        let patrol = town.map(|who| (who, Source::Patrol));
        let office = cast.in_role(chance, Role::CountyOffice, county, None, day)?;
        if site.has_steward {
            // What nobody has entered yet is found by whoever walks past it.
            if matches!(site.named, Named::Name(_)) {
                return patrol;
            }
            let checked = (
                office,
                if chance.happens(0.2) {
                    Source::Tip
                } else {
                    Source::CountyCheck
                },
            );
            return Some(patrol.filter(|_| chance.happens(0.75)).unwrap_or(checked));
        }
        let inspector = site
            .regulator
            .and_then(|agency| cast.somebody(chance, agency, day, &[]))
            .unwrap_or(office);
        let by_the_way = || patrol.unwrap_or((inspector, Source::CountyCheck));
        Some(match chance.weighted(&[0.46, 0.28, 0.14, 0.06, 0.06]) {
            0 => (
                cast.somebody(chance, site.rectifier, day, &[])?,
                Source::SelfCheck,
            ),
            1 => (inspector, Source::CountyCheck),
            2 => by_the_way(),
            3 => {
                let office = cast.in_role(chance, Role::CityOffice, None, None, day)?;
                (
                    cast.at_city_for(chance, &site.sector, day).unwrap_or(office),
                    Source::Oversight,
                )
            }
            _ => (
                office,
                *chance.one(&[Source::Tip, Source::ExpertService, Source::HandedDown])?,
            ),
        })
    }

    /// Danger is held at once where the text names how, by whoever found it if they may.
    fn hold_at_once(&self, draft: &mut Draft, reporter: Who) -> bool {
        let share = if draft.text.level == InitialLevel::General {
            0.35
        } else {
            0.85
        };
        let may = match self.cast.role(reporter) {
            Role::Unit | Role::TownOffice | Role::CountyOffice | Role::CityOffice => true,
            Role::CountyDepartment => draft.site.regulator == Some(self.cast.agency(reporter)),
            _ => false,
        };
        let wanted = draft.text.interim.is_some() && may && draft.chance.happens(share);
        if wanted {
            let at = draft.at.plus(draft.chance.between(4 * MINUTE, 9 * MINUTE));
            self.hold(draft, reporter, at);
        }
        wanted
    }

    fn hold(&self, draft: &mut Draft, who: Who, at: Instant) {
        let Some(measure) = self
            .measures
            .iter()
            .find(|measure| Some(&measure.id) == draft.text.interim.as_ref())
        else {
            return;
        };
        let text = match self.cast.role(who) {
            Role::Unit => format!(
                "{}：{}，隐患消除前不恢复，由当班负责人看守。",
                measure.name_zh, draft.place
            ),
            Role::TownOffice => format!("{}：{}，镇村每日查看，雨天加密。", measure.name_zh, draft.place),
            _ => format!("现场要求{}：{}，整改验收前保持。", measure.name_zh, draft.place),
        };
        draft.then(
            who,
            at,
            Step::Interim {
                kind: measure.id.clone(),
                text,
            },
        );
    }

    /// The day set for rectification, and whether it is still open if it is major.
    fn confirm(&self, draft: &mut Draft, spot: &Spot, reporter: Who, held: bool) -> Option<(Day, bool)> {
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

    fn county_office(&self, draft: &mut Draft, day: Day, but: Who) -> Option<Who> {
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

    fn determine(&self, draft: &mut Draft) -> Option<()> {
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

    fn plan(&self, draft: &mut Draft, deadline: Day) -> Option<Who> {
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

    fn rectify(&self, draft: &mut Draft, unit: Who, deadline: Day) {
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

    fn rectify_again(&self, draft: &mut Draft, unit: Who) {
        let days = u32::try_from(draft.chance.between(1, 5)).unwrap_or(1);
        let at = self.hours.after(draft.at, days, draft.chance);
        draft.with_photo(unit, at, "after");
        let summary = format!("已按退回意见重新整改。{}", draft.text.rectified);
        draft.then(unit, at, Step::Rectify { summary });
    }

    fn county_goes(&self, draft: &mut Draft, spot: &Spot, but: &[Who]) -> Option<(Instant, Who, Who)> {
        let agency = draft.site.regulator.or(spot.named)?;
        let days = *draft.chance.one(&[1, 1, 2, 2, 3, 3, 4, 5, 6])?;
        let at = self.hours.after(draft.at, days, draft.chance);
        let pair = self.cast.inspectors(draft.chance, agency, at.day(), but);
        // A department of two people has no third to send.
        let (first, second) = pair.or_else(|| self.cast.inspectors(draft.chance, agency, at.day(), &[]))?;
        Some((at, first, second))
    }

    fn return_it(&self, draft: &mut Draft, spot: &Spot) -> Option<()> {
        let (at, first, second) = self.county_goes(draft, spot, &[])?;
        let opinion = match &draft.text.returned {
            Some(own) => own.clone(),
            None => draft.chance.one(&self.texts.opinions.returned)?.clone(),
        };
        self.judge(draft, at, first, second, false, opinion);
        Some(())
    }

    fn accept(&self, draft: &mut Draft, spot: &Spot, but: &[Who]) -> Option<()> {
        let (at, first, second) = self.county_goes(draft, spot, but)?;
        let opinion = draft.chance.one(&draft.text.accept)?.clone();
        self.judge(draft, at, first, second, true, opinion);
        Some(())
    }

    fn judge(&self, draft: &mut Draft, at: Instant, first: Who, second: Who, passed: bool, opinion: String) {
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
        };
        let inspectors = vec![self.cast.person(first), self.cast.person(second)];
        draft.then(first, at, Step::Accept { said, inspectors });
    }

    fn city_looks(&self, draft: &mut Draft, reporter: Who) -> Option<(Who, Instant)> {
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

    fn city_returns(&self, draft: &mut Draft, spot: &Spot, reporter: Who, unit: Who) -> Option<()> {
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
            }),
        );
        self.rectify_again(draft, unit);
        self.accept(draft, spot, &[reporter])
    }

    fn void(&self, draft: &mut Draft, reporter: Who) -> Option<()> {
        let days = u32::try_from(draft.chance.between(0, 2)).unwrap_or(0);
        let at = self.hours.after(draft.at, days, draft.chance);
        let who = self.county_office(draft, at.day(), reporter)?;
        let reason = draft.chance.one(&self.texts.opinions.void)?.clone();
        draft.then(who, at, Step::Void { reason });
        Some(())
    }
}
