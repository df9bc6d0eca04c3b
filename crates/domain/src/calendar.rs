//! Working days 工作日: Monday to Friday, less statutory holidays, plus make-up days 调休. Holidays are data per year; a year
//! without data counts Monday to Friday and says so.
//!
//! The calendar that the city's records count by stands in the database too ([`KnownCalendar`]), with the one before it, so that a
//! change of the arrangement can be told day by day.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{JurisdictionId, change::Seen, time::Day};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    years: BTreeSet<i16>,
    /// Days that differ from their weekday: `true` is worked, `false` is free.
    exceptions: BTreeMap<Day, bool>,
    /// By what arrangement each year is known.
    #[serde(default)]
    sources: BTreeMap<i16, String>,
}

/// The calendar that the database knows, by the SHA-256 of its file. One record per city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCalendar {
    pub city: JurisdictionId,
    pub seen: Seen,
    pub file: String,
    pub sha256: String,
    pub calendar: Calendar,
    /// What was counted by until this one came; empty for the first.
    pub before: Calendar,
}

/// A day that another calendar counts differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedDay {
    pub day: Day,
    /// It is worked now, and was free before; or the other way.
    pub works: bool,
}

impl Calendar {
    pub fn new(years: impl IntoIterator<Item = i16>, holidays: &[Day], made_up: &[Day]) -> Self {
        let free = holidays.iter().map(|day| (*day, false));
        let worked = made_up.iter().map(|day| (*day, true));
        Self {
            years: years.into_iter().collect(),
            exceptions: free.chain(worked).collect(),
            sources: BTreeMap::new(),
        }
    }

    /// Says by what arrangement a year is known.
    #[must_use]
    pub fn known_by(mut self, year: i16, source: &str) -> Self {
        self.sources.insert(year, source.to_owned());
        self
    }

    pub fn source(&self, year: i16) -> Option<&str> {
        self.sources.get(&year).map(String::as_str)
    }

    /// The days after `from`, up to and with `to`, that are counted differently than in `before`.
    pub fn changed_since(&self, before: &Calendar, from: Day, to: Day) -> Vec<ChangedDay> {
        let named = self.exceptions.keys().chain(before.exceptions.keys());
        let named: BTreeSet<Day> = named.copied().filter(|day| *day > from && *day <= to).collect();
        let differs = |day: &Day| self.is_working_day(*day) != before.is_working_day(*day);
        named
            .into_iter()
            .filter(differs)
            .map(|day| ChangedDay {
                day,
                works: self.is_working_day(day),
            })
            .collect()
    }

    /// How many working days there are after `from`, up to and with `to`.
    pub fn working_days_within(&self, from: Day, to: Day) -> u32 {
        let (mut day, mut n) = (from, 0);
        while day < to {
            day = day.plus_days(1);
            n += u32::from(self.is_working_day(day));
        }
        n
    }

    pub fn is_working_day(&self, day: Day) -> bool {
        self.exceptions
            .get(&day)
            .copied()
            .unwrap_or_else(|| !day.is_weekend())
    }

    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// The `n`th working day after `day`, and whether every year on the way is known.
    pub fn working_days_after(&self, day: Day, n: u32) -> (Day, bool) {
        let (mut day, mut left, mut known) = (day, n, self.knows(day.year()));
        while left > 0 {
            day = day.plus_days(1);
            known &= self.knows(day.year());
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        (day, known)
    }

    /// The `n`th working day before `day`.
    pub fn working_days_before(&self, day: Day, n: u32) -> Day {
        let (mut day, mut left) = (day, n);
        while left > 0 {
            day = day.plus_days(-1);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn holidays_are_skipped_and_make_up_days_count() {
        let calendar = Calendar::new(
            [2026],
            &[day("2026-10-01"), day("2026-10-02")],
            &[day("2026-10-10")],
        );
        assert_eq!(
            calendar.working_days_after(day("2026-09-30"), 1),
            (day("2026-10-05"), true)
        );
        assert!(
            calendar.is_working_day(day("2026-10-10")),
            "a Saturday that is worked"
        );
        assert_eq!(
            calendar.working_days_after(day("2026-10-09"), 1),
            (day("2026-10-10"), true)
        );
    }

    #[test]
    fn a_year_without_data_is_said() {
        let calendar = Calendar::new([2026], &[], &[]);
        assert_eq!(
            calendar.working_days_after(day("2026-12-31"), 1),
            (day("2027-01-01"), false)
        );
    }
}
