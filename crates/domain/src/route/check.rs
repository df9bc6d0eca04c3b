//! What is wrong with a table of routes, all of it: rules that never match, hazards that no rule is for, routes on which something
//! is demanded that nobody could do, and duties of the law that a route leaves out.
//!
//! What a route is chosen by are few words and a count of which only the thresholds matter, so every case there can be is looked at
//! one by one, and nothing is guessed.

use std::collections::BTreeSet;

use super::{Ending, Facts, PlanDemand, Recheck, Route, RouteTable, Visit};
use crate::{
    RouteId,
    hazard::{Determination, InitialLevel, Source},
};

/// A table has to be read by somebody.
pub const MOST_ROUTES: usize = 20;
pub const MOST_RULES: usize = 40;
const LONGEST_NAME: usize = 120;
const LONGEST_ID: usize = 40;
/// More different certified inspectors no county could send.
const MOST_INSPECTORS: u8 = 5;

crate::words! {
    Flaw {
        NoRoute = "no_route",
        NoRule = "no_rule",
        TooMany = "too_many",
        /// The id is not lower-case letters, digits and hyphens.
        BadId = "bad_id",
        TwiceTheSame = "twice_the_same",
        BadName = "bad_name",
        SamplesMoreThanAll = "samples_more_than_all",
        TooManyInspectors = "too_many_inspectors",
        /// Re-checked by nobody, and yet signed off.
        UnitSignedOff = "unit_signed_off",
        /// Re-checked by nobody, and yet demanding what only a re-check could say.
        UnitRechecked = "unit_rechecked",
        /// Wants in place what no plan names.
        InPlaceWithoutPlan = "in_place_without_plan",
        UnknownRoute = "unknown_route",
        NeverMatches = "never_matches",
        /// No rule is for such a hazard.
        Gap = "gap",
        /// A determined major hazard without the whole plan (总局令16号 art. 15).
        MajorWithoutPlan = "major_without_plan",
        /// A determined major hazard of which regulator and workers' congress need not be told (安全生产法 art. 41).
        MajorUntold = "major_untold",
        /// A determined major hazard that the unit itself would close (安全生产法 art. 41: regulators supervise how it is dealt with).
        MajorUnsupervised = "major_unsupervised",
    }
}

impl Flaw {
    /// The code of the field error when such a table is to be saved.
    pub fn field_code(self) -> &'static str {
        match self {
            Flaw::NoRoute | Flaw::NoRule => "required",
            Flaw::TooMany => "too-many",
            Flaw::TwiceTheSame => "twice-the-same",
            Flaw::UnknownRoute => "not-a-choice",
            Flaw::NeverMatches => "never-matches",
            Flaw::Gap => "gap",
            Flaw::MajorWithoutPlan | Flaw::MajorUntold | Flaw::MajorUnsupervised => "against-the-law",
            _ => "contradictory",
        }
    }

    /// Whether it is about the rules, rather than about a route.
    pub fn is_of_rules(self) -> bool {
        matches!(
            self,
            Flaw::NoRule | Flaw::UnknownRoute | Flaw::NeverMatches | Flaw::Gap
        )
    }

    pub(super) fn in_short(self) -> &'static str {
        match self {
            Flaw::SamplesMoreThanAll => "samples more than all",
            Flaw::UnitSignedOff => "is re-checked by nobody and cannot be signed off",
            Flaw::UnitRechecked => "is re-checked by nobody and demands what only a re-check could say",
            Flaw::InPlaceWithoutPlan => "wants in place what no plan names",
            other => other.as_str(),
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub flaw: Flaw,
    /// Counted from 1, as people do.
    pub rule: Option<usize>,
    pub route: Option<RouteId>,
    /// A hazard to which it would happen.
    pub example: Option<Facts>,
}

impl Finding {
    fn of(flaw: Flaw) -> Self {
        Self {
            flaw,
            rule: None,
            route: None,
            example: None,
        }
    }

    fn of_route(flaw: Flaw, route: &Route) -> Self {
        Self {
            route: Some(route.id.clone()),
            ..Self::of(flaw)
        }
    }
}

impl RouteTable {
    /// Everything that is wrong with it; empty when it may hold.
    pub fn findings(&self) -> Vec<Finding> {
        let mut found = self.of_shape();
        // Every case there is would be looked at once for each rule.
        if found.iter().any(|one| one.flaw == Flaw::TooMany) {
            return found;
        }
        for route in &self.routes {
            found.extend(contradiction(route).map(|flaw| Finding::of_route(flaw, route)));
        }
        self.look_at_every_case(&mut found);
        found
    }

