//! Task tables as text: lines whose cells are parted by tabs or |, under a line that names the columns.

use std::ops::Range;

use crate::{
    bodies::{Said, column},
    text::{blank, tight},
    words::Relation,
};

/// A row that holds a task.
#[derive(Debug)]
pub(crate) struct Row {
    /// The cells that say what is to be done, in bytes of the text.
    pub range: Range<usize>,
    /// The whole line.
    pub line: Range<usize>,
    pub said: Said,
    pub problem: Option<Range<usize>>,
}

/// Columns of a table, and rows of one.
const COLUMNS: usize = 40;

pub(crate) fn rows(text: &str) -> Vec<Row> {
    if !text.contains(['\t', '|']) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut columns: Vec<Option<Relation>> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let range = start..start + line.len();
        start += line.len() + 1;
        let cells = cells(text, range.clone());
        if cells.len() < 3 {
            if !text[range].trim_matches(blank).is_empty() {
                columns.clear();
            }
            continue;
        }
        let named: Vec<Option<Relation>> = cells.iter().map(|cell| column(&text[cell.clone()])).collect();
        let known = named.iter().flatten().count();
        let work = named
            .iter()
            .flatten()
            .any(|relation| matches!(relation, Relation::Target | Relation::Measure | Relation::Problem));
        if known >= 3 && known * 2 >= named.len() && work {
            columns = named;
            continue;
        }
        if !columns.is_empty()
            && let Some(row) = row(text, range, &cells, &columns)
        {
            out.push(row);
        }
    }
    out
}

fn cells(text: &str, line: Range<usize>) -> Vec<Range<usize>> {
    let words = &text[line.clone()];
    let parting = if words.contains('\t') { '\t' } else { '|' };
    if !words.contains(parting) {
        return Vec::new();
    }
    let mut start = line.start;
    let mut out = Vec::new();
    for piece in words.split(parting).take(COLUMNS) {
        let lead = piece.len() - piece.trim_start_matches(blank).len();
        let trimmed = piece.trim_matches(blank);
        out.push(start + lead..start + lead + trimmed.len());
        start += piece.len() + 1;
    }
    // | a | b | has empty outer cells.
    if parting == '|' && out.first().is_some_and(|cell| cell.is_empty()) {
        out.remove(0);
    }
    if parting == '|' && out.last().is_some_and(|cell| cell.is_empty()) {
        out.pop();
    }
    out
}

fn row(text: &str, line: Range<usize>, cells: &[Range<usize>], columns: &[Option<Relation>]) -> Option<Row> {
    let mut said = Said::default();
    let mut work: Option<Range<usize>> = None;
    let mut problem = None;
    for (cell, relation) in cells.iter().zip(columns) {
        let words = &text[cell.clone()];
        if words.is_empty() || matches!(words, "—" | "/" | "-" | "无") {
            continue;
        }
        match relation {
            Some(Relation::Problem) => problem = Some(cell.clone()),
            Some(relation @ (Relation::Target | Relation::Measure)) => {
                said.put(*relation, &tight(words));
                work = Some(match work {
                    Some(open) => open.start..cell.end,
                    None => cell.clone(),
                });
            }
            Some(relation) => said.put(*relation, words),
            None => {}
        }
    }
    let range = work.or_else(|| problem.clone())?;
    let long = text[range.clone()]
        .chars()
        .filter(|c| crate::text::han(*c))
        .take(4)
        .count()
        == 4;
    long.then_some(Row {
        range,
        line,
        said,
        problem,
    })
}
