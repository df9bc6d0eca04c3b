//! A story as far as it has been told, and how the record it is about stands.

use domain::{
    AgencyId, JurisdictionId,
    authority::{Act as Right, roles_that_may, separate},
    deadline::{Clock, Due},
    hazard::{Determination, Source, StageName},
    route::{Facts, Recheck, Route},
    time::{Day, Instant},
};

use super::Teller;
use crate::demo::{
    act::{Act, After, On, Step},
    cast::Who,
    chance::Chance,
    hours::MINUTE,
    spots::{Site, Spot},
    texts::Text,
};

pub(super) struct Draft<'a> {
    pub chance: &'a mut Chance,
    pub acts: Vec<Act>,
    pub key: usize,
    pub at: Instant,
    pub text: &'a Text,
    pub site: &'a Site,
    pub spot: &'a Spot,
    pub place: &'a str,
    pub on: On,
    /// The county of the record; another than the site's once it has been transferred.
    pub county: JurisdictionId,
    pub source: Source,
    pub stage: StageName,
    pub due: Option<Instant>,
    pub determination: Determination,
    pub returns: usize,
    pub on_list: bool,
    pub route: Option<Route>,
    pub regulator: Option<AgencyId>,
    pub orderer: Option<AgencyId>,
    /// The day rectification is due by.
    pub deadline: Day,
    /// The latest day that a plan may name: what was ordered, with what was granted and given back since.
    pub ordered: Day,
    /// All seven parts of a plan have been filed.
    pub planned: bool,
    hands: Vec<(Right, Who)>,
}

impl<'a> Draft<'a> {
    pub fn new(
        chance: &'a mut Chance,
        text: &'a Text,
        site: &'a Site,
        spot: &'a Spot,
        place: &'a str,
        first: Day,
    ) -> Self {
        Self {
            chance,
            acts: Vec::new(),
            key: 1,
            at: first.start(),
            text,
            site,
            spot,
            place,
            on: On::First,
            county: site.home.county.clone(),
            source: Source::SelfCheck,
            stage: StageName::Reported,
            due: None,
            determination: Determination::Pending,
            returns: 0,
            on_list: false,
            route: None,
            regulator: site.regulator,
            orderer: None,
            deadline: first,
            ordered: first,
            planned: false,
            hands: Vec::new(),
        }
    }

    /// The story goes on with the record that this one has opened.
    pub fn opened(&mut self) {
        // Whoever opened it stands in it as the finder.
        let finder = self.hands.last().map(|(_, who)| *who);
        self.on = On::Opened;
        self.source = Source::Oversight;
        self.stage = StageName::Reported;
        self.determination = Determination::Pending;
        self.returns = 0;
        self.route = None;
        self.planned = false;
        self.hands = finder.map(|who| (Right::Report, who)).into_iter().collect();
    }

    /// The same, in another county.
    pub fn opened_there(&mut self, county: JurisdictionId, office: AgencyId) {
        self.opened();
        self.source = Source::Transfer;
        self.county = county;
        self.regulator = Some(office);
    }

    pub fn is_pending(&self) -> bool {
        self.route.is_some() && self.determination == Determination::Pending
    }

    pub fn text_with_place(&self) -> String {
        self.text.text.replace("{p}", self.place)
    }

    pub fn days(&mut self, among: &[u32]) -> u32 {
        self.chance.one(among).copied().unwrap_or(1)
    }

    pub fn has_done(&self, act: Right) -> Option<Who> {
        self.hands.iter().find(|hand| hand.0 == act).map(|hand| hand.1)
    }
}