    fn of_shape(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.routes.is_empty() {
            found.push(Finding::of(Flaw::NoRoute));
        }
        if self.rules.is_empty() {
            found.push(Finding::of(Flaw::NoRule));
        }
        if self.routes.len() > MOST_ROUTES || self.rules.len() > MOST_RULES {
            found.push(Finding::of(Flaw::TooMany));
            return found;
        }
        for (at, route) in self.routes.iter().enumerate() {
            let of = |flaw| Finding::of_route(flaw, route);
            if !is_id(route.id.as_str()) {
                found.push(of(Flaw::BadId));
            }
            if self.routes.iter().take(at).any(|other| other.id == route.id) {
                found.push(of(Flaw::TwiceTheSame));
            }
            if ![&route.name_zh, &route.name_en]
                .into_iter()
                .all(|name| is_name(name))
            {
                found.push(of(Flaw::BadName));
            }
            if route.inspectors > MOST_INSPECTORS {
                found.push(of(Flaw::TooManyInspectors));
            }
        }
        for (rule, n) in self.rules.iter().zip(1..) {
            if self.route(&rule.route).is_none() {
                found.push(Finding {
                    rule: Some(n),
                    route: Some(rule.route.clone()),
                    ..Finding::of(Flaw::UnknownRoute)
                });
            }
        }
        found
    }

    fn look_at_every_case(&self, found: &mut Vec<Finding>) {
        let mut matched = BTreeSet::new();
        let mut gap = None;
        let mut unlawful: Vec<Finding> = Vec::new();
        for facts in self.every_case() {
            let Some(at) = self.rules.iter().position(|rule| rule.fits(&facts)) else {
                gap = gap.or(Some(facts));
                continue;
            };
            matched.insert(at);
            let route = self.rules.get(at).and_then(|rule| self.route(&rule.route));
            let Some(route) = route.filter(|_| facts.determination == Determination::Major) else {
                continue;
            };
            for flaw in left_out_of_the_law(route) {
                let known = |one: &Finding| one.flaw == flaw && one.route.as_ref() == Some(&route.id);
                if !unlawful.iter().any(known) {
                    unlawful.push(Finding {
                        rule: Some(at + 1),
                        example: Some(facts),
                        ..Finding::of_route(flaw, route)
                    });
                }
            }
        }
        for (at, rule) in self.rules.iter().enumerate() {
            if !matched.contains(&at) {
                found.push(Finding {
                    rule: Some(at + 1),
                    route: Some(rule.route.clone()),
                    ..Finding::of(Flaw::NeverMatches)
                });
            }
        }
        // Without any rule, that there is none says it all.
        if !self.rules.is_empty() {
            found.extend(gap.map(|facts| Finding {
                example: Some(facts),
                ..Finding::of(Flaw::Gap)
            }));
        }
        found.extend(unlawful);
    }

    /// Every case that any rule could tell from another: of the returns only the numbers that a rule names.
    fn every_case(&self) -> Vec<Facts> {
        let thresholds = self.rules.iter().filter_map(|rule| rule.returns);
        let returns: BTreeSet<usize> = thresholds.map(usize::from).chain([0]).collect();
        let mut cases = Vec::new();
        for level in InitialLevel::ALL.iter().copied() {
            for determination in Determination::ALL.iter().copied() {
                for source in Source::ALL.iter().copied() {
                    cases.extend(returns.iter().map(|returns| Facts {
                        level,
                        determination,
                        source,
                        returns: *returns,
                    }));
                }
            }
        }
        cases
    }
}

fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(plain)
}

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

/// A route that demands what nobody on it could do.
pub(super) fn contradiction(route: &Route) -> Option<Flaw> {
    if route.sample > 100 {
        return Some(Flaw::SamplesMoreThanAll);
    }
    if route.recheck == Recheck::Unit {
        if route.ending != Ending::Close {
            return Some(Flaw::UnitSignedOff);
        }
        if route.inspectors > 0 || route.cause || route.in_place || route.visit != Visit::Never {
            return Some(Flaw::UnitRechecked);
        }
    }
    if route.in_place && route.plan != PlanDemand::Full {
        return Some(Flaw::InPlaceWithoutPlan);
    }
    None
}

/// What the law wants of a determined major hazard and this route does not demand.
fn left_out_of_the_law(route: &Route) -> Vec<Flaw> {
    let wanting = [
        (route.plan != PlanDemand::Full, Flaw::MajorWithoutPlan),
        (!route.in_place, Flaw::MajorUntold),
        (route.recheck == Recheck::Unit, Flaw::MajorUnsupervised),
    ];
    let wanting = wanting.into_iter().filter(|(is, _)| *is);
    wanting.map(|(_, flaw)| flaw).collect()
}
