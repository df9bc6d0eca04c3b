//! Stays: how long each hazard stood open in one cell, from which event until which. Counted from the events, one at a time and in
//! the order of a hazard's acts; the stock at any instant is the stays that span it, so that numbers and the rows behind them are
//! one question. An end is never earlier than its beginning, even when two clocks disagree.
//!
//! Never here: what a period or a column is (`crate::stock`).

use std::collections::HashMap;

use domain::{
    hazard::{Cell, StageName},
    time::Instant,
};
use seal::Value;

use crate::{
    counts::{insert_many, read_cell},
    door::{Door, Snapshot, Statement},
    error::Result,
    event::EventRow,
    row::Record,
    table::text,
};

/// The end of a stay that has none yet.
pub const STANDING: i64 = i64::MAX;

/// Came from no cell, from a cell in which it was not open, or from another open one; and went into another open one.
pub const NEW: &str = "new";
pub const REOPENED: &str = "reopened";
pub const MOVED: &str = "moved";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub hazard: String,
    /// Of the event that began it.
    pub version: i64,
    pub cell: Cell,
    pub came: String,
    pub since: i64,
    pub until: i64,
    /// Of the event that ended it; 0 while it lasts.
    pub until_version: i64,
    /// [`MOVED`], or the stage in which it is open no more; empty while it lasts.
    pub went: String,
}

const COLUMNS: &[&str] = &[
    "county",
    "hazard",
    "version",
    "town",
    "sector",
    "level",
    "determination",
    "source",
    "stage",
    "due",
    "came",
    "since",
    "until",
    "until_version",
    "went",
];

impl Stay {
    fn values(&self) -> Vec<Value> {
        vec![
            text(&self.cell.county),
            text(&self.hazard),
            Value::Int(self.version),
            text(&self.cell.town),
            text(&self.cell.sector),
            text(self.cell.level),
            text(self.cell.determination),
            text(self.cell.source),
            text(self.cell.stage),
            text(&self.cell.due),
            text(&self.came),
            Value::Int(self.since),
            Value::Int(self.until),
            Value::Int(self.until_version),
            text(&self.went),
        ]
    }

    fn read(record: &Record) -> Result<Self> {
        let row = record.of("stay");
        Ok(Self {
            hazard: row.text("hazard")?,
            version: row.int("version")?,
            cell: Cell {
                due: row.text("due")?,
                ..read_cell(&row)?
            },
            came: row.text("came")?,
            since: row.int("since")?,
            until: row.int("until")?,
            until_version: row.int("until_version")?,
            went: row.text("went")?,
        })
    }

    /// Short enough to be added up, so that two lists can be compared in whatever order they come.
    pub fn fingerprint(&self) -> u128 {
        let columns: Vec<(&str, Value)> = COLUMNS.iter().copied().zip(self.values()).collect();
        let digest = seal::row::digest("stay", &columns);
        let (short, _) = digest.0.split_at(16);
        short
            .iter()
            .fold(0, |number, byte| number << 8 | u128::from(*byte))
    }
}

/// Home and id of a hazard.
type Key = (String, String);

/// Follows hazards through their events. Holds the stays that last, and for each hazard that is open no more since when.
#[derive(Debug, Default)]
pub struct Stays {
    lasting: HashMap<Key, Stay>,
    over: HashMap<Key, i64>,
    /// Began before the events that were followed, and have ended in them.
    ended: Vec<Stay>,
    /// Began and ended in the events that were followed.
    passed: Vec<Stay>,
    /// Those of the lasting that stand in the table already, by the version that began them.
    known: HashMap<Key, i64>,
}

impl Stays {
    /// What is known of the hazards that these events are about.
    pub async fn of(door: &Door, events: impl Iterator<Item = &EventRow>) -> Result<Self> {
        let mut ids: Vec<(&str, &str)> = events
            .filter(|event| event.left != event.entered)
            .map(|event| (event.county.as_str(), event.subject.as_str()))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let mut stays = Self::default();
        for some in ids.chunks(200) {
            let mut params = Vec::with_capacity(some.len() * 2);
            let mut pairs = Vec::with_capacity(some.len());
            for (county, hazard) in some {
                params.extend([text(county), text(hazard)]);
                pairs.push(format!(
                    "(county = ${} AND hazard = ${})",
                    params.len() - 1,
                    params.len()
                ));
            }
            let sql = format!(
                "SELECT hazard AS id, stay.* FROM stay WHERE went <> 'moved' AND ({})",
                pairs.join(" OR ")
            );
            for record in door.read(sql, params).await? {
                let stay = Stay::read(&record)?;
                let key = (stay.cell.county.clone(), stay.hazard.clone());
                if stay.until == STANDING {
                    stays.known.insert(key.clone(), stay.version);
                    stays.lasting.insert(key, stay);
                } else {
                    let over = stays.over.entry(key).or_insert(stay.until);
                    *over = stay.until.max(*over);
                }
            }
        }
        Ok(stays)
    }

