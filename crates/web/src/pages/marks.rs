//! How near a deadline is, and how bad a hazard is, as pages mark it.

use domain::{
    escalation::idle_days,
    hazard::Hazard,
    time::{DAY, Instant},
};

use store::hazard::COUNT_LIMIT;

use crate::{
    views::marks::{Count, Due, Light, Severity},
    words::Words,
};

/// A deadline that ends with a day is read as 24:00 of that day.
pub fn full(at: Instant) -> String {
    let text = at.to_minute();
    match text.strip_suffix(" 00:00") {
        Some(_) => format!("{} 24:00", at.plus(-1).day()),
        None => text,
    }
}

pub fn due(hazard: &Hazard, words: Words, now: Instant) -> Option<Due> {
    let at = hazard.due.as_ref()?.at;
    let left = at.0 - now.0;
    let light = match left {
        ..=0 => Light::Red,
        _ if at.plus(-1).day() <= now.day() => Light::Orange,
        _ if left <= 3 * DAY => Light::Yellow,
        _ if left <= 7 * DAY => Light::Blue,
        _ => Light::Clear,
    };
    Some(Due {
        text: words.time_left(left),
        full: full(at),
        at_ms: at.0,
        light,
    })
}

/// What the store has counted, which stops at its limit.
pub fn count(n: i64) -> Count {
    Count {
        n: u64::try_from(n).unwrap_or_default(),
        at_least: n >= COUNT_LIMIT,
    }
}

/// So many days without any act that it is called stuck; an ended hazard is at rest.
pub fn stuck(hazard: &Hazard, after_days: i64, words: Words, now: Instant) -> Option<String> {
    let last = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
    let days = idle_days(last, now);
    let stuck = hazard.stage.name().is_open() && days >= after_days;
    stuck.then(|| words.count("mark.stuck", days))
}

pub fn severity(hazard: &Hazard) -> Severity {
    Severity {
        initial_level: hazard.initial_level.to_string(),
        determination: hazard.determination().to_string(),
    }
}

/// `11-20 09:12` in the year of the reader, with the year in any other.
pub fn short(at: Instant, now: Instant) -> String {
    let text = at.to_minute();
    if at.day().year() == now.day().year() {
        text.get(5..).unwrap_or(&text).to_owned()
    } else {
        text
    }
}

/// `1.2 MB`
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}
