//! What the follower reads and writes: pending marks in the order of their making, leaves, tiles, head, checkpoints.
//! What it counts stands in [`crate::counts`].

use std::collections::BTreeSet;

use domain::{JurisdictionId, time::Instant};
use seal::{Digest, Tile, Value};

use crate::{
    counts::{Counting, insert_many},
    door::{Door, Snapshot, Statement, housekeep::Fold},
    error::Result,
    event::EventRow,
    row::Record,
    table::text,
};

/// An event that waits for its leaf: its key, and what its leaf is made of.
#[derive(Debug, Clone)]
pub struct Pending {
    pub seq: i64,
    pub county: String,
    pub subject: String,
    pub version: i64,
    pub salt: [u8; 32],
    pub digest: Digest,
    /// For the counts. `None` where its text cannot be read: it is sealed all the same, so that one damaged event does not hold up
    /// all others, and an audit names it.
    pub event: Option<EventRow>,
}

/// The next events to be sealed, oldest mark first. One without salt or digest can be no leaf and stays where it is.
pub async fn pending(door: &Door, limit: usize) -> Result<Vec<Pending>> {
    let sql = format!(
        "SELECT p.seq, p.county AS p_county, p.subject AS p_subject, p.version AS p_version, e.* FROM pending p \
         JOIN event e ON e.county = p.county AND e.subject = p.subject AND e.version = p.version \
         WHERE length(e.salt) = 32 AND length(e.digest) = 32 ORDER BY p.seq LIMIT {limit}"
    );
    let rows = door.read(sql, vec![]).await?;
    Ok(rows.iter().filter_map(|row| waiting(row).ok()).collect())
}

fn waiting(record: &Record) -> Result<Pending> {
    let row = record.of("pending");
    Ok(Pending {
        seq: row.int("seq")?,
        county: row.text("p_county")?,
        subject: row.text("p_subject")?,
        version: row.int("p_version")?,
        salt: row.digest("salt")?,
        digest: Digest(row.digest("digest")?),
        event: EventRow::read(record).ok(),
    })
}

/// The homes of the events that are leaves from `first` on, up to `end`.
pub async fn homes(door: &Door, first: u64, end: u64) -> Result<BTreeSet<JurisdictionId>> {
    let sql = "SELECT DISTINCT 'leaf' AS id, county FROM leaf WHERE position >= $1 AND position < $2";
    let rows = door.read(sql, vec![position(first), position(end)]).await?;
    rows.iter()
        .map(|row| row.of("leaf").text("county").map(JurisdictionId))
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub size: u64,
    pub root: Digest,
    pub epoch: i64,
    pub note: String,
    pub at: Instant,
}

pub async fn head(door: &Door) -> Result<Option<Head>> {
    let rows = door
        .read("SELECT * FROM tree_head WHERE id = 'log'", vec![])
        .await?;
    rows.first().map(read_head).transpose()
}

/// The same, as it stands at the snapshot's moment.
pub async fn head_in(snapshot: &mut Snapshot) -> Result<Option<Head>> {
    let rows = snapshot
        .read("SELECT * FROM tree_head WHERE id = 'log'", vec![])
        .await?;
    rows.first().map(read_head).transpose()
}

pub(crate) fn read_head(record: &Record) -> Result<Head> {
    let row = record.of("tree_head");
    Ok(Head {
        size: u64::try_from(row.int("size")?).map_err(|_| row.corrupt("size", "negative"))?,
        root: Digest(row.digest("root")?),
        epoch: row.int("epoch")?,
        note: row.text("note")?,
        at: row.instant("at")?,
    })
}

pub async fn tile(door: &Door, level: u8, index: u64) -> Result<Option<Tile>> {
    let (sql, params) = tile_at(level, index);
    read_tile(&door.read(sql, params).await?, level, index)
}

