//! Office hours: 08:30 to 11:50 and 14:30 to 17:50 on working days.

use domain::{
    calendar::Calendar,
    time::{Instant, SECOND},
};

use super::dice::Dice;

const MINUTE: i64 = 60 * SECOND;
const MORNING: (i64, i64) = (8 * 60 + 30, 11 * 60 + 50);
const AFTERNOON: (i64, i64) = (14 * 60 + 30, 17 * 60 + 50);

/// The same moment if somebody is in the office then, else some minute of the next half-day that is worked.
pub fn in_office_hours(at: Instant, calendar: &Calendar, dice: &mut Dice) -> Instant {
    let minute = (at.0 - at.day().start().0) / MINUTE;
    let some = |dice: &mut Dice, (from, to): (i64, i64)| dice.between(from, to) * MINUTE + dice.between(0, 60) * SECOND;
    if calendar.is_working_day(at.day()) {
        if (MORNING.0..MORNING.1).contains(&minute) || (AFTERNOON.0..AFTERNOON.1).contains(&minute) {
            return at;
        }
        if minute < MORNING.0 {
            return at.day().start().plus(some(dice, MORNING));
        }
        if minute < AFTERNOON.0 {
            return at.day().start().plus(some(dice, AFTERNOON));
        }
    }
    let (day, _) = calendar.working_days_after(at.day(), 1);
    let half = if dice.percent(55) { MORNING } else { AFTERNOON };
    day.start().plus(some(dice, half))
}

/// Some moment in office hours, this many days and a bit later.
pub fn days_later(at: Instant, days: (i64, i64), calendar: &Calendar, dice: &mut Dice) -> Instant {
    let minutes = dice.between(days.0 * 1_440, days.1 * 1_440 + 1);
    in_office_hours(at.plus(minutes.max(20) * MINUTE), calendar, dice)
}
