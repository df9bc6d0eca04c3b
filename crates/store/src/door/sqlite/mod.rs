//! SQLite: one writer thread with group commit (`writer.rs`), a few readers beside it.
//!
//! Writing waits in one queue for the one thread that writes. Reading has connections of its own that cannot write, as many as
//! [`READERS`]; a snapshot keeps one of them until it is dropped.

mod statement;
mod writer;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use self::{
    statement::{fault, run},
    writer::{Job, Work},
};
use super::Statement;
use crate::{
    error::{Result, StoreError},
    row::Record,
};

const READERS: usize = 4;
/// Writes that may wait for the writer before callers have to wait themselves.
const QUEUE: usize = 1_024;
/// How long to wait for another process that is writing.
const BUSY: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The most pages the file may have; for tests of a full disk.
    pub max_pages: Option<u32>,
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
            .spawn(move || writer::write_until_closed(connection, jobs))
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
