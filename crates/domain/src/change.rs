//! [`Change`]: the only way out of a decision.
//!
//! It holds the after-image of every row that the decision writes, the event that says who did what, and (row, version) of every
//! record that the decision rested on, written or only required. The store takes nothing else, so a state change without its
//! event does not compile, and a decision on stale knowledge is a conflict instead of a loss.

use serde::Serialize;

use crate::{
    AppointmentId, EventId, HazardId, JurisdictionId,
    actor::{Actor, Signature},
    agency::{Agency, Post},
    authority::Act,
    calendar::KnownCalendar,
    complaint::{Complaint, ComplaintEvent},
    delegation::{Delegation, DelegationEvent},
    directory::DirectoryEvent,
    escalation::{Escalation, EscalationEvent},
    evidence::{EvidenceFile, FileFacts},
    hazard::{Cell, Hazard, HazardEvent},
    jurisdiction::Jurisdiction,
    person::{Account, Appointment, Person},
    person_opening::{PersonOpening, PersonOpeningEvent},
    problem_list::{ProblemList, ProblemListEvent},
    proxy::{ProxyEvent, UnitProxy},
    route::{
        RouteTable,
        version::{RouteVersion, RoutesEvent},
    },
    sign_off_list::{SignOffList, SignOffListEvent},
    subject::Subject,
    time::Instant,
};

/// The version in which a record was read, and the digest of the event that wrote it. New records are at version 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub version: i64,
    pub head: [u8; 32],
}

impl Seen {
    pub const NEW: Seen = Seen {
        version: 0,
        head: [0; 32],
    };

    /// The version that the next write makes.
    pub fn next(self) -> i64 {
        self.version + 1
    }
}

/// The record that an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The table it stands in.
    pub noun: &'static str,
    pub id: String,
    pub home: JurisdictionId,
    pub seen: Seen,
}

/// Who, when, what, about which record.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: EventId,
    pub target: Target,
    pub act: Act,
    pub at: Instant,
    /// `None` for what the system does by itself: loading reference data, sweeping.
    pub by: Option<Signature>,
    pub body: Body,
    /// The stock cell that the record left and the one it entered.
    pub left: Option<Cell>,
    pub entered: Option<Cell>,
}

impl Event {
    pub fn by(who: &Actor, id: EventId, act: Act, target: Target, at: Instant, body: Body) -> Self {
        Self {
            id,
            target,
            act,
            at,
            by: Some(who.signs(at)),
            body,
            left: None,
            entered: None,
        }
    }

    pub fn by_the_system(id: EventId, act: Act, target: Target, at: Instant, body: Body) -> Self {
        Self {
            id,
            target,
            act,
            at,
            by: None,
            body,
            left: None,
            entered: None,
        }
    }
}

/// What an event tells beyond who, when and which.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Body {
    Hazard(HazardEvent),
    File(FileFacts),
    Directory(DirectoryEvent),
    Escalation(EscalationEvent),
    SignOffList(SignOffListEvent),
    Routes(RoutesEvent),
    Complaint(ComplaintEvent),
    ProblemList(ProblemListEvent),
    UnitProxy(ProxyEvent),
    PersonOpening(PersonOpeningEvent),
    Delegation(DelegationEvent),
}

/// One row as it will stand after the change; its `seen` is how it stood before.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    Jurisdiction(Jurisdiction),
    Agency(Agency),
    Post(Post),
    Person(Person),
    Appointment(Appointment),
    Account(Account),
    RouteTable(RouteTable),
    Subject(Subject),
    Hazard(Box<Hazard>),
    File(EvidenceFile),
    Escalation(Box<Escalation>),
    SignOffList(Box<SignOffList>),
    Calendar(Box<KnownCalendar>),
    RouteVersion(Box<RouteVersion>),
    Complaint(Box<Complaint>),
    ProblemList(Box<ProblemList>),
    UnitProxy(Box<UnitProxy>),
    PersonOpening(Box<PersonOpening>),
    Delegation(Box<Delegation>),
}

/// A record that must still stand as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Require {
    Version {
        table: &'static str,
        id: String,
        version: i64,
    },
    /// No record of this id may exist anywhere, in whatever jurisdiction.
    Absent { table: &'static str, id: String },
}

impl Require {
    pub fn appointment(id: AppointmentId, version: i64) -> Self {
        Self::Version {
            table: "appointment",
            id: id.to_string(),
            version,
        }
    }

    /// The hazard stands as it was looked at; others may look at the same time.
    pub fn hazard(id: HazardId, version: i64) -> Self {
        Self::Version {
            table: "hazard",
            id: id.to_string(),
            version,
        }
    }

    pub fn no_hazard(id: HazardId) -> Self {
        Self::Absent {
            table: "hazard",
            id: id.to_string(),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
#[must_use = "a change does nothing until it is recorded"]
pub struct Change {
    event: Event,
    rows: Vec<Row>,
    requires: Vec<Require>,
}

impl Change {
    /// A change always has its event and at least the row that the event is about.
    pub fn new(event: Event, row: Row) -> Self {
        Self {
            event,
            rows: vec![row],
            requires: Vec::new(),
        }
    }

    pub fn and(mut self, row: Row) -> Self {
        self.rows.push(row);
        self
    }

    pub fn require(mut self, requirement: Require) -> Self {
        self.requires.push(requirement);
        self
    }

    /// That whoever decided is still who they were.
    pub fn resting_on(self, who: &Actor) -> Self {
        who.requires().into_iter().fold(self, Self::require)
    }

    pub fn event(&self) -> &Event {
        &self.event
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn requires(&self) -> &[Require] {
        &self.requires
    }

    /// The hazard as it will stand, where the change is about one.
    pub fn hazard(&self) -> Option<&Hazard> {
        self.rows.iter().find_map(|row| {
            if let Row::Hazard(hazard) = row {
                Some(&**hazard)
            } else {
                None
            }
        })
    }
}
