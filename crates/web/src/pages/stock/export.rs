//! The table as a file: XLSX for an office to go on working with, CSV for everything else. The same words and numbers as the page,
//! with as of when they are and how they are counted.

use app::Failure;
use axum::{
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{Looked, chosen, read, table};
use crate::{
    caller::Browser,
    problem::Problem,
    sheet::{Sheet, Value},
    site::Site,
    views::stock::{COLUMNS, RULES, StockTable},
    words::Words,
};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";

pub async fn xlsx(
    State(site): State<Site>,
    browser: Browser,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let (sheet, name) = sheet(&site, &browser, &looked).await?;
    let bytes = sheet.xlsx().map_err(|error| {
        tracing::error!(%error, "a table file cannot be written");
        Problem::page(Failure::Broken(error.to_string()), words)
    })?;
    Ok(file(bytes, XLSX, &format!("{name}.xlsx")))
}

pub async fn csv(
    State(site): State<Site>,
    browser: Browser,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let (sheet, name) = sheet(&site, &browser, &looked).await?;
    Ok(file(sheet.csv().into_bytes(), CSV, &format!("{name}.csv")))
}

fn file(bytes: Vec<u8>, kind: &'static str, name: &str) -> Response {
    let mut response = (StatusCode::OK, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

async fn sheet(site: &Site, browser: &Browser, looked: &Looked) -> Result<(Sheet, String), Problem> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let read = read(site, caller, looked)
        .await
        .map_err(|failure| Problem::page(failure, words))?;
    let narrowed = chosen(site, looked, words)
        .into_iter()
        .map(|one| one.label)
        .collect::<Vec<_>>();
    let asked = &read.asked;
    let name = format!("stock-{}-{}", asked.period, asked.by);
    let view = table::view(site, &read, words);
    let filler = words.fill("stock.filled_by", &[("agency", &caller.agency_name)]);
    Ok((of(&view, &narrowed, filler, words), name))
}

/// Whole numbers as numbers, percentages as they are read, nothing where there is nothing.
fn of(table: &StockTable, narrowed: &[String], filler: String, words: Words) -> Sheet {
    let head = COLUMNS.iter().map(|column| words.of("part", column));
    let row = |row: &crate::views::stock::StockRow| {
        let cells = row.cells.iter().map(|cell| match cell.text.parse() {
            Ok(n) => Value::Number(n),
            Err(_) => Value::Text(cell.text.clone()),
        });
        std::iter::once(Value::Text(row.name.clone()))
            .chain(cells)
            .collect()
    };
    let mut notes = vec![words.fill("foot.as_of", &[("time", &table.as_of)]), filler];
    notes.extend(narrowed.iter().cloned());
    if table.uncounted > 0 {
        notes.push(words.count("stock.uncounted", table.uncounted));
    }
    if let Some((size, root)) = &table.checkpoint {
        notes.push(words.fill("stock.checkpoint", &[("n", &size.to_string()), ("root", root)]));
    }
    notes.extend(RULES.iter().map(|rule| words.of("stock_rule", rule)));
    Sheet {
        title: format!("{} {}", table.period, words.get("stock.title")),
        head: std::iter::once(table.heading.clone()).chain(head).collect(),
        rows: table.rows.iter().chain([&table.total]).map(row).collect(),
        notes,
    }
}
