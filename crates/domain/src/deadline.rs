//! Deadlines that explain themselves: a clock from the city's table, a start, and the arithmetic between them.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    time::{Day, HOUR, Instant},
};

crate::words! {
    /// How a clock counts.
    ClockUnit { Hours = "hours", CalendarDays = "calendar_days", WorkingDays = "working_days" }
}

/// One row of the clock table. `source` says whether it is law or the city's own setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    pub length: u32,
    pub unit: ClockUnit,
    pub source: String,
}

/// The clocks that the closed loop runs on, with the calendar they count in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    pub confirm: Clock,
    pub accept: Clock,
    pub sign_off: Clock,
    pub calendar: Calendar,
}

/// A due instant and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub at: Instant,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A day that a person set in an order or a plan; it ends at 24:00.
    Set { day: Day, by: SetBy },
    /// A clock that ran from an event.
    Clock {
        clock: Clock,
        from: Instant,
        calendar_known: bool,
    },
}

crate::words! {
    SetBy { Confirmation = "confirmation", Plan = "plan" }
}

impl Due {
    pub fn set(day: Day, by: SetBy) -> Self {
        Self {
            at: day.end(),
            why: Why::Set { day, by },
        }
    }

    /// Hours run from the instant; days begin to count on the day after and end at 24:00 of the last.
    pub fn by_clock(clock: &Clock, from: Instant, calendar: &Calendar) -> Self {
        let (at, calendar_known) = match clock.unit {
            ClockUnit::Hours => (from.plus(i64::from(clock.length) * HOUR), true),
            ClockUnit::CalendarDays => (from.day().plus_days(i64::from(clock.length)).end(), true),
            ClockUnit::WorkingDays => {
                let (day, known) = calendar.working_days_after(from.day(), clock.length);
                (day.end(), known)
            }
        };
        Self {
            at,
            why: Why::Clock {
                clock: clock.clone(),
                from,
                calendar_known,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(length: u32, unit: ClockUnit) -> Clock {
        Clock {
            id: "x".into(),
            name_zh: String::new(),
            name_en: String::new(),
            length,
            unit,
            source: String::new(),
        }
    }

    #[test]
    fn hours_run_and_days_end_at_24_00() {
        let friday = Instant::parse("2026-03-06T16:30:00+08:00").unwrap();
        let calendar = Calendar::new([2026], &[], &[]);
        let due = |n, unit| Due::by_clock(&clock(n, unit), friday, &calendar).at.rfc3339();
        assert_eq!(due(24, ClockUnit::Hours), "2026-03-07T16:30:00+08:00");
        assert_eq!(due(2, ClockUnit::CalendarDays), "2026-03-09T00:00:00+08:00");
        assert_eq!(due(2, ClockUnit::WorkingDays), "2026-03-11T00:00:00+08:00");
    }
}
