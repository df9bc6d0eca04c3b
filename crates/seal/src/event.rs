//! The digest of one event: who did what when, to which rows (by their digests), after which predecessor.
//! The same encoding as a row's under a name of its own, so an event can never pass for a row.
//! Never here: which columns an event has (the store knows).

use crate::{Digest, Value, encoding};

/// Written beside every digest made here; a later encoding is `anlan/event/2` and does not touch this one.
pub const FORMAT: &str = "anlan/event/1";

pub fn digest(columns: &[(&str, Value)]) -> Digest {
    let columns: Vec<_> = columns.iter().map(|(name, value)| (*name, value)).collect();
    encoding::digest(FORMAT, &[], &columns)
}
