//! The calendar that dates are counted by, and what follows when the arrangement of holidays changes.
//!
//! The database knows its calendar by the SHA-256 of the file. A process that was started with a file it has never seen makes that
//! one known, by one event; from then on every process with the same file goes round the open hazards whose date counts working days
//! and moves those that fall on another day, each by an event of its own that says which days made the difference. It goes round
//! for ever, a page at a time: a date that a process with the older file still sets meanwhile is found as well. What was killed in
//! the middle begins anew and finds nothing to do where it has been.
//!
//! Nothing is moved back by an older file: a process that was started with one that the record knows already as past says so, and
//! leaves dates alone.

use std::sync::{Mutex, PoisonError};

use domain::{
    calendar::KnownCalendar,
    change::{Row, Seen},
    directory,
    hazard::Hazard,
    scope::{Grant, Scope},
};
use store::StoreError;

use crate::{App, Outcome, directory::load::Loaded};

const PAGE: usize = 100;
/// Hazards looked at in one round; the next goes on.
pub const LOOKED_AT: usize = 500;

/// How far this process has come on its way round. Nothing is lost with it.
#[derive(Debug, Default)]
pub struct Round {
    /// The version of the calendar that it goes round with, and the last hazard.
    at: Mutex<(i64, Option<(i64, String)>)>,
}

impl Round {
    fn place(&self, version: i64) -> Option<(i64, String)> {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        if at.0 != version {
            *at = (version, None);
        }
        at.1.clone()
    }

    fn goes_on_from(&self, version: i64, place: Option<(i64, String)>) {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner) = (version, place);
    }
}

/// The calendar of this process is known to the database, if the database knew none or an older one.
pub async fn make_known(app: &App) -> Outcome<()> {
    let known = store::calendar::of_city(&app.store.door, app.city()).await?;
    let (file, sha256) = &app.reference.sources.calendar;
    if known.as_ref().is_some_and(|known| known.sha256 == *sha256) {
        return Ok(());
    }
    if known.is_some() && was_known(app).await? {
        tracing::warn!(
            %file, %sha256,
            "this program was started with an older calendar than the city counts by: dates are left as they are, and it counts new \
             ones by its own until it is started with the newer file"
        );
        return Ok(());
    }
    let calendar = app.reference.timetable.calendar.clone();
    let row = KnownCalendar {
        city: app.city().clone(),
        seen: known.as_ref().map_or(Seen::NEW, |known| known.seen),
        file: file.clone(),
        sha256: sha256.clone(),
        before: known.map_or_else(|| calendar.clone(), |known| known.calendar),
        calendar,
    };
    let now = app.clock.now();
    let rows = vec![Row::Calendar(Box::new(row))];
    for change in directory::load(file, sha256, app.city(), rows, &mut || app.ids.event(now), now) {
        match app.record(&change).await {
            // Another process was faster.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(StoreError::Taken { table }) if table == "calendar" => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn was_known(app: &App) -> Outcome<bool> {
    let (file, sha256) = &app.reference.sources.calendar;
    let loads = store::event::loads(&app.store.door, app.city()).await?;
    let mut loads = loads
        .into_iter()
        .filter_map(|body| serde_json::from_value::<Loaded>(body).ok());
    Ok(loads.any(|told| told.loaded.file == *file && told.loaded.sha256 == *sha256))
}

/// One round; how many dates were moved.
pub async fn recount(app: &App) -> Outcome<usize> {
    make_known(app).await?;
    let known = store::calendar::of_city(&app.store.door, app.city()).await?;
    let Some(known) = known.filter(|known| known.sha256 == app.reference.sources.calendar.1) else {
        return Ok(0);
    };
    let everything = Scope {
        grants: vec![Grant::City {
            city: app.city().clone(),
            sectors: None,
        }],
    };
    let hazards = app.store.hazards(&everything);
    let version = known.seen.version;
    let (mut after, mut looked_at, mut moved) = (app.round.place(version), 0, 0);
    while looked_at < LOOKED_AT {
        let page = hazards.on_the_clock(after.as_ref(), PAGE).await?;
        looked_at += page.len();
        for hazard in &page {
            if app.is_ending() {
                return Ok(moved);
            }
            moved += usize::from(recount_one(app, &known, hazard).await?);
        }
        let last = page.last().filter(|_| page.len() == PAGE);
        after = last.and_then(|last| Some((last.due.as_ref()?.at.0, last.id.to_string())));
        app.round.goes_on_from(version, after.clone());
        if after.is_none() {
            break;
        }
    }
    // Where dates are on the move, the rest does not wait for the next minute.
    if moved > 0 && after.is_some() {
        app.nudged.notify_one();
    }
    Ok(moved)
}

async fn recount_one(app: &App, known: &KnownCalendar, hazard: &Hazard) -> Outcome<bool> {
    let now = app.clock.now();
    let Some(change) = hazard.clone().recount(known, app.ids.event(now), now) else {
        return Ok(false);
    };
    match app.record(&change).await {
        Ok(()) => Ok(true),
        // Somebody acted on it meanwhile, another process moved it, or a newer calendar came in: the next round sees it as it is then.
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
