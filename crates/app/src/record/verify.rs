//! Verification: everything that stands in the tables is computed anew and compared with the record.
//!
//! All is read at one moment, so it can be done while others write. First the leaves in their order, then the tail that is not
//! sealed yet, then events that are neither, then every row of every table, then the tree, the signatures and the counts.
//! docs/record.md says what this cannot detect.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use seal::{Accumulator, Checkpoint, Digest, Edge};
use store::{
    audit::{self, Leaf, TailMark},
    door::Snapshot,
    event::EventRow,
    row::Record,
    table::{EVIDENCE, Table},
    tree::Counts,
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
}

pub async fn verify(app: &App, against: &Against) -> Outcome<Report> {
    let mut snapshot = app.store.door.snapshot().await?;
    let mut audit = Audit { against: against.clone(), ..Audit::default() };
    audit.note_checkpoints(&mut snapshot).await?;
    audit.leaves(&mut snapshot).await?;
    audit.tail(&mut snapshot).await?;
    for event in audit::unmarked(&mut snapshot, PAGE).await? {
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
    /// Leaves that are not in the edge yet.
    fresh: Vec<[u8; 32]>,
    /// The tiles that the leaves give.
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
    /// Sizes at which a root is asked for, and the roots.
    asked: BTreeSet<u64>,
    roots: BTreeMap<u64, Digest>,
    counts: Counts,
}

/// Ids of rows: UUIDs where they are, else the SHA-256 of the text, cut short. Both fit sixteen bytes.
type Uuid16 = [u8; 16];

fn key(table: &str, id: &str) -> (u8, Uuid16) {
    let at = EVIDENCE.iter().position(|one| one.name == table).and_then(|at| u8::try_from(at).ok());
    let short = || {
        let digest = seal::row::digest(table, &[("id", seal::Value::Text(id.to_owned()))]);
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.0[..16]);
        bytes
    };
    (at.unwrap_or(u8::MAX), Uuid::try_parse(id).map_or_else(|_| short(), Uuid::into_bytes))
}

impl Audit {
    async fn note_checkpoints(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        self.edge = Some(Edge::empty());
        for (_, note) in audit::checkpoints(snapshot).await? {
            self.asked.extend(Checkpoint::read_unverified(&note).ok().map(|checkpoint| checkpoint.size));
        }
        if let Some(note) = &self.against.checkpoint {
            let kept = Checkpoint::read_unverified(note)
                .map_err(|error| Failure::Broken(format!("the checkpoint cannot be read: {error}")))?;
            self.asked.insert(kept.size);
        }
        self.roots.insert(0, self.tree.root());
        Ok(())
    }

    async fn leaves(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let mut next = 0;
        loop {
            let leaves = audit::leaves(snapshot, next, PAGE).await?;
            let Some(last) = leaves.last() else { return Ok(()) };
            let after = last.position + 1;
            for leaf in leaves {
                self.leaf(next, leaf);
                next += 1;
            }
            next = next.max(after);
            let fresh = std::mem::take(&mut self.fresh);
            let tiles = self.edge.as_mut().map(|edge| edge.append(&fresh)).unwrap_or_default();
            self.tiles.extend(tiles.into_iter().map(|tile| ((tile.level, tile.index), tile.data)));
        }
    }

    fn leaf(&mut self, expected: i64, leaf: Leaf) {
        if leaf.position != expected {
            self.report.fault("leaf", expected.to_string(), What::Missing);
        }
        match leaf.event {
            Ok(event) => {
                let commitment = seal::leaf::commitment(&event.salt, &event.computed_digest());
                self.counts.add(&event);
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
        let mut after = 0;
        loop {
            let marks = audit::tail(snapshot, after, PAGE).await?;
            let Some(last) = marks.last() else { return Ok(()) };
            after = last.seq;
            for TailMark { event, sealed, .. } in marks {
                match event {
                    _ if sealed => self.report.fault("pending", after.to_string(), What::Unrecorded),
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
            let written = Written { name, version: row.v, digest: row.d, event: event.digest, found: false };
            self.written.insert(key(&row.t, &row.id), written);
        }
    }

    async fn rows(&mut self, snapshot: &mut Snapshot, table: &'static Table) -> Outcome<()> {
        let mut after = None;
        loop {
            let rows = audit::rows(snapshot, table, after.as_ref(), PAGE).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = Some(audit::key_of(table, last));
            for row in rows {
                self.row(table, &row);
            }
        }
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
            let id = written.name.as_deref().map_or_else(|| Uuid::from_bytes(*id).to_string(), str::to_owned);
            self.report.fault(table, id, What::Missing);
        }
    }

    async fn tree(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let root = self.tree.root();
        self.report.root = root.to_string();
        for ((level, index), expected) in &self.tiles {
            let stored = audit::tile(snapshot, *level, *index).await?;
            if stored.is_none_or(|tile| tile.data != *expected) {
                self.report.fault("tile", format!("{level}/{index}"), What::TreeAltered);
            }
        }
        if audit::count(snapshot, "tile").await? != i64::try_from(self.tiles.len()).unwrap_or(i64::MAX) {
            self.report.fault("tile", "*", What::Unrecorded);
        }
        if audit::count(snapshot, "must_hold").await? != 0 {
            self.report.fault("must_hold", "*", What::Unrecorded);
        }
        match audit::head(snapshot).await? {
            Some(head) => {
                if head.size != self.tree.size() || head.root != root {
                    self.report.fault("tree_head", "log", What::TreeAltered);
                }
                self.signed("tree_head", "log", &head.note, Some(head.size));
            }
            None if self.tree.size() > 0 => self.report.fault("tree_head", "log", What::Missing),
            None => {}
        }
        for (day, note) in audit::checkpoints(snapshot).await? {
            self.signed("checkpoint", &day, &note, None);
        }
        if let Some(note) = self.against.checkpoint.clone() {
            let kept = Checkpoint::open(&note, &self.against.vkey)
                .map_err(|error| Failure::Broken(format!("the checkpoint is not signed by the key of this record: {error}")))?;
            if self.roots.get(&kept.size) != Some(&kept.root) {
                self.report.fault("checkpoint", format!("size {}", kept.size), What::Rewritten);
            }
        }
        Ok(())
    }

    /// Signed by the key, and about this tree.
    fn signed(&mut self, table: &str, id: &str, note: &str, size: Option<u64>) {
        if size.is_none_or(|size| size == self.tree.size()) {
            self.roots.insert(self.tree.size(), self.tree.root());
        }
        let sound = Checkpoint::open(note, &self.against.vkey).is_ok_and(|checkpoint| {
            size.is_none_or(|size| size == checkpoint.size) && self.roots.get(&checkpoint.size) == Some(&checkpoint.root)
        });
        if !sound {
            self.report.fault(table, id, What::SignatureWrong);
        }
    }

    async fn counts(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let mut expected = std::mem::take(&mut self.counts);
        expected.stock.retain(|_, n| *n != 0);
        let stored = audit::counts(snapshot).await?;
        if stored.stock != expected.stock {
            self.report.fault("stock", "*", What::Miscounted);
        }
        if stored.flow != expected.flow {
            self.report.fault("flow", "*", What::Miscounted);
        }
        Ok(())
    }
}
