//! One database per test, on either engine: a copied file, or a database made from a template and dropped in the end.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use tokio_postgres::{Client, NoTls};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

static MADE: AtomicU32 = AtomicU32::new(0);

/// A name that no other test of this run has.
pub(crate) fn fresh_name(what: &str) -> String {
    format!(
        "anlan_{what}_{}_{}",
        std::process::id(),
        MADE.fetch_add(1, Ordering::SeqCst)
    )
}

/// A folder that is gone with its value.
#[derive(Debug)]
pub struct TempFolder(PathBuf);

impl TempFolder {
    pub fn make() -> Self {
        let path = std::env::temp_dir().join(fresh_name("world"));
        // A process of the same id may have been killed before it could clear away.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder can be written to");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The superuser's URL, without the name of a database.
fn server() -> String {
    let url = std::env::var("ANLAN_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("this test needs a PostgreSQL of its own: run it as `scripts/with-postgres.sh cargo nextest run …`")
    });
    let (server, _) = url
        .rsplit_once('/')
        .expect("ANLAN_TEST_POSTGRES is postgres://user@host:port/postgres");
    server.to_owned()
}

pub(crate) fn postgres_url(name: &str) -> String {
    format!("{}/{name}", server())
}

/// A connection of its own, whose task ends with the runtime or with the client.
pub(crate) async fn connect(name: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(&postgres_url(name), NoTls)
        .await
        .expect("PostgreSQL answers");
    tokio::spawn(connection);
    client
}

pub(crate) async fn create_from(template: &str, name: &str) {
    let client = connect("postgres").await;
    client
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .await
        .expect("a database can be made");
}

pub(crate) async fn drop_database(name: &str) {
    let client = connect("postgres").await;
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .expect("a database can be dropped");
}

/// A database without a table, for the opening itself; gone with its value.
pub struct EmptyDatabase {
    pub url: String,
    folder: TempFolder,
    name: Option<String>,
}

impl EmptyDatabase {
    pub async fn on(engine: Engine) -> Self {
        let folder = TempFolder::make();
        let (url, name) = match engine {
            Engine::Sqlite => (
                format!("sqlite:{}", folder.path().join("anlan.db").display()),
                None,
            ),
            Engine::Postgres => {
                let name = fresh_name("empty");
                create_from("template0", &name).await;
                (postgres_url(&name), Some(name))
            }
        };
        Self { url, folder, name }
    }

    /// A connection past the store.
    pub async fn raw(&self) -> crate::raw::Raw {
        match &self.name {
            Some(name) => crate::raw::Raw::postgres(name).await,
            None => crate::raw::Raw::sqlite(&self.folder.path().join("anlan.db")),
        }
    }

    /// Whoever used it has let go of it.
    pub async fn drop(self) {
        if let Some(name) = &self.name {
            drop_database(name).await;
        }
        drop(self.folder);
    }
}
