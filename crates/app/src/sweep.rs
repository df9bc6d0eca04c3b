//! Sweeps: what is done every minute without being asked, or at once when somebody rings. They take no input and may run twice, in
//! several processes. One that fails does not keep the others from running.

use std::time::Duration;

use domain::time::DAY;

use crate::{
    App, Outcome,
    calendar::recount,
    escalation::sweep::raise,
    file::sweep::sweep_orphans,
    hazard::open_linked,
    notice::{KEPT_DAYS, deliver::deliver, plan::plan},
};

/// Answers to repeated requests are kept this long: longer than a phone stays without signal in the mountains.
const ANSWERS_KEPT: i64 = 30 * DAY;

/// Runs each once; the first fault, if there was one, when all have run.
pub async fn once(app: &App) -> Outcome<()> {
    let done = [
        tidy(app).await,
        sweep_orphans(app).await.map(drop),
        open_linked::sweep(app).await,
        // Before the ladder: what is due on another day has not fallen yet, or has.
        recount(app).await.map(drop),
        raise(app).await.map(drop),
        plan(app).await.map(drop),
        deliver(app).await.map(drop),
    ];
    done.into_iter().collect()
}

async fn tidy(app: &App) -> Outcome<()> {
    let now = app.clock.now();
    let door = &app.store.door;
    door.tidy(now.plus(-DAY), now.plus(-ANSWERS_KEPT)).await?;
    Ok(door.forget_notices(now.plus(-KEPT_DAYS * DAY)).await?)
}

/// Runs until the app is asked to end. Its task is not cut off in the middle: what is being written then would come behind the seal.
pub async fn every_minute(app: App) {
    while !app.is_ending() {
        if let Err(error) = once(&app).await {
            tracing::warn!(%error, "a sweep did not succeed; it is tried again in a minute");
        }
        let rung = app.nudged.notified();
        let _ = tokio::time::timeout(Duration::from_secs(60), rung).await;
    }
}
