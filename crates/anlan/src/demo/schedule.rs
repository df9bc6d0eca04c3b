//! Which hazards the demo city has had, and which are open today on whose desk.
//!
//! First come the open ones: each demo account that can have work has some, in different stages, a few of it overdue; then those
//! of the past twelve months that went all the way round. All acts are put into one order of time, which is the order of the record.

use std::collections::HashSet;

use app::{Failure, Outcome};
use domain::{
    AgencyId,
    agency::Role,
    hazard::{Determination, StageName},
    time::{Day, Instant},
};

use super::{
    act::Case,
    chance::Chance,
    hours::days_between,
    spots::Spot,
    story::{Ending, Teller},
};

/// Of all hazards, at most this share is open at the end.
const OPEN: f64 = 0.4;
/// Of those that are over.
const VOID: f64 = 0.035;
/// How the counties share in the past; others count as the last.
const COUNTIES: &[(&str, f64)] = &[
    ("610902", 0.27),
    ("610981", 0.13),
    ("610924", 0.09),
    ("610921", 0.08),
    ("6109-hengkou", 0.07),
    ("6109-gaoxin", 0.07),
    ("610922", 0.07),
    ("610926", 0.06),
    ("610929", 0.06),
    ("610925", 0.05),
    ("610923", 0.04),
    ("610927", 0.02),
];

/// Majors that are open at the end: where they stand, and whether that is overdue.
const MAJORS: &[(Ending, bool)] = &[
    (Ending::In(StageName::Rectifying), true),
    (Ending::In(StageName::Submitted), false),
    (Ending::In(StageName::Accepted), false),
];

/// A desk on which something is to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Desk {
    City,
    Supervisor(AgencyId),
    Rectifier(AgencyId),
}

pub struct Scheduler<'a> {
    pub teller: Teller<'a>,
    pub first: Day,
    pub now: Instant,
    pub used: HashSet<(usize, usize, usize)>,
}

pub struct Schedule {
    pub cases: Vec<Case>,
    /// Case and act, in the order of time.
    pub order: Vec<(usize, usize)>,
}

