//! When people of the demo city do things: on working days, 08:30 to 11:50 and 14:30 to 17:50, more in the middle of a half day
//! than at its ends. Enterprises look at their own sites from 07:30.

use domain::{
    calendar::Calendar,
    time::{DAY, Day, Instant},
};

use super::chance::Chance;

pub const MINUTE: i64 = 60_000;

const EARLY: (i64, i64) = (7 * 60 + 42, 8 * 60 + 25);
/// The first minutes of a half day belong to what leads up to an act (taking the photo, sending it up), the last to what follows.
const MORNING: (i64, i64) = (8 * 60 + 42, 11 * 60 + 40);
const AFTERNOON: (i64, i64) = (14 * 60 + 42, 17 * 60 + 40);
/// Nobody begins anything in the last minutes of what is left of a day.
const ROOM: i64 = 12 * MINUTE;

pub struct Hours<'a> {
    pub calendar: &'a Calendar,
}

impl Hours<'_> {
    pub fn on(&self, day: Day, chance: &mut Chance) -> Instant {
        let half = if chance.happens(0.54) { MORNING } else { AFTERNOON };
        within(day, half, chance)
    }

    /// Before the gates open.
    pub fn early_on(&self, day: Day, chance: &mut Chance) -> Instant {
        within(day, EARLY, chance)
    }

    /// So many working days after; on the same day if there is room left in it.
    pub fn after(&self, at: Instant, working_days: u32, chance: &mut Chance) -> Instant {
        if working_days == 0 {
            return self
                .later_today(at, chance)
                .unwrap_or_else(|| self.after(at, 1, chance));
        }
        let (day, _) = self.calendar.working_days_after(at.day(), working_days);
        self.on(day, chance)
    }

    fn later_today(&self, at: Instant, chance: &mut Chance) -> Option<Instant> {
        let day = at.day();
        let rest: Vec<(i64, i64)> = [MORNING, AFTERNOON]
            .into_iter()
            .map(|(from, to)| {
                (
                    (day.start().plus(from * MINUTE).0).max(at.0 + ROOM),
                    day.start().plus(to * MINUTE).0,
                )
            })
            .filter(|(from, to)| to - from >= ROOM)
            .collect();
        let (from, to) = *chance.one(&rest)?;
        Some(Instant(chance.between(from, to)))
    }

    /// The day itself if it is worked, else the last one before that is.
    pub fn worked_on_or_before(&self, day: Day) -> Day {
        (0..60)
            .map(|back| day.plus_days(-back))
            .find(|day| self.calendar.is_working_day(*day))
            .unwrap_or(day)
    }

    /// Working days from the one to the other, both included.
    pub fn working_days(&self, from: Day, to: Day) -> Vec<Day> {
        let mut days = Vec::new();
        let mut day = from;
        while day <= to {
            if self.calendar.is_working_day(day) {
                days.push(day);
            }
            day = day.plus_days(1);
        }
        days
    }
}

/// The mean of two draws: the middle of a half day is busier than its ends. Seconds and milliseconds are as they fall.
fn within(day: Day, (from, to): (i64, i64), chance: &mut Chance) -> Instant {
    let span = (to - from) * MINUTE;
    let at = (chance.between(0, span) + chance.between(0, span)) / 2;
    day.start().plus(from * MINUTE + at)
}

/// Whole days from the one to the other.
pub fn days_between(from: Day, to: Day) -> i64 {
    (to.start().0 - from.start().0) / DAY
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minutes since midnight.
    fn minute_of_day(at: Instant) -> i64 {
        (at.0 - at.day().start().0) / MINUTE
    }

    /// Whether people work at this instant; with `early`, whether an enterprise may look at its own site.
    fn is_worked(calendar: &Calendar, at: Instant, early: bool) -> bool {
        let minute = minute_of_day(at);
        let from = if early { 7 * 60 + 30 } else { 8 * 60 + 30 };
        let worked =
            (from..=11 * 60 + 50).contains(&minute) || (14 * 60 + 30..=17 * 60 + 50).contains(&minute);
        calendar.is_working_day(at.day()) && worked
    }

    #[test]
    fn nothing_happens_at_night_on_sundays_or_before_what_came_before() {
        let calendar = Calendar::default();
        let hours = Hours { calendar: &calendar };
        let mut chance = Chance::seeded(3);
        let mut at = Instant::parse("2026-03-04T09:00:00+08:00").unwrap();
        for round in 0..500 {
            let next = hours.after(at, round % 3, &mut chance);
            assert!(
                next > at && is_worked(&calendar, next, false),
                "{}",
                next.rfc3339()
            );
            at = next;
        }
    }

    #[test]
    fn a_friday_evening_goes_on_on_monday() {
        let calendar = Calendar::default();
        let hours = Hours { calendar: &calendar };
        let friday = Instant::parse("2026-03-06T17:45:00+08:00").unwrap();
        let next = hours.after(friday, 0, &mut Chance::seeded(1));
        assert_eq!(next.day().to_string(), "2026-03-09");
    }
}
