//! PostgreSQL: a small pool, and batches sent as one pipelined BEGIN … COMMIT.
//!
//! Guards fail by themselves, so no statement waits to see another's count. A batch runs in a task of its own: a request that goes
//! away leaves nothing half done. A connection on which anything failed is thrown away.

use std::{error::Error as _, sync::Arc, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use futures_util::future::join_all;
use seal::Value;
use tokio_postgres::{
    NoTls, Row,
    error::SqlState,
    types::{IsNull, ToSql, Type, private::BytesMut},
};

use super::Statement;
use crate::{
    error::{Result, StoreError},
    row::Record,
};

const CONNECTIONS: usize = 16;
/// Filters can be combined in any way, and each is a statement of its own: a connection that has prepared more than this forgets them
/// all, here and on the server.
const PREPARED: usize = 500;
const WAIT: Duration = Duration::from_secs(10);
/// Names the lock under which one program at a time migrates a database: "anlan" in ASCII.
const MIGRATING: i64 = 0x61_6e_6c_61_6e;

type Outcome<T> = std::result::Result<T, tokio_postgres::Error>;

#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
}

pub struct Snapshot {
    connection: Option<Object>,
}

impl Postgres {
    pub async fn open(url: &str) -> Result<Self> {
        let config: tokio_postgres::Config = url.parse().map_err(fault)?;
        let manager = Manager::from_config(
            config,
            NoTls,
            ManagerConfig {
                recycling_method: RecyclingMethod::Fast,
            },
        );
        let pool = Pool::builder(manager)
            .max_size(CONNECTIONS)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .build()
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let engine = Self { pool };
        drop(engine.connection().await?);
        Ok(engine)
    }

    async fn connection(&self) -> Result<Object> {
        let connection = self.pool.get().await.map_err(|error| {
            let cause = error.source().map(|cause| format!("{error}: {cause}"));
            StoreError::Unavailable(cause.unwrap_or_else(|| error.to_string()))
        })?;
        if connection.statement_cache.size() > PREPARED {
            connection.statement_cache.clear();
        }
        Ok(connection)
    }

    pub async fn read(&self, mut statement: Statement) -> Result<Vec<Record>> {
        statement.params.iter_mut().for_each(without_nul);
        let connection = self.connection().await?;
        match run(&connection, &statement).await {
            Ok(rows) => Ok(rows),
            Err(error) => {
                let _ = Object::take(connection);
                Err(fault(error))
            }
        }
    }

    pub async fn snapshot(&self) -> Result<Snapshot> {
        let connection = self.connection().await?;
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT count(*) FROM tree_head;";
        connection.batch_execute(begin).await.map_err(fault)?;
        Ok(Snapshot {
            connection: Some(connection),
        })
    }

    pub async fn write(&self, batch: Vec<Statement>) -> Result<Vec<Record>> {
        let connection = self.connection().await?;
        let task = tokio::spawn(async move {
            let written = pipeline(&connection, &batch).await;
            if written.is_err() {
                let _ = Object::take(connection);
            }
            written.map_err(fault)
        });
        task.await
            .map_err(|error| StoreError::Unavailable(error.to_string()))?
    }

    pub async fn migrate(&self, mark: Statement, scripts: Vec<String>) -> Result<()> {
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await.map_err(fault)?;
        let alone = format!("SELECT pg_advisory_xact_lock({MIGRATING})");
        transaction.batch_execute(&alone).await.map_err(fault)?;
        let prepared = transaction.prepare(&mark.sql).await.map_err(fault)?;
        transaction
            .execute_raw(&prepared, mark.params.iter().map(Param))
            .await
            .map_err(fault)?;
        for script in scripts {
            transaction.batch_execute(&script).await.map_err(fault)?;
        }
        transaction.commit().await.map_err(fault)
    }
}

impl Snapshot {
    pub async fn read(&mut self, mut statement: Statement) -> Result<Vec<Record>> {
        statement.params.iter_mut().for_each(without_nul);
        let gone = || StoreError::Unavailable("the snapshot was lost".into());
        let connection = self.connection.as_ref().ok_or_else(gone)?;
        run(connection, &statement).await.map_err(fault)
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // The transaction ends with its connection.
        if let Some(connection) = self.connection.take() {
            let _ = Object::take(connection);
        }
    }
}

async fn run(connection: &Object, statement: &Statement) -> Outcome<Vec<Record>> {
    let prepared = connection.prepare_cached(&statement.sql).await?;
    let params = params(&statement.params);
    let rows = connection.query(&prepared, &refs(&params)).await?;
    read_rows(rows)
}

/// PostgreSQL takes no NUL in a text and would answer with an error. Nothing that is stored has one, so whoever looks for one is to
/// find nothing, as on the other engine.
fn without_nul(value: &mut Value) {
    if let Value::Text(text) = value
        && text.contains('\0')
    {
        *text = text.replace('\0', "\u{fffd}");
    }
}

