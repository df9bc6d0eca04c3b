//! Words of the stock table 存量增量表: what it may be read by, its columns, and the period it is about.
//!
//! opening + new + reopened + moved in − closed − ended − moved out = closing, for any lines and any period. What a hazard is
//! counted under may change while it is open (a level at confirmation); then it moves from one line to another, and both lines
//! say so. Never here: how it is counted from the events, which is the store's part.

use std::fmt;

use crate::time::{Day, Instant};

crate::words! {
    /// What the lines are.
    By {
        County = "county",
        Town = "town",
        Sector = "sector",
        Level = "level",
        Determination = "determination",
        Source = "source",
        Month = "month",
    }
}

crate::words! {
    /// The columns. `Major` and `Overdue` are of those in `Closing`; `Returned` stands beside the balance.
    Part {
        Opening = "opening",
        New = "new",
        Reopened = "reopened",
        MovedIn = "moved_in",
        Closed = "closed",
        Ended = "ended",
        MovedOut = "moved_out",
        Closing = "closing",
        Major = "major",
        Overdue = "overdue",
        Returned = "returned",
    }
}

/// A month or a year, in +08:00. It begins at 0:00 of its first day and ends at 24:00 of its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    month: Option<i8>,
}

const YEARS: std::ops::Range<i16> = 1971..2199;

impl Period {
    /// `2026-03` or `2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = match text.split_once('-') {
            Some((year, month)) => (year, Some(month)),
            None => (text, None),
        };
        let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !month.is_none_or(|month| digits(month, 2)) {
            return None;
        }
        let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
        let month = match month {
            Some(month) => Some(month.parse().ok().filter(|month| (1..=12).contains(month))?),
            None => None,
        };
        Some(Self { year, month })
    }

    pub fn month_of(at: Instant) -> Self {
        let date = at.day().0;
        Self {
            year: date.year(),
            month: Some(date.month()),
        }
    }

    pub fn year(self) -> Self {
        Self { month: None, ..self }
    }

    pub fn is_year(self) -> bool {
        self.month.is_none()
    }

    /// The months of its year.
    pub fn months(self) -> impl Iterator<Item = Self> {
        (1..=12).map(move |month| Self {
            year: self.year,
            month: Some(month),
        })
    }

    /// The period of the same length `n` later, or before.
    pub fn plus(self, n: i32) -> Option<Self> {
        let months = match self.month {
            Some(month) => i32::from(self.year) * 12 + i32::from(month) - 1 + n,
            None => (i32::from(self.year) + n) * 12,
        };
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        YEARS.contains(&year).then_some(Self {
            year,
            month: self.month.map(|_| month),
        })
    }

    fn first_day(self) -> Day {
        let text = format!("{:04}-{:02}-01", self.year, self.month.unwrap_or(1));
        Day::parse(&text).expect("a month of a year between 1971 and 2199")
    }

    pub fn from(self) -> Instant {
        self.first_day().start()
    }

    /// The first instant after it.
    pub fn until(self) -> Instant {
        let (year, month) = match self.month {
            Some(12) | None => (self.year + 1, 1),
            Some(month) => (self.year, month + 1),
        };
        let text = format!("{year:04}-{month:02}-01");
        Day::parse(&text)
            .expect("a month of a year between 1971 and 2199")
            .start()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            Some(month) => write!(f, "{:04}-{month:02}", self.year),
            None => write!(f, "{:04}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_where_the_one_before_it_ends() {
        for text in ["2026-12", "2026-02", "2026", "1971-01", "2198"] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert!(period.from() < period.until());
            if let Some(next) = period.plus(1) {
                assert_eq!(period.until(), next.from(), "{text}");
                assert_eq!(next.plus(-1), Some(period));
            }
        }
        assert_eq!(
            Period::parse("2026-12").unwrap().plus(1),
            Period::parse("2027-01")
        );
        let year = Period::parse("2026").unwrap();
        let months: Vec<Period> = year.months().collect();
        assert_eq!(months[0].from(), year.from());
        assert_eq!(months[11].until(), year.until());
    }

    #[test]
    fn only_months_and_years_are_read() {
        for wrong in [
            "", "2026-13", "2026-00", "2026-1", "26", "2026-", "+026", "1970", "2199", "2026-011",
        ] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
