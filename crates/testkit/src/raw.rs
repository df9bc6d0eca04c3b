//! A connection past the store, as somebody with access to the database would have it: whatever SQL, on either engine.

use std::path::Path;

use rusqlite::{Connection, types::ValueRef};
use seal::Value;
use tokio_postgres::{
    Client,
    types::{IsNull, ToSql, Type, private::BytesMut},
};

use crate::database::connect;

pub enum Raw {
    Sqlite(Connection),
    Postgres(Client),
}

/// A row with the names of its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<(String, Value)>);

impl Row {
    #[track_caller]
    pub fn get(&self, column: &str) -> &Value {
        let found = self.0.iter().find(|(name, _)| name == column);
        &found.unwrap_or_else(|| panic!("no column {column}")).1
    }

    #[must_use]
    pub fn with(&self, column: &str, value: Value) -> Self {
        let mut row = self.clone();
        for (name, old) in &mut row.0 {
            if name == column {
                *old = value.clone();
            }
        }
        row
    }

    #[track_caller]
    pub fn text(&self, column: &str) -> String {
        if let Value::Text(text) = self.get(column) {
            text.clone()
        } else {
            panic!("column {column} holds no text")
        }
    }

    #[track_caller]
    pub fn int(&self, column: &str) -> i64 {
        if let Value::Int(n) = self.get(column) {
            *n
        } else {
            panic!("column {column} holds no number")
        }
    }
}

impl Raw {
    pub(crate) fn sqlite(path: &Path) -> Self {
        let connection = Connection::open(path).expect("the file opens");
        connection
            .busy_timeout(std::time::Duration::from_secs(10))
            .expect("the file waits");
        Raw::Sqlite(connection)
    }

    pub(crate) async fn postgres(name: &str) -> Self {
        Raw::Postgres(connect(name).await)
    }

    /// Rows of a query; parameters as `$1, $2 …`.
    pub async fn query(&self, sql: &str, params: &[Value]) -> Vec<Row> {
        self.try_query(sql, params)
            .await
            .unwrap_or_else(|why| panic!("{sql}: {why}"))
    }

    pub async fn try_query(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, String> {
        match self {
            Raw::Sqlite(connection) => {
                query_sqlite(connection, sql, params).map_err(|error| error.to_string())
            }
            Raw::Postgres(client) => query_postgres(client, sql, params).await.map_err(|error| {
                let cause = error.as_db_error().map(ToString::to_string);
                cause.unwrap_or_else(|| error.to_string())
            }),
        }
    }

    /// Takes rows out and puts others in their place, both or neither. `key` are the columns of the table's key.
    pub async fn replace(&self, table: &str, key: &[&str], old: &[Row], new: &[Row]) -> Result<(), String> {
        self.query("BEGIN", &[]).await;
        let done = self.exchange(table, key, old, new).await;
        self.query(if done.is_ok() { "COMMIT" } else { "ROLLBACK" }, &[])
            .await;
        done
    }

    async fn exchange(&self, table: &str, key: &[&str], old: &[Row], new: &[Row]) -> Result<(), String> {
        for row in old {
            let (mut params, mut conditions) = (Vec::new(), Vec::new());
            for column in key {
                match row.get(column) {
                    Value::Null => conditions.push(format!("{column} IS NULL")),
                    value => {
                        params.push(value.clone());
                        conditions.push(format!("{column} = ${}", params.len()));
                    }
                }
            }
            let sql = format!("DELETE FROM {table} WHERE {}", conditions.join(" AND "));
            self.try_query(&sql, &params).await?;
        }
        let overriding = if matches!(self, Raw::Postgres(_)) {
            "OVERRIDING SYSTEM VALUE "
        } else {
            ""
        };
        for row in new {
            let names: Vec<&str> = row.0.iter().map(|(name, _)| name.as_str()).collect();
            let marks: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
            let columns = names.join(", ");
            let sql = format!(
                "INSERT INTO {table} ({columns}) {overriding}VALUES ({})",
                marks.join(", ")
            );
            let params: Vec<Value> = row.0.iter().map(|(_, value)| value.clone()).collect();
            self.try_query(&sql, &params).await?;
        }
        Ok(())
    }

    /// The one row that the condition finds.
    pub async fn one(&self, table: &str, condition: &str, params: &[Value]) -> Row {
        let sql = format!("SELECT * FROM {table} WHERE {condition}");
        let mut rows = self.query(&sql, params).await;
        assert_eq!(rows.len(), 1, "{sql} {params:?}");
        rows.remove(0)
    }

    /// The tables of the database.
    pub async fn tables(&self) -> Vec<String> {
        let sql = match self {
            Raw::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
            Raw::Postgres(_) => {
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            }
        };
        self.query(sql, &[])
            .await
            .iter()
            .map(|row| row.text("name"))
            .collect()
    }
}

fn query_sqlite(connection: &Connection, sql: &str, params: &[Value]) -> rusqlite::Result<Vec<Row>> {
    let mut prepared = connection.prepare(&sql.replace('$', "?"))?;
    let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
    let mut rows = prepared.query(rusqlite::params_from_iter(params.iter().map(Lite)))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let value = match row.get_ref(at)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Int(n),
                ValueRef::Real(x) => Value::Real(x),
                ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
            };
            values.push((name.clone(), value));
        }
        found.push(Row(values));
    }
    Ok(found)
}

async fn query_postgres(
    client: &Client,
    sql: &str,
    params: &[Value],
) -> Result<Vec<Row>, tokio_postgres::Error> {
    let params: Vec<Post> = params.iter().map(Post).collect();
    let refs: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as &(dyn ToSql + Sync)).collect();
    let rows = client.query(sql, &refs).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let mut values = Vec::new();
        for (at, column) in row.columns().iter().enumerate() {
            let value = match *column.type_() {
                Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map(Value::Int),
                Type::FLOAT8 => row.try_get::<_, Option<f64>>(at)?.map(Value::Real),
                Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map(Value::Bool),
                Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Value::Bytes),
                _ => row.try_get::<_, Option<String>>(at)?.map(Value::Text),
            };
            values.push((column.name().to_owned(), value.unwrap_or(Value::Null)));
        }
        found.push(Row(values));
    }
    Ok(found)
}

struct Lite<'a>(&'a Value);

impl rusqlite::ToSql for Lite<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value as Owned};
        Ok(ToSqlOutput::Owned(match self.0.clone() {
            Value::Null => Owned::Null,
            Value::Text(text) => Owned::Text(text),
            Value::Int(n) => Owned::Integer(n),
            Value::Real(x) => Owned::Real(x),
            Value::Bool(b) => Owned::Integer(i64::from(b)),
            Value::Bytes(bytes) => Owned::Blob(bytes),
        }))
    }
}

#[derive(Debug)]
struct Post<'a>(&'a Value);

impl ToSql for Post<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.to_sql(kind, out),
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
