//! Which hazards the demo city has had, and which are open today on whose desk.
//!
//! First comes what is special, as the profile counts it; then what lies on the desks of the demo accounts; then the rest of the
//! year. Each story is told from a day that is drawn until it stands today as it should. All acts are put into one order of time,
//! which is the order of the record.

use std::collections::{HashMap, HashSet};

use app::{Failure, Outcome};
use domain::time::{Day, Instant};

use super::{
    act::Case,
    chance::Chance,
    desks::Desk,
    hours::days_between,
    profile::Manner,
    quota::Quota,
    spots::Spot,
    story::Teller,
    task::{Finder, Task, Turn},
};

/// Of all hazards, at most this share is put on desks.
const ON_DESKS: f64 = 0.4;
/// A text is not told twice within so many days, while there are others.
const APART: i64 = 3;
const TRIES: usize = 400;

pub struct Scheduler<'a> {
    pub teller: Teller<'a>,
    pub first: Day,
    pub now: Instant,
    pub used: HashSet<(usize, usize, usize)>,
    pub told: HashMap<usize, Vec<Day>>,
}

pub struct Schedule {
    pub cases: Vec<Case>,
    /// Case and act, in the order of time.
    pub order: Vec<(usize, usize)>,
}

/// How a story has to stand at the end.
#[derive(Debug, Clone, Copy)]
enum Stands {
    /// Over, or open and in time.
    InTime,
    Open,
    Overdue,
    On(Desk),
}

impl<'a> Scheduler<'a> {
    pub fn new(teller: Teller<'a>, first: Day, now: Instant) -> Self {
        Self {
            teller,
            first,
            now,
            used: HashSet::new(),
            told: HashMap::new(),
        }
    }

