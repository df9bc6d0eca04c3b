//! Use cases: one file each. A use case reads what it needs, lets the domain decide, and records the change.
//!
//! Here the pure rules meet the clock, the ids, the store and the folder of files. Nothing here speaks HTTP or SQL, and no rule of
//! the field is decided here.

pub mod blobs;
pub mod calendar;
pub mod caller;
pub mod clock;
pub mod complaint;
pub mod delegation;
pub mod directory;
mod durable;
pub mod escalation;
pub mod failure;
pub mod file;
pub mod hand_over;
pub mod hazard;
pub mod ids;
pub mod notice;
mod numbers;
pub mod papers;
pub mod person_record;
pub mod problem_list;
pub mod proxy;
pub mod record;
pub mod reference;
pub mod routes;
pub mod session;
pub mod sign_off_list;
pub mod stock;
pub mod sweep;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use courier::Courier;
use domain::{JurisdictionId, change::Change};
use store::{Stamp, Store, StoreError};
use tokio::sync::{Notify, Semaphore};

pub use blobs::Blobs;
pub use caller::{Caller, Request};
pub use clock::Clock;
pub use failure::{Failure, Outcome};
pub use ids::Ids;
pub use reference::Reference;

/// Everything that a use case works with.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub clock: Clock,
    pub ids: Ids,
    pub blobs: Blobs,
    pub reference: Arc<Reference>,
    numbers: Arc<numbers::Numbers>,
    /// How many passwords are looked at side by side: each takes a core and 19 MiB for a while.
    pub(crate) passwords: Arc<Semaphore>,
    /// Rung after every recorded change: the follower listens.
    pub recorded: Arc<Notify>,
    /// Told by the follower when the record has grown: open desks listen.
    pub wakes: record::wake::Wakes,
    /// Set by the follower when it may not seal, with the reason.
    pub sealing: record::Sealing,
    /// How far this process has come in counting dates anew.
    pub(crate) round: Arc<calendar::Round>,
    /// Rung when a sweep should not wait for its minute.
    pub nudged: Arc<Notify>,
    /// The program ends: what runs in the background comes to its end between two writes.
    ending: Arc<AtomicBool>,
    /// Takes digests to where people read them; to the desk alone, unless it is told of more.
    pub courier: Courier,
    /// Known to this process alone: what is counted under it leads back to nobody.
    pub(crate) nameless: Arc<[u8; 32]>,
    /// What addresses of this system begin with, where links in digests are to work.
    pub public_url: Option<Arc<str>>,
}

impl App {
    pub fn new(store: Store, clock: Clock, ids: Ids, blobs: Blobs, reference: Reference) -> Self {
        Self {
            nameless: Arc::new(ids.salt()),
            store,
            clock,
            ids,
            blobs,
            reference: Arc::new(reference),
            numbers: Arc::default(),
            passwords: Arc::new(Semaphore::new(4)),
            recorded: Arc::default(),
            wakes: record::wake::Wakes::default(),
            sealing: record::Sealing::default(),
            round: Arc::default(),
            nudged: Arc::default(),
            ending: Arc::default(),
            courier: Courier::default(),
            public_url: None,
        }
    }

    /// Asks the sweeps to come to their end. Whoever waits for them knows that nothing more is written by them.
    pub fn end(&self) {
        self.ending.store(true, Ordering::SeqCst);
        self.nudged.notify_one();
    }

    pub(crate) fn is_ending(&self) -> bool {
        self.ending.load(Ordering::SeqCst)
    }

    /// With somebody who takes digests further than to the desk.
    #[must_use]
    pub fn with_courier(mut self, courier: Courier, public_url: Option<&str>) -> Self {
        self.courier = courier;
        self.public_url = public_url.map(|url| url.trim_end_matches('/').into());
        self
    }

    /// The city that this installation serves.
    pub fn city(&self) -> &JurisdictionId {
        &self.reference.city
    }

    /// Records a change for which no answer is kept.
    pub(crate) async fn record(&self, change: &Change) -> Result<(), StoreError> {
        self.record_with(change, None).await
    }

    pub(crate) async fn record_with(
        &self,
        change: &Change,
        answer: Option<store::Answer>,
    ) -> Result<(), StoreError> {
        self.store
            .record(
                change,
                Stamp {
                    salt: self.ids.salt(),
                    answer,
                },
            )
            .await?;
        metrics::counter!("anlan_events_total", "act" => change.event().act.as_str()).increment(1);
        self.recorded.notify_waiters();
        Ok(())
    }
}
