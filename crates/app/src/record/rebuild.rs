//! The rollups, counted anew from all sealed events: to repair them, and to show that folding gave the same.

use store::{
    event::EventRow,
    tree::{self, Counts},
};

use crate::{App, Failure, Outcome, record::audit};

/// What the sealed events say the rollups should be.
pub async fn recount(app: &App) -> Outcome<Counts> {
    let mut snapshot = app.store.door.snapshot().await?;
    let mut counts = Counts::default();
    let mut next = 0;
    loop {
        let leaves = store::audit::leaves(&mut snapshot, next, audit::PAGE).await?;
        let Some(last) = leaves.last() else { break };
        next = last.position + 1;
        leaves
            .iter()
            .filter_map(|leaf| leaf.event.as_ref().ok())
            .for_each(|event: &EventRow| counts.add(event));
    }
    counts.stock.retain(|_, n| *n != 0);
    Ok(counts)
}

/// Replaces the rollups by the recount. Refused while the tree grows at the same time.
pub async fn rebuild(app: &App, epoch: i64) -> Outcome<()> {
    let head = tree::head(&app.store.door)
        .await?
        .ok_or_else(|| Failure::Broken("nothing has been sealed yet".into()))?;
    let counts = recount(app).await?;
    Ok(app
        .store
        .door
        .replace_rollups(&counts, epoch.max(head.epoch), head.size)
        .await?)
}
