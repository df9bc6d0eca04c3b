//! Whether sealing goes on. A tree that is not as we signed it is never signed again: sealing stops, and everybody who looks after
//! the program is told why; reading and writing go on.

use std::sync::{Arc, Mutex};

use seal::Checkpoint;
use store::tree::Head;

/// Why nothing is sealed any more. In each case somebody has been at the tables, or an older copy of them was put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    #[error("log.head is not a checkpoint signed by the key beside it")]
    LastSignedUnreadable,
    #[error("the database has no head of the tree, but {kept} events were sealed when last one was signed")]
    HeadMissing { kept: u64 },
    #[error("the head in the database is not signed by the key of this record, or not as it stands")]
    NotSigned,
    #[error(
        "the head in the database covers {found} events, but {kept} were sealed when last one was signed"
    )]
    HeadOlder { found: u64, kept: u64 },
    #[error("the head in the database is not the one that was signed last, over the same {size} events")]
    HeadDiffers { size: u64 },
    #[error("the tiles in the database do not give the root that was signed")]
    TreeAltered,
}

impl Stopped {
    /// For the catalogue of words.
    pub fn code(self) -> &'static str {
        match self {
            Stopped::LastSignedUnreadable => "last-signed-unreadable",
            Stopped::HeadMissing { .. } => "head-missing",
            Stopped::NotSigned => "not-signed",
            Stopped::HeadOlder { .. } => "head-older",
            Stopped::HeadDiffers { .. } => "head-differs",
            Stopped::TreeAltered => "tree-altered",
        }
    }
}

/// What the follower found when it last wanted to seal; every page and every probe of this process may ask.
#[derive(Debug, Clone, Default)]
pub struct Sealing(Arc<Mutex<Option<Stopped>>>);

impl Sealing {
    pub fn stopped(&self) -> Option<Stopped> {
        *self.0.lock().expect("nobody panics while holding it")
    }

    /// Sets what was found; whether that is news.
    pub(crate) fn found(&self, stopped: Option<Stopped>) -> bool {
        metrics::gauge!("anlan_sealing_stopped").set(if stopped.is_some() { 1.0 } else { 0.0 });
        let mut before = self.0.lock().expect("nobody panics while holding it");
        std::mem::replace(&mut *before, stopped) != stopped
    }
}

/// Whose record it is.
pub(crate) struct Signer {
    pub vkey: String,
    pub origin: String,
}

impl Signer {
    fn opens(&self, note: &str) -> Option<Checkpoint> {
        let said = Checkpoint::open(note, &self.vkey).ok()?;
        (said.origin == self.origin).then_some(said)
    }

    /// The head is one that this key has signed, and does not fall behind what was signed last. One that is further on was signed by
    /// another process with the same key.
    pub fn vouches(&self, head: Option<&Head>, last_signed: Option<&str>) -> Result<(), Stopped> {
        let kept = match last_signed {
            Some(note) => Some(self.opens(note).ok_or(Stopped::LastSignedUnreadable)?),
            None => None,
        };
        let Some(head) = head else {
            return kept.map_or(Ok(()), |kept| Err(Stopped::HeadMissing { kept: kept.size }));
        };
        let said = self.opens(&head.note).ok_or(Stopped::NotSigned)?;
        if said.size != head.size || said.root != head.root {
            return Err(Stopped::NotSigned);
        }
        match kept {
            Some(kept) if kept.size > head.size => Err(Stopped::HeadOlder {
                found: head.size,
                kept: kept.size,
            }),
            Some(kept) if kept.size == head.size && kept.root != head.root => {
                Err(Stopped::HeadDiffers { size: head.size })
            }
            _ => Ok(()),
        }
    }
}
