//! The record's mathematics: digests of rows and events, the tree over them, checkpoints and proofs.
//!
//! A row and an event have one digest each ([`row`], [`event`]); an event enters the tree as a salted
//! commitment ([`leaf`]); the tree is that of RFC 6962, kept as tiles ([`Edge`], [`Tile`]); its root stands in
//! a signed [`Checkpoint`]; a [`Proof`] lets a stranger check one event against it.
//!
//! Never here: storage, network, a clock, randomness. Salts and key seeds come in as parameters. Nothing that
//! arrives from outside (tiles, notes, proofs) can make these functions panic or work without bound.
//! The encodings are written down for other programmers in `docs/record-format.md`.

mod accumulator;
mod checkpoint;
mod digest;
mod edge;
mod encoding;
mod error;
pub mod event;
mod hex;
mod key;
pub mod leaf;
mod proof;
mod prove;
pub mod row;
mod tile;
mod value;
mod verify;

pub use accumulator::Accumulator;
pub use checkpoint::Checkpoint;
pub use digest::Digest;
pub use edge::Edge;
pub use error::SealError;
pub use key::SigningKey;
pub use proof::{Checked, Proof};
pub use prove::{consistency_tiles, inclusion_tiles, prove_consistency, prove_inclusion};
pub use tile::Tile;
pub use value::Value;
pub use verify::{verify_consistency, verify_inclusion};

/// No tree holds more leaves than this (2^48, some 10^14). Sizes above it are refused wherever they come in:
/// it keeps every index computation inside 64 bits.
pub const MAX_TREE_SIZE: u64 = 1 << 48;

pub(crate) fn within_size(size: u64) -> Result<(), SealError> {
    if size > MAX_TREE_SIZE {
        Err(SealError::TreeTooLarge { size })
    } else {
        Ok(())
    }
}
