//! Records that other records demand: by transfer to another jurisdiction, or because a revisit found a rectification untrue.
//!
//! Opened right after the act that demands them, under an id that follows from it; whatever came between (a killed process, a full
//! disk) is caught up with by the sweep, which may run anywhere and any number of times.

use domain::{
    HazardId,
    hazard::{Hazard, course::OpeningKind, open::There},
    place::Home,
    scope::{Grant, Scope},
    time::Instant,
};
use store::StoreError;

use crate::{App, Failure, Outcome};

/// Records that are asked for at a time.
const AT_ONCE: usize = 200;

/// Right after the act: when it does not succeed now, the sweep does it.
pub(super) async fn open_linked_of(app: &App, source: HazardId) {
    let opened = async {
        match app.store.hazards(&everything(app)).find(source).await? {
            Some(hazard) => open_linked(app, &hazard).await,
            None => Ok(()),
        }
    };
    if let Err(error) = opened.await {
        tracing::warn!(%error, %source, "the linked record was not opened yet; the sweep will");
    }
}

/// However long ago it was demanded. One that cannot be opened keeps none of the others waiting; the first failure is answered when
/// all have been tried.
pub async fn sweep(app: &App) -> Outcome<()> {
    let scope = everything(app);
    let mut after: Option<(Instant, HazardId)> = None;
    let mut done = Ok(());
    loop {
        let hazards = app.store.hazards(&scope);
        let demanded = hazards.to_be_opened(after.as_ref(), AT_ONCE).await?;
        for source in &demanded {
            match open_linked(app, source).await {
                Ok(()) => {}
                Err(failure) if matches!(failure, Failure::Full | Failure::Unavailable(_)) => {
                    return Err(failure);
                }
                Err(failure) => {
                    tracing::warn!(%failure, source = %source.id, "the linked record cannot be opened");
                    done = done.and(Err(failure));
                }
            }
        }
        let last = demanded.last().filter(|_| demanded.len() == AT_ONCE);
        let Some(last) = last else { return done };
        let at = last.hands.last().map_or(last.reported_at, |hand| hand.by.at);
        after = Some((at, last.id));
    }
}

fn everything(app: &App) -> Scope {
    Scope {
        grants: vec![Grant::City {
            city: app.city().clone(),
            sectors: None,
        }],
    }
}

async fn open_linked(app: &App, source: &Hazard) -> Outcome<()> {
    let Some(opening) = &source.course.opening else {
        return Ok(());
    };
    let there = app.store.hazards(&everything(app)).find(opening.id).await?;
    if there.is_some() {
        return Ok(());
    }
    let town = source
        .home
        .town
        .clone()
        .filter(|_| opening.kind == OpeningKind::Reopening);
    let home = Home {
        city: source.home.city.clone(),
        county: opening.county.clone(),
        town,
    };
    let now = app.clock.now();
    let there = There {
        offices: super::report::offices(app, &home).await?,
        number: app.next_hazard_number(&home.county, now).await?,
        home,
    };
    let change = source.open_linked(there, &app.reference.timetable, app.ids.event(now), now);
    let Some(change) = change else { return Ok(()) };
    match app.record(&change).await {
        // Somebody else was faster.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(StoreError::Taken { table }) if table == "hazard" => Ok(()),
        Err(error) => Err(Failure::from(error)),
    }
}
