//! Migrations: one text for both engines, and two files of the same name where they must differ. Each is carried out once, whole.
//! Migrations never edit rows that stand on the record.

use seal::Value;

use crate::{
    door::{Door, Statement},
    error::{Result, StoreError},
};

struct Migration {
    version: i64,
    both: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

const ALL: &[Migration] = &[
    Migration {
        version: 1,
        both: include_str!("../migrations/0001_house.sql"),
        sqlite: include_str!("../migrations/0001_pending.sqlite.sql"),
        postgres: include_str!("../migrations/0001_pending.postgres.sql"),
    },
    Migration {
        version: 3,
        both: include_str!("../migrations/0003_escalation.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// SQLite knows BYTEA and BOOLEAN as names only, which is enough: a column without a known type keeps what it is given.
pub async fn up(door: &Door) -> Result<i64> {
    let create = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)".to_owned();
    door.migrate(Statement::new("SELECT 1", vec![]), vec![create])
        .await?;
    let rows = door
        .read("SELECT COALESCE(MAX(version), 0) FROM schema_version", vec![])
        .await?;
    let current = rows.first().map_or(0, |row| row.number());
    let newest = ALL.last().map_or(0, |migration| migration.version);
    if current > newest {
        let why =
            format!("the database is of version {current}, this program knows {newest}: use a newer program");
        return Err(StoreError::Unavailable(why));
    }
    for migration in ALL.iter().filter(|migration| migration.version > current) {
        let own = if door.is_postgres() {
            migration.postgres
        } else {
            migration.sqlite
        };
        let mark = Statement::new(
            "INSERT INTO schema_version (version) VALUES ($1)",
            vec![Value::Int(migration.version)],
        );
        let scripts = vec![migration.both.to_owned(), own.to_owned()];
        match door.migrate(mark, scripts).await {
            Ok(()) => {}
            // Another program that started at the same time was first.
            Err(StoreError::Taken { table }) if table == "schema_version" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(newest)
}
