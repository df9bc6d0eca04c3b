//! What is built over the events: tiles, head, checkpoints, counts. All of it is computed from the events and compared; where the
//! tree speaks of another event than the table holds, the event is named.

use seal::{Checkpoint, Digest};
use store::{StoreError, audit, door::Snapshot, tree::Head};

use super::{Audit, What};
use crate::{Failure, Outcome};

/// Bytes of a hash in a tile.
const HASH: usize = 32;
/// Leaves of a tile of the lowest level.
const LEAVES: u64 = 256;

impl Audit {
    pub(super) async fn tree(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let root = self.tree.root();
        self.roots.insert(self.tree.size(), root);
        self.report.root = root.to_string();
        let head = self.head(snapshot, root).await?;
        let leaves = self.tiles(snapshot).await?;
        if let Some(head) = head.filter(|head| head.size == self.tree.size()) {
            for at in leaves {
                self.sealed_as_it_stands(snapshot, at, &head).await?;
            }
        }
        if audit::count(snapshot, "must_hold").await? != 0 {
            self.report.fault("must_hold", "*", What::Unrecorded);
        }
        self.checkpoints(snapshot).await
    }

    /// The head, when it is signed by the key.
    async fn head(&mut self, snapshot: &mut Snapshot, root: Digest) -> Outcome<Option<Head>> {
        let mut heads = audit::heads(snapshot).await?;
        let own = heads
            .iter()
            .position(|(id, _)| id == "log")
            .map(|at| heads.swap_remove(at).1);
        for (id, _) in heads {
            self.report.fault("tree_head", id, What::Unrecorded);
        }
        let head = match own {
            Some(Some(head)) => head,
            Some(None) => {
                self.report.fault("tree_head", "log", What::TreeAltered);
                return Ok(None);
            }
            None => {
                if self.tree.size() > 0 {
                    self.report.fault("tree_head", "log", What::Missing);
                }
                return Ok(None);
            }
        };
        if head.size != self.tree.size() || head.root != root {
            self.report.fault("tree_head", "log", What::TreeAltered);
        }
        let said = Checkpoint::open(&head.note, &self.against.vkey);
        if !said.is_ok_and(|said| said.size == head.size && said.root == head.root) {
            self.report.fault("tree_head", "log", What::SignatureWrong);
            return Ok(None);
        }
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        if self.next_leaf < size {
            self.report
                .fault("leaf", self.next_leaf.to_string(), What::Missing);
        } else if self.next_leaf > size {
            self.report.fault("leaf", size.to_string(), What::Unrecorded);
        }
        Ok(Some(head))
    }

    /// Compares the tiles, and gives the leaves whose hash in the tile is not that of their event.
    async fn tiles(&mut self, snapshot: &mut Snapshot) -> Outcome<Vec<u64>> {
        let mut leaves = Vec::new();
        for ((level, index), expected) in std::mem::take(&mut self.tiles) {
            let stored = audit::tile(snapshot, level, index).await;
            let stored = self
                .readable(stored)?
                .flatten()
                .map(|tile| tile.data)
                .unwrap_or_default();
            if stored != expected {
                self.report
                    .fault("tile", format!("{level}/{index}"), What::TreeAltered);
            }
            if level == 0 && stored.len() == expected.len() {
                let pairs = stored.chunks(HASH).zip(expected.chunks(HASH));
                leaves.extend(
                    pairs
                        .zip(index * LEAVES..)
                        .filter(|((a, b), _)| a != b)
                        .map(|(_, at)| at),
                );
            }
            self.known_tiles
                .insert((i64::from(level), i64::try_from(index).unwrap_or(i64::MAX)));
        }
        let there = audit::tiles(snapshot).await;
        for place in self.readable(there)?.unwrap_or_default() {
            if !self.known_tiles.contains(&place) {
                self.report
                    .fault("tile", format!("{}/{}", place.0, place.1), What::Unrecorded);
            }
        }
        Ok(leaves)
    }

