//! Verification: everything that stands in the tables is computed anew and compared with the record.
//!
//! All is read at one moment, so it can be done while others write. First the leaves in their order, then the tail that is not
//! sealed yet, then events that are neither, then every row of every table, then the tree, the signatures and the counts.
//! docs/record.md says what this cannot detect.

mod tree;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use seal::{Accumulator, Checkpoint, Digest, Edge};
use store::{
    StoreError,
    audit::{self, Leaf, TailMark},
    counts::Counts,
    door::Snapshot,
    event::EventRow,
    row::Record,
    stay::{Stay, Stays},
    table::{EVIDENCE, Table},
};
use uuid::Uuid;

use super::audit::{PAGE, Report, What};
use crate::{App, Failure, Outcome};

/// What a verification is made against beside the database itself.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// The public key of the record.
    pub vkey: String,
    /// A checkpoint that was kept elsewhere.
    pub checkpoint: Option<String>,
    /// What was signed last, from the file beside the key; read before the database is.
    pub last_signed: Option<String>,
}

pub async fn verify(app: &App, against: &Against) -> Outcome<Report> {
    let mut snapshot = app.store.door.snapshot().await?;
    let mut audit = Audit {
        against: against.clone(),
        ..Audit::default()
    };
    audit.note_checkpoints(&mut snapshot).await?;
    audit.note_counted(&mut snapshot).await?;
    audit.leaves(&mut snapshot).await?;
    audit.tail(&mut snapshot).await?;
    let unmarked = audit::unmarked(&mut snapshot, PAGE).await;
    for event in audit.readable(unmarked)?.unwrap_or_default() {
        audit.report.fault("event", event, What::Unmarked);
    }
    for table in EVIDENCE {
        audit.rows(&mut snapshot, table).await?;
    }
    audit.missing_rows();
    audit.tree(&mut snapshot).await?;
    audit.counts(&mut snapshot).await?;
    Ok(audit.report)
}

/// The newest word of the events about one row.
struct Written {
    /// Its id, where that is no UUID and cannot be read from the key.
    name: Option<Box<str>>,
    version: i64,
    digest: Digest,
    event: Digest,
    found: bool,
}

#[derive(Default)]
struct Audit {
    against: Against,
    report: Report,
    written: HashMap<(u8, Uuid16), Written>,
    tree: Accumulator,
    edge: Option<Edge>,
    /// The place that the next leaf should have.
    next_leaf: i64,
    /// Leaves that are not in the edge yet.
    fresh: Vec<[u8; 32]>,
    /// The tiles that the leaves give.
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    known_tiles: BTreeSet<(i64, i64)>,
    /// Sizes at which a root is asked for, and the roots.
    asked: BTreeSet<u64>,
    roots: BTreeMap<u64, Digest>,
    /// Leaves that should be in the counts.
    counted: i64,
    counts: Counts,
    stays: Stays,
    /// Of the stays that are over, added up.
    passed: Fingerprint,
}

/// How many stays, and the sum of their digests.
type Fingerprint = (u64, u128);

fn add_stay(sum: &mut Fingerprint, stay: &Stay) {
    sum.0 += 1;
    sum.1 = sum.1.wrapping_add(stay.fingerprint());
}

/// Ids of rows: UUIDs where they are, else the SHA-256 of the text, cut short. Both fit sixteen bytes.
type Uuid16 = [u8; 16];

fn key(table: &str, id: &str) -> (u8, Uuid16) {
    let at = EVIDENCE
        .iter()
        .position(|one| one.name == table)
        .and_then(|at| u8::try_from(at).ok());
    let short = || {
        let digest = seal::row::digest(table, &[("id", seal::Value::Text(id.to_owned()))]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.0[..16]);
        bytes
    };
    (
        at.unwrap_or(u8::MAX),
        Uuid::try_parse(id).map_or_else(|_| short(), Uuid::into_bytes),
    )
}

