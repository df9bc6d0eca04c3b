//! Leaves, a store of tiles, and the tree as RFC 6962 defines it, written without regard to speed.
#![allow(dead_code)] // each test file uses its part

use std::collections::HashMap;
use std::ops::Range;

use seal::{Digest, Edge, SealError, Tile};
use sha2::{Digest as _, Sha256};

pub fn leaf(index: u64) -> [u8; 32] {
    Sha256::digest(index.to_be_bytes()).into()
}

pub fn leaves(range: Range<u64>) -> Vec<[u8; 32]> {
    range.map(leaf).collect()
}

/// MTH of RFC 6962, 2.1.
pub fn naive_root(from: u64, to: u64) -> Digest {
    let hash = |parts: &[&[u8]]| Digest(Sha256::digest(parts.concat()).into());
    match to - from {
        0 => hash(&[]),
        1 => hash(&[&[0], &leaf(from)]),
        n => {
            let k = n.next_power_of_two() / 2;
            hash(&[&[1], &naive_root(from, from + k).0, &naive_root(from + k, to).0])
        }
    }
}

#[derive(Debug, Default, Eq, PartialEq)]
pub struct Store(pub HashMap<(u8, u64), Vec<u8>>);

impl Store {
    pub fn of(size: u64) -> Store {
        let mut store = Store::default();
        store.put(Edge::empty().append(&leaves(0..size)));
        store
    }

    pub fn put(&mut self, tiles: Vec<Tile>) {
        self.0
            .extend(tiles.into_iter().map(|t| ((t.level, t.index), t.data)));
    }

    pub fn edge(&self, size: u64) -> Result<Edge, SealError> {
        let tile = |&(level, index): &(u8, u64)| Tile {
            level,
            index,
            data: self.0[&(level, index)].clone(),
        };
        Edge::load(size, Edge::needed(size).iter().map(tile).collect())
    }

    pub fn read(&self) -> impl Fn(u8, u64) -> Option<Vec<u8>> {
        |level, index| self.0.get(&(level, index)).cloned()
    }
}
