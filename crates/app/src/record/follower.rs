//! The follower: takes pending events in the order of their making, numbers them as leaves, folds the rollups, signs the new head.
//!
//! One leads at a time, by lease; the epoch of the lease stands in the head that it writes, so that one who was asleep cannot
//! write after another has taken over. A batch is written whole or not at all: each event becomes exactly one leaf.

use std::{sync::Arc, time::Duration};

use domain::time::{Instant, SECOND};
use seal::{Checkpoint, Edge, SigningKey};
use store::{
    StoreError,
    counts::Counting,
    tree::{self, Head, Pending, Step},
};

use super::wake::Wake;
use crate::{App, Failure, Outcome};

const LEASE: &str = "follower";
/// A batch takes a fraction of it; whoever was killed while leading is waited for no longer than this.
const LEASE_LASTS: i64 = 5 * SECOND;
const BATCH: usize = 500;
/// Without being rung, it looks by itself: other processes write too.
const LOOK: Duration = Duration::from_secs(1);
/// Leaves whose homes are told apart when desks are woken; beyond that, everybody is.
const TOLD_APART: u64 = 5_000;

#[derive(Clone)]
pub struct Follower {
    app: App,
    key: Arc<SigningKey>,
    holder: String,
}

impl Follower {
    pub fn new(app: App, key: SigningKey) -> Self {
        let holder = app.ids.uuid(app.clock.now()).to_string();
        Self {
            app,
            key: Arc::new(key),
            holder,
        }
    }

    /// Runs until its task is ended.
    pub async fn follow(self) {
        let mut told = None;
        loop {
            let rung = self.app.recorded.notified();
            if let Err(error) = self.seal_all().await {
                tracing::warn!(%error, "sealing did not succeed; it is tried again");
            }
            match self.wake_desks(told).await {
                Ok(size) => told = Some(size),
                Err(error) => tracing::warn!(%error, "desks were not woken; it is tried again"),
            }
            let _ = tokio::time::timeout(LOOK, rung).await;
        }
    }

    /// Tells open desks how the tree has grown since `told`, by whomever; the size that they know of now.
    pub async fn wake_desks(&self, told: Option<u64>) -> Outcome<u64> {
        let door = &self.app.store.door;
        let size = tree::head(door).await?.map_or(0, |head| head.size);
        let grown = told.map_or(0, |told| size.saturating_sub(told));
        if grown > 0 && self.app.wakes.listeners() > 0 {
            let wake = if grown > TOLD_APART {
                Wake::Much
            } else {
                Wake::Grown(Arc::new(tree::homes(door, size - grown, size).await?))
            };
            self.app.wakes.tell(wake);
        }
        Ok(size)
    }

    /// Seals everything that is pending; how many events that was. Nothing, while another leads. What is sealed comes
    /// into the counts, with it or behind it.
    pub async fn seal_all(&self) -> Outcome<usize> {
        let mut sealed = 0;
        while self.has_pending().await? {
            match self.seal_batch().await? {
                0 => break,
                n => sealed += n,
            }
        }
        super::rebuild::catch_up(&self.app).await?;
        Ok(sealed)
    }

    /// Seals what is left before the program ends. A leader that was killed still holds its lease for a while: it is waited for.
    pub async fn seal_the_tail(&self) -> Outcome<()> {
        const STEP: Duration = Duration::from_millis(200);
        let steps = 2 * Duration::from_millis(LEASE_LASTS.unsigned_abs()).as_millis() / STEP.as_millis();
        for _ in 0..steps {
            self.seal_all().await?;
            if !self.has_pending().await? {
                break;
            }
            tokio::time::sleep(STEP).await;
        }
        Ok(())
    }

    /// Lets another lead at once, instead of when the lease runs out.
    pub async fn step_down(&self) -> Outcome<()> {
        Ok(self.app.store.door.leave_lease(LEASE, &self.holder).await?)
    }

    async fn has_pending(&self) -> Outcome<bool> {
        Ok(!tree::pending(&self.app.store.door, 1).await?.is_empty())
    }

    async fn seal_batch(&self) -> Outcome<usize> {
        let door = &self.app.store.door;
        let now = self.app.clock.now();
        let Some(epoch) = door
            .take_lease(LEASE, &self.holder, now.plus(LEASE_LASTS), now)
            .await?
        else {
            return Ok(0);
        };
        let head = self.head(now).await?;
        let sealed = tree::pending(door, BATCH).await?;
        if sealed.is_empty() {
            return Ok(0);
        }
        let mut step = self.step(&head, epoch, &sealed, now).await?;
        let from = tree::as_i64(head.size);
        // After an upgrade the counts are behind: they catch up first, and sealing does not wait for them.
        if store::stay::counted(door).await?.position == from {
            let events: Vec<_> = sealed.iter().map(|one| &one.event).collect();
            let until = from + tree::as_i64(sealed.len() as u64);
            step.counting = Some(Counting::of(door, from, until, &events).await?);
        }
        match door.fold(step.fold()).await {
            Ok(()) => Ok(sealed.len()),
            // Another leads by now; what we meant to write has no effect.
            Err(StoreError::Conflict) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    async fn step<'a>(
        &self,
        head: &'a Head,
        epoch: i64,
        sealed: &'a [Pending],
        now: Instant,
    ) -> Outcome<Step<'a>> {
        let mut edge = self.edge(head.size).await?;
        let leaves: Vec<[u8; 32]> = sealed
            .iter()
            .map(|one| seal::leaf::commitment(&one.event.salt, &one.event.digest))
            .collect();
        let tiles = edge.append(&leaves);
        let root = edge.root();
        let note = self.sign(edge.size(), root)?;
        Ok(Step {
            head,
            epoch,
            sealed,
            tiles,
            root,
            note,
            now,
            counting: None,
        })
    }

    /// The head as it stands; the first call makes the head of the empty tree.
    async fn head(&self, now: Instant) -> Outcome<Head> {
        let door = &self.app.store.door;
        if let Some(head) = tree::head(door).await? {
            return Ok(head);
        }
        let root = Edge::empty().root();
        door.begin_tree(root, self.sign(0, root)?, now).await?;
        tree::head(door)
            .await?
            .ok_or_else(|| Failure::Broken("the tree has no head".into()))
    }

    async fn edge(&self, size: u64) -> Outcome<Edge> {
        let mut tiles = Vec::new();
        for (level, index) in Edge::needed(size) {
            tiles.extend(tree::tile(&self.app.store.door, level, index).await?);
        }
        Edge::load(size, tiles)
            .map_err(|error| Failure::Broken(format!("the tree cannot be continued: {error}")))
    }

    fn sign(&self, size: u64, root: seal::Digest) -> Outcome<String> {
        let origin = super::key::origin(self.app.city());
        let checkpoint = Checkpoint { origin, size, root };
        checkpoint
            .sign(&self.key)
            .map_err(|error| Failure::Broken(error.to_string()))
    }
}
