//! A world: the program on a fresh store with the demo city in it.
//!
//! It refuses to go away (panics) when its record does not verify as sound, unless it was told that the test has been at it.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
};

use app::{
    App, Blobs, Clock, Ids,
    record::{
        Follower, LastSigned,
        audit::Report,
        verify::{Against, verify},
    },
};
use domain::{EscalationId, time::Instant};
use seal::SigningKey;
use store::{SqliteOptions, Store};

use crate::{
    City, Engine, PersonInOffice, TempFolder,
    database::{drop_database, fresh_name, postgres_url},
    raw::Raw,
    template::{copy_postgres, copy_sqlite, morning},
};

static SEEDS: AtomicU64 = AtomicU64::new(1);

pub struct World {
    pub app: App,
    pub engine: Engine,
    pub city: City,
    folder: TempFolder,
    /// Of the database, on PostgreSQL.
    name: String,
    tampered: AtomicBool,
}

/// Where a world's data lie, for a process of its own.
#[derive(Debug, Clone)]
pub struct Opened {
    pub url: String,
    pub blobs: PathBuf,
    pub city: City,
}

impl World {
    pub async fn on(engine: Engine) -> Self {
        Self::of(engine, City::default()).await
    }

    pub async fn of(engine: Engine, city: City) -> Self {
        let folder = TempFolder::make();
        let name = fresh_name("test");
        match engine {
            Engine::Sqlite => copy_sqlite(city, &folder.path().join("anlan.db")).await,
            Engine::Postgres => copy_postgres(city, &name).await,
        }
        let opened = opened(engine, city, &folder, &name);
        let app = opened.open(morning(), SqliteOptions::default()).await;
        Self {
            app,
            engine,
            city,
            folder,
            name,
            tampered: AtomicBool::new(false),
        }
    }

    pub fn opened(&self) -> Opened {
        opened(self.engine, self.city, &self.folder, &self.name)
    }

    /// The same store, as another process would open it. Its clock is its own.
    pub async fn opened_again(&self) -> App {
        self.opened().open(self.now(), SqliteOptions::default()).await
    }

    /// The path of the SQLite file.
    pub fn sqlite_path(&self) -> PathBuf {
        self.folder.path().join("anlan.db")
    }

    pub fn now(&self) -> Instant {
        self.app.clock.now()
    }

    pub fn time_passes(&self, ms: i64) {
        self.app.clock.set(self.now().plus(ms));
    }

    /// A connection past the store, for a hand that should not be there.
    pub async fn raw(&self) -> Raw {
        match self.engine {
            Engine::Sqlite => Raw::sqlite(&self.sqlite_path()),
            Engine::Postgres => Raw::postgres(&self.name).await,
        }
    }

    /// The test has been at the tables: the record need not be sound in the end.
    pub fn has_been_tampered_with(&self) {
        self.tampered.store(true, Ordering::SeqCst);
    }

    pub fn follower(&self) -> Follower {
        Follower::new(self.app.clone(), key(), self.last_signed())
    }

    /// The file of what was signed last: beside the database, as where the program serves.
    pub fn last_signed(&self) -> LastSigned {
        LastSigned::beside_the_key(self.folder.path())
    }

    /// Seals all that is pending; how many events that was.
    pub async fn seals(&self) -> usize {
        let follower = self.follower();
        let sealed = follower.seal_all().await.expect("sealing succeeds");
        follower.step_down().await.expect("the lease is given back");
        sealed
    }

    pub async fn verifies(&self) -> Report {
        self.verifies_against(None).await
    }

    pub async fn verifies_against(&self, checkpoint: Option<String>) -> Report {
        let last_signed = self.last_signed().note().expect("the file can be read");
        verify(&self.app, &against(checkpoint, last_signed))
            .await
            .expect("the record can be verified")
    }

    pub fn vkey(&self) -> String {
        key().verifying_key()
    }

    /// How many events there are: what must not grow when nothing may change.
    pub async fn events(&self) -> i64 {
        self.count("event").await
    }

    pub async fn count(&self, table: &str) -> i64 {
        let rows = self
            .app
            .store
            .door
            .read(format!("SELECT count(*) FROM {table}"), vec![])
            .await;
        rows.expect("the table can be read")
            .first()
            .map_or(0, |row| row.number())
    }