pub(crate) fn tile_at(level: u8, index: u64) -> (&'static str, Vec<Value>) {
    let sql = "SELECT level AS id, hashes FROM tile WHERE level = $1 AND position = $2";
    (sql, vec![Value::Int(level.into()), position(index)])
}

pub(crate) fn read_tile(rows: &[Record], level: u8, index: u64) -> Result<Option<Tile>> {
    let Some(record) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Tile {
        level,
        index,
        data: record.of("tile").bytes("hashes")?,
    }))
}

/// Begins the tree: a head of size 0, unless there is one.
pub fn begin(root: Digest, note: String, now: Instant) -> Statement {
    Statement::new(
        "INSERT INTO tree_head (id, size, root, epoch, note, at) VALUES ('log', 0, $1, 0, $2, $3) ON CONFLICT (id) DO NOTHING",
        vec![Value::Bytes(root.0.to_vec()), text(note), Value::Int(now.0)],
    )
}

impl Door {
    pub async fn begin_tree(&self, root: Digest, note: String, now: Instant) -> Result<()> {
        self.fold_raw(vec![begin(root, note, now)]).await
    }
}

/// One step of the tree: these events become leaves from `head.size` on.
pub struct Step<'a> {
    pub head: &'a Head,
    pub epoch: i64,
    pub sealed: &'a [Pending],
    pub tiles: Vec<Tile>,
    pub root: Digest,
    pub note: String,
    pub now: Instant,
    /// The same events for the counts; `None` while these are behind and have to catch up first.
    pub counting: Option<Counting>,
}

impl Step<'_> {
    pub fn fold(self) -> Fold {
        let mut statements = Vec::new();
        let first = as_i64(self.head.size);
        for (batch, sealed) in self.sealed.chunks(100).enumerate() {
            let from = first + as_i64((batch * 100) as u64);
            let rows = sealed.iter().zip(from..).map(|(one, at)| {
                vec![
                    Value::Int(at),
                    text(&one.county),
                    text(&one.subject),
                    Value::Int(one.version),
                ]
            });
            statements.push(insert_many(
                "INSERT INTO leaf (position, county, subject, version) VALUES",
                rows,
                "",
            ));
            let marks = (1..=sealed.len())
                .map(|n| format!("${n}"))
                .collect::<Vec<_>>()
                .join(", ");
            let seqs = sealed.iter().map(|one| Value::Int(one.seq)).collect();
            statements.push(Statement::new(
                format!("DELETE FROM pending WHERE seq IN ({marks})"),
                seqs,
            ));
        }
        for tile in self.tiles {
            statements.push(Statement::new(
                "INSERT INTO tile (level, position, hashes) VALUES ($1, $2, $3) ON CONFLICT (level, position) DO UPDATE SET hashes = excluded.hashes",
                vec![Value::Int(tile.level.into()), position(tile.index), Value::Bytes(tile.data)],
            ));
        }
        if let Some(counting) = &self.counting {
            statements.extend(counting.statements(self.now));
        }
        let size = first + as_i64(self.sealed.len() as u64);
        statements.push(Statement::new(
            "UPDATE tree_head SET size = $1, root = $2, epoch = $3, note = $4, at = $5 WHERE id = 'log'",
            vec![
                Value::Int(size),
                Value::Bytes(self.root.0.to_vec()),
                Value::Int(self.epoch),
                text(&self.note),
                Value::Int(self.now.0),
            ],
        ));
        statements.push(Statement::new(
            "INSERT INTO checkpoint (day, size, note) VALUES ($1, $2, $3) ON CONFLICT (day) DO UPDATE SET size = excluded.size, note = excluded.note",
            vec![text(self.now.day()), Value::Int(size), text(self.note)],
        ));
        Fold {
            from_size: first,
            counted_from: self.counting.as_ref().map(|counting| counting.from),
            epoch: self.epoch,
            statements,
        }
    }
}

fn position(index: u64) -> Value {
    Value::Int(as_i64(index))
}

/// Trees end at 2^48 leaves (see `seal`), so this never saturates.
pub fn as_i64(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
