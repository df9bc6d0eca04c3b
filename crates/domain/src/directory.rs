//! Acts on the directory: reference data come in as events that carry the file they came from, an appointment ends, a password
//! is changed. Nothing is deleted: what ends keeps its row and its dates.
//!
//! Whoever leaves a post hands it over 岗位交接: the act names the last day and the successor and tells what waited, counted. A last
//! day ahead is an announced end; until it has come it can be set anew (docs/adr/0023).

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, AppointmentId, EventId, JurisdictionId,
    actor::Actor,
    authority::Act,
    change::{Body, Change, Event, Require, Row, Seen, Target},
    delegation::Colleague,
    field::Checks,
    hazard::Moment,
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
        #[serde(skip_serializing_if = "Option::is_none")]
        successor: Option<AppointmentId>,
        waiting: Waiting,
    },
    PasswordChanged {},
}

/// An end is announced so many days ahead at most.
pub const END_AHEAD: i64 = 92;

/// What waited when somebody's leaving was recorded, counted; counting stops where a page stops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// With the agency: its desk, drafts of letters, instructions of leaders without an answer.
    pub desk: i64,
    pub letters: i64,
    pub instructions: i64,
    /// By the person's name: cases they worked on, plans that name them, problem lists and sign-off lists that they opened.
    pub cases: i64,
    pub plans: i64,
    pub problem_lists: i64,
    pub sign_off_lists: i64,
    /// These end with the appointment.
    pub delegations_given: i64,
    pub delegations_taken: i64,
}

impl Waiting {
    /// What does not pass to the agency by itself.
    pub fn by_name(&self) -> i64 {
        self.cases + self.plans + self.problem_lists + self.sign_off_lists
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    pub on: Day,
    pub reason: String,
}

/// What a hand-over rests on beside the appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveRest {
    /// Of the post that is left.
    pub agency: AgencyId,
    /// `None` where the agency itself goes on.
    pub successor: Option<Colleague>,
    pub waiting: Waiting,
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
    pub fn end(self, said: Leave, rest: LeaveRest, moment: Moment) -> Result<Change, Refusal> {
        moment.who.may_at_all(Act::EndAppointment)?;
        let today = moment.now.day();
        if let Some(on) = self.to.filter(|on| *on <= today) {
            return Err(Refusal::AlreadyEnded { on });
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", &said.reason, 200);
        checks.not_before("on", said.on, self.from);
        checks.not_after("on", said.on, today.plus_days(END_AHEAD));
        if let Some(successor) = &rest.successor {
            let next = &successor.appointment;
            let takes_over = next.holds_on(today) && next.holds_on(said.on.plus_days(1));
            if successor.agency != rest.agency {
                checks.fail("successor", "not-a-colleague");
            } else if next.id == self.id {
                checks.fail("successor", "oneself");
            } else if !takes_over {
                checks.fail("successor", "not-in-office");
            }
        }
        checks.done()?;
        let target = Target {
            noun: "appointment",
            id: self.id.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        };
        let successor = rest.successor.as_ref().map(|one| one.appointment.id);
        let told = DirectoryEvent::AppointmentEnded {
            on: said.on,
            reason,
            successor,
            waiting: rest.waiting,
        };
        let event = Event::by(
            moment.who,
            moment.event,
            Act::EndAppointment,
            target,
            moment.now,
            Body::Directory(told),
        );
        let row = Self {
            to: Some(said.on),
            successor,
            ..self
        };
        let change = Change::new(event, Row::Appointment(row)).resting_on(moment.who);
        let stands = rest
            .successor
            .map(|one| Require::appointment(one.appointment.id, one.appointment.seen.version));
        Ok(stands.into_iter().fold(change, Change::require))
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
        .resting_on(who)
    }
}
