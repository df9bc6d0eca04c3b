//! The follower: takes pending events in the order of their making, numbers them as leaves, folds the rollups, signs the new head.
//!
//! One leads at a time, by lease; the epoch of the lease stands in the head that it writes, so that one who was asleep cannot
//! write after another has taken over. A batch is written whole or not at all: each event becomes exactly one leaf.
//!
//! Nothing is signed on trust: the tree that a batch goes onto must be the one that this key signed last.

use std::{sync::Arc, time::Duration};

use domain::time::{Instant, SECOND};
use seal::{Checkpoint, Edge, SigningKey};
use store::{
    StoreError,
    counts::Counting,
    tree::{self, Head, Pending, Step},
};

use super::{LastSigned, Stopped, sealing::Signer, wake::Wake};
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
    last_signed: LastSigned,
    holder: String,
}

impl Follower {
    pub fn new(app: App, key: SigningKey, last_signed: LastSigned) -> Self {
        let holder = app.ids.uuid(app.clock.now()).to_string();
        Self {
            app,
            key: Arc::new(key),
            last_signed,
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
        let Some((head, edge)) = self.tree(now).await? else {
            return Ok(0);
        };
        let sealed = tree::pending(door, BATCH).await?;
        if sealed.is_empty() {
            return Ok(0);
        }
        let mut step = self.step(&head, edge, epoch, &sealed, now)?;
        let note = step.note.clone();
        let from = tree::as_i64(head.size);
        // After an upgrade the counts are behind: they catch up first, and sealing does not wait for them.
        if store::stay::counted(door).await?.position == from {
            let events: Vec<_> = sealed.iter().filter_map(|one| one.event.as_ref()).collect();
            let until = from + tree::as_i64(sealed.len() as u64);
            step.counting = Some(Counting::of(door, from, until, &events).await?);
        }
        match door.fold(step.fold()).await {
            Ok(()) => {
                // Afterwards: killed in between, the head is further on than the file, which is nothing to stop for.
                self.last_signed.keep(note).await?;
                Ok(sealed.len())
            }
            // Another leads by now; what we meant to write has no effect.
            Err(StoreError::Conflict) => Ok(0),
            Err(error) => Err(error.into()),
        }
    }

    fn step<'a>(
        &self,
        head: &'a Head,
        mut edge: Edge,
        epoch: i64,
        sealed: &'a [Pending],
        now: Instant,
    ) -> Outcome<Step<'a>> {
        let leaves: Vec<[u8; 32]> = sealed
            .iter()
            .map(|one| seal::leaf::commitment(&one.salt, &one.digest))
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

    /// Whether the tree is the one that was signed last; sealing stops when it is not.
    pub async fn check(&self) -> Outcome<()> {
        self.standing_tree().await.map(|_| ())
    }

    /// The tree that the next leaves go onto; the first call begins it. `None` when another leads by now.
    async fn tree(&self, now: Instant) -> Outcome<Option<(Head, Edge)>> {
        if let Some(standing) = self.standing_tree().await? {
            return Ok(standing);
        }
        let root = Edge::empty().root();
        let door = &self.app.store.door;
        door.begin_tree(root, self.sign(0, root)?, now).await?;
        self.standing_tree()
            .await?
            .ok_or_else(|| Failure::Broken("the tree has no head".into()))
    }

    /// Head and edge as they stand, if they are what this key has signed. `None` where no tree was ever begun.
    async fn standing_tree(&self) -> Outcome<Option<Option<(Head, Edge)>>> {
        let door = &self.app.store.door;
        let signer = Signer {
            vkey: self.key.verifying_key(),
            origin: super::key::origin(self.app.city()),
        };
        // The file first: what another process signs from here on makes the head go further, never the file.
        let last_signed = self.last_signed.note()?;
        let head = match tree::head(door).await {
            Err(StoreError::Corrupt { .. }) => return Err(self.stop(Stopped::NotSigned)),
            head => head?,
        };
        if let Err(stopped) = signer.vouches(head.as_ref(), last_signed.as_deref()) {
            return Err(self.stop(stopped));
        }
        let Some(head) = head else {
            return Ok(None);
        };
        match self.edge(head.size).await? {
            Some(edge) if edge.root() == head.root => {
                if self.app.sealing.found(None) {
                    tracing::info!("the tree is as it was signed: sealing goes on");
                }
                Ok(Some(Some((head, edge))))
            }
            // The head was read before the tiles. When it has moved, another leads.
            _ if tree::head(door).await?.as_ref() != Some(&head) => Ok(Some(None)),
            _ => Err(self.stop(Stopped::TreeAltered)),
        }
    }

    /// The right edge as the tiles have it, if they have one of this size.
    async fn edge(&self, size: u64) -> Outcome<Option<Edge>> {
        let mut tiles = Vec::new();
        for (level, index) in Edge::needed(size) {
            match tree::tile(&self.app.store.door, level, index).await {
                Err(StoreError::Corrupt { .. }) => return Ok(None),
                tile => tiles.extend(tile?),
            }
        }
        Ok(Edge::load(size, tiles).ok())
    }

    fn stop(&self, stopped: Stopped) -> Failure {
        let why = format!("sealing has stopped: {stopped}");
        if self.app.sealing.found(Some(stopped)) {
            tracing::error!(
                file = %self.last_signed.path().display(),
                "{why}. Nothing more is sealed until this is settled: docs/record.md says how"
            );
        }
        Failure::Broken(why)
    }

    fn sign(&self, size: u64, root: seal::Digest) -> Outcome<String> {
        let origin = super::key::origin(self.app.city());
        let checkpoint = Checkpoint { origin, size, root };
        checkpoint
            .sign(&self.key)
            .map_err(|error| Failure::Broken(error.to_string()))
    }
}
