//! One statement on one connection: parameters in, rows out, errors in the store's own words.
//!
//! The trap that this file knows: SQLite numbers `$n` by first appearance, so it is rewritten to `?n`.

use std::sync::Arc;

use rusqlite::{Connection, ErrorCode, types::ValueRef};
use seal::Value;

use super::super::Statement;
use crate::{error::StoreError, row::Record};

pub(super) fn run(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Record>> {
    let mut prepared = connection.prepare_cached(&numbered(&statement.sql))?;
    let columns: Arc<[String]> = prepared.column_names().map(str::to_owned).collect();
    let width = columns.len();
    let mut rows = prepared.query(rusqlite::params_from_iter(statement.params.iter().map(Param)))?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(width);
        for at in 0..width {
            values.push(read_value(row.get_ref(at)?)?);
        }
        records.push(Record {
            columns: columns.clone(),
            values,
        });
    }
    Ok(records)
}

/// `$3` becomes `?3`: SQLite would number it by first appearance and bind it elsewhere.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

struct Param<'a>(&'a Value);

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned};
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Owned(Owned::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(n) => ToSqlOutput::Owned(Owned::Integer(*n)),
            Value::Real(x) => ToSqlOutput::Owned(Owned::Real(*x)),
            Value::Bool(b) => ToSqlOutput::Owned(Owned::Integer(i64::from(*b))),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn read_value(value: ValueRef) -> rusqlite::Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

pub(super) fn fault(error: rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(cause, ref message) = error else {
        return StoreError::Refused(error.to_string());
    };
    let message = message.clone().unwrap_or_default();
    match cause.code {
        ErrorCode::DiskFull => StoreError::Full,
        // A journal that cannot grow is reported as an I/O error of its own.
        ErrorCode::SystemIoFailure
            if matches!(
                cause.extended_code,
                rusqlite::ffi::SQLITE_IOERR_WRITE
                    | rusqlite::ffi::SQLITE_IOERR_FSYNC
                    | rusqlite::ffi::SQLITE_IOERR_SHMSIZE
            ) =>
        {
            StoreError::Full
        }
        ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::CannotOpen
        | ErrorCode::SystemIoFailure => StoreError::Unavailable(message),
        ErrorCode::ConstraintViolation => {
            let table = message
                .rsplit(": ")
                .next()
                .and_then(|at| at.split('.').next())
                .unwrap_or_default();
            match (cause.extended_code, table) {
                (rusqlite::ffi::SQLITE_CONSTRAINT_NOTNULL, "must_hold") => StoreError::Conflict,
                (
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
                    "event",
                ) => StoreError::Conflict,
                (
                    rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
                    table,
                ) => StoreError::Taken {
                    table: table.to_owned(),
                },
                _ => StoreError::Refused(message),
            }
        }
        _ => StoreError::Refused(message),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Options, Sqlite},
        *,
    };

    #[tokio::test]
    async fn parameters_are_bound_by_their_number() {
        let folder = std::env::temp_dir().join(format!("anlan-bind-{}", std::process::id()));
        let engine = Sqlite::open(&folder, Options::default()).unwrap();
        let rows = engine
            .write(vec![Statement::new(
                "SELECT $2 AS second, $1 AS first",
                vec![Value::Text("one".into()), Value::Text("two".into())],
            )])
            .await
            .unwrap();
        assert_eq!(rows[0].get("first"), Some(&Value::Text("one".into())));
        assert_eq!(rows[0].get("second"), Some(&Value::Text("two".into())));
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", folder.display()));
        }
    }
}
