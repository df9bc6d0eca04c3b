//! Files that prove something. A file is uploaded first, by one person, and attached to one record by the same person
//! afterwards. Its bytes are named by their SHA-256, stand in the event, and are never changed.

use serde::{Deserialize, Serialize};

use crate::{
    EventId, FileId, HazardId, JurisdictionId, PersonId,
    actor::Actor,
    authority::Act,
    change::{Body, Change, Event, Row, Seen, Target},
    field::Checks,
    refusal::Refusal,
    time::Instant,
};

/// How long an upload may wait for the record it belongs to.
pub const ORPHAN_AFTER_DAYS: i64 = 30;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    pub id: FileId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub home: JurisdictionId,
    pub uploader: PersonId,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    /// When the camera says it was taken; an unproven statement, kept beside the received time.
    pub captured_at: Option<Instant>,
    pub received_at: Instant,
    pub state: FileState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileState {
    /// Nobody's evidence yet.
    Loose,
    Attached(HazardId),
    /// It was never attached and its bytes have been removed.
    Swept,
}

/// What the event of an upload tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub captured_at: Option<Instant>,
}

impl EvidenceFile {
    /// Takes a file whose bytes are already safe on disk onto the record.
    pub fn receive(
        who: &Actor,
        event: EventId,
        id: FileId,
        facts: FileFacts,
        now: Instant,
    ) -> Result<Change, Refusal> {
        let mut checks = Checks::default();
        let name = checks.text("name", &facts.name, 200);
        checks.done()?;
        let file = EvidenceFile {
            id,
            seen: Seen::NEW,
            city: who.seat.city.clone(),
            home: who.home(),
            uploader: who.person,
            name,
            media_type: facts.media_type.clone(),
            size: facts.size,
            sha256: facts.sha256.clone(),
            captured_at: facts.captured_at,
            received_at: now,
            state: FileState::Loose,
        };
        let event = Event::by(who, event, Act::UploadFile, file.target(), now, Body::File(facts));
        Ok(Change::new(event, Row::File(file)).resting_on(who))
    }

    /// The bytes of a file that was never attached are about to be removed.
    pub fn sweep(self, event: EventId, now: Instant) -> Change {
        let facts = FileFacts {
            name: self.name.clone(),
            media_type: self.media_type.clone(),
            size: self.size,
            sha256: self.sha256.clone(),
            captured_at: self.captured_at,
        };
        let event = Event::by_the_system(event, Act::SweepFile, self.target(), now, Body::File(facts));
        Change::new(
            event,
            Row::File(EvidenceFile {
                state: FileState::Swept,
                ..self
            }),
        )
    }

    /// Only one's own upload, and only while it belongs to nothing.
    pub fn attach(self, who: &Actor, hazard: HazardId) -> Option<Self> {
        let own = self.uploader == who.person && self.state == FileState::Loose;
        own.then_some(Self {
            state: FileState::Attached(hazard),
            ..self
        })
    }

    fn target(&self) -> Target {
        Target {
            noun: "file",
            id: self.id.to_string(),
            home: self.home.clone(),
            seen: self.seen,
        }
    }
}
