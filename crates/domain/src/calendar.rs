//! Working days 工作日: Monday to Friday, less statutory holidays, plus make-up days 调休. Holidays are data per year; a year
//! without data counts Monday to Friday and says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Day;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeSet<i16>,
    /// Days that differ from their weekday: `true` is worked, `false` is free.
    exceptions: BTreeMap<Day, bool>,
}

impl Calendar {
    pub fn new(years: impl IntoIterator<Item = i16>, holidays: &[Day], made_up: &[Day]) -> Self {
        let free = holidays.iter().map(|day| (*day, false));
        let worked = made_up.iter().map(|day| (*day, true));
        Self {
            years: years.into_iter().collect(),
            exceptions: free.chain(worked).collect(),
        }
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
