//! The calendar that the city's dates are counted by.

use domain::{JurisdictionId, calendar::KnownCalendar};

use crate::{
    door::Door,
    error::Result,
    table::{Image, Kind::*, Table, json, text},
};

pub const CALENDAR: Table = Table {
    name: "calendar",
    columns: &[
        ("id", Text),
        ("file", Text),
        ("sha256", Text),
        ("days", Text),
        ("before", Text),
    ],
};

pub fn image(row: &KnownCalendar) -> Image {
    let values = vec![
        text(&row.city),
        text(&row.file),
        text(&row.sha256),
        text(json(&row.calendar)),
        text(json(&row.before)),
    ];
    Image {
        table: &CALENDAR,
        seen: row.seen,
        values,
    }
}

pub async fn of_city(door: &Door, city: &JurisdictionId) -> Result<Option<KnownCalendar>> {
    let rows = door
        .read("SELECT * FROM calendar WHERE id = $1", vec![text(city)])
        .await?;
    let Some(record) = rows.first() else {
        return Ok(None);
    };
    let row = record.of("calendar");
    Ok(Some(KnownCalendar {
        city: row.jurisdiction("id")?,
        seen: row.seen()?,
        file: row.text("file")?,
        sha256: row.text("sha256")?,
        calendar: row.json("days")?,
        before: row.json("before")?,
    }))
}
