//! Sweeps: what is done every minute without being asked. They take no input and may run twice.

use std::time::Duration;

use domain::time::DAY;

use crate::{App, Outcome, file::sweep::sweep_orphans, hazard::open_linked};

/// Answers to repeated requests are kept this long: longer than a phone stays without signal in the mountains.
const ANSWERS_KEPT: i64 = 30 * DAY;

pub async fn once(app: &App) -> Outcome<()> {
    let now = app.clock.now();
    app.store
        .door
        .tidy(now.plus(-DAY), now.plus(-ANSWERS_KEPT))
        .await?;
    sweep_orphans(app).await?;
    open_linked::sweep(app).await?;
    Ok(())
}

/// Runs until its task is ended.
pub async fn every_minute(app: App) {
    loop {
        if let Err(error) = once(&app).await {
            tracing::warn!(%error, "a sweep did not succeed; it is tried again in a minute");
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
    }
}
