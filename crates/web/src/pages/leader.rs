//! 领导一页纸: the figures as of when and by which rule, each line in official order, and the overdue cases with why and who. The
//! safety office opens it and prints it for a leader.

use app::{
    Failure,
    stock::{
        self,
        leader::{Case, Letter, Overview, overview},
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    hazard::{StageName, WaitsFor},
    jurisdiction::JurisdictionKind,
    stock::{By, Part},
    time::Instant,
};

use super::{
    frame,
    hazard::{escalations::state, why},
    hazards::{Shown, place},
    marks, render,
    stock::{checkpoint, line_name, number, percent, period_name, rows_behind},
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        leader::{CaseTold, Draft, Leader, LeaderPage, LeaderPrint, Line, Tenure},
        marks::Light,
        one_page::Figure,
        stock::Cell,
    },
    words::Words,
};

/// Of those who had a case one after another, the last so many are named.
const TENURES: usize = 5;

pub async fn page(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let words = browser.words;
    let (leader, now) = leader(&site, &browser).await?;
    let title = words.get("leader.title").to_owned();
    let page = LeaderPage {
        frame: frame(&site, &browser, title, Section::Leader, "/leader", now),
        leader,
    };
    Ok(render(StatusCode::OK, &page))
}

pub async fn print(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let words = browser.words;
    let (leader, now) = leader(&site, &browser).await?;
    let title = words.get("leader.title").to_owned();
    let page = LeaderPrint {
        frame: frame(&site, &browser, title, Section::Leader, "/leader/print", now),
        leader: leader.unlinked(),
        viewer: browser.live.caller.agency_name.clone(),
    };
    Ok(render(StatusCode::OK, &page))
}

async fn leader(site: &Site, browser: &Browser) -> Result<(Leader, Instant), Problem> {
    let words = browser.words;
    let found = overview(&site.app, &browser.live.caller)
        .await
        .map_err(|failure: Failure| Problem::page(failure, words))?;
    let now = site.app.clock.now();
    let showing = Showing {
        site,
        found: &found,
        words,
        now,
    };
    Ok((showing.fill(), now))
}

struct Showing<'a> {
    site: &'a Site,
    found: &'a Overview,
    words: Words,
    now: Instant,
}

