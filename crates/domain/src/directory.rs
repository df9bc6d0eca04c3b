//! Acts on the directory: reference data come in as events that carry the file they came from, an appointment ends, a password
//! is changed. Nothing is deleted: what ends keeps its row and its dates.

use serde::Serialize;

use crate::{
    EventId, JurisdictionId,
    actor::Actor,
    authority::Act,
    change::{Body, Change, Event, Row, Seen, Target},
    field::Checks,
    person::{Account, Appointment},
    refusal::Refusal,
    time::{Day, Instant},
};

/// The most rows that one event of reference data may carry.
pub const ROWS_PER_LOAD: usize = 2_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryEvent {
    /// Part of a file of reference data: its name, its SHA-256 and which part of it this is.
    Loaded {
        file: String,
        sha256: String,
        part: usize,
        parts: usize,
        rows: usize,
    },
    AppointmentEnded {
        on: Day,
        reason: String,
    },
    PasswordChanged {},
}

/// Rows from one file, in events of at most [`ROWS_PER_LOAD`] rows. `id` names each part; the event is about the part itself,
/// whose first row stands for it.
pub fn load(
    file: &str,
    sha256: &str,
    home: &JurisdictionId,
    rows: Vec<Row>,
    ids: &mut dyn FnMut() -> EventId,
    now: Instant,
) -> Vec<Change> {
    let parts = rows.len().div_ceil(ROWS_PER_LOAD);
    let mut rows = rows.into_iter();
    let mut changes = Vec::with_capacity(parts);
    for part in 1..=parts {
        let id = ids();
        let target = Target {
            noun: "load",
            id: id.to_string(),
            home: home.clone(),
            seen: Seen::NEW,
        };
        let batch: Vec<Row> = rows.by_ref().take(ROWS_PER_LOAD).collect();
        let told = DirectoryEvent::Loaded {
            file: file.into(),
            sha256: sha256.into(),
            part,
            parts,
            rows: batch.len(),
        };
        let event = Event::by_the_system(id, Act::LoadReference, target, now, Body::Directory(told));
        let mut batch = batch.into_iter();
        if let Some(first) = batch.next() {
            changes.push(batch.fold(Change::new(event, first), Change::and));
        }
    }
    changes
}

impl Appointment {
    /// The last day in office; from the next day on, nothing rests on it any more.
    pub fn end(
        self,
        who: &Actor,
        event: EventId,
        on: Day,
        reason: &str,
        now: Instant,
    ) -> Result<Change, Refusal> {
        if let Some(on) = self.to {
            return Err(Refusal::AlreadyEnded { on });
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 200);
        checks.not_before("on", on, self.from);
        checks.not_after("on", on, now.day());
        checks.done()?;
        let target = Target {
            noun: "appointment",
            id: self.id.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        };
        let body = Body::Directory(DirectoryEvent::AppointmentEnded { on, reason });
        let event = Event::by(who, event, Act::EndAppointment, target, now, body);
        Ok(Change::new(event, Row::Appointment(Self { to: Some(on), ..self })).require(who.requires()))
    }
}

impl Account {
    /// `password_hash` is argon2id; the password itself never comes here.
    pub fn change_password(self, who: &Actor, event: EventId, password_hash: String, now: Instant) -> Change {
        let target = Target {
            noun: "account",
            id: self.id.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        };
        let body = Body::Directory(DirectoryEvent::PasswordChanged {});
        let event = Event::by(who, event, Act::ChangePassword, target, now, body);
        Change::new(
            event,
            Row::Account(Self {
                password_hash,
                ..self
            }),
        )
        .require(who.requires())
    }
}
