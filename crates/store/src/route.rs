//! The city's table of routes.

use domain::{JurisdictionId, route::RouteTable};

use crate::{
    door::Door,
    error::Result,
    table::{Image, Kind::*, Table, json, text},
};

pub const ROUTE_TABLE: Table = Table {
    name: "route_table",
    columns: &[("id", Text), ("routes", Text), ("rules", Text)],
};

pub fn image(row: &RouteTable) -> Image {
    let values = vec![text(&row.city), text(json(&row.routes)), text(json(&row.rules))];
    Image {
        table: &ROUTE_TABLE,
        seen: row.seen,
        values,
    }
}

pub async fn of_city(door: &Door, city: &JurisdictionId) -> Result<Option<RouteTable>> {
    let rows = door
        .read("SELECT * FROM route_table WHERE id = $1", vec![text(city)])
        .await?;
    let Some(record) = rows.first() else {
        return Ok(None);
    };
    let row = record.of("route_table");
    Ok(Some(RouteTable {
        city: row.jurisdiction("id")?,
        seen: row.seen()?,
        routes: row.json("routes")?,
        rules: row.json("rules")?,
    }))
}
