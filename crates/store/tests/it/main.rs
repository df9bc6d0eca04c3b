//! The store on both engines: what its door promises, and what its finders find.

mod door;
mod finders;
mod housekeeping;
mod opening;
mod problem_lists;

use domain::{EventId, HazardId, change::Change, hazard::Moment};
use store::{Stamp, StoreError};
use testkit::{Named, World};

/// A confirmation of this hazard, decided on what stands now and not recorded yet.
async fn confirmation(w: &World, hazard: HazardId) -> Change {
    let who = w.county().caller().await;
    let found = w
        .app
        .store
        .hazards(&who.scope)
        .find(hazard)
        .await
        .unwrap()
        .unwrap();
    let routes = w.app.store.routes(w.app.city()).await.unwrap().unwrap();
    let moment = Moment {
        who: &who.actor,
        event: EventId(w.app.ids.uuid(w.now())),
        now: w.now(),
    };
    found
        .confirm(w.county().a_confirmation(), None, &routes, moment)
        .unwrap()
}

async fn record(w: &World, change: &Change) -> Result<(), StoreError> {
    let stamp = Stamp {
        salt: w.app.ids.salt(),
        answer: None,
    };
    w.app.store.record(change, stamp).await
}

async fn a_hazard(w: &World) -> HazardId {
    w.town().reports("配电箱门缺失").await.good().hazard()
}