    pub fn schedule(mut self, chance: &mut Chance) -> Outcome<Schedule> {
        let count = self.teller.profile.hazards;
        let mut quota = Quota::of(self.teller.profile);
        let mut cases: Vec<Case> = Vec::with_capacity(count);
        let mut records = 0;
        let mut take = |cases: &mut Vec<Case>, case: Case| {
            records += case.records();
            cases.push(case);
            records
        };
        let mut made = 0;
        for turn in quota.turns(chance) {
            if made + 2 > count {
                break;
            }
            if let Some(case) = self.special(chance, &mut quota, turn) {
                made = take(&mut cases, case);
            }
        }
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a few thousand"
        )]
        let on_desks = made + (count as f64 * ON_DESKS) as usize;
        for desk in self.desks(chance) {
            if made >= on_desks.min(count) {
                break;
            }
            if let Some(case) = self.on_desk(chance, &mut quota, desk) {
                made = take(&mut cases, case);
            }
        }
        while made < count {
            let case = self.rest(chance, &mut quota).ok_or_else(|| {
                Failure::Broken("the demo city has too few people or places for so many hazards".into())
            })?;
            made = take(&mut cases, case);
        }
        let mut order: Vec<(usize, usize)> = cases
            .iter()
            .enumerate()
            .flat_map(|(at, case)| (0..case.acts.len()).map(move |act| (at, act)))
            .collect();
        order.sort_by_key(|(case, act)| (cases[*case].acts[*act].at, *case, *act));
        Ok(Schedule { cases, order })
    }

    fn special(&mut self, chance: &mut Chance, quota: &mut Quota, turn: Turn) -> Option<Case> {
        for _ in 0..6 {
            let found = quota.finder(chance, turn)?;
            let stands = match turn {
                Turn::Overdue(_) => Stands::Overdue,
                Turn::Major(major) if major.overdue => Stands::Overdue,
                Turn::Major(major) if major.open => Stands::Open,
                _ => Stands::InTime,
            };
            if let Some(case) = self.find(chance, Task { found, turn }, stands) {
                quota.took(found, turn);
                return Some(case);
            }
        }
        None
    }

    fn on_desk(&mut self, chance: &mut Chance, quota: &mut Quota, desk: Desk) -> Option<Case> {
        for _ in 0..8 {
            let found = quota.finder_for(chance, desk)?;
            let turn = Turn::Plain;
            if let Some(case) = self.find(chance, Task { found, turn }, Stands::On(desk)) {
                quota.took(found, turn);
                return Some(case);
            }
        }
        None
    }

    fn rest(&mut self, chance: &mut Chance, quota: &mut Quota) -> Option<Case> {
        for _ in 0..20 {
            let (found, turn) = quota.next(chance);
            if let Some(case) = self.find(chance, Task { found, turn }, Stands::InTime) {
                quota.took(found, turn);
                return Some(case);
            }
        }
        None
    }

    /// Tells a story again and again, from other days and about other places, until it stands as it should.
    fn find(&mut self, chance: &mut Chance, task: Task, stands: Stands) -> Option<Case> {
        let tries = if matches!(stands, Stands::On(_)) {
            60
        } else {
            TRIES
        };
        for n in 0..tries {
            let day = self.day(chance, stands);
            let county = self.county(chance, task);
            let fits = |spot: &Spot| {
                let site = self.teller.spots.site(spot);
                let here = match stands {
                    Stands::On(desk) => desk.may_get(site, spot),
                    _ => Some(&site.home.county.0) == county.as_ref(),
                };
                here && can_find(task.found, self, spot) && self.teller.fits(task, spot)
            };
            let Some((spot, place)) = self.pick(chance, day, task, n < tries / 2, &fits) else {
                continue;
            };
            let name = &self.teller.texts.hazard[spot.text].places[place];
            let case = self.teller.tell(chance, task, &spot, name, day);
            let Some(case) = case.and_then(|case| case.until(self.now)) else {
                continue;
            };
            if self.stands(&case, stands, n > tries / 2) {
                self.used.insert((spot.site, spot.text, place));
                self.told.entry(spot.text).or_default().push(day);
                return Some(case);
            }
        }
        None
    }

    fn stands(&self, case: &Case, wanted: Stands, any_stage: bool) -> bool {
        let Some(last) = case.stands() else { return false };
        let overdue = last.due.is_some_and(|due| due < self.now);
        match wanted {
            Stands::InTime => !overdue,
            Stands::Open => !overdue && last.stage.is_open(),
            Stands::Overdue => overdue,
            Stands::On(desk) => !overdue && desk.holds(last, any_stage),
        }
    }

    /// In proportion to the profile; what is bad mostly in the counties that do badly, what is rectified at once where all is well.
    fn county(&self, chance: &mut Chance, task: Task) -> Option<String> {
        let profile = self.teller.profile;
        let weights: Vec<f64> = profile
            .counties
            .iter()
            .map(|(county, weight)| {
                let manner = profile.manner(&county.as_str().into());
                weight
                    * match (manner, task.turn) {
                        (Manner::Worse, turn) if turn.is_bad() => 7.0,
                        (Manner::TooGood, turn) if turn.is_bad() => 0.0,
                        (Manner::TooGood, Turn::OnTheSpot) => 2.6,
                        (Manner::TooGood, Turn::Untrue) => 6.0,
                        (Manner::TooGood, Turn::Plain) if task.found == Finder::Unit => 0.3,
                        (Manner::Worse, Turn::OnTheSpot) => 0.6,
                        _ => 1.0,
                    }
            })
            .collect();
        profile.counties.keys().nth(chance.weighted(&weights)).cloned()
    }

    /// More is found as the months go by and people get used to reporting; most in the month of work safety, June.
    fn day(&self, chance: &mut Chance, stands: Stands) -> Day {
        let today = self.now.day();
        let span = days_between(self.first, today).max(1);
        let (low, grows) = match stands {
            Stands::InTime => (0, true),
            Stands::Open | Stands::Overdue => ((span - 75).max(0), false),
            Stands::On(_) => ((span - 24).max(0), false),
        };
        for _ in 0..1_000 {
            let n = chance.between(low, span);
            let day = self.first.plus_days(n);
            #[allow(clippy::cast_precision_loss, reason = "days of a year")]
            let grown = if grows {
                0.6 + 0.4 * n as f64 / span as f64
            } else {
                1.0
            };
            let june = if day.0.month() == 6 { 1.3 } else { 1.0 };
            if self.teller.hours.calendar.is_working_day(day) && chance.happens(grown * june / 1.3) {
                return day;
            }
        }
        self.first
    }

    /// A spot and one of its places, each of them once, and no text again before others have been told.
    fn pick(
        &self,
        chance: &mut Chance,
        day: Day,
        task: Task,
        apart: bool,
        fits: &dyn Fn(&Spot) -> bool,
    ) -> Option<(Spot, usize)> {
        let mut found: Vec<(Spot, usize)> = Vec::new();
        let mut weights = Vec::new();
        for spot in self
            .teller
            .spots
            .spots
            .iter()
            .filter(|spot| spot.goes_round && fits(spot))
        {
            let text = &self.teller.texts.hazard[spot.text];
            let told = self.told.get(&spot.text).map(Vec::as_slice).unwrap_or_default();
            if apart && told.iter().any(|one| days_between(*one, day).abs() <= APART) {
                continue;
            }
            let places: Vec<usize> = (0..text.places.len())
                .filter(|place| !self.used.contains(&(spot.site, spot.text, *place)))
                .collect();
            let Some(place) = chance.one(&places) else {
                continue;
            };
            let small = if text.everyday { task.likes_small() } else { 1.0 };
            #[allow(clippy::cast_precision_loss, reason = "a few dozen")]
            let fresh = 1.0 / (1.0 + told.len() as f64);
            found.push((*spot, *place));
            weights.push(text.season.weight(day) * small * fresh);
        }
        if found.is_empty() {
            return None;
        }
        found.get(chance.weighted(&weights)).copied()
    }
}

fn can_find(found: Finder, scheduler: &Scheduler, spot: &Spot) -> bool {
    let site = scheduler.teller.spots.site(spot);
    let entered = matches!(site.named, app::hazard::report::Named::Id(_));
    match found {
        Finder::Unit => !site.has_steward,
        Finder::Town => site.town_office.is_some(),
        // What nobody has entered yet is found by whoever walks past it.
        Finder::County | Finder::City | Finder::Tip => entered,
    }
}
