//! Tiles: the tree cut into pieces of 256 hashes, as C2SP tlog-tiles lays them out (height 8). Tile (level,
//! index) lists the hashes of height 8·level from 256·index on; the last of a level may be partial and grows.
//! `tlog_tiles` knows which tile a node is in and how to read it there. Its `TileHashReader` is not used: it
//! needs the root beforehand and cannot say which tile is missing.
//! Never here: trust. A proof read from damaged tiles is a proof that does not verify.

use std::collections::HashMap;

use tlog_tiles::{Error, HASH_SIZE, Hash, HashReader, Tile as Place};

use crate::SealError;

pub(crate) const HEIGHT: u8 = 8;
/// Bytes of a full tile.
pub(crate) const FULL: usize = HASH_SIZE << HEIGHT;

/// 1 to 256 hashes of 32 bytes, one after the other.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tile {
    pub level: u8,
    pub index: u64,
    pub data: Vec<u8>,
}

/// The tiles that hold some nodes of the tree, loaded and known to be wide enough.
pub(crate) struct Loaded(HashMap<(u8, u64), Vec<u8>>);

impl Loaded {
    /// A tile may be wider than these nodes need: it only ever grows, and its beginning stays.
    pub fn load(nodes: &[u64], tiles: &dyn Fn(u8, u64) -> Option<Vec<u8>>) -> Result<Self, SealError> {
        let mut loaded = HashMap::new();
        for &node in nodes {
            let place = Place::from_index(HEIGHT, node);
            let (level, index) = (place.level(), place.level_index());
            let data = match loaded.remove(&(level, index)) {
                Some(data) => data,
                None => tiles(level, index).ok_or(SealError::TileMissing { level, index })?,
            };
            let expected = place.width() as usize * HASH_SIZE;
            let found = data.len();
            if found < expected || found > FULL || found % HASH_SIZE != 0 {
                return Err(SealError::TileWidth {
                    level,
                    index,
                    expected,
                    found,
                });
            }
            loaded.insert((level, index), data);
        }
        Ok(Loaded(loaded))
    }
}

impl HashReader for Loaded {
    fn read_hashes(&self, nodes: &[u64]) -> Result<Vec<Hash>, Error> {
        let read = |&node: &u64| {
            let place = Place::from_index(HEIGHT, node);
            let data = self
                .0
                .get(&(place.level(), place.level_index()))
                .ok_or(Error::InvalidTile)?;
            place.hash_at_index(data, node)
        };
        nodes.iter().map(read).collect()
    }
}
