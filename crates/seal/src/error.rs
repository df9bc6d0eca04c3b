//! What can be wrong with a record, in one enum. The messages name the thing and the fault, so that
//! `anlan log verify` can print them as they are. Never here: an error that only says "invalid".

use thiserror::Error;

/// Why something about the record could not be read, made or confirmed.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum SealError {
    #[error("not {expected} lowercase hexadecimal digits: {found:?}")]
    Hex { expected: usize, found: String },

    #[error("a tree of {size} leaves is larger than any record can be")]
    TreeTooLarge { size: u64 },
    #[error("leaf {index} is not in a tree of {size} leaves")]
    NotInTree { index: u64, size: u64 },
    #[error("a tree of {new} leaves cannot continue one of {old}")]
    Shrunk { old: u64, new: u64 },

    #[error("tile {level}/{index} is missing")]
    TileMissing { level: u8, index: u64 },
    #[error("tile {level}/{index} has {found} bytes, expected {expected}")]
    TileWidth {
        level: u8,
        index: u64,
        expected: usize,
        found: usize,
    },
    #[error("tile {level}/{index} is given twice or does not belong to the edge of a tree of {size} leaves")]
    TileUnexpected { level: u8, index: u64, size: u64 },

    #[error("the path leads from leaf {index} to another root than that of the tree of {size} leaves")]
    NotIncluded { index: u64, size: u64 },
    #[error("the path does not show the tree of {old} leaves at the start of the tree of {new}")]
    NotConsistent { old: u64, new: u64 },

    #[error("{0:?} cannot name a key: 1 to 255 bytes without spaces, plus signs or control characters")]
    KeyName(String),
    #[error("the signing key is not of the form PRIVATE+KEY+name+id+data, Ed25519")]
    SigningKey,
    #[error("the verifying key is not of the form name+id+data, Ed25519")]
    VerifyingKey,

    #[error("{0:?} cannot be a checkpoint's origin: 1 to 255 bytes, one line, no control characters")]
    Origin(String),
    #[error("a note of {bytes} bytes is too long for a checkpoint")]
    NoteTooLong { bytes: usize },
    #[error("the text is not a signed note")]
    NoteMalformed,
    #[error("the note's text is not a checkpoint: origin, size, root")]
    CheckpointMalformed,
    #[error("the note carries no signature by {name}")]
    NotSigned { name: String },
    #[error("the signature by {name} does not fit the note")]
    WrongSignature { name: String },

    #[error("a proof of {bytes} bytes is too long")]
    ProofTooLong { bytes: usize },
    #[error("the proof cannot be read: {0}")]
    ProofUnreadable(String),
    #[error("the proof has format {0:?}, this program knows \"anlan/proof/1\"")]
    ProofFormat(String),
    #[error("the event has {0} columns, no event has so many")]
    TooManyColumns(usize),
    #[error("the proof is for a tree of {proof} leaves, its checkpoint is of {checkpoint}")]
    ProofSize { proof: u64, checkpoint: u64 },
}
