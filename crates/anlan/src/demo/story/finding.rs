//! Somebody finds it, takes a photo, reports it, and holds the danger where that can be done at once.

use app::hazard::report::Named;
use domain::{
    agency::Role,
    hazard::{InitialLevel, Source},
    time::{Day, Instant},
};

use super::{Draft, Teller};
use crate::demo::{act::Step, cast::Who, chance::Chance, hours::MINUTE, spots::Site};

impl Teller<'_> {
    pub(super) fn report(&self, draft: &mut Draft, first: Day) -> Option<Who> {
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
    pub(super) fn reporter(&self, chance: &mut Chance, site: &Site, day: Day) -> Option<(Who, Source)> {
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
    pub(super) fn hold_at_once(&self, draft: &mut Draft, reporter: Who) -> bool {
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

    pub(super) fn hold(&self, draft: &mut Draft, who: Who, at: Instant) {
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
}
