//! The growing right edge of the tree: the partial tile of each level, which is all that is needed to append
//! leaves and to know the root. The follower loads it, appends a batch, stores the tiles that come back.
//! `tlog_tiles` would append leaf by leaf over a store of single nodes; here the tile is the unit, so a batch
//! costs one hash per node and each touched tile is written once. Its hash functions and layout are used.
//! Never here: reading or writing tiles, and no tile left of the edge: full tiles never change.

use tlog_tiles::{HASH_SIZE, Tile as Place, record_hash};

use crate::accumulator::fold;
use crate::tile::{FULL, HEIGHT};
use crate::{Digest, SealError, Tile, within_size};

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Edge {
    size: u64,
    /// The partial tile of each level, from the leaves up; empty where the level ends with a full tile.
    levels: Vec<Vec<u8>>,
}

/// Levels that a size of 64 bits can have.
const LEVELS: u8 = 64 / HEIGHT;

/// The hashes that a tree of this size has at the tile level.
fn width(size: u64, level: u8) -> u64 {
    size >> (HEIGHT * level)
}

/// Level, index and width of the partial tiles of a tree of this size.
fn partial(size: u64) -> impl Iterator<Item = (u8, u64, usize)> {
    (0..LEVELS)
        .map(move |level| (level, width(size, level)))
        .map(|(level, hashes)| (level, hashes >> HEIGHT, (hashes % (1 << HEIGHT)) as usize))
        .filter(|(_, _, hashes)| *hashes > 0)
}

impl Edge {
    pub fn empty() -> Self {
        Edge {
            size: 0,
            levels: Vec::new(),
        }
    }

    /// The partial tiles to load for a tree of this size, as (level, index), at most one per level.
    pub fn needed(size: u64) -> Vec<(u8, u64)> {
        partial(size).map(|(level, index, _)| (level, index)).collect()
    }

    /// Takes exactly the tiles that [`Edge::needed`] names, in any order, each as wide as the size says.
    pub fn load(size: u64, tiles: Vec<Tile>) -> Result<Self, SealError> {
        within_size(size)?;
        let mut tiles = tiles;
        let mut levels = Vec::new();
        for (level, index, hashes) in partial(size) {
            let at = tiles
                .iter()
                .position(|tile| (tile.level, tile.index) == (level, index))
                .ok_or(SealError::TileMissing { level, index })?;
            let data = tiles.swap_remove(at).data;
            let (expected, found) = (hashes * HASH_SIZE, data.len());
            if found != expected {
                return Err(SealError::TileWidth {
                    level,
                    index,
                    expected,
                    found,
                });
            }
            levels.resize(usize::from(level), Vec::new());
            levels.push(data);
        }
        match tiles.first() {
            Some(&Tile { level, index, .. }) => Err(SealError::TileUnexpected { level, index, size }),
            None => Ok(Edge { size, levels }),
        }
    }

    /// The whole contents of each tile touched, to be stored over what was there, sorted by level and index.
    pub fn append(&mut self, leaves: &[[u8; 32]]) -> Vec<Tile> {
        let before = self.size;
        let mut touched = Vec::new();
        for leaf in leaves {
            self.size += 1;
            self.push(0, record_hash(leaf).0, &mut touched);
        }
        for (level, index, _) in partial(self.size) {
            if width(before, level) != width(self.size, level) {
                touched.push(Tile {
                    level,
                    index,
                    data: self.levels[usize::from(level)].clone(),
                });
            }
        }
        touched.sort_by_key(|tile| (tile.level, tile.index));
        touched
    }

    /// A tile that becomes full leaves the edge, and its root goes one level up.
    fn push(&mut self, level: u8, hash: [u8; 32], full: &mut Vec<Tile>) {
        let at = usize::from(level);
        if self.levels.len() <= at {
            self.levels.push(Vec::new());
        }
        self.levels[at].extend_from_slice(&hash);
        if self.levels[at].len() == FULL {
            let data = std::mem::take(&mut self.levels[at]);
            let root = Place::subtree_hash(&data);
            full.push(Tile {
                level,
                index: width(self.size, level + 1) - 1,
                data,
            });
            self.push(level + 1, root.0, full);
        }
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn root(&self) -> Digest {
        let peaks = self.levels.iter().flat_map(|tile| {
            let hashes = tile.len() / HASH_SIZE;
            // Each set bit of the width is a perfect subtree; the smallest stands rightmost.
            let bits = (0..HEIGHT).filter(move |bit| hashes >> bit & 1 == 1);
            bits.map(move |bit| {
                let end = hashes >> bit << bit;
                Place::subtree_hash(&tile[(end - (1 << bit)) * HASH_SIZE..end * HASH_SIZE])
            })
        });
        fold(peaks)
    }
}
