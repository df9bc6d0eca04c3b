//! What can go wrong on the way to the database, in the terms that a use case can answer to.

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A record that the change rested on is not as it was read.
    #[error("a record that this rests on has changed meanwhile")]
    Conflict,
    /// A unique key of this table is taken already.
    #[error("a record with this key stands in {table} already")]
    Taken { table: String },
    /// The disk is full; nothing was written, and writing works again once there is room.
    #[error("no room left to write")]
    Full,
    /// The database cannot be reached or is too busy.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A row that does not say what it should.
    #[error("table {table}, column {column}, id {id}: {why}")]
    Corrupt {
        table: String,
        column: String,
        id: String,
        why: String,
    },
    #[error("the database refused: {0}")]
    Refused(String),
}

pub type Result<T> = std::result::Result<T, StoreError>;
