//! The demo city, loaded once per test program and copied for each test.
//!
//! A template is named after the test program that made it (its path, size and time), so that a change of the schema, of the
//! demo files or of a digest can never meet a template from before. A half-made template is never seen: it gets its name last.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use app::{
    App, Blobs, Clock, Ids, Reference,
    directory::{
        load::{load_directory, load_reference},
        load_subjects::{SubjectFile, load_subjects},
    },
    reference::{SHIPPED, Texts},
    session::hash_password,
};
use domain::time::{Day, Instant};
use store::Store;

use crate::database::{TempFolder, connect, create_from, drop_database, fresh_name, postgres_url};

const DIRECTORY: &str = include_str!("../../../examples/demo/directory.toml");
const SUBJECTS: &str = include_str!("../../../examples/demo/subjects.toml");

/// Every account's.
pub const PASSWORD: &str = "demo city, every account";

/// The unit of `enterprise-1`: a toy factory in the old town of county 610902.
pub const SUBJECT: &str = "s-610902-01";

/// The city that a world is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum City {
    /// Every hazard goes the long way of the speech, to sign-off.
    #[default]
    Literal,
    /// The long way, but for general hazards found on patrol: the county closes them.
    CountyCloses,
    /// As it is shipped: routes by who found it, how bad it is and how often it came back.
    Graded,
}

const LITERAL: &str = "[[rule]]\nroute = \"literal\"\n";
const COUNTY: &str = r#"
[[rule]]
initial_level = "general"
determination = "not_major"
source = "patrol"
route = "county"
"#;
const COUNTY_ROUTE: &str = r#"
[[route]]
id = "county"
name_zh = "县级验收即办结"
name_en = "Closed by county acceptance"
confirm = true
plan = "none"
evidence = true
recheck = "county"
inspectors = 1
visit = "never"
in_place = false
cause = false
ending = "close"
sample = 0
"#;

impl City {
    pub fn reference(self) -> Reference {
        // Comments in the file speak of rules too.
        let shipped: Vec<&str> = SHIPPED
            .routes
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        let (routes, rules) = shipped.join("\n").split_once("[[rule]]").map_or_else(
            || panic!("the shipped table has no rule"),
            |(routes, rules)| (routes.to_owned(), format!("[[rule]]{rules}")),
        );
        let routes = match self {
            City::Graded => SHIPPED.routes.to_owned(),
            City::Literal => format!("{routes}{LITERAL}{rules}"),
            City::CountyCloses => format!("{routes}{COUNTY_ROUTE}{COUNTY}{LITERAL}{rules}"),
        };
        let texts = Texts {
            routes: &routes,
            ..SHIPPED
        };
        Reference::read(&texts).expect("the reference data can be read")
    }
}

/// Nine in the morning of a working Wednesday.
pub(crate) fn morning() -> Instant {
    Instant::parse("2026-03-04T09:00:00+08:00").expect("a date as it is written")
}

async fn load(url: &str, city: City) {
    let folder = TempFolder::make();
    let store = Store::open(url).await.expect("the store opens");
    let blobs = Blobs::open(folder.path()).expect("the folder opens");
    let app = App::new(
        store,
        Clock::at(morning()),
        Ids::seeded(0),
        blobs,
        city.reference(),
    );
    let subjects = SubjectFile::read("subjects.toml", SUBJECTS).expect("the subjects can be read");
    let since = Day::parse("2025-01-01").expect("a date as it is written");
    let units = subjects.units(&app, since).expect("every unit lies somewhere");
    let hash = hash_password(&app, PASSWORD.to_owned())
        .await
        .expect("a password can be hashed");
    load_reference(&app).await.expect("the reference data load");
    load_directory(&app, "examples/demo/directory.toml", DIRECTORY, &units, &hash)
        .await
        .expect("the directory loads");
    load_subjects(&app, "examples/demo/subjects.toml", SUBJECTS, &subjects)
        .await
        .expect("the subjects load");
}

/// Which test program this is, and which city.
fn mark(program: &Path, city: City) -> u64 {
    let facts = std::fs::metadata(program).expect("the test program is a file");
    let mut hash = DefaultHasher::new();
    (program, facts.len(), facts.modified().ok(), city).hash(&mut hash);
    hash.finish()
}

fn program() -> PathBuf {
    std::env::current_exe().expect("the test program knows itself")
}

/// A copy of the template at `to`. Templates lie beside the test programs and go away with them.
pub(crate) async fn copy_sqlite(city: City, to: &Path) {
    let program = program();
    let stem = program
        .file_stem()
        .expect("a program has a name")
        .to_string_lossy()
        .into_owned();
    let folder = program.with_file_name("anlan-templates");
    let template = folder.join(format!("{stem}-{city:?}-{:016x}.db", mark(&program, city)));
    if !template.exists() {
        std::fs::create_dir_all(&folder).expect("the folder of test programs can be written to");
        forget_older(&folder, &format!("{stem}-{city:?}-"), &template);
        prepare_sqlite(city, &template).await;
    }
    std::fs::copy(&template, to).expect("the template can be copied");
}

/// Templates of the same test program as it was before it was built anew.
fn forget_older(folder: &Path, prefix: &str, newest: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_name().to_string_lossy().starts_with(prefix)) {
        if file.path().extension().is_some_and(|end| end == "db") && file.path() != newest {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

async fn prepare_sqlite(city: City, template: &Path) {
    let folder = TempFolder::make();
    let path = folder.path().join("template.db");
    load(&format!("sqlite:{}", path.display()), city).await;
    let beside = template.with_extension(fresh_name("part"));
    let _ = std::fs::remove_file(&beside);
    let connection = rusqlite::Connection::open(&path).expect("the template opens");
    connection
        .busy_timeout(std::time::Duration::from_secs(10))
        .expect("the template waits");
    connection
        .execute("VACUUM INTO ?1", [beside.display().to_string()])
        .expect("the template can be written");
    std::fs::rename(&beside, template).expect("the template gets its name");
}

/// A database of this name, made from the template.
pub(crate) async fn copy_postgres(city: City, name: &str) {
    let mark = mark(&program(), city);
    let template = format!("anlan_template_{mark:016x}");
    let client = connect("postgres").await;
    let exists = "SELECT 1 FROM pg_database WHERE datname = $1";
    if client
        .query_opt(exists, &[&template])
        .await
        .expect("the catalogue answers")
        .is_none()
    {
        let lock = i64::from_ne_bytes(mark.to_ne_bytes());
        client
            .execute("SELECT pg_advisory_lock($1)", &[&lock])
            .await
            .expect("the lock is given");
        if client
            .query_opt(exists, &[&template])
            .await
            .expect("the catalogue answers")
            .is_none()
        {
            let part = format!("{template}_part");
            drop_database(&part).await;
            client
                .batch_execute(&format!("CREATE DATABASE {part}"))
                .await
                .expect("a database can be made");
            load(&postgres_url(&part), city).await;
            end_connections(&client, &part).await;
            client
                .batch_execute(&format!("ALTER DATABASE {part} RENAME TO {template}"))
                .await
                .expect("the template gets its name");
        }
        client
            .execute("SELECT pg_advisory_unlock($1)", &[&lock])
            .await
            .expect("the lock is given back");
    }
    create_from(&template, name).await;
}

/// A database that somebody is connected to can be neither renamed nor copied.
async fn end_connections(client: &tokio_postgres::Client, name: &str) {
    let end = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1";
    client
        .query(end, &[&name])
        .await
        .expect("connections can be ended");
}