impl Audit {
    /// What cannot even be read has been altered: a fault like any other, not the end of the audit.
    fn readable<T>(&mut self, read: Result<T, StoreError>) -> Outcome<Option<T>> {
        match read {
            Ok(read) => Ok(Some(read)),
            Err(StoreError::Corrupt { table, id, .. }) => {
                self.report.fault(table, id, What::Altered);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn note_checkpoints(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        self.edge = Some(Edge::empty());
        for note in audit::checkpoints(snapshot)
            .await?
            .into_iter()
            .filter_map(|kept| kept.note)
        {
            self.asked.extend(
                Checkpoint::read_unverified(&note)
                    .ok()
                    .map(|checkpoint| checkpoint.size),
            );
        }
        if let Some(note) = &self.against.checkpoint {
            let kept = Checkpoint::read_unverified(note)
                .map_err(|error| Failure::Broken(format!("the checkpoint cannot be read: {error}")))?;
            self.asked.insert(kept.size);
        }
        let last = self
            .against
            .last_signed
            .as_deref()
            .map(Checkpoint::read_unverified);
        self.asked
            .extend(last.and_then(Result::ok).map(|checkpoint| checkpoint.size));
        self.roots.insert(0, self.tree.root());
        Ok(())
    }

    async fn leaves(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let mut from = i64::MIN;
        loop {
            let leaves = audit::leaves(snapshot, from, PAGE).await;
            let Some(leaves) = self.readable(leaves)? else {
                return Ok(());
            };
            let Some(last) = leaves.last() else { return Ok(()) };
            from = last.position.saturating_add(1);
            for leaf in leaves {
                self.leaf(leaf);
            }
            for stay in self.stays.take_over() {
                add_stay(&mut self.passed, &stay);
            }
            let fresh = std::mem::take(&mut self.fresh);
            let tiles = self
                .edge
                .as_mut()
                .map(|edge| edge.append(&fresh))
                .unwrap_or_default();
            self.tiles.extend(
                tiles
                    .into_iter()
                    .map(|tile| ((tile.level, tile.index), tile.data)),
            );
        }
    }

    fn leaf(&mut self, leaf: Leaf) {
        if leaf.position < self.next_leaf {
            return self
                .report
                .fault("leaf", leaf.position.to_string(), What::Unrecorded);
        }
        if leaf.position > self.next_leaf {
            self.report
                .fault("leaf", self.next_leaf.to_string(), What::Missing);
        }
        self.next_leaf = leaf.position.saturating_add(1);
        match leaf.event {
            Ok(event) => {
                let commitment = seal::leaf::commitment(&event.salt, &event.computed_digest());
                if leaf.position < self.counted {
                    self.counts.add(&event);
                    self.stays.add(&event);
                }
                self.event(event);
                self.grow(commitment);
            }
            Err(id) => {
                self.report.fault("event", id, What::Missing);
                self.grow([0; 32]);
            }
        }
        self.report.sealed += 1;
    }

    fn grow(&mut self, commitment: [u8; 32]) {
        self.tree.push(&commitment);
        self.fresh.push(commitment);
        if self.asked.contains(&self.tree.size()) {
            self.roots.insert(self.tree.size(), self.tree.root());
        }
    }

    async fn tail(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let mut after = i64::MIN;
        loop {
            let marks = audit::tail(snapshot, after, PAGE).await;
            let Some(marks) = self.readable(marks)? else {
                return Ok(());
            };
            let Some(last) = marks.last() else { return Ok(()) };
            after = last.seq;
            for TailMark { event, sealed, seq } in marks {
                match event {
                    _ if sealed => self.report.fault("pending", seq.to_string(), What::Unrecorded),
                    Ok(event) => {
                        self.report.unsealed += 1;
                        self.event(event);
                    }
                    Err(id) => self.report.fault("event", id, What::Missing),
                }
            }
        }
    }

    /// Its digest is that of its columns, and it follows the event that wrote its subject before.
    fn event(&mut self, event: EventRow) {
        self.report.events += 1;
        let name = event.id.clone();
        if event.computed_digest() != event.digest {
            self.report.fault("event", &name, What::Altered);
        }
        let before = self.written.get(&key(&event.noun, &event.subject));
        let follows = before.map_or(Digest([0; 32]), |written| written.event);
        let expected_version = before.map_or(0, |written| written.version) + 1;
        if event.prev != follows || event.version != expected_version {
            self.report.fault("event", &name, What::ChainBroken);
        }
        for row in &event.rows {
            let name = Uuid::try_parse(&row.id).is_err().then(|| row.id.as_str().into());
            let written = Written {
                name,
                version: row.v,
                digest: row.d,
                event: event.digest,
                found: false,
            };
            self.written.insert(key(&row.t, &row.id), written);
        }
    }

    async fn rows(&mut self, snapshot: &mut Snapshot, table: &'static Table) -> Outcome<()> {
        let (mut after, mut met) = (None, 0);
        loop {
            let page = audit::rows(snapshot, table, after.as_ref(), PAGE).await?;
            met += page.rows.len();
            page.rows.iter().for_each(|row| self.row(table, row));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        // Rows under what is no id at all are passed over by the pages, but not by their count.
        if audit::count(snapshot, table.name).await? != i64::try_from(met).unwrap_or(i64::MAX) {
            self.report.fault(table.name, "*", What::Unrecorded);
        }
        Ok(())
    }

    fn row(&mut self, table: &'static Table, row: &Record) {
        self.report.rows += 1;
        let id = audit::name_of(row);
        let Some(written) = self.written.get_mut(&key(table.name, &id)) else {
            return self.report.fault(table.name, id, What::Unrecorded);
        };
        if written.found {
            return self.report.fault(table.name, id, What::Unrecorded);
        }
        written.found = true;
        let (version, head, digest) = audit::standing(table, row);
        let (expected, event) = (written.digest, written.event);
        let what = match version {
            Some(version) if version < written.version => Some(What::SetBack),
            Some(version) if version > written.version => Some(What::Unrecorded),
            _ if digest != Some(expected) || head != Some(event) => Some(What::Altered),
            _ => None,
        };
        if let Some(what) = what {
            self.report.fault(table.name, id, what);
        }
    }

    /// Rows that events wrote and that were not met. Their names stand in the events alone.
    fn missing_rows(&mut self) {
        for ((table, id), written) in self.written.iter().filter(|(_, written)| !written.found) {
            let table = EVIDENCE.get(usize::from(*table)).map_or("?", |table| table.name);
            let id = written
                .name
                .as_deref()
                .map_or_else(|| Uuid::from_bytes(*id).to_string(), str::to_owned);
            self.report.fault(table, id, What::Missing);
        }
    }
}
