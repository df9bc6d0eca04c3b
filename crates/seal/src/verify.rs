//! Checking proofs against roots, by `tlog_tiles`, with the bounds it leaves to its callers: sizes and path
//! lengths are limited before any work is done, and the empty tree has its own rule.
//! Never here: tiles, signatures. Whose root it is, the checkpoint says.

use tlog_tiles::{EMPTY_HASH, Hash, check_record, check_tree, record_hash};

use crate::{Digest, SealError, within_size};

/// A path has at most one hash per level of the tree (a consistency path one more), and no tree has 63 levels.
const MAX_PATH: usize = 64;

fn hashes(path: &[Digest]) -> Option<Vec<Hash>> {
    (path.len() <= MAX_PATH).then(|| path.iter().copied().map(Hash::from).collect())
}

/// `leaf` is the commitment that went into the tree (see [`crate::leaf`]).
pub fn verify_inclusion(
    leaf: &[u8; 32],
    index: u64,
    size: u64,
    path: &[Digest],
    root: &Digest,
) -> Result<(), SealError> {
    verify_hash(record_hash(leaf), index, size, path, root)
}

fn verify_hash(leaf: Hash, index: u64, size: u64, path: &[Digest], root: &Digest) -> Result<(), SealError> {
    within_size(size)?;
    if index >= size {
        return Err(SealError::NotInTree { index, size });
    }
    let refused = SealError::NotIncluded { index, size };
    let Some(path) = hashes(path) else {
        return Err(refused);
    };
    check_record(&path, size, (*root).into(), index, leaf).map_err(|_| refused)
}

/// Everything continues the empty tree; a tree continues itself. Both have an empty path.
pub fn verify_consistency(
    old: u64,
    new: u64,
    old_root: &Digest,
    new_root: &Digest,
    path: &[Digest],
) -> Result<(), SealError> {
    within_size(new)?;
    if old > new {
        return Err(SealError::Shrunk { old, new });
    }
    let refused = SealError::NotConsistent { old, new };
    let Some(path) = hashes(path) else {
        return Err(refused);
    };
    if old == 0 {
        let empty = Digest::from(EMPTY_HASH);
        let sound = path.is_empty() && *old_root == empty && (new > 0 || *new_root == empty);
        return if sound { Ok(()) } else { Err(refused) };
    }
    check_tree(&path, new, (*new_root).into(), old, (*old_root).into()).map_err(|_| refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaf 0 of 8 and its path in the Certificate Transparency reference tests.
    #[test]
    fn the_reference_path_verifies() {
        let path: Vec<Digest> = [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
        .map(|text| text.parse().unwrap())
        .to_vec();
        let root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
            .parse()
            .unwrap();
        assert_eq!(verify_hash(record_hash(b""), 0, 8, &path, &root), Ok(()));
        assert!(verify_hash(record_hash(b""), 1, 8, &path, &root).is_err());
        assert!(verify_hash(record_hash(b"x"), 0, 8, &path, &root).is_err());
    }
}
