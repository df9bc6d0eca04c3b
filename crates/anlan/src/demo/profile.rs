//! What the demo city's year is like, from examples/demo/profile.toml: who finds how much, how often something special happens, which
//! counties do badly and which one suspiciously well.
//!
//! The file says it for one size; [`Profile::scaled`] says it for another.

use std::collections::BTreeMap;

use app::{Failure, Outcome};
use domain::JurisdictionId;
use serde::Deserialize;

const PROFILE: (&str, &str) = (
    "examples/demo/profile.toml",
    include_str!("../../../../examples/demo/profile.toml"),
);

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub seed: u64,
    pub hazards: usize,
    pub found: Found,
    #[serde(rename = "self")]
    pub by_units: ByUnits,
    pub counts: Counts,
    /// By county, in proportion.
    pub counties: BTreeMap<String, f64>,
    pub conduct: Conduct,
}

/// Per cent of all.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    #[serde(rename = "self")]
    pub by_unit: usize,
    pub town: usize,
    pub county: usize,
    pub city: usize,
    pub tip: usize,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByUnits {
    pub on_the_spot: usize,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    pub majors: usize,
    pub majors_open: usize,
    pub majors_suspended: usize,
    pub suspected: usize,
    pub overdue: usize,
    pub returned: usize,
    pub returned_twice: usize,
    pub untrue: usize,
    pub revisited: usize,
    pub not_hazard: usize,
    pub site_gone: usize,
    pub void: usize,
    pub merged: usize,
    pub transferred: usize,
    pub assigned: usize,
    pub declined: usize,
    pub extended: usize,
    pub extension_refused: usize,
    pub paused: usize,
    pub corrected: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    pub worse: Vec<String>,
    pub too_good: String,
    pub late: usize,
    pub late_worse: usize,
}

/// How a county goes about its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Worse,
    Usual,
    TooGood,
}

impl Profile {
    pub fn read() -> Outcome<Self> {
        let wrong = |why: String| Failure::Broken(format!("{}: {why}", PROFILE.0));
        let profile: Self = toml::from_str(PROFILE.1).map_err(|error| wrong(error.to_string()))?;
        let found = profile.found;
        if found.by_unit + found.town + found.county + found.city + found.tip != 100 {
            return Err(wrong("the shares of [found] do not add up to 100".into()));
        }
        if profile.hazards == 0 || profile.counties.is_empty() {
            return Err(wrong("no hazards, or no counties".into()));
        }
        Ok(profile)
    }

    /// The same city with so many hazards: counts in proportion, and one of each at least.
    pub fn scaled(&self, hazards: usize) -> Self {
        let scale = |count: &mut usize| {
            if *count > 0 {
                *count = ((*count * hazards + self.hazards / 2) / self.hazards).max(1);
            }
        };
        let mut profile = Self {
            hazards,
            ..self.clone()
        };
        let counts = &mut profile.counts;
        for count in [
            &mut counts.majors,
            &mut counts.majors_open,
            &mut counts.majors_suspended,
            &mut counts.suspected,
            &mut counts.overdue,
            &mut counts.returned,
            &mut counts.returned_twice,
            &mut counts.untrue,
            &mut counts.revisited,
            &mut counts.not_hazard,
            &mut counts.site_gone,
            &mut counts.void,
            &mut counts.merged,
            &mut counts.transferred,
            &mut counts.assigned,
            &mut counts.declined,
            &mut counts.extended,
            &mut counts.extension_refused,
            &mut counts.paused,
            &mut counts.corrected,
        ] {
            scale(count);
        }
        profile
    }

    pub fn manner(&self, county: &JurisdictionId) -> Manner {
        if self.conduct.worse.contains(&county.0) {
            Manner::Worse
        } else if self.conduct.too_good == county.0 {
            Manner::TooGood
        } else {
            Manner::Usual
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_its_own_size_and_a_small_city_keeps_one_of_each() {
        let profile = Profile::read().unwrap();
        let same = profile.scaled(profile.hazards);
        assert_eq!(same.counts.not_hazard, profile.counts.not_hazard);
        let small = profile.scaled(20);
        assert_eq!((small.counts.untrue, small.counts.not_hazard), (1, 1));
        assert_eq!(profile.scaled(600).counts.overdue, 9);
        assert_eq!(profile.manner(&"610926".into()), Manner::TooGood);
    }
}
