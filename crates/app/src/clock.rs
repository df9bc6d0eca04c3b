//! The clock: the system's, one that is moved by hand for the demo city's past and for tests, or one that runs ahead. The only place that reads the time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use domain::time::Instant;

#[derive(Debug, Clone, Default)]
pub enum Clock {
    #[default]
    System,
    Moved(Arc<AtomicI64>),
    /// The system's, so many milliseconds ahead: a demo city that is shown what becomes of it.
    Ahead(i64),
}

impl Clock {
    pub fn at(now: Instant) -> Self {
        Clock::Moved(Arc::new(AtomicI64::new(now.0)))
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the system's clock"
    )]
    pub fn now(&self) -> Instant {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Moved(now) => Instant(now.load(Ordering::SeqCst)),
            Clock::Ahead(ms) => Clock::System.now().plus(*ms),
        }
    }

    /// Sets a moved clock; the system's clock is not ours to set.
    pub fn set(&self, now: Instant) {
        if let Clock::Moved(at) = self {
            at.store(now.0, Ordering::SeqCst);
        }
    }
}
