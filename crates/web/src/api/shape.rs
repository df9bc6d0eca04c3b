//! The shapes of the API. Instants are RFC 3339 with +08:00, days `YYYY-MM-DD` in +08:00, money whole fen, points WGS 84 degrees.
//! A field that is not known here is refused, so that a typing error is not silently lost.

use app::{Reference, file::receive::FileReceipt, hazard::Receipt};
use domain::{hazard::Hazard, subject::Subject, time::Instant};
use serde::{Deserialize, Serialize};
use store::directory::Holding;
use utoipa::ToSchema;

pub use super::acts::{
    AcceptanceSaid, ActView, Acts, Choice, ConfirmationSaid, DeterminationSaid, FieldView,
    InterimMeasureSaid, PlanSaid, RectificationSaid, SignOffSaid, VoidingSaid,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSession {
    pub username: String,
    pub password: String,
    /// Id of a post, for people who hold several.
    pub post: Option<String>,
    /// Id of a delegation to act under; it says the post.
    pub delegation: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SessionOpened {
    pub token: String,
    pub expires_at: String,
    pub person: String,
    /// The post that the token acts from.
    pub post: PostView,
    /// All posts that could have been chosen.
    pub posts: Vec<PostView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PostView {
    pub id: String,
    pub title: String,
    pub role: String,
    pub agency: Named,
}

impl PostView {
    pub fn of(holding: &Holding) -> Self {
        Self {
            id: holding.appointment.post.to_string(),
            title: holding.title.clone(),
            role: holding.role.to_string(),
            agency: Named {
                id: holding.agency.id.to_string(),
                name: holding.agency.name.clone(),
            },
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub person: Named,
    /// Whoever delegated it, for a token under a delegation.
    pub principal: Option<Named>,
    pub post: String,
    pub role: String,
    pub agency: Named,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectView {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub credit_code: String,
    /// Division of GB/T 4754.
    pub sector: String,
    pub county: Named,
    pub town: Option<Named>,
    pub address: String,
    /// `registered`, or `unverified` when it came in with a report.
    pub status: String,
}

impl SubjectView {
    pub fn of(subject: &Subject, reference: &Reference) -> Self {
        Self {
            id: subject.id.to_string(),
            kind: subject.kind.to_string(),
            name: subject.name.clone(),
            credit_code: subject.credit_code.clone(),
            sector: subject.sector.clone(),
            county: place(&subject.home.county, reference),
            town: subject.home.town.as_ref().map(|town| place(town, reference)),
            address: subject.address.clone(),
            status: subject.status.to_string(),
        }
    }
}

fn place(id: &domain::JurisdictionId, reference: &Reference) -> Named {
    Named {
        id: id.to_string(),
        name: reference.name(id),
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Subjects {
    pub items: Vec<SubjectView>,
    pub next: Option<String>,
}

#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "names the part of a form for the document")]
pub struct FileUpload {
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FileReceived {
    pub id: String,
    pub sha256: String,
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// When the camera says it was taken.
    pub captured_at: Option<String>,
    pub received_at: String,
}

impl FileReceived {
    pub fn of(receipt: FileReceipt) -> Self {
        Self {
            id: receipt.id,
            sha256: receipt.sha256,
            media_type: receipt.media_type,
            size: receipt.size,
            captured_at: receipt.captured_at.map(|at| Instant(at).rfc3339()),
            received_at: Instant(receipt.received_at).rfc3339(),
        }
    }
}

/// Where a hazard stands after an act.
#[derive(Debug, Serialize, ToSchema)]
pub struct HazardReceipt {
    pub id: String,
    pub number: String,
    pub stage: String,
    pub version: i64,
    pub initial_level: String,
    pub determination: String,
    /// What the next step is due by.
    pub due_at: Option<String>,
    /// Id of the agency or subject that the next step waits for.
    pub waits_for: Option<String>,
    /// The event that this act left on the record.
    pub event: String,
    pub at: String,
}

impl HazardReceipt {
    pub fn of(receipt: Receipt) -> Self {
        Self {
            id: receipt.id,
            number: receipt.number,
            stage: receipt.stage,
            version: receipt.version,
            initial_level: receipt.initial_level,
            determination: receipt.determination,
            due_at: receipt.due_at.map(|at| Instant(at).rfc3339()),
            waits_for: receipt.waits_for,
            event: receipt.event,
            at: Instant(receipt.at).rfc3339(),
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportSaid {
    /// A UUID made by the sender; the same id with the same content is answered as the first time.
    pub id: Option<String>,
    #[serde(deserialize_with = "super::object")]
    pub subject: SubjectSaid,
    pub description: String,
    #[serde(deserialize_with = "super::object")]
    pub location: LocationSaid,
    /// `general`, `serious` or `suspected_major`.
    pub initial_level: String,
    /// `self_check`, `patrol`, `county_check`, `oversight`, `handed_down`, `transfer`, `tip`, `media`, `internal_report`,
    /// `expert_service`, `accident` or `warning`.
    pub source: String,
    /// When it was found, if not now.
    pub found_at: Option<String>,
    /// Ids of one's own uploads.
    #[serde(default)]
    pub photos: Vec<String>,
    /// What is ordered, or taken on, with the report; where the route does not demand that somebody else confirms.
    #[serde(default)]
    pub order: Option<OrderSaid>,
    /// How it was rectified while the finder stood there; for general hazards. Not together with `order`.
    #[serde(default)]
    pub fixed: Option<FixedSaid>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderSaid {
    pub measures: String,
    pub responsible_person: String,
    /// The last day.
    pub deadline: String,
    pub order_no: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedSaid {
    pub summary: String,
}

/// One of `id`, `credit_code` and `name`. A name that nobody has entered yet enters the subject, unverified.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectSaid {
    pub kind: String,
    pub id: Option<String>,
    pub credit_code: Option<String>,
    pub name: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocationSaid {
    pub text: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

/// A hazard as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HazardSummary {
    pub id: String,
    pub number: String,
    pub stage: String,
    pub version: i64,
    pub initial_level: String,
    pub determination: String,
    pub source: String,
    pub description: String,
    pub county: Named,
    pub town: Option<Named>,
    pub subject: SubjectNamed,
    pub location: LocationView,
    pub found_at: String,
    pub reported_at: String,
    /// The day set for rectification.
    pub deadline: Option<String>,
    /// What the next step is due by.
    pub due_at: Option<String>,
    pub overdue: bool,
    /// The agency or subject that the next step waits for.
    pub waits_for: Option<Named>,
    /// How often it has come back.
    pub returns: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectNamed {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub sector: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LocationView {
    pub text: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

impl HazardSummary {
    pub fn of(hazard: &Hazard, waits_for: Option<Named>, reference: &Reference, now: Instant) -> Self {
        let point = hazard.location.point;
        let due = hazard.due.as_ref().map(|due| due.at);
        Self {
            id: hazard.id.to_string(),
            number: hazard.number.clone(),
            stage: hazard.stage.name().to_string(),
            version: hazard.seen.version,
            initial_level: hazard.initial_level.to_string(),
            determination: hazard.determination().to_string(),
            source: hazard.source.to_string(),
            description: hazard.description.clone(),
            county: place(&hazard.home.county, reference),
            town: hazard.home.town.as_ref().map(|town| place(town, reference)),
            subject: SubjectNamed {
                id: hazard.subject.id.to_string(),
                kind: hazard.subject.kind.to_string(),
                name: hazard.subject.name.clone(),
                sector: hazard.subject.sector.clone(),
            },
            location: LocationView {
                text: hazard.location.text.clone(),
                lon: point.map(|point| point.lon),
                lat: point.map(|point| point.lat),
            },
            found_at: hazard.found_at.rfc3339(),
            reported_at: hazard.reported_at.rfc3339(),
            deadline: hazard.deadline().map(|day| day.to_string()),
            due_at: due.map(Instant::rfc3339),
            overdue: due.is_some_and(|due| due <= now),
            waits_for,
            returns: hazard.returns.len(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HazardList {
    pub items: Vec<HazardSummary>,
    /// The cursor of the next page; none on the last.
    pub next: Option<String>,
}

/// A hazard in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct HazardView {
    #[serde(flatten)]
    pub summary: HazardSummary,
    pub regulator: Option<Named>,
    /// The route that it was given at confirmation.
    pub route: Option<RouteView>,
    pub confirmation: Option<ConfirmationView>,
    pub plan: Option<PlanView>,
    pub rectification: Option<RectificationView>,
    pub acceptance: Option<AcceptanceView>,
    pub sign_off: Option<OpinionView>,
    pub voiding: Option<VoidingView>,
    pub interim_measures: Vec<MeasureView>,
    pub returned: Vec<ReturnView>,
    pub files: Vec<FileView>,
    /// Every act done on it, oldest first.
    pub hands: Vec<HandView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RouteView {
    pub id: String,
    /// A plan is demanded before rectification is reported.
    pub plan: bool,
    /// Who looks: `unit` (nobody), `town`, `orderer` or `county`.
    pub recheck: String,
    pub inspectors: u8,
    /// The city signs it off.
    pub sign_off: bool,
    /// `close`, `list` or `items`.
    pub ending: String,
}

/// Who did it, as which post, when.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignatureView {
    /// None where the reader may not know: of a tip, discipline does not learn who reported it.
    pub person: Option<Named>,
    /// For whom it was done: who delegated it, or the unit's head or the leader for whom it was recorded.
    pub principal: Option<Named>,
    pub post: String,
    pub agency: String,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConfirmationView {
    pub clauses: Vec<String>,
    pub deadline: String,
    pub order_no: Option<String>,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    pub target: String,
    pub measures: String,
    pub funds_fen: i64,
    pub deadline: String,
    pub responsible_person: String,
    pub responsible_unit: String,
    pub emergency_plan: String,
    /// Filed after the ordered day: its deadline is a promise, and moved nothing.
    pub late: bool,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RectificationView {
    pub summary: String,
    pub evidence: Vec<String>,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AcceptanceView {
    pub opinion: String,
    pub visited_at: Option<String>,
    pub place: Option<String>,
    pub inspectors: Vec<Named>,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OpinionView {
    pub opinion: String,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VoidingView {
    pub from: String,
    pub reason: String,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureView {
    pub kind: String,
    pub text: String,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnView {
    pub from: String,
    pub reason: String,
    pub by: SignatureView,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    pub id: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub sha256: String,
    pub captured_at: Option<String>,
    pub received_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HandView {
    pub act: String,
    pub by: SignatureView,
}

/// One event of a hazard, as it stands on the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    pub id: String,
    pub version: i64,
    pub act: String,
    pub at: String,
    pub person: Option<Named>,
    /// What was said.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// SHA-256 of the event, hexadecimal.
    pub digest: String,
    /// Digest of the event before it on the same hazard.
    pub prev: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    pub items: Vec<EventView>,
    pub next: Option<String>,
}
