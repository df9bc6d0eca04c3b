//! What the event of an act on a hazard tells, beside who, when and which. It repeats what was said, so that the timeline can be
//! read from events alone.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, FileId, HazardId, JurisdictionId, PersonId, ProblemListId, RouteId, SignOffListId, SubjectId,
    authority::Act,
    calendar::ChangedDay,
    hazard::{
        Cause, Determination, DismissedAs, InitialLevel, Source, StageName,
        course::{ConfirmedBy, Fact, Leader, OpeningKind, Part, ToldTo},
        listing::{ListingLevel, ReportCycle},
    },
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
        /// What the finder ordered, or took on, with the report.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Ordered>,
        /// How it was rectified while the finder stood there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fixed: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<RouteId>,
        /// The version of the city's routes that was read.
        #[serde(default)]
        routes_no: i64,
    },
    Confirmed {
        initial_level: InitialLevel,
        determination: Determination,
        clauses: Vec<String>,
        deadline: Day,
        regulator: Option<AgencyId>,
        order_no: Option<String>,
        route: RouteId,
        /// The version of the city's routes that was read.
        #[serde(default)]
        routes_no: i64,
    },
    Determined {
        determination: Determination,
        clauses: Vec<String>,
        basis: String,
        /// The route it goes on, where the determination changed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<RouteId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        routes_no: Option<i64>,
    },
    Planned {
        target: String,
        measures: String,
        funds_fen: Fen,
        deadline: Day,
        responsible_person: String,
        responsible_unit: String,
        emergency_plan: String,
        /// Filed after the ordered day: its deadline is a promise that moves nothing.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        late: bool,
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cause: Option<Cause>,
        /// The route it goes on, where coming back changed it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<RouteId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        routes_no: Option<i64>,
    },
    SignedOff {
        passed: bool,
        opinion: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<SignOffListId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<RouteId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        routes_no: Option<i64>,
    },
    InterimMeasureTaken {
        kind: String,
        text: String,
    },
    Voided {
        from: StageName,
        reason: String,
    },
    ExtensionAsked {
        from: Day,
        to: Day,
        reason: String,
    },
    ExtensionDecided {
        passed: bool,
        opinion: String,
        to: Day,
    },
    Paused {
        reason: String,
    },
    Resumed {
        reason: String,
        days: i64,
    },
    Suspended {
        order_no: String,
        scope: String,
    },
    RestartAsked {
        summary: String,
        evidence: Vec<FileId>,
    },
    RestartReviewed {
        passed: bool,
        opinion: String,
    },
    Assigned {
        to: AgencyId,
        reply_by: Day,
        basis: Option<String>,
        /// The problem list that it was handed over with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        list: Option<ProblemListId>,
    },
    Acknowledged {},
    Declined {
        reason: String,
    },
    Dismissed {
        ended_as: DismissedAs,
        reason: String,
    },
    Merged {
        into: HazardId,
        number: String,
        reason: String,
    },
    Transferred {
        to: JurisdictionId,
        reason: String,
        there: HazardId,
    },
    Opened {
        number: String,
        kind: OpeningKind,
        from: HazardId,
        from_number: String,
        reason: String,
        description: String,
    },
    Revisited {
        passed: bool,
        opinion: String,
        visited_at: Instant,
        evidence: Vec<FileId>,
        again: Option<HazardId>,
    },
    Corrected {
        fact: Fact,
        was: String,
        is: String,
        reason: String,
    },
    Told {
        to: ToldTo,
        on: Day,
        how: String,
    },
    PutInPlace {
        part: Part,
        note: String,
        evidence: Vec<FileId>,
    },
    OwnerNamed {
        owner: SubjectId,
        name: String,
        was: String,
        basis: String,
        /// Entered with it, unverified.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        entered: bool,
    },
    /// The arrangement of holidays changed, and with it a date that counts working days.
    Recounted {
        from: Day,
        to: Day,
        days: Vec<ChangedDay>,
        source: String,
        /// Of the file of the calendar.
        sha256: String,
    },
    Instructed {
        leader: Leader,
        wording: String,
        signed_on: Day,
        answer_by: Option<Day>,
        page: Vec<FileId>,
    },
    ProxyConfirmed {
        how: ConfirmedBy,
        /// What was confirmed with it.
        acts: Vec<Act>,
        page: Vec<FileId>,
    },
    InstructionAnswered {
        /// Which of them, counted from 1.
        instruction: usize,
        leader: Leader,
        answer: String,
        evidence: Vec<FileId>,
    },
    ListingProposed {
        level: ListingLevel,
        requirements: String,
        leader: Leader,
        plan_by: Day,
        reports_every: ReportCycle,
    },
    ListingApproved {
        level: ListingLevel,
        number: String,
        leader: Leader,
        signed_on: Day,
        page: Vec<FileId>,
    },
    ListingServed {
        level: ListingLevel,
        on: Day,
        receiver: String,
        proof: Vec<FileId>,
    },
    ProgressReported {
        note: String,
        evidence: Vec<FileId>,
    },
    ListingEnded {
        level: ListingLevel,
        delisted: bool,
        opinion: String,
        leader: Leader,
        published: String,
        page: Vec<FileId>,
    },
}

/// A date, a measure and a person, as a report names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    pub measures: String,
    pub responsible_person: String,
    pub deadline: Day,
    pub order_no: Option<String>,
}
