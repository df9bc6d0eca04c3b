//! Migrations: one text for both engines, and two files of the same name where they must differ. Each is carried out once, whole.
//! Migrations never edit rows that stand on the record.

use std::collections::BTreeSet;

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
        version: 2,
        both: include_str!("../migrations/0002_stays.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 3,
        both: include_str!("../migrations/0003_escalation.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 4,
        both: include_str!("../migrations/0004_indexes.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 5,
        both: include_str!("../migrations/0005_sign_off_lists.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 6,
        both: include_str!("../migrations/0006_problem_lists.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 7,
        both: include_str!("../migrations/0007_hands.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 8,
        both: include_str!("../migrations/0008_desk.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 9,
        both: include_str!("../migrations/0009_similar_and_complaints.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 10,
        both: include_str!("../migrations/0010_routes_and_calendar.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 11,
        both: include_str!("../migrations/0011_listing.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 12,
        both: include_str!("../migrations/0012_person_openings.sql"),
        sqlite: "",
        postgres: "",
    },
    Migration {
        version: 13,
        both: include_str!("../migrations/0013_delegations.sql"),
        sqlite: "",
        postgres: "",
    },
];

/// SQLite knows BYTEA and BOOLEAN as names only, which is enough: a column without a known type keeps what it is given.
pub async fn up(door: &Door) -> Result<()> {
    let create = "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)".to_owned();
    door.migrate(Statement::new("SELECT 1", vec![]), vec![create])
        .await?;
    let done = done(door).await?;
    if done.contains(&1) {
        was_made_since_then(door).await?;
    }
    // By its own mark and not by the newest: numbers are given out in advance, and may be taken up out of their order.
    for migration in ALL.iter().filter(|migration| !done.contains(&migration.version)) {
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
    Ok(())
}

/// Before there was a release, hazards had no course. Such a database is left as it is, instead of failing somewhere within.
async fn was_made_since_then(door: &Door) -> Result<()> {
    match door.read("SELECT ended_as FROM hazard LIMIT 1", vec![]).await {
        Err(StoreError::Refused(_)) => Err(StoreError::Unavailable(
            "the database was made before the first release and cannot be carried over: begin a new one \
             (for the demo city: make demo-reset)"
                .into(),
        )),
        other => other.map(|_| ()),
    }
}

/// The tables are of the version that this program works with. Changes nothing.
pub async fn check(door: &Door) -> Result<()> {
    let done = done(door).await?;
    if done.contains(&1) {
        was_made_since_then(door).await?;
    }
    match ALL.iter().find(|migration| !done.contains(&migration.version)) {
        Some(missing) => Err(StoreError::Unavailable(format!(
            "the tables lack version {}: bring them up to date with `anlan migrate`",
            missing.version
        ))),
        None => Ok(()),
    }
}

/// The migrations that have been carried out; an error when one of them is not known here.
async fn done(door: &Door) -> Result<BTreeSet<i64>> {
    let rows = door
        .read("SELECT version AS id, version FROM schema_version", vec![])
        .await?;
    let done = rows
        .iter()
        .map(|row| row.of("schema_version").int("version"))
        .collect::<Result<BTreeSet<i64>>>()?;
    let newest = ALL.iter().map(|migration| migration.version).max().unwrap_or(0);
    match done.last() {
        Some(&current) if current > newest => Err(StoreError::Unavailable(format!(
            "the database is of version {current}, this program knows {newest}: use a newer program"
        ))),
        _ => Ok(done),
    }
}
