//! Events, as they are read back: for timelines, for the follower and for whoever verifies.

use std::collections::HashMap;

use domain::{HazardId, JurisdictionId, hazard::Cell, time::Instant};
use seal::{Digest, Value};
use serde_json::Value as Json;

use crate::{
    door::{Door, record::RowImage},
    error::Result,
    row::Record,
    table::text,
    tree,
};

/// One event in full.
#[derive(Debug, Clone)]
pub struct EventRow {
    pub county: String,
    pub subject: String,
    pub version: i64,
    pub id: String,
    pub noun: String,
    pub act: String,
    pub at: Instant,
    pub person: Option<String>,
    pub post: Option<String>,
    pub agency: Option<String>,
    pub body: Json,
    pub left: Option<Cell>,
    pub entered: Option<Cell>,
    pub rows: Vec<RowImage>,
    pub prev: Digest,
    pub salt: [u8; 32],
    pub digest: Digest,
    /// All columns that the digest is taken over, by name.
    pub columns: Vec<(String, Value)>,
}

/// The columns that an event's digest is taken over.
pub const DIGESTED: &[&str] = &[
    "county",
    "subject",
    "version",
    "id",
    "noun",
    "act",
    "at",
    "person",
    "principal",
    "post",
    "agency",
    "body",
    "cells",
    "row_images",
    "prev",
];

impl EventRow {
    pub fn read(record: &Record) -> Result<Self> {
        let row = record.of("event");
        let (left, entered) = row.json("cells")?;
        let columns = DIGESTED.iter().map(|name| {
            (
                (*name).to_owned(),
                record.get(name).cloned().unwrap_or(Value::Null),
            )
        });
        Ok(Self {
            county: row.text("county")?,
            subject: row.text("subject")?,
            version: row.int("version")?,
            id: row.text("id")?,
            noun: row.text("noun")?,
            act: row.text("act")?,
            at: row.instant("at")?,
            person: row.text_opt("person")?,
            post: row.text_opt("post")?,
            agency: row.text_opt("agency")?,
            body: row.json("body")?,
            left,
            entered,
            rows: row.json("row_images")?,
            prev: Digest(row.digest("prev")?),
            salt: row.digest("salt")?,
            digest: Digest(row.digest("digest")?),
            columns: columns.collect(),
        })
    }

    /// The digest as the columns have it, whatever the row says it is.
    pub fn computed_digest(&self) -> Digest {
        let columns: Vec<(&str, Value)> = self
            .columns
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        seal::event::digest(&columns)
    }
}

/// The events of one hazard, oldest first.
pub async fn of_hazard(door: &Door, home: &JurisdictionId, id: HazardId) -> Result<Vec<EventRow>> {
    let sql = "SELECT * FROM event WHERE county = $1 AND subject = $2 ORDER BY version LIMIT 1000";
    door.read(sql, vec![text(home), text(id)])
        .await?
        .iter()
        .map(EventRow::read)
        .collect()
}

pub async fn by_id(door: &Door, id: &str) -> Result<Option<EventRow>> {
    door.read("SELECT * FROM event WHERE id = $1", vec![text(id)])
        .await?
        .first()
        .map(EventRow::read)
        .transpose()
}

/// What the events say that brought reference data into a home, oldest first; at most 10,000.
pub async fn loads(door: &Door, home: &JurisdictionId) -> Result<Vec<Json>> {
    let sql = "SELECT * FROM event WHERE county = $1 AND noun = 'load' ORDER BY at, subject LIMIT 10000";
    let rows = door.read(sql, vec![text(home)]).await?;
    rows.iter().map(|row| row.of("event").json("body")).collect()
}

/// Place in the tree, once the event has been sealed.
pub async fn leaf_of(door: &Door, event: &EventRow) -> Result<Option<u64>> {
    let sql = "SELECT position FROM leaf WHERE county = $1 AND subject = $2 AND version = $3";
    let params = vec![
        text(&event.county),
        text(&event.subject),
        Value::Int(event.version),
    ];
    let rows = door.read(sql, params).await?;
    Ok(rows.first().and_then(|row| u64::try_from(row.number()).ok()))
}

/// Places in the tree of the events of one hazard, by version; what is not sealed yet has none.
pub async fn leaves_of(door: &Door, home: &JurisdictionId, id: HazardId) -> Result<HashMap<i64, u64>> {
    let sql = "SELECT version, position FROM leaf WHERE county = $1 AND subject = $2 LIMIT 1000";
    let rows = door.read(sql, vec![text(home), text(id)]).await?;
    rows.iter()
        .map(|row| {
            let row = row.of("leaf");
            Ok((
                row.int("version")?,
                u64::try_from(row.int("position")?).unwrap_or_default(),
            ))
        })
        .collect()
}

/// Where the record stands: how many events are sealed and how many are not yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub sealed: i64,
    pub pending: i64,
    pub root: Option<Digest>,
    pub note: String,
    pub at: Option<Instant>,
}

pub async fn standing(door: &Door) -> Result<Standing> {
    let head = tree::head(door).await?;
    let pending = door
        .read("SELECT count(*) FROM pending", vec![])
        .await?
        .first()
        .map_or(0, |row| row.number());
    let Some(head) = head else {
        return Ok(Standing {
            sealed: 0,
            pending,
            root: None,
            note: String::new(),
            at: None,
        });
    };
    Ok(Standing {
        sealed: tree::as_i64(head.size),
        pending,
        root: Some(head.root),
        note: head.note,
        at: Some(head.at),
    })
}
