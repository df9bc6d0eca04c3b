//! Proofs out of tiles, by `tlog_tiles`: that a leaf is in a tree, and that a tree continues an older one.
//! The store reads tiles asynchronously and in one go, so the tiles that a proof will ask for can be named
//! beforehand: the same computation runs once over a reader that only notes what it is asked.
//! Never here: trust in the tiles. Whoever makes a proof checks it against the root before handing it out.

use std::cell::RefCell;
use std::collections::BTreeSet;

use tlog_tiles::{Error, Hash, HashReader, Tile as Place, prove_record, prove_tree};

use crate::tile::{HEIGHT, Loaded};
use crate::{Digest, SealError, within_size};

/// The tiles that [`prove_inclusion`] reads; none when the leaf is not in the tree.
pub fn inclusion_tiles(index: u64, size: u64) -> Vec<(u8, u64)> {
    if index >= size || within_size(size).is_err() {
        return Vec::new();
    }
    places(&asked(|notes| prove_record(size, index, notes)))
}

/// The tiles that [`prove_consistency`] reads; none when the new tree is the smaller one.
pub fn consistency_tiles(old: u64, new: u64) -> Vec<(u8, u64)> {
    if old == 0 || old > new || within_size(new).is_err() {
        return Vec::new();
    }
    places(&asked(|notes| prove_tree(new, old, notes)))
}

/// The path from leaf `index` to the root of the tree of `size` leaves. `tiles` gives a tile's contents at that
/// size or any later one.
pub fn prove_inclusion(
    index: u64,
    size: u64,
    tiles: &dyn Fn(u8, u64) -> Option<Vec<u8>>,
) -> Result<Vec<Digest>, SealError> {
    within_size(size)?;
    if index >= size {
        return Err(SealError::NotInTree { index, size });
    }
    let loaded = Loaded::load(&asked(|notes| prove_record(size, index, notes)), tiles)?;
    let path = prove_record(size, index, &loaded).map_err(|_| SealError::NotIncluded { index, size })?;
    Ok(path.into_iter().map(Digest::from).collect())
}

/// The path that shows the tree of `old` leaves at the start of the tree of `new`. Anything continues the empty
/// tree, so for `old` 0 the path is empty.
pub fn prove_consistency(
    old: u64,
    new: u64,
    tiles: &dyn Fn(u8, u64) -> Option<Vec<u8>>,
) -> Result<Vec<Digest>, SealError> {
    within_size(new)?;
    if old > new {
        return Err(SealError::Shrunk { old, new });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let loaded = Loaded::load(&asked(|notes| prove_tree(new, old, notes)), tiles)?;
    let path = prove_tree(new, old, &loaded).map_err(|_| SealError::NotConsistent { old, new })?;
    Ok(path.into_iter().map(Digest::from).collect())
}

#[derive(Default)]
struct Notes(RefCell<Vec<u64>>);

impl HashReader for Notes {
    fn read_hashes(&self, nodes: &[u64]) -> Result<Vec<Hash>, Error> {
        self.0.borrow_mut().extend(nodes);
        Ok(vec![Hash::default(); nodes.len()])
    }
}

/// The nodes that a computation reads. Its result over made-up hashes is of no use and dropped.
fn asked(run: impl Fn(&Notes) -> Result<Vec<Hash>, Error>) -> Vec<u64> {
    let notes = Notes::default();
    drop(run(&notes));
    notes.0.into_inner()
}

fn places(nodes: &[u64]) -> Vec<(u8, u64)> {
    let places: BTreeSet<_> = nodes
        .iter()
        .map(|&node| Place::from_index(HEIGHT, node))
        .map(|place| (place.level(), place.level_index()))
        .collect();
    places.into_iter().collect()
}
