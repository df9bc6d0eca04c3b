//! Reading for whoever verifies: everything, page by page, all at one moment.

use seal::{Digest, Tile, Value};

use crate::{
    counts::{Counts, read_counts},
    door::Snapshot,
    error::Result,
    event::EventRow,
    row::Record,
    table::{Kind, Table, digest, text},
    tree::{Head, read_head, read_tile, tile_at},
};

/// A leaf of the tree with its event, or what is known of the event that is not there.
pub struct Leaf {
    pub position: i64,
    pub event: std::result::Result<EventRow, String>,
}

/// A mark of an event that waits for its leaf.
pub struct TailMark {
    pub seq: i64,
    /// It has become a leaf, and should have no mark any more.
    pub sealed: bool,
    pub event: std::result::Result<EventRow, String>,
}

pub async fn leaves(snapshot: &mut Snapshot, from: i64, limit: usize) -> Result<Vec<Leaf>> {
    let sql = format!(
        "SELECT l.position, l.county AS l_county, l.subject AS l_subject, l.version AS l_version, e.* FROM leaf l \
         LEFT JOIN event e ON e.county = l.county AND e.subject = l.subject AND e.version = l.version \
         WHERE l.position >= $1 ORDER BY l.position LIMIT {limit}"
    );
    let rows = snapshot.read(sql, vec![Value::Int(from)]).await?;
    rows.iter()
        .map(|row| {
            Ok(Leaf {
                position: row.of("leaf").int("position")?,
                event: event(row),
            })
        })
        .collect()
}

pub async fn tail(snapshot: &mut Snapshot, after: i64, limit: usize) -> Result<Vec<TailMark>> {
    let sql = format!(
        "SELECT p.seq, p.county AS l_county, p.subject AS l_subject, p.version AS l_version, l.position, e.* FROM pending p \
         LEFT JOIN event e ON e.county = p.county AND e.subject = p.subject AND e.version = p.version \
         LEFT JOIN leaf l ON l.county = p.county AND l.subject = p.subject AND l.version = p.version \
         WHERE p.seq > $1 ORDER BY p.seq LIMIT {limit}"
    );
    let rows = snapshot.read(sql, vec![Value::Int(after)]).await?;
    rows.iter()
        .map(|row| {
            let mark = row.of("pending");
            Ok(TailMark {
                seq: mark.int("seq")?,
                sealed: mark.int_opt("position")?.is_some(),
                event: event(row),
            })
        })
        .collect()
}

/// An event that cannot be read is named like one that is gone: by what its mark says of it.
fn event(row: &Record) -> std::result::Result<EventRow, String> {
    let said = |column| match row.get(column) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Int(n)) => n.to_string(),
        _ => "?".to_owned(),
    };
    let named = format!("{} v{}", said("l_subject"), said("l_version"));
    if matches!(row.get("id"), Some(Value::Null) | None) {
        return Err(named);
    }
    EventRow::read(row).map_err(|_| named)
}

/// Events that are neither a leaf nor marked, by id.
pub async fn unmarked(snapshot: &mut Snapshot, limit: usize) -> Result<Vec<String>> {
    let sql = format!(
        "SELECT e.id FROM event e LEFT JOIN leaf l ON l.county = e.county AND l.subject = e.subject AND l.version = e.version \
         LEFT JOIN pending p ON p.county = e.county AND p.subject = e.subject AND p.version = e.version \
         WHERE l.position IS NULL AND p.seq IS NULL LIMIT {limit}"
    );
    snapshot
        .read(sql, vec![])
        .await?
        .iter()
        .map(|row| row.of("event").text("id"))
        .collect()
}

/// Rows of a table of evidence, ordered by id, from behind `after` on. Rows under one id stand in one page, so that none is
/// passed over; a page that is not full is the last.
pub async fn rows(
    snapshot: &mut Snapshot,
    table: &Table,
    after: Option<&String>,
    limit: usize,
) -> Result<Page> {
    let columns = table
        .columns
        .iter()
        .map(|(name, _)| *name)
        .collect::<Vec<_>>()
        .join(", ");
    let behind = if after.is_some() { "WHERE id > $1" } else { "" };
    let sql = format!(
        "SELECT {columns}, version, head FROM {} {behind} ORDER BY id LIMIT {limit}",
        table.name
    );
    let mut rows = snapshot.read(sql, after.map(text).into_iter().collect()).await?;
    let full = rows.len() >= limit;
    let last = rows.last().map(name_of).unwrap_or_default();
    if full && rows.first().is_some_and(|first| name_of(first) != last) {
        rows.retain(|row| name_of(row) != last);
    }
    let next = rows
        .last()
        .filter(|_| full)
        .map(name_of)
        .filter(|next| Some(next) > after);
    Ok(Page { rows, next })
}

