//! The making of the demo city: reference data, directory and subjects, then a year of hazards. What was interrupted is made anew.

use std::{
    fs::File,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use app::{
    App, Clock, Ids, Reference,
    directory::{
        load,
        load_subjects::{self, SubjectFile},
    },
    record::{Follower, key},
    session::hash_password,
};
use domain::{
    jurisdiction::{Jurisdiction, JurisdictionKind},
    time::{Day, HOUR, Instant},
};

use super::{
    cast::Cast,
    chance::Chance,
    hours::{Hours, MINUTE},
    letters::Letters,
    profile::Profile,
    progress::Progress,
    replay::replay,
    schedule::Scheduler,
    spots::Spots,
    story::Teller,
    texts::Texts,
};
use crate::{Stop, place::Place};

const DIRECTORY: (&str, &str) = (
    "examples/demo/directory.toml",
    include_str!("../../../../examples/demo/directory.toml"),
);
const SUBJECTS: (&str, &str) = (
    "examples/demo/subjects.toml",
    include_str!("../../../../examples/demo/subjects.toml"),
);

/// Whether the demo city is there. One that was being made when the program was ended is made anew.
pub async fn is_complete(place: &Place) -> Result<bool, Stop> {
    if let Some(file) = place.sqlite_file() {
        let mark = mark(file);
        if mark.exists() {
            eprintln!("上次未建完，重新建立  the last making was interrupted: starting over");
            clear(file)?;
            return Ok(false);
        }
        if !file.exists() {
            return Ok(false);
        }
    }
    let store = place.store().await?;
    match store.door.setting("demo").await?.as_deref() {
        Some("complete") => Ok(true),
        Some(_) => Err(Stop::new(
            "库中的演示城市未建完  this database holds a demo city that was not finished",
            "删除该库，重新建库后再启动  drop the database, create it anew, and start again",
        )),
        None if store.directory().jurisdictions().await?.is_empty() => Ok(false),
        None => Err(Stop::new(
            "该库已有其他数据，不是演示城市  this database is in use for something else",
            "用 --data 或 --database 另指一处  give the demo city a place of its own with --data or --database",
        )),
    }
}

/// Stands beside the file as long as the city in it is not complete. On a server the setting `demo` says the same.
fn mark(file: &Path) -> PathBuf {
    PathBuf::from(format!("{}.making", file.display()))
}

/// The mark goes last: until then, the next start clears again. Files of evidence stay, they are found by their content.
fn clear(file: &Path) -> Result<(), Stop> {
    for end in ["", "-wal", "-shm"] {
        forget(Path::new(&format!("{}{end}", file.display())))?;
    }
    Ok(std::fs::remove_file(mark(file))?)
}

fn forget(file: &Path) -> Result<(), Stop> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The year that ends now.
pub async fn make(place: &Place, password: &str, hazards: usize, now: Instant) -> Result<(), Stop> {
    let reference = Reference::shipped()?;
    let profile = Profile::read()?.scaled(hazards);
    let hours = Hours {
        calendar: &reference.timetable.calendar,
    };
    let founded = founding_day(&hours, now);
    let clock = Clock::at(founded.start().plus(9 * HOUR));
    let mark = place.sqlite_file().map(mark);
    if let Some(mark) = &mark {
        std::fs::create_dir_all(mark.parent().unwrap_or(Path::new(".")))?;
        File::create(mark)?.sync_all()?;
    }
    let app = place.app(place.store().await?, clock, Ids::seeded(profile.seed))?;
    app.store.door.settle("demo", "making").await?;
    // What was signed last belongs to a city that is no more.
    forget(place.last_signed().path())?;
    // The year is the same every time; the key of the record is this installation's own.
    let key = key::open_or_make(
        &place.app(app.store.clone(), Clock::System, Ids::Random)?,
        &place.key_file(),
    )?;
    let follower = Follower::new(app.clone(), key, place.last_signed());

    let progress = Progress::begin(Clock::System);
    let subjects = found(&app, password).await?;
    let texts = Texts::read()?;
    let cast = Cast::of(&app, founded, now.day()).await?;
    let spots = Spots::of(&app, &cast, &subjects, &texts, now.day()).await?;
    let counties = counties(&app.reference);
    let teller = Teller {
        cast: &cast,
        texts: &texts,
        spots: &spots,
        measures: &app.reference.measures,
        hours,
        times: &app.reference.timetable,
        routes: &app.reference.routes,
        counties: &counties,
        profile: &profile,
    };
    let first = founded.plus_days(1);
    let scheduler = Scheduler::new(teller, first, now.plus(-MINUTE));
    let schedule = scheduler.schedule(&mut Chance::seeded(profile.seed))?;
    let mut letters = Letters {
        app: &app,
        cast: &cast,
        sayings: &texts.sayings,
        chance: Chance::seeded(profile.seed),
    };
    replay(
        &app,
        &follower,
        &cast,
        &schedule,
        &mut letters,
        now,
        |done, total| progress.show(done, total),
    )
    .await?;
    follower.step_down().await?;
    app.store.door.set_setting("demo", "complete").await?;
    if let Some(mark) = mark {
        std::fs::remove_file(mark)?;
    }
    progress.end(schedule.order.len());
    Ok(())
}

fn founding_day(hours: &Hours, now: Instant) -> Day {
    hours.worked_on_or_before(now.day().plus_days(-366))
}

fn counties(reference: &Reference) -> Vec<Jurisdiction> {
    let is_county =
        |one: &&Jurisdiction| matches!(one.kind, JurisdictionKind::County | JurisdictionKind::Zone);
    reference
        .jurisdictions
        .iter()
        .filter(is_county)
        .cloned()
        .collect()
}

/// Jurisdictions, routes, agencies, people and subjects.
async fn found(app: &App, password: &str) -> Result<SubjectFile, Stop> {
    let hash = hash_password(app, password.to_owned()).await?;
    let since = app.clock.now().day();
    load::load_reference(app).await?;
    let subjects = SubjectFile::read(SUBJECTS.0, SUBJECTS.1)?;
    let units = subjects.units(app, since)?;
    load::load_directory(app, DIRECTORY.0, DIRECTORY.1, &units, &hash).await?;
    load_subjects::load_subjects(app, SUBJECTS.0, SUBJECTS.1, &subjects).await?;
    Ok(subjects)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whenever somebody first looks at it: in the holidays, on a Sunday night, early on the first day after, in a year whose
    /// holidays are not known yet, and before some of its people had come into office.
    #[tokio::test]
    async fn the_city_can_be_made_on_any_day() {
        let days = [
            ("2026-02-19", "11:00"),
            ("2026-02-24", "08:31"),
            ("2026-03-01", "03:12"),
            ("2026-10-08", "09:00"),
            ("2027-01-01", "15:00"),
            ("2028-05-31", "23:59"),
            ("2025-12-03", "10:00"),
        ];
        for (day, time) in days {
            let now = Instant::parse(&format!("{day}T{time}:00+08:00")).expect("a moment");
            let folder = std::env::temp_dir().join(format!("anlan_make_{}_{day}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            let database = format!("sqlite:{}", folder.join("anlan.db").display());
            let place = Place {
                database,
                data: folder.clone(),
                listen: None,
                courier: crate::place::CourierConfig::default(),
            };
            make(&place, "anlan-demo", 80, now)
                .await
                .unwrap_or_else(|stop| panic!("{day}: {}", stop.what));
            let store = place.store().await.expect("the store opens");
            let reference = Reference::shipped().expect("the reference data can be read");
            let first = founding_day(
                &Hours {
                    calendar: &reference.timetable.calendar,
                },
                now,
            );
            let acts = store
                .door
                .read("SELECT at FROM event ORDER BY at", vec![])
                .await
                .expect("events are read");
            let days: Vec<Day> = acts
                .iter()
                .map(|act| act.of("event").instant("at").expect("a time").day())
                .collect();
            assert!(
                days.len() > 250 && days[0] == first && days[days.len() - 1] <= now.day(),
                "{day}"
            );
            let stages = store
                .door
                .read(
                    "SELECT DISTINCT stage FROM hazard WHERE due_at IS NOT NULL",
                    vec![],
                )
                .await;
            let stages = stages.expect("hazards are read");
            let stands = |stage: &str| {
                let named =
                    |row: &store::row::Record| row.of("hazard").text("stage").expect("a word") == stage;
                stages.iter().any(named)
            };
            // A plan is waited for on few routes, and in so small a city not every day.
            for stage in ["reported", "rectifying", "submitted", "accepted"] {
                assert!(stands(stage), "{day}: none is {stage}");
            }
            std::fs::remove_dir_all(&folder).expect("the folder can be removed");
        }
    }
}