impl Scheduler<'_> {
    pub fn schedule(mut self, chance: &mut Chance, count: usize) -> Outcome<Schedule> {
        let mut cases = Vec::with_capacity(count);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a few hundred"
        )]
        let most_open = (count as f64 * OPEN) as usize;
        for (ending, late) in MAJORS {
            cases.extend(self.open_major(chance, *ending, *late));
        }
        for desk in self.desks(chance).into_iter().take(most_open) {
            cases.extend(self.open(chance, desk));
        }
        while cases.len() < count {
            let case = self.past(chance);
            cases.push(case.ok_or_else(|| {
                Failure::Broken("the demo city has too few people or places for so many hazards".into())
            })?);
        }
        let mut order: Vec<(usize, usize)> = cases
            .iter()
            .enumerate()
            .flat_map(|(at, case)| (0..case.acts.len()).map(move |act| (at, act)))
            .collect();
        order.sort_by_key(|(case, act)| (cases[*case].acts[*act].at, *case, *act));
        Ok(Schedule { cases, order })
    }

    /// What is to lie on which desk, the accounts named in the documents first, one for each and then round again.
    fn desks(&self, chance: &mut Chance) -> Vec<Desk> {
        let mut wanted: Vec<(Desk, i64)> = Vec::new();
        let mut accounts: Vec<_> = self.teller.cast.accounts().collect();
        accounts.sort_by_key(|(name, _)| (!FIRST.contains(name), (*name).to_owned()));
        for (name, holding) in accounts {
            let agency = holding.agency.id;
            let (desk, n) = match holding.role {
                Role::CityOffice => (Desk::City, 36),
                Role::CountyOffice if name.contains("610902") => (Desk::Supervisor(agency), 10),
                Role::CountyOffice if name.contains("610927") => (Desk::Supervisor(agency), 3),
                Role::CountyOffice => (Desk::Supervisor(agency), chance.between(4, 5)),
                Role::CountyDepartment => (Desk::Supervisor(agency), 3),
                Role::TownOffice | Role::Unit if FIRST.contains(&name) => (Desk::Rectifier(agency), 6),
                Role::TownOffice | Role::Unit => (Desk::Rectifier(agency), chance.between(3, 4)),
                Role::Admin | Role::CityDepartment | Role::Discipline => continue,
            };
            if wanted.iter().all(|(known, _)| *known != desk) {
                wanted.push((desk, n));
            }
        }
        let rounds = wanted.iter().map(|(_, n)| *n).max().unwrap_or(0);
        (0..rounds)
            .flat_map(|round| {
                wanted
                    .iter()
                    .filter(move |(_, n)| *n > round)
                    .map(|(desk, _)| *desk)
            })
            .collect()
    }

    /// An open major hazard, a tailings pond where one has a text.
    fn open_major(&mut self, chance: &mut Chance, ending: Ending, late: bool) -> Option<Case> {
        let major = |scheduler: &Self, spot: &Spot, pond: bool| {
            let text = &scheduler.teller.texts.hazard[spot.text];
            text.determination == Determination::Major && text.has(&["tailings"]) == pond
        };
        (0..60).find_map(|_| {
            let pond = |scheduler: &Self, spot: &Spot| major(scheduler, spot, late);
            let (spot, place) = self.pick(chance, self.now.day(), &pond)?;
            let case = self.placed(chance, &spot, place, ending, late)?;
            self.used.insert((spot.site, spot.text, place));
            Some(case)
        })
    }

    /// An open hazard on this desk, if the city has a place for it.
    fn open(&mut self, chance: &mut Chance, desk: Desk) -> Option<Case> {
        (0..60).find_map(|_| {
            let ending = Ending::In(match desk {
                Desk::City => StageName::Accepted,
                Desk::Supervisor(_) if chance.happens(0.4) => StageName::Reported,
                Desk::Supervisor(_) => StageName::Submitted,
                Desk::Rectifier(_) if chance.happens(0.35) => StageName::Confirmed,
                Desk::Rectifier(_) => StageName::Rectifying,
            });
            let ending = if ending == Ending::In(StageName::Rectifying) && chance.happens(0.2) {
                Ending::Returned
            } else {
                ending
            };
            let lies = |scheduler: &Self, spot: &Spot| {
                let site = scheduler.teller.spots.site(spot);
                match desk {
                    Desk::City => true,
                    Desk::Supervisor(agency) if ending == Ending::In(StageName::Reported) => {
                        site.regulator == Some(agency)
                    }
                    Desk::Supervisor(agency) => site.regulator.or(spot.named) == Some(agency),
                    Desk::Rectifier(agency) => site.rectifier == agency,
                }
            };
            let (spot, place) = self.pick(chance, self.now.day(), &lies)?;
            let late = chance.happens(0.16);
            let case = self.placed(chance, &spot, place, ending, late)?;
            self.used.insert((spot.site, spot.text, place));
            Some(case)
        })
    }

    /// Told so that it comes to its present stage some days ago.
    fn placed(
        &self,
        chance: &mut Chance,
        spot: &Spot,
        place: usize,
        ending: Ending,
        late: bool,
    ) -> Option<Case> {
        let hours = &self.teller.hours;
        let (today, days) = (self.now.day(), self.teller.texts.hazard[spot.text].days);
        let back = |chance: &mut Chance, low: i64, high: i64| {
            let n = u32::try_from(chance.between(low, high)).unwrap_or(0);
            hours.working_days_before(today, n)
        };
        // The act that is looked at, and the day on which it should have been.
        let (anchor, day) = match ending {
            Ending::In(StageName::Reported) => (
                "report",
                if late {
                    back(chance, 3, 5)
                } else {
                    back(chance, 0, 1)
                },
            ),
            Ending::In(StageName::Submitted) => (
                "rectify",
                if late {
                    back(chance, 9, 12)
                } else {
                    back(chance, 0, 6)
                },
            ),
            Ending::In(StageName::Accepted) => (
                "accept",
                if late {
                    back(chance, 11, 14)
                } else {
                    back(chance, 0, 9)
                },
            ),
            Ending::Returned => ("accept", back(chance, 0, 5)),
            _ if late => ("confirm", today.plus_days(-days - chance.between(1, 12))),
            Ending::In(StageName::Confirmed) => ("confirm", back(chance, 0, 2)),
            _ => (
                "confirm",
                today.plus_days(-chance.between(days.min(4) - 1, (days - 1).max(1))),
            ),
        };
        let day = hours.worked_on_or_before(day);
        let place = &self.teller.texts.hazard[spot.text].places[place];
        let seed = chance.clone();
        let mut start = day;
        let mut told = None;
        for _ in 0..12 {
            // The same chances again: only the beginning moves.
            *chance = seed.clone();
            let case = self.teller.tell(chance, spot, place, start, ending)?;
            let found = case.acts.iter().rev().find(|act| act.step.name() == anchor)?;
            let off = days_between(day, found.at.day());
            let past = case.acts.last()?.at < self.now && start >= self.first;
            if off == 0 && past {
                return Some(case);
            }
            told = (off.abs() <= 2 && past).then_some(case);
            start = hours.worked_on_or_before(start.plus_days(if off == 0 { -1 } else { -off }));
        }
        told
    }

    /// One that was found in the past twelve months and is over.
    fn past(&mut self, chance: &mut Chance) -> Option<Case> {
        for _ in 0..400 {
            let day = self.day(chance);
            let weights: Vec<f64> = COUNTIES.iter().map(|(_, weight)| *weight).collect();
            let county = COUNTIES[chance.weighted(&weights)].0;
            let here = |scheduler: &Self, spot: &Spot| {
                scheduler.teller.spots.site(spot).home.county.as_str() == county
            };
            let Some((spot, place)) = self.pick(chance, day, &here) else {
                continue;
            };
            let text = &self.teller.texts.hazard[spot.text];
            // What may be major is not voided by a county.
            let voided = chance.happens(VOID) && text.level != domain::hazard::InitialLevel::SuspectedMajor;
            let ending = if voided { Ending::Void } else { Ending::SignedOff };
            let Some(case) = self.teller.tell(chance, &spot, &text.places[place], day, ending) else {
                continue;
            };
            if case.acts.last().is_some_and(|act| act.at < self.now) {
                self.used.insert((spot.site, spot.text, place));
                return Some(case);
            }
        }
        None
    }

    /// More is found as the months go by and people get used to reporting; most in the month of work safety, June.
    fn day(&self, chance: &mut Chance) -> Day {
        let span = days_between(self.first, self.now.day()).max(1);
        for _ in 0..1_000 {
            let n = chance.between(0, span);
            let day = self.first.plus_days(n);
            #[allow(clippy::cast_precision_loss, reason = "days of a year")]
            let grown = 0.6 + 0.4 * n as f64 / span as f64;
            let june = if day.0.month() == 6 { 1.3 } else { 1.0 };
            if self.teller.hours.calendar.is_working_day(day) && chance.happens(grown * june / 1.3) {
                return day;
            }
        }
        self.first
    }

    /// A spot and one of its places, each of them once.
    fn pick(
        &self,
        chance: &mut Chance,
        day: Day,
        fits: &dyn Fn(&Self, &Spot) -> bool,
    ) -> Option<(Spot, usize)> {
        let mut found: Vec<(Spot, usize)> = Vec::new();
        let mut weights = Vec::new();
        for spot in self
            .teller
            .spots
            .spots
            .iter()
            .filter(|spot| spot.goes_round && fits(self, spot))
        {
            let text = &self.teller.texts.hazard[spot.text];
            let weight = season(text, day);
            for place in
                (0..text.places.len()).filter(|place| !self.used.contains(&(spot.site, spot.text, *place)))
            {
                found.push((*spot, place));
                weights.push(weight);
            }
        }
        if found.is_empty() {
            None
        } else {
            found.get(chance.weighted(&weights)).copied()
        }
    }
}

/// Slopes, tailings and water in the flood season, May to October; fire and gas from November to February.
fn season(text: &super::texts::Text, day: Day) -> f64 {
    let wet = text.has(&[
        "slope",
        "spoil",
        "tailings",
        "dam",
        "levee",
        "drain",
        "ford",
        "hydropower",
        "boat",
        "dock",
        "pit",
        "slope_work",
    ]);
    let fire = text.has(&[
        "fireworks",
        "lpg",
        "cylinder",
        "kitchen",
        "market",
        "mall",
        "ktv",
        "rental",
        "homestay",
        "gas_user",
    ]);
    match day.0.month() {
        5..=10 if wet => 3.0,
        11 | 12 | 1 | 2 if fire => 2.0,
        11 | 12 | 1 | 2 if wet => 0.6,
        _ => 1.0,
    }
}

/// The accounts that the documents name.
pub const FIRST: &[&str] = &["city", "county-610902", "town-610902001", "enterprise-1"];