    /// Time passes until the hazard's next step is a day late, and the ladder is climbed: the newest of its steps.
    pub async fn falls_overdue(&self, hazard: &impl crate::Named) -> EscalationId {
        let city = self.city();
        let seen = city.looks_at(hazard).await.good().hazard;
        let due = seen.due.expect("it waits for a date").at;
        self.app.clock.set(self.now().max(due.plus(domain::time::DAY)));
        app::escalation::sweep::raise(&self.app)
            .await
            .expect("the ladder can be climbed");
        let raised = city.escalations_of(hazard).await;
        raised.first().expect("a step has fallen").id
    }

    pub fn person(&self, username: &str) -> PersonInOffice {
        PersonInOffice::of(self, username)
    }

    /// The safety officer of the old town of county 610902.
    pub fn town(&self) -> PersonInOffice {
        self.person("town-610902001")
    }

    /// The safety officer of the unit `enterprise-1`.
    pub fn unit(&self) -> PersonInOffice {
        self.person("enterprise-1")
    }

    pub fn county(&self) -> PersonInOffice {
        self.person("county-610902")
    }

    pub fn second_county_officer(&self) -> PersonInOffice {
        self.person("county-610902-2")
    }

    pub fn third_county_officer(&self) -> PersonInOffice {
        self.person("county-610902-3")
    }

    pub fn city(&self) -> PersonInOffice {
        self.person("city")
    }

    pub fn second_city_officer(&self) -> PersonInOffice {
        self.person("city-2")
    }

    /// A county officer of another county.
    pub fn neighbour(&self) -> PersonInOffice {
        self.person("county-610981")
    }

    pub fn discipline(&self) -> PersonInOffice {
        self.person("discipline")
    }

    pub fn admin(&self) -> PersonInOffice {
        self.person("admin")
    }
}

impl Opened {
    pub async fn open(&self, now: Instant, options: SqliteOptions) -> App {
        let store = Store::open_with(&self.url, options)
            .await
            .expect("the store opens");
        let blobs = Blobs::open(&self.blobs).expect("the folder opens");
        let ids = Ids::seeded(seed());
        App::new(store, Clock::at(now), ids, blobs, self.city.reference())
    }
}

/// Two programs on one store must not make the same ids: each process counts its own seeds.
fn seed() -> u64 {
    (u64::from(std::process::id()) << 32) + SEEDS.fetch_add(1, Ordering::SeqCst)
}

fn opened(engine: Engine, city: City, folder: &TempFolder, name: &str) -> Opened {
    let url = match engine {
        Engine::Sqlite => format!("sqlite:{}", folder.path().join("anlan.db").display()),
        Engine::Postgres => postgres_url(name),
    };
    Opened {
        url,
        blobs: folder.path().join("files"),
        city,
    }
}

/// The key of every world's record: a history rewritten by its holder is written with the same one.
fn key() -> SigningKey {
    SigningKey::from_seed("anlan-test", [7; 32]).expect("the name is one for a key")
}

fn against(checkpoint: Option<String>, last_signed: Option<String>) -> Against {
    Against {
        vkey: key().verifying_key(),
        checkpoint,
        last_signed,
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let opened = self.opened();
        let check = !self.tampered.load(Ordering::SeqCst) && !std::thread::panicking();
        let last_signed = self.last_signed().note().unwrap_or_default();
        let database = (self.engine == Engine::Postgres).then(|| self.name.clone());
        // In a runtime of its own: a value is dropped wherever its test ends.
        let ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made");
            runtime.block_on(async {
                let report = if check {
                    Some(sound(&opened, last_signed).await)
                } else {
                    None
                };
                if let Some(name) = database {
                    drop_database(&name).await;
                }
                report
            })
        });
        let report = ended.join();
        if std::thread::panicking() {
            return;
        }
        if let Some(report) = report.expect("the world can be taken down") {
            assert!(
                report.is_sound(),
                "this world's record is not sound: {:?}",
                report.faults
            );
        }
    }
}

async fn sound(opened: &Opened, last_signed: Option<String>) -> Report {
    let app = opened.open(morning(), SqliteOptions::default()).await;
    verify(&app, &against(None, last_signed))
        .await
        .expect("the record can be verified")
}
