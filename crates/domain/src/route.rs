//! Routes: which steps a hazard must go through. They are the city's own data; a hazard keeps the route it was given, so that
//! a change of the table never moves a running case.

use serde::{Deserialize, Serialize};

use crate::{
    RouteId,
    change::Seen,
    hazard::{Determination, InitialLevel, Source},
};

/// When acceptance has to name the time and place of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visit {
    Never,
    /// For major hazards.
    Major,
    Always,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub id: RouteId,
    pub name_zh: String,
    pub name_en: String,
    /// Rectification may be reported only after a complete plan.
    pub plan: bool,
    /// How many different certified inspectors acceptance names.
    pub inspectors: u8,
    pub visit: Visit,
    /// The city signs off 销号 after acceptance; otherwise acceptance closes it 办结.
    pub sign_off: bool,
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
    pub route: RouteId,
}

/// The city's whole table: one record, so that a rule can never name a route that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteTable {
    pub city: crate::JurisdictionId,
    pub seen: Seen,
    pub routes: Vec<Route>,
    pub rules: Vec<RouteRule>,
}

impl RouteTable {
    /// The first rule that fits. A table is refused at loading unless its last rule has no condition, so there always is one.
    pub fn choose(&self, level: InitialLevel, determination: Determination, source: Source) -> &Route {
        let fits = |rule: &&RouteRule| {
            rule.initial_level.is_none_or(|l| l == level)
                && rule.determination.is_none_or(|d| d == determination)
                && rule.source.is_none_or(|s| s == source)
        };
        let named = self
            .rules
            .iter()
            .find(fits)
            .and_then(|rule| self.routes.iter().find(|route| route.id == rule.route));
        named.unwrap_or_else(|| &self.routes[0])
    }

    /// What is wrong with the table, if anything.
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
        let open = |rule: &RouteRule| {
            rule.initial_level.is_none() && rule.determination.is_none() && rule.source.is_none()
        };
        match self.rules.last() {
            Some(last) if open(last) => None,
            _ => Some("the last rule must hold for all".into()),
        }
    }
}
