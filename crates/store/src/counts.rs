//! The counts over sealed events: what stands in each cell, what was done in each month, how long each hazard stood where. The
//! follower carries them forward with the leaves; after an upgrade they catch up from the first leaf on. Nothing here is evidence:
//! all of it can be made anew, and an audit does so and compares.

use std::collections::BTreeMap;

use domain::{
    hazard::{Cell, Outcome},
    time::Instant,
};
use seal::Value;
use serde_json::Value as Json;

use crate::{
    door::{Door, Statement, guard},
    error::Result,
    event::EventRow,
    row::Record,
    stay::Stays,
    table::text,
};

impl Door {
    /// Empties all counts, which are then made anew from the first leaf on.
    pub async fn forget_counts(&self) -> Result<()> {
        let batch = [
            "DELETE FROM stock",
            "DELETE FROM flow",
            "DELETE FROM stay",
            "INSERT INTO counted (id, position, at) VALUES ('log', 0, 0) ON CONFLICT (id) DO UPDATE SET position = 0, at = 0",
        ];
        self.fold_raw(batch.map(|sql| Statement::new(sql, vec![])).to_vec())
            .await
    }

    /// Puts leaves into the counts that are not in them yet; `Conflict` when somebody else has.
    pub async fn count_in(&self, counting: Counting, now: Instant) -> Result<()> {
        let mut batch = vec![guard::counted_is(counting.from, self.is_postgres())];
        batch.extend(counting.statements(now));
        self.fold_raw(batch).await
    }
}

/// The next events that come into the counts: the leaves from `from` on and before `until`.
pub struct Counting {
    pub(crate) from: i64,
    until: i64,
    counts: Counts,
    stays: Stays,
}

impl Counting {
    pub async fn of(door: &Door, from: i64, until: i64, events: &[&EventRow]) -> Result<Self> {
        let mut stays = Stays::of(door, events.iter().copied()).await?;
        let mut counts = Counts::default();
        for event in events {
            stays.add(event);
            counts.add(event);
        }
        Ok(Self {
            from,
            until,
            counts,
            stays,
        })
    }

    pub(crate) fn statements(&self, now: Instant) -> Vec<Statement> {
        let mut statements = self.counts.statements();
        statements.extend(self.stays.statements());
        statements.push(Statement::new(
            "UPDATE counted SET position = $1, at = $2 WHERE id = 'log'",
            vec![Value::Int(self.until), Value::Int(now.0)],
        ));
        statements
    }
}

/// What stands in each cell, and what was done in each month. Every event says which cell it left and which it entered,
/// so that the order of folding does not matter.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counts {
    pub stock: BTreeMap<Cell, i64>,
    pub flow: BTreeMap<Deed, i64>,
}

/// What was done in a month, by the people of which agency, and how it turned out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    /// That the hazard stood in afterwards; without its due day.
    pub cell: Cell,
    pub month: String,
    pub act: String,
    /// `passed` or `returned` for acts that judge, `done` for the others.
    pub outcome: Outcome,
    /// Empty for what the system did by itself.
    pub agency: String,
}

impl Deed {
    fn of(event: &EventRow, cell: &Cell) -> Self {
        // An act that judges says how in what it tells, whatever the act is.
        let told = event.body.as_object().and_then(|told| told.values().next());
        let passed = told.and_then(|told| told.get("passed")).and_then(Json::as_bool);
        Self {
            cell: Cell {
                due: String::new(),
                ..cell.clone()
            },
            month: event.at.day().month(),
            act: event.act.clone(),
            outcome: match passed {
                Some(true) => Outcome::Passed,
                Some(false) => Outcome::Returned,
                None => Outcome::Done,
            },
            agency: event.agency.clone().unwrap_or_default(),
        }
    }
}

impl Counts {
    pub fn add(&mut self, event: &EventRow) {
        if event.left != event.entered {
            for (cell, n) in event
                .left
                .iter()
                .map(|cell| (cell, -1))
                .chain(event.entered.iter().map(|cell| (cell, 1)))
            {
                let count = self.stock.entry(cell.clone()).or_default();
                *count += n;
            }
        }
        if let Some(cell) = &event.entered {
            *self.flow.entry(Deed::of(event, cell)).or_default() += 1;
        }
    }

