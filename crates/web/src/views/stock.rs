//! 隐患存量增量表: one table, on the screen, on paper and as the head of a table file.
//!
//! Every number is text already; one that has rows behind it carries the address of exactly these. What has no value (0 of 0) is
//! empty, never nil. Lines stand in official order and are never ranked.

use askama::Template;

use super::{
    frame::Frame,
    hazards::{ChosenFilter, Filter, Parameter},
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "stock.html")]
pub struct StockPage {
    pub frame: Frame,
    pub table: StockTable,
    pub filters: Vec<Filter>,
    pub chosen: Vec<ChosenFilter>,
    /// Months and years that can be chosen, the newest first.
    pub periods: Vec<PeriodOption>,
    /// What the choice of a period keeps.
    pub kept: Vec<Parameter>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub print: String,
    pub xlsx: String,
    pub csv: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "stock_print.html")]
pub struct StockPrint {
    pub frame: Frame,
    pub table: StockTable,
    pub chosen: Vec<String>,
    pub viewer: String,
    pub back: String,
}

#[derive(Clone, Debug, Default)]
pub struct StockTable {
    /// 2026年11月.
    pub period: String,
    /// 县区、等级: what the lines are.
    pub heading: String,
    pub rows: Vec<StockRow>,
    pub total: StockRow,
    pub as_of: String,
    /// Events that are recorded and not counted yet.
    pub uncounted: i64,
    /// Some line does not add up: said on the page, since nobody should rely on it.
    pub unbalanced: bool,
    /// Size and first characters of the root of the record that the counts belong to.
    pub checkpoint: Option<(u64, String)>,
}

#[derive(Clone, Debug, Default)]
pub struct StockRow {
    pub name: String,
    pub href: Option<String>,
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub text: String,
    pub href: Option<String>,
    /// Opening and closing: what the others lead from and to.
    pub sum: bool,
    /// Late: red, with its mark, when above nil.
    pub alarm: bool,
}

#[derive(Clone, Debug, Default)]
pub struct PeriodOption {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// The columns, in the order of the cells, by the codes that the catalogue knows them under.
pub const COLUMNS: [&str; 13] = [
    "opening",
    "new",
    "reopened",
    "moved_in",
    "closed",
    "ended",
    "moved_out",
    "closing",
    "major",
    "overdue",
    "overdue_rate",
    "closed_rate",
    "returned",
];

/// How each is counted, by code.
pub const RULES: [&str; 8] = [
    "balance", "when", "new", "moved", "closed", "overdue", "rates", "scope",
];

impl StockTable {
    pub fn columns(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    /// For paper, where nothing can be pressed.
    #[must_use]
    pub fn unlinked(mut self) -> Self {
        for row in self.rows.iter_mut().chain([&mut self.total]) {
            row.href = None;
            row.cells.iter_mut().for_each(|cell| cell.href = None);
        }
        self
    }

    pub fn rules(&self) -> &'static [&'static str] {
        &RULES
    }
}
