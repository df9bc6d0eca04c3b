//! What a table of routes would cost: the hazards of the past, sent down it by the pure choice, and counted by how they end.
//!
//! Counted by what each hazard came to be (its level, its determination, how often it came back), since that is what chose its last
//! route. What ended without having been rectified, or while the finder stood there, went down no route and is counted aside.

use std::collections::BTreeMap;

use super::{Ending, Facts, Recheck, RouteTable};
use crate::{RouteId, time::Day};

crate::words! {
    /// How a hazard of the past came to its end, as far as a route had a say in it.
    Went {
        OnARoute = "on_a_route",
        /// Rectified while the finder stood there 即查即改.
        OnTheSpot = "on_the_spot",
        /// Not a hazard, a duplicate, transferred, site gone, entered by mistake.
        Elsewhere = "elsewhere",
    }
}

/// Hazards that are alike in everything that a route is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alike {
    pub facts: Facts,
    pub went: Went,
    pub n: u64,
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// The first and the last day on which what is counted was reported.
    pub from: Day,
    pub to: Day,
    pub alike: Vec<Alike>,
    /// There were more, and only the newest were counted.
    pub only_newest: bool,
}

/// How many end how, in whatever period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Endings {
    pub unit: u64,
    pub town: u64,
    /// Closed by the department that ordered it, or by the county.
    pub county: u64,
    /// Signed off by the city on lists.
    pub lists: u64,
    /// Of these, drawn to be looked at by themselves.
    pub drawn: u64,
    /// Signed off by the city item by item.
    pub items: u64,
}

impl Endings {
    /// Files that the city's office has to look at.
    pub fn looked_at(&self) -> u64 {
        self.items + self.drawn
    }

    pub fn all(&self) -> u64 {
        self.unit + self.town + self.county + self.lists + self.items
    }
}

/// What a table would have done with the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub counted: Endings,
    pub a_year: Endings,
    pub by_route: BTreeMap<RouteId, u64>,
}

/// How much the city's office can really look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Files in one working day.
    pub files_per_day: u32,
}

impl Pace {
    /// Whole working days, the last of them begun.
    pub fn days_for(self, files: u64) -> u64 {
        files.div_ceil(u64::from(self.files_per_day.max(1)))
    }
}

const YEAR: u64 = 365;

impl Past {
    pub fn days(&self) -> u64 {
        let ms = self.to.end().0 - self.from.start().0;
        u64::try_from(ms / crate::time::DAY).unwrap_or_default().max(1)
    }

    pub fn went(&self, went: Went) -> u64 {
        let alike = self.alike.iter().filter(|one| one.went == went);
        alike.map(|one| one.n).sum()
    }

    /// `None` where the table does not know what to do with something.
    pub fn cost(&self, table: &RouteTable) -> Option<Cost> {
        let mut hundredths_drawn = 0;
        let mut counted = Endings::default();
        let mut by_route: BTreeMap<RouteId, u64> = BTreeMap::new();
        for one in self.alike.iter().filter(|one| one.went == Went::OnARoute) {
            let route = table.chosen(&one.facts)?;
            *by_route.entry(route.id.clone()).or_default() += one.n;
            match (route.ending, route.recheck) {
                (Ending::Items, _) => counted.items += one.n,
                (Ending::List, _) => {
                    counted.lists += one.n;
                    hundredths_drawn += one.n * u64::from(route.sample);
                }
                (Ending::Close, Recheck::Unit) => counted.unit += one.n,
                (Ending::Close, Recheck::Town) => counted.town += one.n,
                (Ending::Close, Recheck::Orderer | Recheck::County) => counted.county += one.n,
            }
        }
        counted.drawn = hundredths_drawn.div_ceil(100);
        let days = self.days();
        let a_year = |n: u64| (n * YEAR + days / 2) / days;
        Some(Cost {
            a_year: Endings {
                unit: a_year(counted.unit),
                town: a_year(counted.town),
                county: a_year(counted.county),
                lists: a_year(counted.lists),
                drawn: (hundredths_drawn * YEAR).div_ceil(100 * days),
                items: a_year(counted.items),
            },
            counted,
            by_route,
        })
    }

    /// How many would have gone another way, from which route to which; most first.
    pub fn moved(&self, before: &RouteTable, after: &RouteTable) -> Vec<(RouteId, RouteId, u64)> {
        let mut moved: BTreeMap<(RouteId, RouteId), u64> = BTreeMap::new();
        for one in self.alike.iter().filter(|one| one.went == Went::OnARoute) {
            if let (Some(from), Some(to)) = (before.chosen(&one.facts), after.chosen(&one.facts))
                && from.id != to.id
            {
                *moved.entry((from.id.clone(), to.id.clone())).or_default() += one.n;
            }
        }
        let mut moved: Vec<_> = moved.into_iter().map(|((from, to), n)| (from, to, n)).collect();
        moved.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
        moved
    }
}
