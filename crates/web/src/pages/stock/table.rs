//! The table in words: lines by their names, numbers with the addresses of their rows.

use app::stock::{Figures, Standing, Table};
use domain::stock::{By, Part};
use seal::Checkpoint;

use crate::{
    pages::hazards::Shown,
    site::Site,
    views::stock::{Cell, StockRow, StockTable},
    words::Words,
};

/// 2026年11月, 2026年.
pub fn period_name(period: &str, words: Words) -> String {
    match period.split_once('-') {
        Some((year, month)) => words.fill(
            "period.month",
            &[("year", year), ("month", month.trim_start_matches('0'))],
        ),
        None => words.fill("period.year", &[("year", period)]),
    }
}

/// What a line is called; `-` and nothing are what has no value.
pub fn line_name(site: &Site, by: By, value: &str, words: Words) -> String {
    let reference = &site.app.reference;
    match by {
        By::Month => period_name(value, words),
        By::Town | By::Sector if matches!(value, "" | "-") => words.of("stock_without", by.as_str()),
        By::County => reference.name(&value.into()),
        By::Town => {
            let id = value.into();
            let county = reference.jurisdiction(&id).and_then(|town| town.parent.as_ref());
            let county = county.map(|county| reference.name(county)).unwrap_or_default();
            format!("{county}{}", reference.name(&id))
        }
        By::Sector => reference.sector(value),
        By::Level | By::Determination | By::Source => words.of(by.as_str(), value),
    }
}

/// `12.3%`; empty for what is no percentage.
pub fn percent(rate: Option<f64>) -> String {
    rate.map(|rate| format!("{:.1}%", rate * 100.0))
        .unwrap_or_default()
}

/// A number, with the rows behind it where there are any.
pub fn number(n: i64, href: impl FnOnce() -> String) -> Cell {
    Cell {
        text: n.to_string(),
        href: (n > 0).then(href),
        ..Cell::default()
    }
}

/// The ledger's address of the rows behind a column of a line; `None` for the line of all.
pub fn rows_behind(table: &Table, part: Part, value: Option<&str>) -> String {
    let asked = &table.asked;
    let said = |text: &Option<String>| match text.as_deref() {
        None => String::new(),
        Some("") => "-".to_owned(),
        Some(text) => text.to_owned(),
    };
    let within = &asked.within;
    let mut shown = Shown {
        part: part.to_string(),
        by: asked.by.to_string(),
        period: asked.period.to_string(),
        county: said(&within.county),
        town: said(&within.town),
        sector: said(&within.sector),
        level: within.level.map(|word| word.to_string()).unwrap_or_default(),
        determination: within
            .determination
            .map(|word| word.to_string())
            .unwrap_or_default(),
        source: within.source.map(|word| word.to_string()).unwrap_or_default(),
        ..Shown::default()
    };
    if let Some(value) = value {
        let value = if value.is_empty() { "-" } else { value }.to_owned();
        match asked.by {
            By::County => shown.county = value,
            By::Town => shown.town = value,
            By::Sector => shown.sector = value,
            By::Level => shown.level = value,
            By::Determination => shown.determination = value,
            By::Source => shown.source = value,
            By::Month => shown.period = value,
        }
    } else if let (By::Month, Part::Closing | Part::Major | Part::Overdue, Some(last)) =
        (asked.by, part, table.lines.last())
    {
        shown.period.clone_from(&last.value);
    }
    shown.href()
}

/// In the order of [`crate::views::stock::COLUMNS`].
fn cells(table: &Table, figures: &Figures, value: Option<&str>) -> Vec<Cell> {
    let of = |part: Part| {
        let cell = number(figures.of(part), || rows_behind(table, part, value));
        Cell {
            sum: matches!(part, Part::Opening | Part::Closing),
            alarm: part == Part::Overdue && figures.of(part) > 0,
            ..cell
        }
    };
    let rate = |rate| Cell {
        text: percent(rate),
        ..Cell::default()
    };
    vec![
        of(Part::Opening),
        of(Part::New),
        of(Part::Reopened),
        of(Part::MovedIn),
        of(Part::Closed),
        of(Part::Ended),
        of(Part::MovedOut),
        of(Part::Closing),
        of(Part::Major),
        of(Part::Overdue),
        rate(figures.overdue_rate()),
        rate(figures.closed_rate()),
        of(Part::Returned),
    ]
}

/// Size and first characters of the root of the signed head.
pub fn checkpoint(standing: &Standing) -> Option<(u64, String)> {
    let note = Checkpoint::read_unverified(&standing.note).ok()?;
    let root = note.root.to_string();
    Some((note.size, root.get(..16).unwrap_or(&root).to_owned()))
}

pub fn view(site: &Site, table: &Table, words: Words) -> StockTable {
    let by = table.asked.by;
    let row = |value: &str, figures: &Figures| StockRow {
        name: line_name(site, by, value, words),
        href: (by == By::County).then(|| format!("/jurisdictions/{value}")),
        cells: cells(table, figures, Some(value)),
    };
    StockTable {
        period: period_name(&table.asked.period.to_string(), words),
        heading: words.of("by", by.as_str()),
        rows: table
            .lines
            .iter()
            .map(|line| row(&line.value, &line.figures))
            .collect(),
        total: StockRow {
            name: words.get("desk.stock_sum").to_owned(),
            href: None,
            cells: cells(table, &table.total, None),
        },
        as_of: table.standing.as_of.to_minute(),
        uncounted: table.standing.uncounted,
        unbalanced: !table.balances(),
        checkpoint: checkpoint(&table.standing),
    }
}
