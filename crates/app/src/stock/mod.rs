//! The stock table 存量增量表: opening, what came in, what went out, closing, and the overdue within it, by lines of one's choice and
//! for a month or a year. Read from the counts of sealed events at one moment, within what the caller may see.
//!
//! It says as of when it is and how many events are not in it yet. No line is ranked: lines stand in official order.

pub mod agency;
pub mod jurisdiction;
pub mod leader;

use std::collections::BTreeMap;

use domain::{
    hazard::{Determination, InitialLevel, Source},
    scope::Scope,
    stock::{By, Part, Period},
    time::Instant,
};
use store::{
    door::Snapshot,
    stay,
    stock::{self, Behind, Within},
    tree,
};

use crate::{App, Caller, Failure, Outcome};

/// More lines than this are not shown; a city has fewer divisions and towns.
const MOST_LINES: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub by: By,
    pub period: Period,
    pub within: Within,
}

/// The columns of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures(BTreeMap<Part, i64>);

impl Figures {
    pub fn of(&self, part: Part) -> i64 {
        self.0.get(&part).copied().unwrap_or_default()
    }

    fn add(&mut self, part: Part, n: i64) {
        *self.0.entry(part).or_default() += n;
    }

    /// opening + what came in − what went out = closing.
    pub fn balances(&self) -> bool {
        let sum = |parts: &[Part]| parts.iter().map(|part| self.of(*part)).sum::<i64>();
        let came = sum(&[Part::Opening, Part::New, Part::Reopened, Part::MovedIn]);
        came - sum(&[Part::Closed, Part::Ended, Part::MovedOut]) == self.of(Part::Closing)
    }

    /// Closed, of what was closed and what is still to be. `None` where there was neither.
    pub fn closed_rate(&self) -> Option<f64> {
        let closed = self.of(Part::Closed);
        rate(closed, closed + self.of(Part::Closing))
    }

    /// Overdue, of what stands. `None` where nothing does.
    pub fn overdue_rate(&self) -> Option<f64> {
        rate(self.of(Part::Overdue), self.of(Part::Closing))
    }

    pub fn is_empty(&self) -> bool {
        self.0.values().all(|n| *n == 0)
    }
}

/// `None` for 0 of 0, which is no percentage.
pub fn rate(part: i64, of: i64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// Values of lines are ids of jurisdictions, codes of divisions, words, or periods; empty for what has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub value: String,
    pub figures: Figures,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub asked: Asked,
    pub lines: Vec<Line>,
    /// The sum of the lines; for lines that are months, opening of the first and closing of the last.
    pub total: Figures,
    pub standing: Standing,
}

impl Table {
    pub fn balances(&self) -> bool {
        self.lines.iter().all(|line| line.figures.balances()) && self.total.balances()
    }
}

/// As of when the counts are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub as_of: Instant,
    /// Events that were recorded and are not in the counts yet.
    pub uncounted: i64,
    /// The signed head of the record that the counts belong to.
    pub note: String,
    pub size: u64,
}

/// Reads that all see the counts at one moment.
pub(crate) struct Reading<'a> {
    snapshot: Snapshot,
    scope: &'a Scope,
    pub standing: Standing,
}

impl<'a> Reading<'a> {
    pub async fn of(app: &App, scope: &'a Scope) -> Outcome<Self> {
        let mut snapshot = app.store.door.snapshot().await?;
        let counted = stay::counted_in(&mut snapshot).await?;
        let head = tree::head_in(&mut snapshot).await?;
        let pending = store::audit::count(&mut snapshot, "pending").await?;
        let size = head.as_ref().map_or(0, |head| head.size);
        let uncounted = pending + (tree::as_i64(size) - counted.position).max(0);
        let standing = Standing {
            // With nothing outstanding, what was counted last is how it stands now.
            as_of: if uncounted == 0 {
                app.clock.now()
            } else {
                counted.at
            },
            uncounted,
            note: head.map(|head| head.note).unwrap_or_default(),
            size,
        };
        Ok(Self {
            snapshot,
            scope,
            standing,
        })
    }

    /// One column, line by line.
    pub async fn part(&mut self, asked: &Asked, part: Part) -> Outcome<Vec<(String, i64)>> {
        let behind = Behind {
            part,
            period: asked.period,
            by: asked.by,
            within: asked.within.clone(),
            now: self.standing.as_of,
        };
        Ok(stock::count(&mut self.snapshot, self.scope, &behind).await?)
    }

