//! 某日责任 on the page of a case: who was responsible on any chosen day, read from the spans of its clock.

use domain::{
    actor::Signature,
    hazard::{StageName, WaitsFor, course::Span},
    time::{Day, Instant},
};

use super::Showing;
use crate::{
    pages::marks,
    views::hazard::{OnDay, ResponsibleOn},
};

/// More changes of hands than this on one day are told as a number.
const MOST: usize = 12;

/// The day that was asked for; else the one by whose end it should have been done, where that has passed, or today.
pub(super) fn on(showing: &Showing, asked: Option<&str>) -> ResponsibleOn {
    let hazard = &showing.dossier.hazard;
    let (today, words) = (showing.now.day(), showing.words);
    let first = hazard.course.spans.first();
    let first = first.map_or(hazard.reported_at, |span| span.from).day();
    let overdue = hazard.due.as_ref().filter(|due| due.at <= showing.now);
    let day = match asked {
        None => overdue.map_or(today, |due| due.day()),
        Some(text) => match Day::parse(text) {
            Some(day) => day,
            None => {
                return ResponsibleOn {
                    day: text.chars().take(20).collect(),
                    first: first.to_string(),
                    last: today.to_string(),
                    error: Some(words.get("responsible.no_day").to_owned()),
                    ..ResponsibleOn::default()
                };
            }
        },
    };
    let spans: Vec<&Span> = if day <= today {
        hazard.course.responsible_on(day).collect()
    } else {
        Vec::new()
    };
    let nobody = match (spans.is_empty(), day) {
        (false, _) => None,
        (true, day) if day > today => Some("responsible.not_yet"),
        (true, day) if day < first => Some("responsible.before"),
        (true, _) => Some("responsible.ended"),
    };
    ResponsibleOn {
        day: day.to_string(),
        first: first.to_string(),
        last: today.to_string(),
        error: None,
        more: spans.len().saturating_sub(MOST),
        lines: spans
            .iter()
            .take(MOST)
            .map(|span| line(showing, span, day))
            .collect(),
        nobody: nobody.map(|key| words.get(key).to_owned()),
    }
}

fn line(showing: &Showing, span: &Span, day: Day) -> OnDay {
    let words = showing.words;
    // What it looked like at the end of its part of the day, which has not come yet where it is today.
    let from = span.from.max(day.start());
    let until = span.until.unwrap_or(Instant(i64::MAX)).min(day.end());
    let seen = until.min(showing.now);
    let clock = |at: Instant| at.to_minute().get(11..).unwrap_or_default().to_owned();
    let when = if from == day.start() && until == day.end() {
        words.get("responsible.all_day").to_owned()
    } else {
        let until = if until == day.end() {
            "24:00".to_owned()
        } else {
            clock(until)
        };
        words.fill("leader.from_until", &[("from", &clock(from)), ("until", &until)])
    };
    let standing = match span.due_at {
        _ if span.paused => words.get("responsible.paused").to_owned(),
        None => words.get("due.none").to_owned(),
        Some(due) => words.fill(
            "responsible.due",
            &[
                ("time", &marks::full(due)),
                ("left", &words.time_left(due.0 - seen.0)),
            ],
        ),
    };
    OnDay {
        when,
        whom: match span.waits_for {
            WaitsFor::Agency(id) => showing.dossier.names.agency(id),
            WaitsFor::Unit(_) => showing.dossier.hazard.subject.name.clone(),
        },
        person: planned(showing, span, seen),
        stage: span.stage.to_string(),
        late: !span.paused && span.due_at.is_some_and(|due| due <= seen),
        standing,
    }
}

/// Whom the plan names to rectify it, where one had been filed by then.
fn planned(showing: &Showing, span: &Span, seen: Instant) -> Option<String> {
    let plan = showing.dossier.hazard.stage.plan()?;
    let filed = |by: &Signature| by.at <= seen;
    let rectifies = span.stage == StageName::Rectifying && filed(&plan.by);
    (rectifies && !plan.responsible_person.is_empty()).then(|| {
        showing.words.fill(
            "responsible.person",
            &[("name", plan.responsible_person.as_str())],
        )
    })
}
