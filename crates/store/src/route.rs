//! The city's routes: the table that was loaded, and the versions that were set since.

use domain::{
    JurisdictionId,
    change::Seen,
    route::{RouteTable, version::RouteVersion},
    time::Day,
};
use seal::Value;

use crate::{
    door::Door,
    error::Result,
    row::Record,
    table::{Image, Kind::*, Table, json, text},
};

pub const ROUTE_TABLE: Table = Table {
    name: "route_table",
    columns: &[("id", Text), ("routes", Text), ("rules", Text)],
};

pub const ROUTE_VERSION: Table = Table {
    name: "route_version",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("no", Int),
        ("holds_from", Text),
        ("routes", Text),
        ("rules", Text),
        ("reason", Text),
        ("sha256", Text),
        ("made", Text),
    ],
};

pub fn image(row: &RouteTable) -> Image {
    let values = vec![text(&row.city), text(json(&row.routes)), text(json(&row.rules))];
    Image {
        table: &ROUTE_TABLE,
        seen: row.seen,
        values,
    }
}

pub fn version_image(row: &RouteVersion) -> Image {
    let values = vec![
        text(RouteVersion::id(&row.city, row.no)),
        text(&row.city),
        Value::Int(row.no),
        text(row.holds_from),
        text(json(&row.routes)),
        text(json(&row.rules)),
        text(&row.reason),
        text(&row.sha256),
        text(json(&row.by)),
    ];
    Image {
        table: &ROUTE_VERSION,
        seen: row.seen,
        values,
    }
}

/// The table as it was loaded.
pub async fn of_city(door: &Door, city: &JurisdictionId) -> Result<Option<RouteTable>> {
    let rows = door
        .read("SELECT * FROM route_table WHERE id = $1", vec![text(city)])
        .await?;
    rows.first().map(loaded).transpose()
}

fn loaded(record: &Record) -> Result<RouteTable> {
    let row = record.of("route_table");
    Ok(RouteTable {
        city: row.jurisdiction("id")?,
        seen: row.seen()?,
        no: 1,
        routes: row.json("routes")?,
        rules: row.json("rules")?,
    })
}

/// What decisions of a day are made by: the version set last among those whose day has come. Read in one question, so that the version
/// of the record is the one under which it was so.
pub async fn on(door: &Door, city: &JurisdictionId, day: Day) -> Result<Option<RouteTable>> {
    let sql = "SELECT t.id, t.version, t.head, v.no, COALESCE(v.routes, t.routes) AS routes, COALESCE(v.rules, t.rules) AS rules \
               FROM route_table t LEFT JOIN route_version v ON v.city = t.id AND v.no = \
               (SELECT MAX(w.no) FROM route_version w WHERE w.city = t.id AND w.holds_from <= $2) WHERE t.id = $1";
    let rows = door.read(sql, vec![text(city), text(day)]).await?;
    rows.first()
        .map(|record| {
            Ok(RouteTable {
                no: record.of("route_table").int_opt("no")?.unwrap_or(1),
                ..loaded(record)?
            })
        })
        .transpose()
}

/// Versions that were set, the newest first.
pub async fn versions(
    door: &Door,
    city: &JurisdictionId,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<RouteVersion>> {
    let sql =
        format!("SELECT * FROM route_version WHERE city = $1 AND no < $2 ORDER BY no DESC LIMIT {limit}");
    let before = Value::Int(before.unwrap_or(i64::MAX));
    let rows = door.read(sql, vec![text(city), before]).await?;
    rows.iter().map(read_version).collect()
}

pub async fn version(door: &Door, city: &JurisdictionId, no: i64) -> Result<Option<RouteVersion>> {
    let sql = "SELECT * FROM route_version WHERE city = $1 AND no = $2";
    let rows = door.read(sql, vec![text(city), Value::Int(no)]).await?;
    rows.first().map(read_version).transpose()
}

fn read_version(record: &Record) -> Result<RouteVersion> {
    let row = record.of("route_version");
    let seen: Seen = row.seen()?;
    Ok(RouteVersion {
        city: row.jurisdiction("city")?,
        no: row.int("no")?,
        seen,
        holds_from: row.day("holds_from")?,
        routes: row.json("routes")?,
        rules: row.json("rules")?,
        reason: row.text("reason")?,
        sha256: row.text("sha256")?,
        by: row.json("made")?,
    })
}
