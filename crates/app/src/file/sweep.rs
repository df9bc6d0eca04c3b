//! Uploads that were never attached to anything are removed after a while; the event of it stays.

use domain::{evidence::ORPHAN_AFTER_DAYS, time::DAY};
use store::StoreError;

use crate::{App, Outcome};

/// Marks orphans first and removes their bytes afterwards: bytes may outlive their row for a moment, never the other way round.
pub async fn sweep_orphans(app: &App) -> Outcome<usize> {
    let now = app.clock.now();
    let orphans = app
        .store
        .files()
        .orphans(now.plus(-ORPHAN_AFTER_DAYS * DAY))
        .await?;
    let mut swept = 0;
    for file in orphans {
        let sha256 = file.sha256.clone();
        match app.record(&file.sweep(app.ids.event(now), now)).await {
            Ok(()) => swept += 1,
            // It has been attached, or swept by another process, meanwhile.
            Err(StoreError::Conflict) => continue,
            Err(error) => return Err(error.into()),
        }
        if !app.store.files().is_used(&sha256).await? {
            app.blobs.remove(&sha256).await?;
        }
    }
    Ok(swept)
}
