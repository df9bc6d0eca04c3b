//! The counts: put together from sealed events, leaf by leaf, a page at a time; anew from the first leaf after an upgrade or to
//! repair them. How far they have come stands beside them, so that whoever stops goes on from there, and nothing counts twice.

use store::{
    StoreError,
    counts::{Counting, Counts},
    event::EventRow,
    stay, tree,
};

use crate::{App, Outcome, record::audit};

/// Events that come into the counts in one write.
const BATCH: usize = 500;

/// What the sealed events say that cells and deeds should be.
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

/// Forgets all counts and makes them anew. Whoever seals meanwhile leaves the counting to this, or takes part in it.
pub async fn rebuild(app: &App) -> Outcome<()> {
    app.store.door.forget_counts().await?;
    catch_up(app).await
}

/// Puts everything sealed into the counts that is not in them yet.
pub async fn catch_up(app: &App) -> Outcome<()> {
    while count_some(app).await? {}
    Ok(())
}

/// One page; whether there may be more.
async fn count_some(app: &App) -> Outcome<bool> {
    let door = &app.store.door;
    let counted = stay::counted(door).await?;
    let sealed = tree::head(door).await?.map_or(0, |head| head.size);
    if tree::as_i64(sealed) <= counted.position {
        return Ok(false);
    }
    let mut snapshot = door.snapshot().await?;
    let leaves = store::audit::leaves(&mut snapshot, counted.position, BATCH).await?;
    drop(snapshot);
    // An event that is gone leaves a gap, which an audit names; the others are counted.
    let events: Vec<&EventRow> = leaves
        .iter()
        .filter_map(|leaf| leaf.event.as_ref().ok())
        .collect();
    let Some(last) = leaves.last() else {
        return Ok(false);
    };
    let counting = Counting::of(door, counted.position, last.position + 1, &events).await?;
    match door.count_in(counting, app.clock.now()).await {
        Ok(()) => Ok(true),
        // Somebody else counts them at the same time, and goes on with it.
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