    async fn lines(&mut self, asked: &Asked) -> Outcome<BTreeMap<String, Figures>> {
        let mut lines: BTreeMap<String, Figures> = BTreeMap::new();
        for part in Part::ALL {
            for (value, n) in self.part(asked, *part).await? {
                lines.entry(value).or_default().add(*part, n);
            }
        }
        Ok(lines)
    }

    /// All figures of one line that is a period or nothing at all.
    pub async fn figures(&mut self, period: Period, within: &Within) -> Outcome<Figures> {
        let asked = Asked {
            by: By::Month,
            period,
            within: within.clone(),
        };
        Ok(self.lines(&asked).await?.remove("").unwrap_or_default())
    }

    pub async fn table(&mut self, app: &App, who: &Caller, asked: Asked) -> Outcome<Table> {
        let now = app.clock.now();
        if asked.period.from() > now {
            return Err(Failure::field("period", "in-the-future"));
        }
        let lines = if asked.by == By::Month {
            let months = asked.period.months().filter(|month| month.from() <= now);
            let mut lines = Vec::with_capacity(12);
            for month in months {
                lines.push(Line {
                    value: month.to_string(),
                    figures: self.figures(month, &asked.within).await?,
                });
            }
            lines
        } else {
            in_order(app, who, &asked, self.lines(&asked).await?)
        };
        let total = total(asked.by, &lines);
        let table = Table {
            asked,
            lines,
            total,
            standing: self.standing.clone(),
        };
        if !table.balances() {
            tracing::error!(by = %table.asked.by, period = %table.asked.period, "the stock table does not balance");
        }
        Ok(table)
    }
}

pub async fn table(app: &App, who: &Caller, asked: Asked) -> Outcome<Table> {
    Reading::of(app, &who.scope).await?.table(app, who, asked).await
}

fn total(by: By, lines: &[Line]) -> Figures {
    let mut total = Figures::default();
    for part in Part::ALL {
        let of = |line: &Line| line.figures.of(*part);
        let n = match (by, part) {
            (By::Month, Part::Opening) => lines.first().map_or(0, of),
            (By::Month, Part::Closing | Part::Major | Part::Overdue) => lines.last().map_or(0, of),
            _ => lines.iter().map(of).sum(),
        };
        total.add(*part, n);
    }
    total
}

/// Official order: as the city lists its counties, zones and towns, as the standard lists divisions, as the closed lists have it.
/// Lines that a table always has are there with nothing in them as well; what is on no list comes last.
fn in_order(app: &App, who: &Caller, asked: &Asked, mut found: BTreeMap<String, Figures>) -> Vec<Line> {
    let reference = &app.reference;
    let seat = &who.actor.seat;
    let always: Vec<String> = match asked.by {
        By::County => {
            let seen = |id: &str| {
                let own = seat.county.as_ref().is_none_or(|county| county.as_str() == id);
                let asked_for = asked.within.county.as_ref().is_none_or(|county| county == id);
                own && asked_for
            };
            let counties = reference.counties().map(|one| one.id.to_string());
            counties.filter(|id| seen(id)).collect()
        }
        By::Level => InitialLevel::ALL.iter().map(ToString::to_string).collect(),
        By::Determination => Determination::ALL.iter().map(ToString::to_string).collect(),
        By::Source | By::Town | By::Sector | By::Month => Vec::new(),
    };
    let sometimes: Vec<String> = match asked.by {
        By::Town => reference
            .jurisdictions
            .iter()
            .map(|one| one.id.to_string())
            .collect(),
        By::Source => Source::ALL.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    };
    let mut lines = Vec::new();
    for value in always {
        let figures = found.remove(&value).unwrap_or_default();
        lines.push(Line { value, figures });
    }
    for value in sometimes {
        if let Some(figures) = found.remove(&value) {
            lines.push(Line { value, figures });
        }
    }
    let nowhere = found.remove("");
    let rest = found.into_iter().map(|(value, figures)| Line { value, figures });
    lines.extend(rest.filter(|line| !line.figures.is_empty()));
    lines.extend(nowhere.map(|figures| Line {
        value: String::new(),
        figures,
    }));
    lines.truncate(MOST_LINES);
    lines
}