    /// Whether the event at this leaf is the one that the signed head speaks of; if not, it is named. Its path is made of its
    /// neighbours' hashes, so an altered tile alone does not make an event suspect.
    async fn sealed_as_it_stands(&mut self, snapshot: &mut Snapshot, at: u64, head: &Head) -> Outcome<()> {
        let from = i64::try_from(at).unwrap_or(i64::MAX);
        let Some(leaf) = audit::leaves(snapshot, from, 1).await?.pop() else {
            return Ok(());
        };
        let Ok(event) = leaf.event else { return Ok(()) };
        let mut tiles = std::collections::HashMap::new();
        for (level, index) in seal::inclusion_tiles(at, head.size) {
            if let Ok(Some(tile)) = audit::tile(snapshot, level, index).await {
                tiles.insert((level, index), tile.data);
            }
        }
        let path = seal::prove_inclusion(at, head.size, &|level, index| tiles.get(&(level, index)).cloned());
        let commitment = seal::leaf::commitment(&event.salt, &event.computed_digest());
        let stands = path
            .is_ok_and(|path| seal::verify_inclusion(&commitment, at, head.size, &path, &head.root).is_ok());
        if !stands {
            self.report.fault("event", event.id, What::Altered);
        }
        Ok(())
    }

    async fn checkpoints(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        for kept in audit::checkpoints(snapshot).await? {
            let said = kept
                .note
                .as_deref()
                .and_then(|note| Checkpoint::open(note, &self.against.vkey).ok());
            let sound = said.is_some_and(|said| {
                kept.size == Some(said.size) && self.roots.get(&said.size) == Some(&said.root)
            });
            if !sound {
                self.report.fault("checkpoint", kept.day, What::SignatureWrong);
            }
        }
        if let Some(note) = self.against.checkpoint.clone() {
            let kept = Checkpoint::open(&note, &self.against.vkey).map_err(|error| {
                Failure::Broken(format!(
                    "the checkpoint is not signed by the key of this record: {error}"
                ))
            })?;
            if self.roots.get(&kept.size) != Some(&kept.root) {
                self.report
                    .fault("checkpoint", format!("size {}", kept.size), What::Rewritten);
            }
        }
        self.last_signed();
        Ok(())
    }

    /// Up to which leaf the counts are to be compared. That they are behind is no fault; that they are ahead is.
    pub(super) async fn note_counted(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        match audit::counted(snapshot).await {
            Ok(counted) => self.counted = counted.position,
            Err(StoreError::Corrupt { table, .. }) => {
                self.counted = i64::MAX;
                self.report.fault(table, "*", What::Miscounted);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// The stays as they stand, against those that the events give.
    async fn stays(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        let mut expected = self.passed;
        std::mem::take(&mut self.stays)
            .lasting()
            .for_each(|stay| super::add_stay(&mut expected, stay));
        let (mut stored, mut after) = (super::Fingerprint::default(), None);
        loop {
            let page = match audit::stays(snapshot, after.as_ref(), super::PAGE).await {
                Err(StoreError::Corrupt { table, .. }) => {
                    self.report.fault(table, "*", What::Miscounted);
                    return Ok(());
                }
                page => page?,
            };
            page.iter().for_each(|stay| super::add_stay(&mut stored, stay));
            let full = page.len() == super::PAGE;
            after = page.into_iter().next_back().filter(|_| full);
            if after.is_none() {
                break;
            }
        }
        if stored != expected {
            self.report.fault("stay", "*", What::Miscounted);
        }
        Ok(())
    }

    /// Nothing that was sealed here is sealed otherwise, or gone.
    fn last_signed(&mut self) {
        let Some(note) = &self.against.last_signed else {
            return;
        };
        match Checkpoint::open(note, &self.against.vkey) {
            Err(_) => self.report.fault("log.head", "*", What::SignatureWrong),
            Ok(last) if self.roots.get(&last.size) != Some(&last.root) => {
                self.report
                    .fault("log.head", format!("size {}", last.size), What::Rewritten);
            }
            Ok(_) => {}
        }
    }

    pub(super) async fn counts(&mut self, snapshot: &mut Snapshot) -> Outcome<()> {
        self.stays(snapshot).await?;
        if self.counted > self.next_leaf && self.counted != i64::MAX {
            self.report.fault("counted", "*", What::Miscounted);
        }
        let mut expected = std::mem::take(&mut self.counts);
        expected.stock.retain(|_, n| *n != 0);
        let stored = match audit::counts(snapshot).await {
            Err(StoreError::Corrupt { table, .. }) => {
                self.report.fault(table, "*", What::Miscounted);
                return Ok(());
            }
            stored => stored?,
        };
        if stored.stock != expected.stock {
            self.report.fault("stock", "*", What::Miscounted);
        }
        if stored.flow != expected.flow {
            self.report.fault("flow", "*", What::Miscounted);
        }
        Ok(())
    }
}
