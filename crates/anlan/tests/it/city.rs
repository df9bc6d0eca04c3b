//! A place for one test: an empty database on one engine and a folder, both gone in the end. Commands are run in it, and its tables
//! can be looked at past the program, or changed by a hand that should not be there.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use store::{Store, row::Record};

static MADE: AtomicU32 = AtomicU32::new(0);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct City {
    pub engine: Engine,
    pub folder: PathBuf,
    pub database: String,
    /// Of the database, on PostgreSQL.
    name: String,
}

impl City {
    pub fn on(engine: Engine) -> Self {
        let name = format!(
            "anlan_it_{}_{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::SeqCst)
        );
        let folder = std::env::temp_dir().join(&name);
        // A process of the same id may have been killed before it could clear away.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written to");
        let database = match engine {
            Engine::Sqlite => format!("sqlite:{}", folder.join("anlan.db").display()),
            Engine::Postgres => {
                ran(Command::new("createdb").args([
                    &maintenance(),
                    "--template=template0",
                    "--locale=C",
                    &name,
                ]));
                format!("{}/{name}", server())
            }
        };
        Self {
            engine,
            folder,
            database,
            name,
        }
    }

    pub fn sqlite_file(&self) -> PathBuf {
        self.folder.join("anlan.db")
    }

    pub fn key_file(&self) -> PathBuf {
        self.folder.join("log.key")
    }

    /// The program, with the options that name this place.
    pub fn command(&self, command: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_anlan"));
        program.args(command).arg("--data").arg(&self.folder);
        if self.engine == Engine::Postgres {
            program.args(["--database", &self.database]);
        }
        for name in [
            "ANLAN_DATA",
            "ANLAN_DATABASE",
            "ANLAN_CONFIG",
            "ANLAN_LISTEN",
            "ANLAN_DEMO_PASSWORD",
        ] {
            program.env_remove(name);
        }
        program.env("ANLAN_LOG", "warn").stdin(Stdio::null());
        program
    }

    pub fn run(&self, command: &[&str]) -> Ran {
        Ran::of(self.command(command).output().expect("the program starts"))
    }

    /// These columns of the rows of a query, each value as text.
    pub fn rows(&self, columns: &[&str], from: &str) -> Vec<Vec<String>> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be made");
        runtime.block_on(async {
            let store = Store::open(&self.database).await.expect("the store opens");
            let sql = format!("SELECT {} {from}", columns.join(", "));
            let rows = store.door.read(sql, vec![]).await.expect("the query is read");
            let cell = |row: &Record, column: &&str| as_text(row.get(column).expect("the column is there"));
            rows.iter()
                .map(|row| columns.iter().map(|column| cell(row, column)).collect())
                .collect()
        })
    }

    pub fn count(&self, from: &str) -> usize {
        self.rows(&["id"], from).len()
    }

    /// A change past the program.
    pub fn tampers(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => {
                let connection = rusqlite::Connection::open(self.sqlite_file()).expect("the file opens");
                connection
                    .execute_batch(sql)
                    .expect("the statement is carried out");
            }
            Engine::Postgres => {
                ran(Command::new("psql").args(["-q", "-v", "ON_ERROR_STOP=1", "-c", sql, &self.database]))
            }
        }
    }
}

impl Drop for City {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if self.engine == Engine::Postgres {
            ran(Command::new("dropdb").args([&maintenance(), "--if-exists", "--force", &self.name]));
        }
    }
}

/// How a command ended and what it said.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program speaks UTF-8");
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) {
        assert!(
            self.out.contains(words) || self.err.contains(words),
            "nothing of {words:?} in\n{}\n{}",
            self.out,
            self.err
        );
    }
}

fn server() -> String {
    let url = std::env::var("ANLAN_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!("this test needs a PostgreSQL of its own: run it as `scripts/with-postgres.sh cargo nextest run …`")
    });
    url.rsplit_once('/')
        .expect("ANLAN_TEST_POSTGRES is postgres://user@host:port/postgres")
        .0
        .to_owned()
}

fn maintenance() -> String {
    format!("--maintenance-db={}/postgres", server())
}

fn ran(command: &mut Command) {
    let ran = Ran::of(
        command
            .output()
            .expect("the client programs of PostgreSQL are in PATH"),
    );
    assert_eq!(ran.code, Some(0), "{command:?}: {}", ran.err);
}

fn as_text(value: &seal::Value) -> String {
    match value {
        seal::Value::Null => String::new(),
        seal::Value::Text(text) => text.clone(),
        seal::Value::Int(number) => number.to_string(),
        seal::Value::Real(number) => number.to_string(),
        seal::Value::Bool(truth) => truth.to_string(),
        seal::Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Reads a file that has to be there.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
