//! What one person is told on one day: what has come to one of their desks since the digest before, within what they may see.
//!
//! A step of the ladder is told to those whom it reaches, and only while it applies; a stuck hazard once, on the day it has become
//! stuck, to whoever has to act; a letter to whom it was addressed.

use std::collections::HashSet;

use domain::{
    hazard::Hazard,
    time::{DAY, Day, Instant},
};
use serde::{Deserialize, Serialize};
use store::{
    escalation::EscalationFilter,
    hazard::{Desk, HazardFilter, Order},
};

use crate::{
    App, Caller, Outcome,
    escalation::list::{self, Seen},
    reference::filled,
};

/// As many as are read at a time; a digest lists fewer and counts all.
const AT_ONCE: usize = list::MOST;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub day: Day,
    pub person: String,
    pub agency: String,
    pub sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Id of a step, `stuck` or `letters`.
    pub kind: String,
    pub title: String,
    pub lines: Vec<Line>,
    /// How many more there are.
    pub more: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub number: String,
    pub subject: String,
    pub due: String,
    pub text: String,
    /// Path on this system.
    pub path: String,
}

impl Digest {
    /// How many matters it tells of.
    pub fn len(&self) -> usize {
        self.sections
            .iter()
            .map(|section| section.lines.len() + section.more)
            .sum()
    }

    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
}

/// Since the first instant and up to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    pub from: Instant,
    pub upto: Instant,
}

/// `callers` is one person in each of the posts that they hold today.
pub async fn gather(app: &App, callers: &[Caller], day: Day, window: Window) -> Outcome<Digest> {
    let table = &app.reference.escalation;
    let lines = Lines {
        most: table.digest.most_lines,
        ..Lines::default()
    };
    let mut told = Told {
        seen: HashSet::new(),
        steps: table.steps.iter().map(|_| lines.clone()).collect(),
        stuck: lines.clone(),
        letters: lines,
    };
    for who in callers {
        steps(app, who, window, &mut told).await?;
        stuck(app, who, window, &mut told).await?;
        letters(app, who, window, &mut told).await?;
    }
    let days = table.stuck_after_days.to_string();
    let mut sections = Vec::new();
    for (step, lines) in table.steps.iter().zip(told.steps) {
        sections.push((step.id.clone(), step.name_zh.clone(), lines));
    }
    let stuck_title = filled(&table.digest.stuck, &[("days", &days)]);
    sections.push(("stuck".into(), stuck_title, told.stuck));
    sections.push(("letters".into(), table.digest.letters.clone(), told.letters));
    let sections = sections.into_iter().filter(|(_, _, lines)| lines.n > 0);
    let sections = sections.map(|(kind, title, lines)| Section {
        kind,
        title,
        more: lines.n - lines.shown.len(),
        lines: lines.shown,
    });
    let first = callers.first();
    Ok(Digest {
        day,
        person: first.map(|who| who.person_name.clone()).unwrap_or_default(),
        agency: first.map(|who| who.agency_name.clone()).unwrap_or_default(),
        sections: sections.collect(),
    })
}

/// What has been found, each matter once, though somebody may see it from several posts.
struct Told {
    seen: HashSet<String>,
    /// In the order of the ladder.
    steps: Vec<Lines>,
    stuck: Lines,
    letters: Lines,
}

/// As many lines as are shown, and how many matters there are.
#[derive(Clone, Default)]
struct Lines {
    most: usize,
    shown: Vec<Line>,
    n: usize,
}

impl Lines {
    fn push(&mut self, line: impl FnOnce() -> Line) {
        if self.shown.len() < self.most {
            self.shown.push(line());
        }
        self.n += 1;
    }
}

