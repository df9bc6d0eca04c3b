//! Instants and days. An instant is milliseconds UTC; a day is a civil date in the one time zone of the country, +08:00.
//! A deadline that is a day ends at 24:00 of it. No clock is read here: `now` is always a parameter.

use jiff::{Timestamp, civil, tz::Offset};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const BEIJING: Offset = Offset::constant(8);

pub const SECOND: i64 = 1_000;
pub const HOUR: i64 = 3_600 * SECOND;
pub const DAY: i64 = 24 * HOUR;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// RFC 3339 with an offset (`2026-03-04T09:12:00+08:00`); `None` for anything else, years outside 1970..2200 included.
    pub fn parse(text: &str) -> Option<Self> {
        let ms = text.parse::<Timestamp>().ok()?.as_millisecond();
        (0..7_258_118_400_000).contains(&ms).then_some(Self(ms))
    }

    pub fn day(self) -> Day {
        Day(self.civil().date())
    }

    pub fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// RFC 3339 with +08:00, whole seconds.
    pub fn rfc3339(self) -> String {
        let c = self.civil();
        format!(
            "{}T{:02}:{:02}:{:02}+08:00",
            Day(c.date()),
            c.hour(),
            c.minute(),
            c.second()
        )
    }

    /// `2026-03-04 09:12`, as people read it.
    pub fn to_minute(self) -> String {
        let c = self.civil();
        format!("{} {:02}:{:02}", Day(c.date()), c.hour(), c.minute())
    }

    pub fn civil(self) -> civil::DateTime {
        let seconds = self.0.div_euclid(1_000).clamp(0, 7_258_118_400);
        BEIJING.to_datetime(Timestamp::from_second(seconds).expect("clamped to the years 1970 to 2200"))
    }
}

/// A civil date in +08:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub civil::Date);

impl Day {
    /// `YYYY-MM-DD`, years 1970 to 2199.
    pub fn parse(text: &str) -> Option<Self> {
        let date: civil::Date = (text.len() == 10).then(|| text.parse().ok()).flatten()?;
        (1970..2200).contains(&date.year()).then_some(Self(date))
    }

    pub fn start(self) -> Instant {
        let midnight = self.0.at(0, 0, 0, 0);
        Instant(
            BEIJING
                .to_timestamp(midnight)
                .expect("a year between 1970 and 2200")
                .as_millisecond(),
        )
    }

    /// 24:00 of the day: the first instant after it.
    pub fn end(self) -> Instant {
        self.start().plus(DAY)
    }

    pub fn plus_days(self, days: i64) -> Self {
        self.start().plus(days * DAY).day()
    }

    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(
            self.0.weekday(),
            civil::Weekday::Saturday | civil::Weekday::Sunday
        )
    }

    /// `2026-03`.
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Day::parse(&text).ok_or_else(|| serde::de::Error::custom("a date is written YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_beijing_and_ends_at_24_00() {
        let day = Day::parse("2026-03-04").unwrap();
        assert_eq!(day.start().rfc3339(), "2026-03-04T00:00:00+08:00");
        assert_eq!(day.end().rfc3339(), "2026-03-05T00:00:00+08:00");
        assert_eq!(Instant::parse("2026-03-03T16:00:00Z").unwrap(), day.start());
        assert_eq!(day.start().plus(-1).day().to_string(), "2026-03-03");
    }

    #[test]
    fn only_real_dates_are_read() {
        for wrong in [
            "2026-02-30",
            "2026-3-4",
            "20260304",
            "",
            "0001-01-01",
            "2026-03-04T00:00:00Z",
        ] {
            assert_eq!(Day::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Instant::parse("2026-03-04 09:00"), None);
    }
}
