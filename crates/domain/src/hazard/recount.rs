//! Recount 重新计算期限: the arrangement of holidays has changed, and a date that was counted in working days falls on another day.
//!
//! Nobody decides this and nobody's hand is in it: it follows from the calendar, and the event says which days made the difference.
//! Dates that a person set, and clocks of hours or calendar days, are never touched; nothing is written where the day is the same.

use crate::{
    EventId,
    authority::Act,
    calendar::KnownCalendar,
    change::{Body, Change, Event, Require, Row},
    deadline::{Because, Why},
    hazard::{Hazard, HazardEvent},
    time::{Day, Instant},
};

/// The record has more to say than the days alone, and never so much that it cannot be read.
const MOST_DAYS: usize = 60;

impl Hazard {
    /// `None` where nothing moves.
    pub fn recount(mut self, by: &KnownCalendar, event: EventId, now: Instant) -> Option<Change> {
        let was = self.due.take()?;
        let anew = was.counted_by(&by.calendar)?;
        let (from, to) = (was.day(), anew.day());
        if from == to {
            return None;
        }
        let start = match &was.why {
            Why::Clock { from, .. } => from.day(),
            Why::Set { day, .. } => *day,
        };
        let mut days = by.calendar.changed_since(&by.before, start, from.max(to));
        days.truncate(MOST_DAYS);
        let source = sources(by, start, from.max(to));

        // What it was before the recount, for the cell that it leaves.
        self.due = Some(was);
        let before = self.cell();
        let because = Because::Calendar {
            days: days.clone(),
            source: source.clone(),
        };
        let mut moved = anew;
        moved.moved.push(crate::deadline::Moved {
            from,
            to,
            because,
            by: None,
        });
        self.due = Some(moved);
        self.note_span(now);
        let told = HazardEvent::Recounted {
            from,
            to,
            days,
            source,
            sha256: by.sha256.clone(),
        };
        let act = Act::RecountDeadline;
        let mut event = Event::by_the_system(event, act, self.target(), now, Body::Hazard(told));
        event.left = Some(before);
        event.entered = Some(self.cell());
        let known = Require::Version {
            table: "calendar",
            id: by.city.to_string(),
            version: by.seen.version,
        };
        Some(Change::new(event, Row::Hazard(Box::new(self))).require(known))
    }
}

/// The arrangements of the years that were counted through.
fn sources(by: &KnownCalendar, from: Day, to: Day) -> String {
    let years = from.year()..=to.year();
    let named: Vec<&str> = years.filter_map(|year| by.calendar.source(year)).collect();
    if named.is_empty() {
        by.file.clone()
    } else {
        named.join("；")
    }
}
