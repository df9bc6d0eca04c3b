//! `record`: a Change becomes one batch — guards for all that it rests on, the rows, the event, its pending mark, the answer kept
//! for a repeated request — and is carried out whole or not at all.

use domain::{
    change::{Change, Event, Require},
    time::Instant,
};
use seal::{Digest, Value};
use serde::{Deserialize, Serialize};

use super::{Door, Statement, guard};
use crate::{
    error::Result,
    table::{Image, json, text, text_opt},
};

/// What a change needs from outside: the salt of its leaf, and the request that a retry would repeat.
#[derive(Debug, Clone)]
pub struct Stamp {
    pub salt: [u8; 32],
    pub answer: Option<Answer>,
}

/// The answer to a request under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub caller: String,
    pub key: String,
    pub request_sha256: String,
    pub body: String,
    pub at: Instant,
}

/// One row that an event wrote, by name and digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowImage {
    pub t: String,
    pub id: String,
    pub v: i64,
    pub d: Digest,
}

impl Door {
    /// Writes a change. [`Conflict`](crate::StoreError::Conflict) when anything it rests on has changed since it was read.
    pub async fn record(&self, change: &Change, stamp: Stamp) -> Result<()> {
        let images: Vec<Image> = change.rows().iter().map(Image::of).collect();
        let (columns, digest) = event_row(change.event(), &images);
        let mut batch = guards(change.requires(), &images, self.is_postgres());
        batch.extend(images.iter().map(|image| save(image, digest)));
        batch.push(insert_event(columns, stamp.salt, digest));
        let event = change.event();
        batch.push(Statement::new(
            "INSERT INTO pending (county, subject, version) VALUES ($1, $2, $3)",
            vec![
                text(&event.target.home),
                text(&event.target.id),
                Value::Int(event.target.seen.next()),
            ],
        ));
        if let Some(answer) = stamp.answer {
            batch.push(Statement::new(
                "INSERT INTO answer (caller, key, request_sha256, body, at) VALUES ($1, $2, $3, $4, $5)",
                vec![
                    text(answer.caller),
                    text(answer.key),
                    text(answer.request_sha256),
                    text(answer.body),
                    Value::Int(answer.at.0),
                ],
            ));
        }
        self.write(batch).await.map(|_| ())
    }
}

/// The columns of the event, beside salt and digest; its digest is taken over exactly these.
fn event_row(event: &Event, images: &[Image]) -> (Vec<(&'static str, Value)>, Digest) {
    let by = event.by.as_ref();
    let written: Vec<RowImage> = images
        .iter()
        .map(|image| RowImage {
            t: image.table.name.to_owned(),
            id: image.id().to_owned(),
            v: image.version(),
            d: image.digest(),
        })
        .collect();
    let columns = vec![
        ("county", text(&event.target.home)),
        ("subject", text(&event.target.id)),
        ("version", Value::Int(event.target.seen.next())),
        ("id", text(event.id)),
        ("noun", text(event.target.noun)),
        ("act", text(event.act)),
        ("at", Value::Int(event.at.0)),
        ("person", text_opt(by.map(|by| by.person))),
        ("principal", text_opt(by.and_then(|by| by.principal))),
        ("post", text_opt(by.map(|by| by.post))),
        ("agency", text_opt(by.map(|by| by.agency))),
        ("body", text(json(&event.body))),
        ("cells", text(json(&(&event.left, &event.entered)))),
        ("row_images", text(json(&written))),
        ("prev", Value::Bytes(event.target.seen.head.to_vec())),
    ];
    let digest = seal::event::digest(&columns);
    (columns, digest)
}

/// Always in the same order, so that two batches never wait for each other in a ring.
fn guards(requires: &[Require], images: &[Image], postgres: bool) -> Vec<Statement> {
    let mut stands: Vec<(&str, &str, i64, guard::Hold)> = Vec::new();
    for image in images.iter().filter(|image| image.seen.version > 0) {
        stands.push((
            image.table.name,
            image.id(),
            image.seen.version,
            guard::Hold::Alone,
        ));
    }
    let mut absent = Vec::new();
    for require in requires {
        match require {
            Require::Version { table, id, version } => {
                stands.push((table, id, *version, guard::Hold::Shared))
            }
            Require::Absent { table, id } => absent.push((*table, id.as_str())),
        }
    }
    stands.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let stands = stands
        .into_iter()
        .map(|(table, id, version, hold)| guard::stands(table, id, version, hold, postgres));
    absent.sort_unstable();
    let locks = absent
        .iter()
        .filter(|_| postgres)
        .map(|(table, id)| guard::alone_under(table, id));
    let absent = absent.iter().map(|(table, id)| guard::absent(table, id));
    locks.chain(stands).chain(absent).collect()
}

fn save(image: &Image, event: Digest) -> Statement {
    let mut params = image.values.clone();
    params.push(Value::Int(image.version()));
    params.push(Value::Bytes(event.0.to_vec()));
    let names = || {
        image
            .table
            .columns
            .iter()
            .map(|(name, _)| *name)
            .chain(["version", "head"])
    };
    if image.seen.version == 0 {
        let columns = names().collect::<Vec<_>>().join(", ");
        let marks = (1..=params.len())
            .map(|n| format!("${n}"))
            .collect::<Vec<_>>()
            .join(", ");
        return Statement::new(
            format!("INSERT INTO {} ({columns}) VALUES ({marks})", image.table.name),
            params,
        );
    }
    let set = names()
        .enumerate()
        .skip(1)
        .map(|(at, name)| format!("{name} = ${}", at + 1))
        .collect::<Vec<_>>()
        .join(", ");
    params.push(Value::Int(image.seen.version));
    let home = if image.table.is_keyed_by_home() {
        " AND county = $2"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE {} SET {set} WHERE id = $1{home} AND version = ${}",
        image.table.name,
        params.len()
    );
    Statement::new(sql, params)
}

fn insert_event(columns: Vec<(&'static str, Value)>, salt: [u8; 32], digest: Digest) -> Statement {
    let names = columns
        .iter()
        .map(|(name, _)| *name)
        .chain(["salt", "digest"])
        .collect::<Vec<_>>()
        .join(", ");
    let marks = (1..=columns.len() + 2)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ");
    let mut params: Vec<Value> = columns.into_iter().map(|(_, value)| value).collect();
    params.push(Value::Bytes(salt.to_vec()));
    params.push(Value::Bytes(digest.0.to_vec()));
    Statement::new(format!("INSERT INTO event ({names}) VALUES ({marks})"), params)
}
