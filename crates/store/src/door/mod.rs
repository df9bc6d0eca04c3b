//! The door: the only place that names a database driver. SQL goes in as text with `$1, $2 …`, rows come out.
//!
//! Three ways through it: `read`; `record`, for a Change, with its event, whole or not at all; `housekeep`, for what nobody is
//! ever asked about (sessions, leases, marks, rollups). A transaction never waits for anything outside the database.

pub(crate) mod guard;
pub mod housekeep;
pub mod outbox;
mod postgres;
pub mod record;
mod sqlite;

use std::borrow::Cow;

use seal::Value;

use crate::{
    error::{Result, StoreError},
    row::Record,
};

pub use sqlite::Options as SqliteOptions;

/// One SQL text with its parameters. A batch of them is carried out in order, whole or not at all.
#[derive(Debug, Clone)]
pub struct Statement {
    pub sql: Cow<'static, str>,
    pub params: Vec<Value>,
}

impl Statement {
    pub fn new(sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> Self {
        Self {
            sql: sql.into(),
            params,
        }
    }
}

#[derive(Clone)]
pub enum Door {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Reads that all see the same moment.
pub enum Snapshot {
    Sqlite(sqlite::Snapshot),
    Postgres(postgres::Snapshot),
}

impl Door {
    /// `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str, options: SqliteOptions) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            Ok(Door::Sqlite(sqlite::Sqlite::open(path.as_ref(), options)?))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Door::Postgres(postgres::Postgres::open(url).await?))
        } else {
            Err(StoreError::Unavailable(format!(
                "{url:?} is neither sqlite:PATH nor postgres://…"
            )))
        }
    }

    pub async fn read(&self, sql: impl Into<Cow<'static, str>>, params: Vec<Value>) -> Result<Vec<Record>> {
        let statement = Statement::new(sql, params);
        match self {
            Door::Sqlite(engine) => engine.read(statement).await,
            Door::Postgres(engine) => engine.read(statement).await,
        }
    }

    pub async fn snapshot(&self) -> Result<Snapshot> {
        Ok(match self {
            Door::Sqlite(engine) => Snapshot::Sqlite(engine.snapshot().await?),
            Door::Postgres(engine) => Snapshot::Postgres(engine.snapshot().await?),
        })
    }

    /// Carries out a batch and gives the rows of its last statement. Runs to its end even when the caller goes away.
    async fn write(&self, batch: Vec<Statement>) -> Result<Vec<Record>> {
        match self {
            Door::Sqlite(engine) => engine.write(batch).await,
            Door::Postgres(engine) => engine.write(batch).await,
        }
    }

    /// Carries out a migration: its mark, then its scripts, in one transaction. One program at a time, so that another that starts
    /// meanwhile finds the mark.
    pub(crate) async fn migrate(&self, mark: Statement, scripts: Vec<String>) -> Result<()> {
        match self {
            Door::Sqlite(engine) => engine.migrate(mark, scripts).await,
            Door::Postgres(engine) => engine.migrate(mark, scripts).await,
        }
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self, Door::Postgres(_))
    }

    pub fn engine(&self) -> &'static str {
        if self.is_postgres() { "postgres" } else { "sqlite" }
    }
}

impl Snapshot {
    pub async fn read(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        params: Vec<Value>,
    ) -> Result<Vec<Record>> {
        let statement = Statement::new(sql, params);
        match self {
            Snapshot::Sqlite(snapshot) => snapshot.read(statement).await,
            Snapshot::Postgres(snapshot) => snapshot.read(statement).await,
        }
    }
}
