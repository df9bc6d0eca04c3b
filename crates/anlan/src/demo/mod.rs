//! The demo city: made once, with a year behind it, and served. Everything in it is invented and marked 演示数据.

mod act;
mod cast;
mod chance;
mod desks;
mod hours;
mod instructions;
mod letters;
mod listings;
mod lists;
mod make;
mod profile;
mod progress;
mod quota;
mod replay;
mod schedule;
mod season;
mod spots;
mod story;
mod task;
mod texts;
mod visits;

use std::net::SocketAddr;

use app::{
    App, Caller, Clock, Failure, Ids,
    directory::change_password::change_password,
    session::{self, Kind, SignIn},
};
use domain::time::{DAY, Instant};
use web::{Demo, DemoAccount};

use crate::{Stop, place::Place, serve};

/// Of every demo account, unless `ANLAN_DEMO_PASSWORD` says otherwise. Nothing here is secret.
pub const PASSWORD: &str = "anlan-demo";
pub const HAZARDS: usize = 3_000;
/// As short as a password may be when it is changed later.
const SHORTEST: usize = 10;

/// The accounts that are offered on the sign-in page and printed.
const SHOWN: [&str; 12] = [
    "city",
    "city-2",
    "county-610902",
    "county-610902-2",
    "county-610981",
    "department-610902-housing",
    "town-610902001",
    "enterprise-1",
    "enterprise-2",
    "department-6109-housing",
    "discipline",
    "admin",
];

/// What the demo city is to be like.
pub struct Wanted {
    pub password: String,
    pub hazards: usize,
    /// The end of its year; now, if nobody says otherwise.
    pub until: Option<Instant>,
    /// Its clock runs so many days ahead, once it is made.
    pub days_ahead: u16,
}

pub async fn run(place: Place, listen: SocketAddr, wanted: Wanted) -> Result<(), Stop> {
    let Wanted {
        password,
        hazards,
        until,
        days_ahead,
    } = wanted;
    if password.chars().count() < SHORTEST {
        return Err(Stop::new(
            format!("演示口令少于 {SHORTEST} 个字符  a demo password has at least {SHORTEST} characters"),
            "改设 ANLAN_DEMO_PASSWORD  set another ANLAN_DEMO_PASSWORD",
        ));
    }
    // Before the making, which takes its time: whoever listens there already is told of at once.
    let listener = serve::bind(listen).await?;
    if !make::is_complete(&place).await? {
        make::make(
            &place,
            &password,
            hazards,
            until.unwrap_or_else(|| Clock::System.now()),
        )
        .await?;
    }
    let clock = match days_ahead {
        0 => Clock::System,
        days => Clock::Ahead(i64::from(days) * DAY),
    };
    let app = place.app(place.store().await?, clock, Ids::Random)?;
    set_password(&app, &password).await?;
    let demo = Demo {
        accounts: accounts(&app).await?,
        password,
    };
    let (address, shown) = (listener.local_addr()?, demo.clone());
    let announce = || announce(&shown, address);
    serve::site(
        app,
        &place,
        listener,
        Some(demo),
        serve::Front::default(),
        announce,
    )
    .await
}

/// Where the password asked for is another than the one the city was made with, every demo account gets it.
async fn set_password(app: &App, password: &str) -> Result<(), Stop> {
    let said = SignIn {
        username: "admin".into(),
        password: password.to_owned(),
        post: None,
        delegation: None,
        from: "demo".into(),
        kind: Kind::Token,
    };
    match session::sign_in(app, said).await {
        Ok(signed_in) => {
            let live = session::who(app, &signed_in.token, Kind::Token).await?;
            return Ok(session::sign_out(app, &live.token_sha256).await?);
        }
        Err(Failure::WrongPassword) => {}
        Err(other) => return Err(other.into()),
    }
    let admin = administrator(app).await?;
    for account in app.store.directory().accounts(app.city()).await? {
        change_password(app, &admin, account.id, password).await?;
    }
    Ok(())
}

async fn administrator(app: &App) -> Result<Caller, Stop> {
    let missing = || {
        Stop::new(
            "the account admin is missing",
            "make the demo city anew: `make demo-reset`",
        )
    };
    let account = app
        .store
        .directory()
        .account_named("admin")
        .await?
        .ok_or_else(missing)?;
    let holdings = app
        .store
        .directory()
        .holdings(account.person, app.clock.now().day())
        .await?;
    holdings.first().map(session::caller).ok_or_else(missing)
}

async fn accounts(app: &App) -> Result<Vec<DemoAccount>, Stop> {
    let today = app.clock.now().day();
    let everybody = app.store.directory().everybody(app.city(), today).await?;
    let shown = SHOWN.iter().filter_map(|name| {
        everybody
            .iter()
            .find(|office| office.username.as_deref() == Some(name))
    });
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
    println!(
        "演示账号（密码均为 {}） / demo accounts, all with this password:",
        demo.password
    );
    for account in &demo.accounts {
        println!(
            "  {:<24}{} {} {}",
            account.username, account.person, account.agency, account.post
        );
    }
    println!("人物、单位和隐患均为虚构。按 Ctrl+C 结束。 / Everything is invented. Ctrl+C ends it.");
}
