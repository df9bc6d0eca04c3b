//! The root of a growing tree from nothing but its leaves, in memory of one hash per level: for `log verify`,
//! which reads every event once and keeps none. `tlog_tiles` computes roots from stored nodes only, so the
//! folding is ours; its hash functions are used. Never here: tiles, proofs.

use tlog_tiles::{EMPTY_HASH, Hash, node_hash, record_hash};

use crate::Digest;

#[derive(Clone, Debug, Default)]
pub struct Accumulator {
    size: u64,
    /// Roots of the perfect subtrees, largest first: one for each set bit of `size`.
    peaks: Vec<Hash>,
}

impl Accumulator {
    pub fn new() -> Self {
        Accumulator::default()
    }

    pub fn push(&mut self, leaf: &[u8; 32]) {
        self.push_hash(record_hash(leaf));
    }

    fn push_hash(&mut self, mut hash: Hash) {
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(left, hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    pub fn size(&self) -> u64 {
        self.size
    }

    pub fn root(&self) -> Digest {
        fold(self.peaks.iter().rev().copied())
    }
}

/// The root over perfect subtrees that are given from right (smallest) to left (largest).
pub(crate) fn fold(peaks: impl Iterator<Item = Hash>) -> Digest {
    peaks
        .reduce(|right, left| node_hash(left, right))
        .unwrap_or(EMPTY_HASH)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves and roots of the Certificate Transparency reference tests (RFC 6962 trees of 0 to 8 leaves).
    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Accumulator::new();
        assert_eq!(tree.root().to_string(), roots[0]);
        for (leaf, root) in leaves.iter().zip(&roots[1..]) {
            tree.push_hash(record_hash(&crate::hex::decode(leaf).unwrap()));
            assert_eq!(tree.root().to_string(), *root, "size {}", tree.size());
        }
    }
}