    pub fn add(&mut self, event: &EventRow) {
        if event.left == event.entered {
            return;
        }
        let key = (event.county.clone(), event.subject.clone());
        let open = |cell: &&Cell| cell.stage.is_open();
        let was = event.left.as_ref().filter(open);
        let is = event.entered.as_ref().filter(open);
        let before = self.lasting.remove(&key);
        let over = self.over.remove(&key);
        let after = before.as_ref().map(|stay| stay.since).or(over);
        let at = event.at.0.max(after.unwrap_or(i64::MIN));
        if let Some(mut stay) = before {
            stay.until = at;
            stay.until_version = event.version;
            stay.went = match (&is, &event.entered) {
                (Some(_), _) => MOVED.to_owned(),
                (None, Some(cell)) => cell.stage.to_string(),
                (None, None) => StageName::Void.to_string(),
            };
            if self.known.remove(&key).is_some() {
                self.ended.push(stay);
            } else {
                self.passed.push(stay);
            }
        }
        let Some(cell) = is else {
            self.over.insert(key, at);
            return;
        };
        let came = match (&event.left, was) {
            (None, _) => NEW,
            (Some(_), None) => REOPENED,
            (Some(_), Some(_)) => MOVED,
        };
        let stay = Stay {
            hazard: event.subject.clone(),
            version: event.version,
            cell: Cell {
                county: event.county.clone(),
                ..cell.clone()
            },
            came: came.to_owned(),
            since: at,
            until: STANDING,
            until_version: 0,
            went: String::new(),
        };
        self.lasting.insert(key, stay);
    }

    /// Those that are over and will not change any more. For whoever compares; nothing of them is kept.
    pub fn take_over(&mut self) -> Vec<Stay> {
        std::mem::take(&mut self.passed)
    }

    pub fn lasting(&self) -> impl Iterator<Item = &Stay> {
        self.lasting.values()
    }

    pub(crate) fn statements(&self) -> Vec<Statement> {
        let began = self
            .lasting
            .iter()
            .filter(|(key, _)| !self.known.contains_key(*key))
            .map(|(_, stay)| stay);
        let fresh: Vec<Vec<Value>> = self.passed.iter().chain(began).map(Stay::values).collect();
        let head = format!("INSERT INTO stay ({}) VALUES", COLUMNS.join(", "));
        let inserts = fresh
            .chunks(50)
            .map(|rows| insert_many(&head, rows.iter().cloned(), ""));
        let ends = self.ended.chunks(100).map(end_many);
        ends.chain(inserts).collect()
    }
}

fn end_many(stays: &[Stay]) -> Statement {
    let mut params = Vec::with_capacity(stays.len() * 6);
    let mut rows = Vec::with_capacity(stays.len());
    for stay in stays {
        let at = params.len();
        params.extend([
            text(&stay.cell.county),
            text(&stay.hazard),
            Value::Int(stay.version),
            Value::Int(stay.until),
            Value::Int(stay.until_version),
            text(&stay.went),
        ]);
        let types = ["TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT", "TEXT"];
        let marks: Vec<String> = types
            .iter()
            .zip(at + 1..)
            .map(|(kind, n)| format!("CAST(${n} AS {kind})"))
            .collect();
        rows.push(format!("({})", marks.join(", ")));
    }
    let sql = format!(
        "WITH ends (home, id, began, at, by_version, into_stage) AS (VALUES {}) \
         UPDATE stay SET until = ends.at, until_version = ends.by_version, went = ends.into_stage FROM ends \
         WHERE stay.county = ends.home AND stay.hazard = ends.id AND stay.version = ends.began",
        rows.join(", ")
    );
    Statement::new(sql, params)
}

/// Every stay, in the order of its key, from behind `after` on.
pub async fn page(snapshot: &mut Snapshot, after: Option<&Stay>, limit: usize) -> Result<Vec<Stay>> {
    let (behind, params) = match after {
        Some(stay) => (
            "WHERE county > $1 OR (county = $1 AND (hazard > $2 OR (hazard = $2 AND version > $3)))",
            vec![
                text(&stay.cell.county),
                text(&stay.hazard),
                Value::Int(stay.version),
            ],
        ),
        None => ("", vec![]),
    };
    let sql = format!(
        "SELECT hazard AS id, stay.* FROM stay {behind} ORDER BY county, hazard, version LIMIT {limit}"
    );
    let rows = snapshot.read(sql, params).await?;
    rows.iter().map(Stay::read).collect()
}

/// How far the counts have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Leaves that are in the counts.
    pub position: i64,
    /// When the newest of them was put in.
    pub at: Instant,
}

pub(crate) const COUNTED: &str = "SELECT id, position, at FROM counted WHERE id = 'log'";

pub(crate) fn read_counted(rows: &[Record]) -> Result<Counted> {
    let Some(record) = rows.first() else {
        return Ok(Counted {
            position: 0,
            at: Instant(0),
        });
    };
    let row = record.of("counted");
    Ok(Counted {
        position: row.int("position")?,
        at: row.instant("at")?,
    })
}

pub async fn counted(door: &Door) -> Result<Counted> {
    read_counted(&door.read(COUNTED, vec![]).await?)
}

pub async fn counted_in(snapshot: &mut Snapshot) -> Result<Counted> {
    read_counted(&snapshot.read(COUNTED, vec![]).await?)
}
