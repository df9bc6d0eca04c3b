//! Randomness: ids, salts, tokens. The only place that asks for it; seeded for the demo city and for tests.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use domain::{EventId, time::Instant};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

#[derive(Debug, Clone, Default)]
pub enum Ids {
    #[default]
    Random,
    /// The same ids in the same order every time.
    Seeded(Arc<(u64, AtomicU64)>),
}

impl Ids {
    pub fn seeded(seed: u64) -> Self {
        Ids::Seeded(Arc::new((seed, AtomicU64::new(0))))
    }

    /// A UUIDv7 of this instant.
    pub fn uuid(&self, now: Instant) -> Uuid {
        let random = self.bytes();
        let mut counter = [0; 10];
        counter.copy_from_slice(&random[..10]);
        Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or_default(), &counter).into_uuid()
    }

    /// An id that follows from these words, for what must be made once, however often it is tried (UUIDv8 of their SHA-256).
    pub fn derived(&self, words: &[&str]) -> Uuid {
        let mut hash = Sha256::new();
        for word in words {
            hash.update(word.as_bytes());
            hash.update([0]);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    }

    pub fn event(&self, now: Instant) -> EventId {
        EventId(self.uuid(now))
    }

    pub fn salt(&self) -> [u8; 32] {
        self.bytes()
    }

    /// A secret of 256 bits for a person to carry.
    pub fn token(&self) -> String {
        hex(&self.bytes())
    }

    pub(crate) fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        match self {
            Ids::Random => getrandom::fill(&mut bytes).expect("the operating system gives random bytes"),
            Ids::Seeded(seed) => {
                let count = seed.1.fetch_add(1, Ordering::SeqCst);
                let mut hash = Sha256::new();
                hash.update(seed.0.to_be_bytes());
                hash.update(count.to_be_bytes());
                bytes.copy_from_slice(&hash.finalize());
            }
        }
        bytes
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
