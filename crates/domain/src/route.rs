//! Routes: which steps a hazard must go through. They are the city's own data; a hazard keeps the route it was given, so that
//! a change of the table never moves a running case. A case moves to another route only by what happens to it: it is determined
//! to be major, or comes back once too often.
//!
//! The table that was loaded is the first version; each later one is an act ([`version`]), and says from which day it holds. What is
//! wrong with a table stands in [`check`], what it would cost the city's office in [`preview`].

pub mod check;
pub mod diff;
pub mod preview;
pub mod version;

use serde::{Deserialize, Serialize};

use crate::{
    RouteId,
    change::Seen,
    hazard::{Determination, InitialLevel, Source},
};

crate::words! {
    /// When acceptance has to name the time and place of a visit.
    Visit {
        Never = "never",
        /// For major hazards.
        Major = "major",
        Always = "always",
    }
}

crate::words! {
    /// What has to be filed before rectification is reported.
    PlanDemand {
        None = "none",
        /// Measure, person, date.
        Light = "light",
        /// All seven parts.
        Full = "full",
    }
}

crate::words! {
    /// Who looks whether it was rectified.
    Recheck {
        /// Nobody but the unit itself: what it reports as rectified is closed, and sampled.
        Unit = "unit",
        /// The town in which it lies.
        Town = "town",
        /// Whoever ordered it 谁检查谁复查.
        Orderer = "orderer",
        /// The regulator of the county, else its safety office.
        County = "county",
    }
}

crate::words! {
    /// How it ends once it has been found rectified.
    Ending {
        /// It is closed 办结.
        Close = "close",
        /// The city signs it off 销号 with others on a list, of which a drawn sample is looked at.
        List = "list",
        /// The city signs it off item by item.
        Items = "items",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub id: RouteId,
    pub name_zh: String,
    pub name_en: String,
    /// Somebody else than the finder confirms before anything is ordered. Otherwise the report itself may order: it names measure,
    /// person and date.
    pub confirm: bool,
    pub plan: PlanDemand,
    /// Rectification has to be shown: a photo, a receipt, a report.
    pub evidence: bool,
    pub recheck: Recheck,
    /// How many different certified inspectors acceptance names.
    pub inspectors: u8,
    pub visit: Visit,
    /// Regulator and workers' congress have to have been told (安全生产法 art. 41), and target, measures, time, funds and person
    /// to be in place 五到位 when it is accepted.
    pub in_place: bool,
    /// Acceptance says what it came from 源头治理.
    pub cause: bool,
    pub ending: Ending,
    /// Per cent of what ends on this route that is drawn to be looked at.
    pub sample: u8,
}

/// One line of the table that chooses a route; an absent condition holds for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteRule {
    #[serde(default)]
    pub initial_level: Option<InitialLevel>,
    #[serde(default)]
    pub determination: Option<Determination>,
    #[serde(default)]
    pub source: Option<Source>,
    /// At least so many times it has come back.
    #[serde(default)]
    pub returns: Option<u8>,
    pub route: RouteId,
}

impl RouteRule {
    fn fits(&self, facts: &Facts) -> bool {
        self.initial_level.is_none_or(|level| level == facts.level)
            && self.determination.is_none_or(|one| one == facts.determination)
            && self.source.is_none_or(|source| source == facts.source)
            && self
                .returns
                .is_none_or(|least| facts.returns >= usize::from(least))
    }

    fn holds_for_all(&self) -> bool {
        self.initial_level.is_none()
            && self.determination.is_none()
            && self.source.is_none()
            && self.returns.is_none()
    }
}

/// What a route is chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub level: InitialLevel,
    pub determination: Determination,
    pub source: Source,
    pub returns: usize,
}

/// The city's whole table: one record, so that a rule can never name a route that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTable {
    pub city: crate::JurisdictionId,
    /// Of the record that every version is entered on, so that a decision does not rest on a version that has been superseded.
    pub seen: Seen,
    /// Which version these routes and rules are; what was loaded is the first.
    pub no: i64,
    pub routes: Vec<Route>,
    pub rules: Vec<RouteRule>,
}

impl RouteTable {
    /// The first rule that fits. A table is refused at loading unless its last rule has no condition, so there always is one.
    pub fn choose(&self, facts: &Facts) -> &Route {
        self.chosen(facts).unwrap_or_else(|| &self.routes[0])
    }

    /// The same of a table that nobody has looked at yet.
    fn chosen(&self, facts: &Facts) -> Option<&Route> {
        let rule = self.rules.iter().find(|rule| rule.fits(facts))?;
        self.route(&rule.route)
    }

    pub fn route(&self, id: &RouteId) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == *id)
    }

    /// What keeps the table from being loaded, if anything.
    pub fn fault(&self) -> Option<String> {
        if self.routes.is_empty() {
            return Some("no route".into());
        }
        for rule in &self.rules {
            if !self.routes.iter().any(|route| route.id == rule.route) {
                return Some(format!(
                    "a rule names the route {} which is not in the table",
                    rule.route
                ));
            }
        }
        let contradictory = self
            .routes
            .iter()
            .find_map(|route| Some((route, check::contradiction(route)?)));
        if let Some((route, flaw)) = contradictory {
            return Some(format!("the route {} {}", route.id, flaw.in_short()));
        }
        match self.rules.last() {
            Some(last) if last.holds_for_all() => None,
            _ => Some("the last rule must hold for all".into()),
        }
    }
}