    fn statements(&self) -> Vec<Statement> {
        let stock: Vec<Vec<Value>> = self
            .stock
            .iter()
            .filter(|(_, n)| **n != 0)
            .map(|(cell, n)| {
                place(cell)
                    .into_iter()
                    .chain([text(cell.stage), text(&cell.due), Value::Int(*n)])
                    .collect()
            })
            .collect();
        let flow: Vec<Vec<Value>> = self
            .flow
            .iter()
            .map(|(deed, n)| {
                let rest = [
                    text(&deed.month),
                    text(&deed.act),
                    text(deed.outcome),
                    text(&deed.agency),
                    text(deed.cell.stage),
                    Value::Int(*n),
                ];
                place(&deed.cell).into_iter().chain(rest).collect()
            })
            .collect();
        let stock = stock.chunks(50).map(|rows| {
            insert_many(
                "INSERT INTO stock (county, town, sector, level, determination, source, stage, due, n) VALUES",
                rows.iter().cloned(),
                "ON CONFLICT (county, town, sector, level, determination, source, stage, due) DO UPDATE SET n = stock.n + excluded.n",
            )
        });
        let flow = flow.chunks(50).map(|rows| {
            insert_many(
                "INSERT INTO flow (county, town, sector, level, determination, source, month, act, outcome, agency, stage, n) VALUES",
                rows.iter().cloned(),
                "ON CONFLICT (county, town, sector, level, determination, source, month, act, outcome, agency, stage) DO UPDATE SET n = flow.n + excluded.n",
            )
        });
        stock.chain(flow).collect()
    }
}

/// The rollups as they stand in the tables, empty cells left out.
pub async fn counts(door: &Door) -> Result<Counts> {
    let stock = door
        .read("SELECT county AS id, stock.* FROM stock WHERE n <> 0", vec![])
        .await?;
    let flow = door
        .read("SELECT county AS id, flow.* FROM flow WHERE n <> 0", vec![])
        .await?;
    read_counts(&stock, &flow)
}

pub(crate) fn read_counts(stock: &[Record], flow: &[Record]) -> Result<Counts> {
    let mut counts = Counts::default();
    for record in stock {
        let row = record.of("stock");
        counts.stock.insert(
            Cell {
                due: row.text("due")?,
                ..read_cell(&row)?
            },
            row.int("n")?,
        );
    }
    for record in flow {
        let row = record.of("flow");
        let deed = Deed {
            cell: read_cell(&row)?,
            month: row.text("month")?,
            act: row.text("act")?,
            outcome: row.word("outcome", Outcome::parse)?,
            agency: row.text("agency")?,
        };
        counts.flow.insert(deed, row.int("n")?);
    }
    Ok(counts)
}

pub(crate) fn read_cell(row: &crate::row::In) -> Result<Cell> {
    use domain::hazard::{Determination, InitialLevel, Source, StageName};
    Ok(Cell {
        county: row.text("county")?,
        town: row.text("town")?,
        sector: row.text("sector")?,
        level: row.word("level", InitialLevel::parse)?,
        determination: row.word("determination", Determination::parse)?,
        source: row.word("source", Source::parse)?,
        stage: row.word("stage", StageName::parse)?,
        due: String::new(),
    })
}

fn place(cell: &Cell) -> [Value; 6] {
    [
        text(&cell.county),
        text(&cell.town),
        text(&cell.sector),
        text(cell.level),
        text(cell.determination),
        text(cell.source),
    ]
}

pub(crate) fn insert_many(head: &str, rows: impl Iterator<Item = Vec<Value>>, tail: &str) -> Statement {
    let mut params = Vec::new();
    let mut groups = Vec::new();
    for row in rows {
        let marks: Vec<String> = (1..=row.len())
            .map(|n| format!("${}", params.len() + n))
            .collect();
        groups.push(format!("({})", marks.join(", ")));
        params.extend(row);
    }
    Statement::new(format!("{head} {} {tail}", groups.join(", ")), params)
}