/// Rows, and the id behind which the next page begins.
pub struct Page {
    pub rows: Vec<Record>,
    pub next: Option<String>,
}

pub fn name_of(row: &Record) -> String {
    if let Some(Value::Text(id)) = row.get("id") {
        id.clone()
    } else {
        String::new()
    }
}

/// Version and head as they stand in a row, and the digest that its columns give; `None` for what cannot be read.
pub fn standing(table: &Table, row: &Record) -> (Option<i64>, Option<Digest>, Option<Digest>) {
    let it = row.of("row");
    let version = it.int("version").ok();
    let head = it.digest("head").ok().map(Digest);
    let values: Option<Vec<Value>> = table
        .columns
        .iter()
        .map(|(name, kind)| typed(row.get(name)?.clone(), *kind))
        .collect();
    let digest = values
        .zip(version)
        .map(|(values, version)| digest(table, &values, version));
    (version, head, digest)
}

/// SQLite keeps booleans as numbers; and a column may hold another type than it should, once somebody has been at it.
fn typed(value: Value, kind: Kind) -> Option<Value> {
    match (kind, value) {
        (_, Value::Null) => Some(Value::Null),
        (Kind::Bool, Value::Int(n @ (0 | 1))) => Some(Value::Bool(n == 1)),
        (Kind::Bool, value @ Value::Bool(_))
        | (Kind::Text, value @ Value::Text(_))
        | (Kind::Int, value @ Value::Int(_))
        | (Kind::Real, value @ Value::Real(_)) => Some(value),
        _ => None,
    }
}

pub async fn tile(snapshot: &mut Snapshot, level: u8, index: u64) -> Result<Option<Tile>> {
    let (sql, params) = tile_at(level, index);
    read_tile(&snapshot.read(sql, params).await?, level, index)
}

pub async fn count(snapshot: &mut Snapshot, table: &'static str) -> Result<i64> {
    let rows = snapshot
        .read(format!("SELECT count(*) FROM {table}"), vec![])
        .await?;
    Ok(rows.first().map_or(0, Record::number))
}

/// Every tile there is: level and place.
pub async fn tiles(snapshot: &mut Snapshot) -> Result<Vec<(i64, i64)>> {
    let rows = snapshot
        .read(
            "SELECT level AS id, level, position FROM tile ORDER BY level, position",
            vec![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let row = row.of("tile");
            Ok((row.int("level")?, row.int("position")?))
        })
        .collect()
}

/// The head of the tree, and whatever stands beside it, by id; `None` for one that cannot be read.
pub async fn heads(snapshot: &mut Snapshot) -> Result<Vec<(String, Option<Head>)>> {
    let rows = snapshot
        .read("SELECT * FROM tree_head ORDER BY id LIMIT 1000", vec![])
        .await?;
    Ok(rows
        .iter()
        .map(|row| (name_of(row), read_head(row).ok()))
        .collect())
}

/// A checkpoint as it was kept on a day; size and note are `None` where they cannot be read.
pub struct Kept {
    pub day: String,
    pub size: Option<u64>,
    pub note: Option<String>,
}

pub async fn checkpoints(snapshot: &mut Snapshot) -> Result<Vec<Kept>> {
    let rows = snapshot
        .read(
            "SELECT day AS id, size, note FROM checkpoint ORDER BY day LIMIT 20000",
            vec![],
        )
        .await?;
    let kept = rows.iter().map(|record| {
        let row = record.of("checkpoint");
        let size = row.int("size").ok().and_then(|size| u64::try_from(size).ok());
        Kept {
            day: name_of(record),
            size,
            note: row.text("note").ok(),
        }
    });
    Ok(kept.collect())
}

pub async fn counts(snapshot: &mut Snapshot) -> Result<Counts> {
    let stock = snapshot
        .read("SELECT county AS id, stock.* FROM stock WHERE n <> 0", vec![])
        .await?;
    let flow = snapshot
        .read("SELECT county AS id, flow.* FROM flow WHERE n <> 0", vec![])
        .await?;
    read_counts(&stock, &flow)
}

/// What may be read of the stays and of how far the counts have come, for whoever compares.
pub use crate::stay::{counted_in as counted, page as stays};