impl Showing<'_> {
    fn fill(&self) -> Leader {
        let found = self.found;
        let overdue = found.table.total.of(Part::Overdue);
        let told = i64::try_from(found.cases.len()).unwrap_or_default();
        Leader {
            name: found.place.name.clone(),
            is_city: found.place.kind == JurisdictionKind::City,
            period: period_name(&found.table.asked.period.to_string(), self.words),
            figures: self.figures(),
            heading: self.words.of("by", found.table.asked.by.as_str()),
            rows: self.lines(),
            total: self.line(None),
            cases: found
                .cases
                .iter()
                .enumerate()
                .map(|(at, case)| self.case(at + 1, case))
                .collect(),
            more: (overdue > told).then(|| (overdue - told, rows_behind(&found.table, Part::Overdue, None))),
            as_of: found.standing.as_of.to_minute(),
            uncounted: found.standing.uncounted,
            unbalanced: !found.table.balances(),
            checkpoint: checkpoint(&found.standing),
        }
    }

    fn figures(&self) -> Vec<Figure> {
        let found = self.found;
        let figure = |part: Part, alarm: bool| {
            let n = found.table.total.of(part);
            Figure {
                label: self.words.of("one_page", part.as_str()),
                number: n.to_string(),
                note: None,
                href: (n > 0).then(|| rows_behind(&found.table, part, None)),
                alarm: alarm && n > 0,
            }
        };
        let accepted = Shown {
            stage: StageName::Accepted.to_string(),
            ..Shown::default()
        };
        let waits = marks::count(found.waits_for_sign_off);
        let sign_off = Figure {
            label: self.words.get("tile.pending_sign_off").to_owned(),
            number: waits.to_string(),
            href: (!waits.is_nil()).then(|| accepted.href()),
            ..Figure::default()
        };
        let revisits = found.revisits;
        let note = match revisits.all {
            0 => self.words.get("one_page.no_revisit").to_owned(),
            _ => self.words.fill(
                "one_page.revisits",
                &[
                    ("passed", &revisits.passed.to_string()),
                    ("all", &revisits.all.to_string()),
                ],
            ),
        };
        let truth = Figure {
            label: self.words.get("one_page.true_rate").to_owned(),
            number: percent(stock::rate(revisits.passed, revisits.all)),
            note: Some(note),
            ..Figure::default()
        };
        vec![
            figure(Part::Closing, false),
            figure(Part::Major, true),
            figure(Part::Overdue, true),
            figure(Part::New, false),
            figure(Part::Closed, false),
            figure(Part::Returned, false),
            sign_off,
            truth,
        ]
    }

    fn lines(&self) -> Vec<Line> {
        let found = self.found;
        let redness = |value: &str, overdue: i64| {
            let major = found.overdue_major.get(value).copied().unwrap_or_default();
            (major, overdue)
        };
        let reddest = found
            .table
            .lines
            .iter()
            .map(|line| redness(&line.value, line.figures.of(Part::Overdue)))
            .max()
            .filter(|(_, overdue)| *overdue > 0);
        let line = |line: &stock::Line| {
            let (major, overdue) = redness(&line.value, line.figures.of(Part::Overdue));
            Line {
                light: match (major, overdue) {
                    (1.., _) => Light::Red,
                    (_, 1..) => Light::Orange,
                    _ => Light::Clear,
                },
                reddest: reddest == Some((major, overdue)),
                ..self.line(Some(line))
            }
        };
        found.table.lines.iter().map(line).collect()
    }

    /// A line of the table, or the line of all.
    fn line(&self, line: Option<&stock::Line>) -> Line {
        let found = self.found;
        let by = found.table.asked.by;
        let (figures, value) = match line {
            Some(line) => (&line.figures, Some(line.value.as_str())),
            None => (&found.table.total, None),
        };
        let cell = |part: Part| number(figures.of(part), || rows_behind(&found.table, part, value));
        let major = match value {
            Some(value) => found.overdue_major.get(value).copied().unwrap_or_default(),
            None => found.overdue_major.values().sum(),
        };
        let overdue_major = Cell {
            alarm: major > 0,
            ..number(major, || self.overdue_major(value))
        };
        let rate = Cell {
            text: percent(figures.overdue_rate()),
            ..Cell::default()
        };
        let mut cells = vec![
            cell(Part::Closing),
            cell(Part::Major),
            cell(Part::Overdue),
            overdue_major,
            rate,
            cell(Part::New),
            cell(Part::Closed),
            cell(Part::Returned),
        ];
        if by == By::County {
            let revisits = match value {
                Some(value) => found.revisits_by_county.get(value).copied().unwrap_or_default(),
                None => found.revisits,
            };
            cells.push(Cell {
                text: percent(stock::rate(revisits.passed, revisits.all)),
                ..Cell::default()
            });
        }
        Line {
            name: match value {
                Some(value) => line_name(self.site, by, value, self.words),
                None => self.words.get("desk.stock_sum").to_owned(),
            },
            href: value
                .filter(|_| by == By::County)
                .map(|value| format!("/jurisdictions/{value}")),
            cells,
            ..Line::default()
        }
    }

    fn overdue_major(&self, value: Option<&str>) -> String {
        let mut table = self.found.table.clone();
        table.asked.within.determination = Some(domain::hazard::Determination::Major);
        rows_behind(&table, Part::Overdue, value)
    }

    fn name(&self, case: &Case, desk: WaitsFor) -> String {
        match desk {
            WaitsFor::Agency(id) => self.found.agencies.get(&id).cloned().unwrap_or_default(),
            WaitsFor::Unit(_) => case.hazard.subject.name.clone(),
        }
    }

    fn case(&self, n: usize, case: &Case) -> CaseTold {
        let hazard = &case.hazard;
        let due = hazard.due.as_ref();
        let tenures = hazard.course.tenures();
        let earlier = tenures.len().saturating_sub(TENURES);
        let told = tenures.iter().skip(earlier).map(|tenure| {
            let from = marks::short(tenure.from, self.now);
            let until = tenure.until.map(|until| marks::short(until, self.now));
            Tenure {
                when: match until {
                    Some(until) => self
                        .words
                        .fill("leader.from_until", &[("from", &from), ("until", &until)]),
                    None => self.words.fill("leader.since", &[("from", &from)]),
                },
                whom: self.name(case, tenure.waits_for),
                // The last instant in which it was still in time.
                at_due: due.is_some_and(|due| tenure.covers(due.at.plus(-1))),
                now: tenure.until.is_none(),
            }
        });
        let since = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
        let waits_for = hazard.waits_for().map(|desk| {
            let values = [
                ("whom", &*self.name(case, desk)),
                ("stage", &self.words.of("stage", hazard.stage.name().as_str())),
                ("span", &self.words.span(self.now.0 - since.0)),
            ];
            self.words.fill("leader.waits_for", &values)
        });
        CaseTold {
            n,
            href: format!("/hazards/{}", hazard.id),
            number: hazard.number.clone(),
            description: hazard.description.clone(),
            unit: hazard.subject.name.clone(),
            place: place(self.site, hazard),
            severity: marks::severity(hazard),
            due: marks::due(hazard, self.words, self.now),
            why: due.map(|due| why::sentence(due, self.words)),
            earlier,
            tenures: told.collect(),
            waits_for,
            draft: case.letter.as_ref().map(|letter| self.draft(case, letter)),
        }
    }

    fn draft(&self, case: &Case, letter: &Letter) -> Draft {
        let escalation = &letter.escalation;
        let sent = escalation.standing.letter();
        Draft {
            href: format!("/hazards/{}#escalation-{}", case.hazard.id, escalation.id),
            state: state(self.site, self.words, escalation),
            title: match (&letter.draft, sent) {
                (Some(draft), _) => draft.title.clone(),
                (None, Some(sent)) => format!("{} {}", sent.number, sent.title),
                (None, None) => String::new(),
            },
            text: letter.draft.as_ref().map(|draft| draft.text.clone()),
        }
    }
}
