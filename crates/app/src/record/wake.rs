//! Waking open desks: whenever the record has grown, whoever looks at a desk is told in which homes.
//!
//! It rests on the tree alone, so that a desk is woken for what any process on the database wrote. It says "look again" and
//! nothing else: what somebody then sees is read within their own scope.

use std::{collections::BTreeSet, sync::Arc};

use domain::JurisdictionId;
use tokio::sync::broadcast::{self, error::RecvError};

/// Wakings that a slow listener may be behind; one that is further behind is woken all the same.
const BACKLOG: usize = 64;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wake {
    /// Something was put on the record in these homes.
    Grown(Arc<BTreeSet<JurisdictionId>>),
    /// More than is worth telling apart.
    Much,
    /// The program ends: nobody is woken any more.
    End,
}

impl Wake {
    /// Does it concern somebody whose post sits in this county; in the city itself where there is none?
    pub fn concerns(&self, county: Option<&JurisdictionId>) -> bool {
        match (self, county) {
            (Wake::Grown(homes), Some(county)) => homes.contains(county),
            (Wake::Grown(_) | Wake::Much, _) => true,
            (Wake::End, _) => false,
        }
    }
}

/// One open desk.
#[derive(Debug)]
pub struct Listening(broadcast::Receiver<Wake>);

impl Listening {
    pub async fn next(&mut self) -> Wake {
        match self.0.recv().await {
            Ok(wake) => wake,
            Err(RecvError::Lagged(_)) => Wake::Much,
            Err(RecvError::Closed) => Wake::End,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Wakes {
    sender: broadcast::Sender<Wake>,
}

impl Default for Wakes {
    fn default() -> Self {
        Self {
            sender: broadcast::Sender::new(BACKLOG),
        }
    }
}

impl Wakes {
    pub fn listen(&self) -> Listening {
        Listening(self.sender.subscribe())
    }

    pub fn listeners(&self) -> usize {
        self.sender.receiver_count()
    }

    pub(crate) fn tell(&self, wake: Wake) {
        // Nobody listening is no failure.
        let _ = self.sender.send(wake);
    }

    pub fn end(&self) {
        self.tell(Wake::End);
    }
}
