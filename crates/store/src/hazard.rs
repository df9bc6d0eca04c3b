//! Hazards: how they stand in the table. What is filtered has a column; the rest is JSON that is never queried.

mod find;
mod order;
mod past;
mod similar;

use domain::{
    AgencyId, FileId, HazardId, JurisdictionId, SubjectId,
    authority::Hand,
    deadline::Due,
    hazard::{
        Course, Hazard, InitialLevel, InterimMeasure, Offices, Return, Source, Stage, SubjectRef, WaitsFor,
    },
    place::{Home, Location, Point},
    subject::SubjectKind,
};
use seal::{Digest, Value};
use serde::{Deserialize, Serialize};

use crate::{
    audit::{name_of, standing},
    error::Result,
    event::EventRow,
    row::Record,
    table::{Image, Kind::*, Table, int_opt, json, text, text_opt},
};

pub use find::{COUNT_LIMIT, Department, Desk, HazardFilter, Hazards, Place, Split, StockLine};
pub use order::{NO_DATE, Order};
pub use similar::Near;

pub const HAZARD: Table = Table {
    name: "hazard",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("town", Text),
        ("number", Text),
        ("subject", Text),
        ("subject_kind", Text),
        ("subject_name", Text),
        ("sector", Text),
        ("steward", Text),
        ("stage", Text),
        ("initial_level", Text),
        ("determination", Text),
        ("source", Text),
        ("regulator", Text),
        ("waits_for", Text),
        ("due_at", Int),
        ("deadline", Text),
        ("found_at", Int),
        ("reported_at", Int),
        ("reporter", Text),
        ("reporter_agency", Text),
        ("description", Text),
        ("place", Text),
        ("lon", Real),
        ("lat", Real),
        ("returns", Int),
        ("last_at", Int),
        ("ended_as", Text),
        ("asks", Text),
        ("linked", Text),
        ("opens", Text),
        ("revisit", Text),
        ("cause", Text),
        ("handed_over", Text),
        ("problem_list", Text),
        ("instructed_at", Int),
        ("instruction_due", Text),
        ("listed", Text),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    offices: Offices,
    due: Option<Due>,
    interim_measures: Vec<InterimMeasure>,
    returns: Vec<Return>,
    hands: Vec<Hand>,
    photos: Vec<FileId>,
    course: Course,
    stage: Stage,
}

pub fn image(row: &Hazard) -> Image {
    let body = Body {
        offices: row.offices,
        due: row.due.clone(),
        interim_measures: row.interim_measures.clone(),
        returns: row.returns.clone(),
        hands: row.hands.clone(),
        photos: row.photos.clone(),
        course: row.course.clone(),
        stage: row.stage.clone(),
    };
    let waits_for = row.waits_for().map(|who| match who {
        WaitsFor::Agency(agency) => agency.to_string(),
        WaitsFor::Unit(subject) => subject.to_string(),
    });
    let point = row.location.point;
    let last_at = row.hands.last().map_or(row.reported_at, |hand| hand.by.at);
    let values = vec![
        text(row.id),
        text(&row.home.county),
        text(&row.home.city),
        text_opt(row.home.town.as_ref()),
        text(&row.number),
        text(row.subject.id),
        text(row.subject.kind),
        text(&row.subject.name),
        text(&row.subject.sector),
        text_opt(row.subject.steward),
        text(row.stage.name()),
        text(row.initial_level),
        text(row.determination()),
        text(row.source),
        text_opt(row.regulator),
        text_opt(waits_for),
        int_opt(row.due.as_ref().map(|due| due.at.0)),
        text_opt(row.deadline()),
        Value::Int(row.found_at.0),
        Value::Int(row.reported_at.0),
        text_opt(row.reporter().map(|by| by.person)),
        text_opt(row.reporter().map(|by| by.agency)),
        text(&row.description),
        text(&row.location.text),
        point.map_or(Value::Null, |point| Value::Real(point.lon)),
        point.map_or(Value::Null, |point| Value::Real(point.lat)),
        Value::Int(i64::try_from(row.returns.len()).unwrap_or(i64::MAX)),
        Value::Int(last_at.0),
        text_opt(row.stage.ended_as()),
        text_opt(row.asks()),
        text_opt(row.linked()),
        text_opt(row.course.opening.as_ref().map(|opening| opening.id)),
        text_opt(row.looked_at_again()),
        text_opt(row.stage.acceptance().and_then(|acceptance| acceptance.cause)),
        text_opt(row.handed_over()),
        text_opt(row.problem_list()),
        int_opt(row.instructed_at().map(|at| at.0)),
        text_opt(row.instruction_due()),
        text_opt(row.listed()),
        text(json(&body)),
    ];
    Image {
        table: &HAZARD,
        seen: row.seen,
        values,
    }
}

/// A row as it stands, for whoever compares it with its event: taken over the columns and not over what is made of them, so that a
/// field that is added later does not make an old row look altered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowStanding {
    id: String,
    digest: Option<Digest>,
}

impl RowStanding {
    fn of(record: &Record) -> Self {
        Self {
            id: name_of(record),
            digest: standing(&HAZARD, record).2,
        }
    }
}

/// Whether the row as it was read gives the digest that its newest event holds of it.
pub fn wrote(row: &RowStanding, newest: Option<&EventRow>) -> bool {
    newest.is_some_and(|event| {
        event
            .rows
            .iter()
            .any(|image| image.t == HAZARD.name && image.id == row.id && Some(image.d) == row.digest)
    })
}

pub(crate) fn hazard(record: &Record) -> Result<Hazard> {
    let row = record.of("hazard");
    let body: Body = row.json("body")?;
    let point = Point::read(row.real_opt("lon")?, row.real_opt("lat")?)
        .map_err(|_| row.corrupt("lon", "no point on earth"))?;
    Ok(Hazard {
        id: HazardId(row.uuid("id")?),
        seen: row.seen()?,
        number: row.text("number")?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: row.text_opt("town")?.map(JurisdictionId),
        },
        location: Location {
            text: row.text("place")?,
            point,
        },
        subject: SubjectRef {
            id: SubjectId(row.uuid("subject")?),
            kind: row.word("subject_kind", SubjectKind::parse)?,
            name: row.text("subject_name")?,
            sector: row.text("sector")?,
            steward: row.uuid_opt("steward")?.map(AgencyId),
        },
        offices: body.offices,
        description: row.text("description")?,
        source: row.word("source", Source::parse)?,
        found_at: row.instant("found_at")?,
        reported_at: row.instant("reported_at")?,
        initial_level: row.word("initial_level", InitialLevel::parse)?,
        regulator: row.uuid_opt("regulator")?.map(AgencyId),
        due: body.due,
        interim_measures: body.interim_measures,
        returns: body.returns,
        hands: body.hands,
        photos: body.photos,
        course: body.course,
        stage: body.stage,
    })
}