/// Batches up to this size are sent whole; longer ones (reference data) in pieces of it, each looked at before the next.
const PIPELINE: usize = 30;

/// Everything is on its way before the first answer comes back. After an error PostgreSQL ends the transaction, and COMMIT with
/// it, without effect; so the first error is the answer.
async fn pipeline(connection: &Object, batch: &[Statement]) -> Outcome<Vec<Record>> {
    let mut prepared = Vec::with_capacity(batch.len());
    for statement in batch {
        prepared.push(connection.prepare_cached(&statement.sql).await?);
    }
    let all: Vec<_> = prepared
        .into_iter()
        .zip(batch.iter().map(|statement| statement.params.as_slice()))
        .collect();

    if all.len() > PIPELINE {
        connection.batch_execute("BEGIN").await?;
        let mut last = Vec::new();
        for piece in all.chunks(PIPELINE) {
            last = last_of(send(connection, piece).await)?;
        }
        connection.batch_execute("COMMIT").await?;
        return read_rows(last);
    }
    let (begun, answers, committed) = tokio::join!(
        biased;
        connection.batch_execute("BEGIN"),
        send(connection, &all),
        connection.batch_execute("COMMIT"),
    );
    begun?;
    let last = last_of(answers)?;
    committed?;
    read_rows(last)
}

async fn send(
    connection: &Object,
    piece: &[(tokio_postgres::Statement, &[Value])],
) -> Vec<Outcome<Vec<Row>>> {
    let sent = piece.iter().map(|(prepared, values)| async move {
        let params = params(values);
        connection.query(prepared, &refs(&params)).await
    });
    join_all(sent).await
}

fn last_of(answers: Vec<Outcome<Vec<Row>>>) -> Outcome<Vec<Row>> {
    answers.into_iter().try_fold(Vec::new(), |_, answer| answer)
}

fn read_rows(rows: Vec<Row>) -> Outcome<Vec<Record>> {
    let Some(first) = rows.first() else {
        return Ok(Vec::new());
    };
    let columns: Arc<[String]> = first
        .columns()
        .iter()
        .map(|column| column.name().to_owned())
        .collect();
    let mut records = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut values = Vec::with_capacity(columns.len());
        for (at, column) in row.columns().iter().enumerate() {
            values.push(read_value(row, at, column.type_())?);
        }
        records.push(Record {
            columns: columns.clone(),
            values,
        });
    }
    Ok(records)
}

fn read_value(row: &Row, at: usize, kind: &Type) -> Outcome<Value> {
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    Ok(match *kind {
        Type::INT8 => or_null(row.try_get::<_, Option<i64>>(at)?.map(Value::Int)),
        Type::INT4 => or_null(row.try_get::<_, Option<i32>>(at)?.map(|n| Value::Int(n.into()))),
        Type::FLOAT8 => or_null(row.try_get::<_, Option<f64>>(at)?.map(Value::Real)),
        Type::BOOL => or_null(row.try_get::<_, Option<bool>>(at)?.map(Value::Bool)),
        Type::BYTEA => or_null(row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Bytes)),
        _ => or_null(row.try_get::<_, Option<String>>(at)?.map(Value::Text)),
    })
}

#[derive(Debug)]
struct Param<'a>(&'a Value);

fn params(values: &[Value]) -> Vec<Param<'_>> {
    values.iter().map(Param).collect()
}

fn refs<'a>(params: &'a [Param<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Value::Int(n) => n.to_sql(kind, out),
            Value::Real(x) => x.to_sql(kind, out),
            Value::Bool(b) => b.to_sql(kind, out),
            Value::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    tokio_postgres::types::to_sql_checked!();
}

fn fault(error: tokio_postgres::Error) -> StoreError {
    let Some(db) = error.as_db_error() else {
        let cause = error.source().map(|cause| format!("{error}: {cause}"));
        return StoreError::Unavailable(cause.unwrap_or_else(|| error.to_string()));
    };
    match *db.code() {
        SqlState::NOT_NULL_VIOLATION if db.table() == Some("must_hold") => StoreError::Conflict,
        SqlState::UNIQUE_VIOLATION if db.table() == Some("event") => StoreError::Conflict,
        SqlState::UNIQUE_VIOLATION => StoreError::Taken {
            table: db.table().unwrap_or_default().to_owned(),
        },
        SqlState::T_R_DEADLOCK_DETECTED | SqlState::T_R_SERIALIZATION_FAILURE => StoreError::Conflict,
        SqlState::DISK_FULL => StoreError::Full,
        SqlState::TOO_MANY_CONNECTIONS | SqlState::CANNOT_CONNECT_NOW | SqlState::ADMIN_SHUTDOWN => {
            StoreError::Unavailable(db.message().to_owned())
        }
        _ => StoreError::Refused(format!("{} {}", db.code().code(), db.message())),
    }
}
