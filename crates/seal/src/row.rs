//! The digest of one row as it stands after a write. An event carries it, so that the state table can be held
//! against the record column by column. Never here: which columns belong to a table (the store knows).

use crate::{Digest, Value, encoding};

/// Written beside every digest made here; a later encoding is `anlan/row/2` and does not touch this one.
pub const FORMAT: &str = "anlan/row/1";

/// A column that is NULL, one that is empty and one that is absent give three different digests.
pub fn digest(table: &str, columns: &[(&str, Value)]) -> Digest {
    let columns: Vec<_> = columns.iter().map(|(name, value)| (*name, value)).collect();
    encoding::digest(FORMAT, &[table], &columns)
}
