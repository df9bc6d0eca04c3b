//! Guards: statements that fail the whole batch unless a row still stands as it was read. A failing guard inserts NULL where
//! NULL is forbidden, which both engines refuse and which needs no round trip to look at a count.

use seal::Value;

use super::Statement;

/// How a guarded row is held until the batch is through. SQLite has one writer and needs no lock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The batch only rests on it: others may too.
    Shared,
    /// The batch will write it.
    Alone,
}

pub fn stands(table: &str, id: &str, version: i64, hold: Hold, postgres: bool) -> Statement {
    let lock = match (postgres, hold) {
        (false, _) => "",
        (true, Hold::Shared) => " FOR SHARE",
        (true, Hold::Alone) => " FOR UPDATE",
    };
    let sql = format!(
        "INSERT INTO must_hold (held) SELECT CAST(NULL AS BIGINT) WHERE NOT EXISTS \
         (SELECT 1 FROM {table} WHERE id = $1 AND version = $2{lock})"
    );
    Statement::new(sql, vec![Value::Text(id.to_owned()), Value::Int(version)])
}

/// Two batches that both find an id free would both write it, in different counties: on PostgreSQL whoever comes second waits here,
/// and then sees what the first has written. A statement of its own, before the guard, whose view of the tables begins with it.
pub fn alone_under(table: &str, id: &str) -> Statement {
    Statement::new(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        vec![Value::Text(format!("anlan:absent:{table}:{id}"))],
    )
}

pub fn absent(table: &str, id: &str) -> Statement {
    let sql = format!(
        "INSERT INTO must_hold (held) SELECT CAST(NULL AS BIGINT) WHERE EXISTS (SELECT 1 FROM {table} WHERE id = $1)"
    );
    Statement::new(sql, vec![Value::Text(id.to_owned())])
}

/// The tree still has the head that the next leaves are counted from.
pub fn head_is(size: i64, epoch: i64, postgres: bool) -> Statement {
    let lock = if postgres { " FOR UPDATE" } else { "" };
    let sql = format!(
        "INSERT INTO must_hold (held) SELECT CAST(NULL AS BIGINT) WHERE NOT EXISTS \
         (SELECT 1 FROM tree_head WHERE id = 'log' AND size = $1 AND epoch <= $2{lock})"
    );
    Statement::new(sql, vec![Value::Int(size), Value::Int(epoch)])
}

/// The counts still hold exactly the leaves that the next ones are added to.
pub fn counted_is(position: i64, postgres: bool) -> Statement {
    let lock = if postgres { " FOR UPDATE" } else { "" };
    let sql = format!(
        "INSERT INTO must_hold (held) SELECT CAST(NULL AS BIGINT) WHERE NOT EXISTS \
         (SELECT 1 FROM counted WHERE id = 'log' AND position = $1{lock})"
    );
    Statement::new(sql, vec![Value::Int(position)])
}
