//! Who was responsible on a day 某日责任: read from the spans of the clock, which follow one another without gap from the report to
//! the end. Somebody is responsible while the next step waits for them, paused or not; on a day on which it changed hands, each is,
//! for their part of it. Before the report and after the end nobody is.
//!
//! Never here: persons. A span names an agency or a unit; who answers there is the directory's matter.

use crate::{
    hazard::{Course, WaitsFor, course::Span},
    time::{Day, Instant},
};

/// A time during which it waited for the same agency or unit, in whatever stages and under whatever dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenure {
    pub waits_for: WaitsFor,
    pub from: Instant,
    /// `None` as long as it lasts.
    pub until: Option<Instant>,
}

impl Tenure {
    pub fn covers(&self, at: Instant) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

impl Course {
    /// The spans that have a part of a day, in the order of time.
    pub fn responsible_on(&self, day: Day) -> impl Iterator<Item = &Span> {
        let (start, end) = (day.start(), day.end());
        self.spans.iter().filter(move |span| {
            let lasts = span.until != Some(span.from);
            lasts && span.from < end && span.until.is_none_or(|until| until > start)
        })
    }

    /// Who had it one after another: neighbouring spans of the same agency or unit are one tenure.
    pub fn tenures(&self) -> Vec<Tenure> {
        let mut tenures: Vec<Tenure> = Vec::new();
        for span in &self.spans {
            match tenures.last_mut() {
                Some(last) if last.waits_for == span.waits_for && last.until == Some(span.from) => {
                    last.until = span.until;
                }
                _ => tenures.push(Tenure {
                    waits_for: span.waits_for,
                    from: span.from,
                    until: span.until,
                }),
            }
        }
        // What changed hands in the same instant was nobody's in between.
        tenures.retain(|tenure| tenure.until != Some(tenure.from));
        tenures
    }
}
