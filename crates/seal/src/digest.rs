//! 32 bytes of SHA-256: of a row, of an event, of a node of the tree. Text form everywhere is lowercase hex.
//! Never here: how a digest comes about (see `row`, `event`, `leaf` and the tree).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tlog_tiles::Hash as TreeHash;

use crate::{SealError, hex};

#[derive(Clone, Copy, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub struct Digest(#[serde(with = "hex::bytes_32")] pub [u8; 32]);

impl Digest {
    /// Stands where there is no predecessor: the first event on a subject.
    pub const ZERO: Digest = Digest([0; 32]);
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        hex::decode_32(text).map(Digest)
    }
}

impl From<TreeHash> for Digest {
    fn from(hash: TreeHash) -> Self {
        Digest(hash.0)
    }
}

impl From<Digest> for TreeHash {
    fn from(digest: Digest) -> Self {
        TreeHash(digest.0)
    }
}