impl Teller<'_> {
    /// Puts an act down; how the record stands after it has been put down before.
    pub(super) fn then(&self, draft: &mut Draft, who: Who, at: Instant, step: Step) {
        draft.at = at;
        draft.hands.push((step.act(), who));
        let after = After {
            stage: draft.stage,
            desk: self.desk(draft),
            due: draft.due,
        };
        draft.acts.push(Act {
            at,
            who,
            on: draft.on,
            step,
            after,
        });
    }

    pub(super) fn route(&self, draft: &Draft) -> Route {
        let facts = Facts {
            level: draft.text.level,
            determination: draft.determination,
            source: draft.source,
            returns: draft.returns,
            on_list: draft.on_list,
        };
        self.routes.choose(&facts).clone()
    }

    pub(super) fn due_by(&self, clock: &Clock, from: Instant) -> Option<Instant> {
        Some(Due::by_clock(clock, from, &self.times.calendar).at)
    }

    pub(super) fn supervisor(&self, draft: &Draft) -> Option<AgencyId> {
        draft.regulator.or_else(|| self.cast.office(Some(&draft.county)))
    }

    /// Who looks whether it was rectified.
    pub(super) fn rechecker(&self, draft: &Draft) -> Option<AgencyId> {
        let named = match draft.route.as_ref()?.recheck {
            Recheck::Town => draft
                .site
                .town_office
                .filter(|_| draft.county == draft.site.home.county),
            Recheck::Orderer => draft.orderer,
            Recheck::County | Recheck::Unit => None,
        };
        let steward = draft.site.has_steward.then_some(draft.site.rectifier);
        named
            .filter(|agency| steward != Some(*agency))
            .or_else(|| self.supervisor(draft))
    }

    fn desk(&self, draft: &Draft) -> Option<AgencyId> {
        match draft.stage {
            StageName::Reported => self.supervisor(draft),
            StageName::Confirmed | StageName::Rectifying => Some(draft.site.rectifier),
            StageName::Submitted => self.rechecker(draft),
            StageName::Accepted => self.cast.office(None),
            _ => None,
        }
    }

    /// Somebody of an agency whose earlier acts do not forbid this one.
    pub(super) fn somebody(&self, draft: &mut Draft, act: Right, agency: AgencyId, day: Day) -> Option<Who> {
        let hands = &draft.hands;
        let roles = roles_that_may(act);
        let free = |who: &Who| {
            roles.contains(&self.cast.role(*who))
                && hands.iter().all(|(earlier, by)| {
                    !separate(act, *earlier) || self.cast.person(*by) != self.cast.person(*who)
                })
        };
        let here: Vec<Who> = self.cast.at(agency, day).into_iter().filter(free).collect();
        draft.chance.one(&here).copied()
    }

    pub(super) fn county_office(&self, draft: &mut Draft, act: Right, day: Day) -> Option<Who> {
        let office = self.cast.office(Some(&draft.county))?;
        self.somebody(draft, act, office, day)
    }

    pub(super) fn city_office(&self, draft: &mut Draft, act: Right, day: Day) -> Option<Who> {
        let office = self.cast.office(None)?;
        self.somebody(draft, act, office, day)
    }

    /// The supervisor, or the county's office where none of them may.
    pub(super) fn judge(&self, draft: &mut Draft, act: Right, day: Day) -> Option<Who> {
        let agency = self.supervisor(draft)?;
        let who = self.somebody(draft, act, agency, day);
        who.or_else(|| self.county_office(draft, act, day))
    }

    /// A photo is taken and sent up some minutes before the act that it belongs to.
    pub(super) fn send_up(
        &self,
        draft: &mut Draft,
        who: Who,
        at: Instant,
        photos: &[(String, &'static str)],
    ) {
        let mut sent = at.plus(-draft.chance.between(3 * MINUTE, 11 * MINUTE));
        for (photo, name) in photos {
            let before = draft.at;
            self.then(
                draft,
                who,
                sent,
                Step::Upload {
                    photo: photo.clone(),
                    name,
                },
            );
            draft.at = before;
            sent = sent.plus(draft.chance.between(15_000, 100_000));
        }
    }

    pub(super) fn with_photo(&self, draft: &mut Draft, who: Who, at: Instant, when: &str) {
        let names = if when == "before" {
            ["整改前.png", "现场检查记录.png"]
        } else {
            ["整改后.png", "复查记录.png"]
        };
        let mut photos = Vec::new();
        if draft.text.photo != "record" {
            photos.push((format!("{}-{when}.png", draft.text.photo), names[0]));
        }
        if draft.text.photo == "record" || draft.chance.happens(0.15) {
            photos.push((format!("record-{when}.png"), names[1]));
        }
        self.send_up(draft, who, at, &photos);
    }
}
