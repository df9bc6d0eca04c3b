//! What the event of an act on a hazard tells, beside who, when and which. It repeats what was said, so that the timeline can be
//! read from events alone.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, FileId, PersonId, RouteId, SubjectId,
    hazard::{Determination, InitialLevel, Source, StageName},
    money::Fen,
    place::Location,
    time::{Day, Instant},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HazardEvent {
    Reported {
        number: String,
        subject: SubjectId,
        description: String,
        location: Location,
        initial_level: InitialLevel,
        source: Source,
        found_at: Instant,
        photos: Vec<FileId>,
    },
    Confirmed {
        initial_level: InitialLevel,
        determination: Determination,
        clauses: Vec<String>,
        deadline: Day,
        regulator: Option<AgencyId>,
        order_no: Option<String>,
        route: RouteId,
    },
    Determined {
        determination: Determination,
        clauses: Vec<String>,
        basis: String,
    },
    Planned {
        target: String,
        measures: String,
        funds_fen: Fen,
        deadline: Day,
        responsible_person: String,
        responsible_unit: String,
        emergency_plan: String,
    },
    Rectified {
        summary: String,
        evidence: Vec<FileId>,
    },
    Accepted {
        passed: bool,
        opinion: String,
        visited_at: Option<Instant>,
        place: Option<String>,
        inspectors: Vec<PersonId>,
    },
    SignedOff {
        passed: bool,
        opinion: String,
    },
    InterimMeasureTaken {
        kind: String,
        text: String,
    },
    Voided {
        from: StageName,
        reason: String,
    },
}
