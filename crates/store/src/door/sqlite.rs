//! SQLite: one writer thread with group commit, a few readers beside it.
//!
//! Traps that this file knows: SQLite numbers `$n` by first appearance, so it is rewritten to `?n`; a full disk undoes the whole
//! transaction, so after an error `is_autocommit` decides whether the batch is carried out again one by one; a caller is answered
//! after COMMIT only.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, types::ValueRef};
use seal::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::Statement;
use crate::{
    error::{Result, StoreError},
    row::Record,
};

const READERS: usize = 4;
const GROUP: usize = 128;
/// Writes that may wait for the writer before callers have to wait themselves.
const QUEUE: usize = 1_024;
/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The most pages the file may have; for tests of a full disk.
    pub max_pages: Option<u32>,
}

enum Work {
    Batch(Vec<Statement>),
    Migration(Statement, Vec<String>),
}

struct Job {
    work: Work,
    answer: oneshot::Sender<Result<Vec<Record>>>,
}

#[derive(Clone)]
pub struct Sqlite {
    writer: mpsc::Sender<Job>,
    readers: Arc<Readers>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

pub struct Snapshot {
    connection: Option<Connection>,
    readers: Arc<Readers>,
    _permit: OwnedSemaphorePermit,
}

impl Sqlite {
    pub fn open(path: &Path, options: Options) -> Result<Self> {
        let connection = Connection::open(path).map_err(fault)?;
        connection.busy_timeout(BUSY).map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;")
            .map_err(fault)?;
        if let Some(pages) = options.max_pages {
            connection
                .pragma_update(None, "max_page_count", pages)
                .map_err(fault)?;
        }
        let (writer, jobs) = mpsc::channel(QUEUE);
        std::thread::Builder::new()
            .name("anlan-writer".into())
            .spawn(move || write_until_closed(connection, jobs))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let readers = Readers {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
        };
        Ok(Self {
            writer,
            readers: Arc::new(readers),
        })
    }

    pub async fn read(&self, statement: Statement) -> Result<Vec<Record>> {
        let permit = self.readers.permit().await?;
        let readers = self.readers.clone();
        in_the_background(move || {
            let connection = readers.take()?;
            let rows = run(&connection, &statement);
            readers.put_back(connection);
            drop(permit);
            rows.map_err(fault)
        })
        .await
    }

    pub async fn snapshot(&self) -> Result<Snapshot> {
        let permit = self.readers.permit().await?;
        let readers = self.readers.clone();
        in_the_background(move || {
            let connection = readers.take()?;
            // The moment is fixed by the first read, not by BEGIN.
            connection
                .execute_batch("BEGIN; SELECT count(*) FROM tree_head;")
                .map_err(fault)?;
            Ok(Snapshot {
                connection: Some(connection),
                readers,
                _permit: permit,
            })
        })
        .await
    }

    pub async fn write(&self, batch: Vec<Statement>) -> Result<Vec<Record>> {
        self.submit(Work::Batch(batch)).await
    }

    pub async fn migrate(&self, mark: Statement, scripts: Vec<String>) -> Result<()> {
        self.submit(Work::Migration(mark, scripts)).await.map(|_| ())
    }

    async fn submit(&self, work: Work) -> Result<Vec<Record>> {
        let gone = || StoreError::Unavailable("the writer has stopped".into());
        let (answer, answered) = oneshot::channel();
        self.writer.send(Job { work, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl Readers {
    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        let permit = self.permits.clone().acquire_owned().await;
        permit.map_err(|_| StoreError::Unavailable("the readers have stopped".into()))
    }

    fn take(&self) -> Result<Connection> {
        if let Some(connection) = self
            .idle
            .lock()
            .expect("no reader panics while it holds the list")
            .pop()
        {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags).map_err(fault)?;
        connection.busy_timeout(BUSY).map_err(fault)?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(connection)
    }

    fn put_back(&self, connection: Connection) {
        self.idle
            .lock()
            .expect("no reader panics while it holds the list")
            .push(connection);
    }
}

impl Snapshot {
    pub async fn read(&mut self, statement: Statement) -> Result<Vec<Record>> {
        let gone = || StoreError::Unavailable("the snapshot was lost".into());
        let connection = self.connection.take().ok_or_else(gone)?;
        let (connection, rows) = in_the_background(move || {
            let rows = run(&connection, &statement).map_err(fault);
            Ok((connection, rows))
        })
        .await?;
        self.connection = Some(connection);
        rows
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && connection.execute_batch("ROLLBACK").is_ok()
        {
            self.readers.put_back(connection);
        }
    }
}

async fn in_the_background<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
}

fn write_until_closed(connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
        write_group(&connection, group);
    }
}

/// All jobs in one transaction, each in a savepoint of its own. When that fails as a whole, each in a transaction of its own.
fn write_group(connection: &Connection, group: Vec<Job>) {
    let answers = if group.len() > 1 {
        write_together(connection, &group)
    } else {
        None
    };
    let answers = answers.unwrap_or_else(|| {
        group
            .iter()
            .map(|job| write_alone(connection, &job.work))
            .collect()
    });
    for (job, answer) in group.into_iter().zip(answers) {
        // A caller that has gone away does not need the answer; what was written stays.
        let _ = job.answer.send(answer);
    }
}

fn write_together(connection: &Connection, group: &[Job]) -> Option<Vec<Result<Vec<Record>>>> {
    let give_up = || {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        None
    };
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        return match fault(error) {
            // Another process has been writing all the while: each alone would wait as long again, one after the other.
            StoreError::Unavailable(why) => Some(
                group
                    .iter()
                    .map(|_| Err(StoreError::Unavailable(why.clone())))
                    .collect(),
            ),
            _ => give_up(),
        };
    }
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        if connection.execute_batch("SAVEPOINT one").is_err() {
            return give_up();
        }
        let answer = carry_out(connection, &job.work);
        if connection.is_autocommit() {
            return None;
        }
        let end = if answer.is_ok() {
            "RELEASE one"
        } else {
            "ROLLBACK TO one; RELEASE one"
        };
        if connection.execute_batch(end).is_err() {
            return give_up();
        }
        answers.push(answer.map_err(fault));
    }
    if connection.execute_batch("COMMIT").is_err() {
        give_up()
    } else {
        Some(answers)
    }
}

fn write_alone(connection: &Connection, work: &Work) -> Result<Vec<Record>> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    let done = carry_out(connection, work).and_then(|rows| connection.execute_batch("COMMIT").map(|()| rows));
    if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    done.map_err(fault)
}

fn carry_out(connection: &Connection, work: &Work) -> rusqlite::Result<Vec<Record>> {
    match work {
        Work::Batch(batch) => {
            let mut rows = Vec::new();
            for statement in batch {
                rows = run(connection, statement)?;
            }
            Ok(rows)
        }
        Work::Migration(mark, scripts) => {
            let marked = run(connection, mark)?;
            for script in scripts {
                connection.execute_batch(script)?;
            }
            Ok(marked)
        }
    }
}

fn run(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<Record>> {
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

fn fault(error: rusqlite::Error) -> StoreError {
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
    use super::*;

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
