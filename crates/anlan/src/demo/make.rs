//! The making of the demo city: reference data, directory and subjects, then a year of hazards. What was interrupted is made anew.

use std::{collections::HashSet, path::Path};

use app::{
    App, Clock, Ids, Reference,
    directory::{
        load,
        load_subjects::{self, SubjectFile},
    },
    record::{Follower, key},
    session::hash_password,
};
use domain::time::HOUR;

use super::{
    cast::Cast,
    chance::Chance,
    hours::{Hours, MINUTE},
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

/// Another seed is another city.
const SEED: u64 = 610_900;

/// A demo city that was being made when the program was ended is made anew.
pub async fn is_complete(place: &Place) -> Result<bool, Stop> {
    let Some(file) = place.sqlite_file() else {
        let app = place.app(place.store().await?, Clock::System, Ids::Random)?;
        return match app.store.door.setting("demo").await?.as_deref() {
            Some("complete") => Ok(true),
            Some(_) => Err(Stop::new(
                "this database holds a demo city that was not finished",
                "drop the database, create it anew, and start again",
            )),
            None if app.store.directory().jurisdictions().await?.is_empty() => Ok(false),
            None => Err(Stop::new(
                "this database is in use for something else",
                "give the demo city a database of its own",
            )),
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
            eprintln!("上次未建完，重新建立  the last making was interrupted: starting over");
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

pub async fn make(place: &Place, password: &str, hazards: usize) -> Result<(), Stop> {
    let now = Clock::System.now();
    let reference = Reference::shipped()?;
    let hours = Hours {
        calendar: &reference.timetable.calendar,
    };
    let founded = hours.worked_on_or_before(now.day().plus_days(-366));
    let clock = Clock::at(founded.start().plus(9 * HOUR));
    let app = place.app(place.store().await?, clock, Ids::seeded(SEED))?;
    app.store.door.settle("demo", "making").await?;
    // The year is the same every time; the key of the record is this installation's own.
    let key = key::open_or_make(
        &place.app(app.store.clone(), Clock::System, Ids::Random)?,
        &place.key_file(),
    )?;
    let follower = Follower::new(app.clone(), key);

    let progress = Progress::begin(Clock::System);
    let subjects = found(&app, password).await?;
    let texts = Texts::read()?;
    let cast = Cast::of(&app, founded, now.day()).await?;
    let spots = Spots::of(&app, &cast, &subjects, &texts, now.day()).await?;
    let teller = Teller {
        cast: &cast,
        texts: &texts,
        spots: &spots,
        measures: &app.reference.measures,
        hours,
    };
    let first = founded.plus_days(1);
    let scheduler = Scheduler {
        teller,
        first,
        now: now.plus(-MINUTE),
        used: HashSet::new(),
    };
    let schedule = scheduler.schedule(&mut Chance::seeded(SEED), hazards)?;
    replay(&app, &follower, &cast, &schedule, |done, total| {
        progress.show(done, total)
    })
    .await?;
    follower.step_down().await?;
    app.store.door.set_setting("demo", "complete").await?;
    progress.end(schedule.order.len());
    Ok(())
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
