//! Deadlines that explain themselves: a clock from the city's table, a start, and the arithmetic between them.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Signature,
    calendar::{Calendar, ChangedDay},
    time::{DAY, Day, HOUR, Instant},
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
    /// How long before the day an extension has to be asked for.
    pub ask_extension: Clock,
    /// How soon the supervisor answers: an extension, a restart, a hand-over.
    pub answer: Clock,
    pub calendar: Calendar,
}

/// A due instant and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub at: Instant,
    pub why: Why,
    /// How a day that was set has been moved since, oldest first; what was set before stays visible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
}

/// One time a day was moved, with the arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub from: Day,
    pub to: Day,
    pub because: Because,
    /// `None` where it follows from the calendar, and nobody decided it.
    pub by: Option<Signature>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// An extension was granted.
    Extended { reason: String },
    /// The clock stood still for so many days, the one on which it stopped not counted.
    Paused { on: Day, until: Day, reason: String },
    /// The arrangement of holidays has changed: these days are counted differently.
    Calendar { days: Vec<ChangedDay>, source: String },
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
    /// In what a day was set.
    SetBy { Confirmation = "confirmation", Plan = "plan", Report = "report", Assignment = "assignment" }
}

impl Due {
    pub fn set(day: Day, by: SetBy) -> Self {
        Self {
            at: day.end(),
            why: Why::Set { day, by },
            moved: Vec::new(),
        }
    }

    /// The last day on which it is still in time.
    pub fn day(&self) -> Day {
        self.at.plus(-1).day()
    }

    /// The same matter, due by the end of another day.
    pub fn moved_to(mut self, to: Day, because: Because, by: Option<Signature>) -> Self {
        let from = self.day();
        self.moved.push(Moved {
            from,
            to,
            because,
            by,
        });
        self.at = to.end();
        self
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
            moved: Vec::new(),
        }
    }

    /// The same matter by another calendar, with everything that was decided about it since: a granted day stays the granted day, and
    /// days that were given back are given back. `None` where no working days were counted. Says nothing of why.
    pub fn counted_by(&self, calendar: &Calendar) -> Option<Self> {
        let Why::Clock { clock, from, .. } = &self.why else {
            return None;
        };
        if clock.unit != ClockUnit::WorkingDays {
            return None;
        }
        let mut anew = Self::by_clock(clock, *from, calendar);
        for moved in &self.moved {
            let given_back = (moved.to.start().0 - moved.from.start().0) / DAY;
            match moved.because {
                Because::Extended { .. } => anew.at = moved.to.end(),
                Because::Paused { .. } => anew.at = anew.day().plus_days(given_back).end(),
                Because::Calendar { .. } => {}
            }
        }
        anew.moved.clone_from(&self.moved);
        Some(anew)
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