async fn steps(app: &App, who: &Caller, window: Window, told: &mut Told) -> Outcome<()> {
    let filter = EscalationFilter {
        applies: Some(true),
        raised: Some((window.from, window.upto)),
        reaches: Some(who.desks()),
        ..EscalationFilter::default()
    };
    let ladder = &app.reference.escalation.steps;
    let mut after = None;
    loop {
        let page = list::list(app, who, &filter, after, AT_ONCE).await?;
        for one in page.items {
            let at = ladder.iter().position(|step| step.id == one.escalation.step);
            // A step that the city has taken out of its ladder meanwhile is told to nobody.
            let Some(at) = at else { continue };
            if told.seen.insert(one.escalation.id.to_string()) {
                told.steps[at].push(|| line(app, &one.hazard));
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

async fn stuck(app: &App, who: &Caller, window: Window, told: &mut Told) -> Outcome<()> {
    let idle = app.reference.escalation.stuck_after_days * DAY;
    let filter = HazardFilter {
        open: Some(true),
        waits_for: Some(Desk::Of(who.desks())),
        last_act: Some((window.from.plus(-idle), window.upto.plus(-idle))),
        ..HazardFilter::default()
    };
    let mut after = None;
    loop {
        let order = Order::Newest { after };
        let page = crate::hazard::list::list(app, who, &filter, order, AT_ONCE).await?;
        for hazard in page.items {
            if told.seen.insert(format!("stuck:{}", hazard.id)) {
                told.stuck.push(|| line(app, &hazard));
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

async fn letters(app: &App, who: &Caller, window: Window, told: &mut Told) -> Outcome<()> {
    let filter = EscalationFilter {
        addressed: Some((who.desks(), window.from, window.upto)),
        ..EscalationFilter::default()
    };
    let form = &app.reference.escalation.digest.letter_line;
    let mut after = None;
    loop {
        let page = list::list(app, who, &filter, after, AT_ONCE).await?;
        for Seen { escalation, hazard } in &page.items {
            let Some(letter) = escalation.standing.letter() else {
                continue;
            };
            if told.seen.insert(letter.number.clone()) {
                let values = [("letter", &*letter.number), ("title", &*letter.title)];
                told.letters.push(|| Line {
                    text: filled(form, &values),
                    ..line(app, hazard)
                });
            }
        }
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

fn line(app: &App, hazard: &Hazard) -> Line {
    let due = hazard
        .due
        .as_ref()
        .map_or_else(|| "—".to_owned(), |due| ends(due.at));
    let values = [
        ("number", &*hazard.number),
        ("subject", &hazard.subject.name),
        ("due", &due),
    ];
    Line {
        text: filled(&app.reference.escalation.digest.line, &values),
        number: hazard.number.clone(),
        subject: hazard.subject.name.clone(),
        due,
        path: format!("/hazards/{}", hazard.id),
    }
}

/// A deadline that ends with a day is read as 24:00 of that day.
fn ends(at: Instant) -> String {
    if at == at.day().start() {
        format!("{} 24:00", at.plus(-1).day())
    } else {
        at.to_minute()
    }
}

/// The digest as a text of lines, for e-mail and short messages. Links are whole where the system knows its own address.
pub fn as_text(app: &App, digest: &Digest) -> String {
    let table = &app.reference.escalation.digest;
    let mut text = filled(&table.greeting, &[("name", &digest.person)]);
    text.push('\n');
    for section in &digest.sections {
        let n = section.lines.len() + section.more;
        text.push_str(&format!("\n{}（{n}）\n", section.title));
        for line in &section.lines {
            text.push_str(&line.text);
            text.push('\n');
            if let Some(link) = link(app, &line.path) {
                text.push_str(&format!("  {link}\n"));
            }
        }
        if section.more > 0 {
            text.push_str(&filled(&table.more, &[("n", &section.more.to_string())]));
            text.push('\n');
        }
    }
    text
}

pub fn link(app: &App, path: &str) -> Option<String> {
    app.public_url.as_ref().map(|url| format!("{url}{path}"))
}

pub fn subject(app: &App, digest: &Digest) -> String {
    let values = [
        ("day", &*digest.day.to_string()),
        ("n", &digest.len().to_string()),
    ];
    filled(&app.reference.escalation.digest.subject, &values)
}
