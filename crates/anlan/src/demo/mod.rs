//! The demo city: made once, with a year behind it, and served. Everything in it is invented and marked 演示数据.

mod calendar;
mod dice;
mod people;
mod replay;
mod texts;

use std::{net::SocketAddr, path::Path};

use app::{
    App, Clock, Ids,
    directory::{
        load,
        load_subjects::{self, SubjectFile},
    },
    record::{Follower, key},
    session::hash_password,
};
use domain::time::{DAY, Day, Instant};
use web::{Demo, DemoAccount};

use crate::{Stop, place::Place, serve};

/// Of every demo account, unless `ANLAN_DEMO_PASSWORD` says otherwise. Nothing here is secret.
pub const PASSWORD: &str = "anlan-demo";
pub const HAZARDS: usize = 600;

const DIRECTORY: (&str, &str) =
    ("examples/demo/directory.toml", include_str!("../../../../examples/demo/directory.toml"));
const SUBJECTS: (&str, &str) = ("examples/demo/subjects.toml", include_str!("../../../../examples/demo/subjects.toml"));

/// The accounts that are offered on the sign-in page and printed.
const SHOWN: [&str; 11] = [
    "city",
    "city-2",
    "county-610902",
    "county-610902-2",
    "county-610981",
    "town-610902001",
    "enterprise-1",
    "enterprise-2",
    "department-6109-housing",
    "discipline",
    "admin",
];

pub async fn run(place: Place, listen: SocketAddr, password: String, hazards: usize) -> Result<(), Stop> {
    if !is_complete(&place).await? {
        create(&place, &password, hazards).await?;
    }
    let app = place.app(place.store().await?, Clock::System, Ids::Random)?;
    set_password(&app, &password).await?;
    let demo = Demo { accounts: accounts(&app).await?, password };
    let listener = serve::bind(listen).await?;
    announce(&demo, listener.local_addr()?);
    serve::site(app, &place, listener, Some(demo), false).await
}

/// A demo city that was being made when the program was ended is made anew.
async fn is_complete(place: &Place) -> Result<bool, Stop> {
    let Some(file) = place.sqlite_file() else {
        let app = place.app(place.store().await?, Clock::System, Ids::Random)?;
        return match app.store.door.setting("demo").await?.as_deref() {
            Some("complete") => Ok(true),
            Some(_) => Err(Stop::new("this database holds a demo city that was not finished", "drop the database, create it anew, and start again")),
            None if app.store.directory().jurisdictions().await?.is_empty() => Ok(false),
            None => Err(Stop::new("this database is in use for something else", "give the demo city a database of its own")),
        };
    };
    if !file.exists() {
        return Ok(false);
    }
    let app = place.app(place.store().await?, Clock::System, Ids::Random)?;
    match app.store.door.setting("demo").await?.as_deref() {
        Some("complete") => Ok(true),
        Some(_) => {
            drop(app);
            eprintln!("上次未建完，重新建立 / the last making was interrupted: starting over");
            remove(place, file)?;
            Ok(false)
        }
        None if app.store.directory().jurisdictions().await?.is_empty() => Ok(false),
        None => Err(Stop::new(
            format!("{} is in use for something else", file.display()),
            "give the demo city a folder of its own with --data",
        )),
    }
}

fn remove(place: &Place, file: &Path) -> Result<(), Stop> {
    for end in ["", "-wal", "-shm"] {
        let path = format!("{}{end}", file.display());
        if Path::new(&path).exists() {
            std::fs::remove_file(path)?;
        }
    }
    let blobs = place.data.join("blobs");
    if blobs.exists() {
        std::fs::remove_dir_all(blobs)?;
    }
    Ok(())
}

async fn create(place: &Place, password: &str, hazards: usize) -> Result<(), Stop> {
    let now = Clock::System.now();
    let began = now.plus(-395 * DAY).day().start();
    let clock = Clock::at(began);
    let app = place.app(place.store().await?, clock, Ids::seeded(20_210_122))?;
    app.store.door.settle("demo", "making").await?;
    let follower = Follower::new(app.clone(), key::open_or_make(&app, &place.key_file())?);

    found(&app, password).await?;
    let progress = Progress::new(now);
    replay::replay(&app, &follower, hazards, now, |done, total| progress.show(done, total)).await?;
    progress.end(hazards);
    follower.seal_all().await?;
    follower.step_down().await?;
    app.store.door.set_setting("demo", "complete").await?;
    Ok(())
}

/// Jurisdictions, routes, agencies, people and subjects.
pub async fn found(app: &App, password: &str) -> Result<(), Stop> {
    let hash = hash_password(app, password.to_owned()).await?;
    let since = app.clock.now().day();
    load::load_reference(app).await?;
    let subjects = SubjectFile::read(SUBJECTS.0, SUBJECTS.1)?;
    let units = subjects.units(app, since)?;
    load::load_directory(app, DIRECTORY.0, DIRECTORY.1, &units, &hash).await?;
    load_subjects::load_subjects(app, SUBJECTS.0, SUBJECTS.1, &subjects).await?;
    Ok(())
}

/// Where the password asked for is another than the one the city was made with, every demo account gets it.
async fn set_password(app: &App, password: &str) -> Result<(), Stop> {
    use app::session::{Kind, SignIn, sign_in};
    let said = SignIn {
        username: "admin".into(),
        password: password.to_owned(),
        post: None,
        from: "demo".into(),
        kind: Kind::Token,
    };
    let admin = match sign_in(app, said).await {
        Ok(_) => return Ok(()),
        Err(_) => people::of_account(app, "admin").await?,
    };
    for account in app.store.directory().accounts(app.city()).await? {
        app::directory::change_password::change_password(app, &admin, account.id, password).await?;
    }
    Ok(())
}

async fn accounts(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let today: Day = app.clock.now().day();
    let everybody = app.store.directory().everybody(app.city(), today).await?;
    let shown = SHOWN.iter().filter_map(|name| everybody.iter().find(|office| office.username.as_deref() == Some(name)));
    Ok(shown
        .map(|office| DemoAccount {
            username: office.username.clone().unwrap_or_default(),
            person: office.person_name.clone(),
            post: office.title.clone(),
            agency: office.agency_name.clone(),
            place: app.reference.name(&office.place),
            role: office.role.to_string(),
        })
        .collect())
}

fn announce(demo: &Demo, address: SocketAddr) {
    println!("地址 http://{address}");
    println!("演示账号（密码均为 {}） / demo accounts, all with this password:", demo.password);
    for account in &demo.accounts {
        println!("  {:<24}{} {} {}", account.username, account.person, account.agency, account.post);
    }
    println!("人物、单位和隐患均为虚构。按 Ctrl+C 结束。 / Everything is invented. Ctrl+C ends it.");
}

/// A line on stderr that is written over, for whatever takes longer than two seconds.
struct Progress {
    began: Instant,
}

impl Progress {
    fn new(began: Instant) -> Self {
        Self { began }
    }

    fn seconds(&self) -> i64 {
        (Clock::System.now().0 - self.began.0) / 1_000
    }

    fn show(&self, done: usize, total: usize) {
        if self.seconds() >= 2 {
            eprint!("\r建立演示城市 / making the demo city: {}%  {done}/{total}  {} s ", done * 100 / total.max(1), self.seconds());
        }
    }

    fn end(&self, hazards: usize) {
        if self.seconds() >= 2 {
            eprintln!("\r建立演示城市 / made the demo city: {hazards} 件隐患，{} s                    ", self.seconds());
        }
    }
}
