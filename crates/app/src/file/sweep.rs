//! Uploads that were never attached to anything are removed after a while; the event of it stays.
//!
//! The same bytes may be uploaded again in the same moment. So they are taken aside, asked about once more, and only then removed or
//! put back; and [`receive`](super::receive) makes sure of its bytes once more after its row stands. Whichever comes first, no row
//! is left without its bytes.

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
        remove_unused(app, &sha256).await?;
    }
    Ok(swept)
}

/// Removes bytes that no row names any more.
pub async fn remove_unused(app: &App, sha256: &str) -> Outcome<()> {
    let files = app.store.files();
    if files.is_used(sha256).await? || !app.blobs.put_aside(sha256).await? {
        return Ok(());
    }
    if files.is_used(sha256).await? {
        app.blobs.bring_back(sha256).await
    } else {
        app.blobs.remove_aside(sha256).await
    }
}
