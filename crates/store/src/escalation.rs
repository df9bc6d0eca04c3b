//! Escalations: how they stand in the table. Whoever the step reaches has a column for each way of being reached, since digests are
//! gathered by it.

mod find;

use domain::{
    AgencyId, EscalationId, HazardId, JurisdictionId, SubjectId,
    escalation::{Draft, Escalation, Explanation, Reach, Reached, Saw, Standing, desk_id},
    hazard::{Determination, InitialLevel, StageName, WaitsFor},
    place::Home,
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    row::{In, Record},
    table::{Image, Kind::*, Table, int_opt, json, text, text_opt},
};

pub use find::{Decidable, EscalationFilter, Escalations, due_for};

pub const ESCALATION: Table = Table {
    name: "escalation",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("town", Text),
        ("hazard", Text),
        ("number", Text),
        ("subject", Text),
        ("subject_name", Text),
        ("steward", Text),
        ("regulator", Text),
        ("step", Text),
        ("drafts", Text),
        ("stage", Text),
        ("due_at", Int),
        ("days_over", Int),
        ("waits_for", Text),
        ("last_at", Int),
        ("idle_days", Int),
        ("raised_at", Int),
        ("awaited", Text),
        ("responsible", Text),
        ("supervisor", Text),
        ("county_office", Text),
        ("city_office", Text),
        ("state", Text),
        ("explained", Int),
        ("letter", Text),
        ("addressee", Text),
        ("sent_at", Int),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    hazard_version: i64,
    level: InitialLevel,
    determination: Determination,
    explanations: Vec<Explanation>,
    standing: Standing,
}

fn column(reach: Reach) -> &'static str {
    match reach {
        Reach::Awaited => "awaited",
        Reach::ResponsibleUnit => "responsible",
        Reach::Supervisor => "supervisor",
        Reach::CountyOffice => "county_office",
        Reach::CityOffice => "city_office",
    }
}

pub fn image(row: &Escalation) -> Image {
    let body = Body {
        hazard_version: row.saw.hazard_version,
        level: row.saw.level,
        determination: row.saw.determination,
        explanations: row.explanations.clone(),
        standing: row.standing.clone(),
    };
    let reached = |as_whom| {
        let found = row.reaches.iter().find(|one| one.as_whom == as_whom);
        text_opt(found.map(|one| desk_id(one.desk)))
    };
    let letter = row.standing.letter();
    let values = vec![
        text(row.id),
        text(&row.home.county),
        text(&row.home.city),
        text_opt(row.home.town.as_ref()),
        text(row.hazard),
        text(&row.number),
        text(row.subject),
        text(&row.subject_name),
        text_opt(row.steward),
        text_opt(row.regulator),
        text(&row.step),
        text(row.drafts),
        text(row.saw.stage),
        Value::Int(row.saw.due_at.0),
        Value::Int(row.saw.days_over),
        text_opt(row.saw.waits_for.map(desk_id)),
        Value::Int(row.saw.last_at.0),
        Value::Int(row.saw.idle_days),
        Value::Int(row.raised_at.0),
        reached(Reach::Awaited),
        reached(Reach::ResponsibleUnit),
        reached(Reach::Supervisor),
        reached(Reach::CountyOffice),
        reached(Reach::CityOffice),
        text(row.standing.code()),
        Value::Int(i64::try_from(row.explanations.len()).unwrap_or(i64::MAX)),
        text_opt(letter.map(|letter| &letter.number)),
        text_opt(letter.map(|letter| &letter.addressee)),
        int_opt(letter.map(|letter| letter.by.at.0)),
        text(json(&body)),
    ];
    Image {
        table: &ESCALATION,
        seen: row.seen,
        values,
    }
}

fn desk(row: &In, column: &str, subject: SubjectId) -> Result<Option<WaitsFor>> {
    let id = row.uuid_opt(column)?;
    Ok(id.map(|id| {
        if id == subject.0 {
            WaitsFor::Unit(subject)
        } else {
            WaitsFor::Agency(AgencyId(id))
        }
    }))
}

fn escalation(record: &Record) -> Result<Escalation> {
    let row = record.of("escalation");
    let body: Body = row.json("body")?;
    let subject = SubjectId(row.uuid("subject")?);
    let mut reaches = Vec::new();
    for as_whom in Reach::ALL {
        let desk = desk(&row, column(*as_whom), subject)?;
        reaches.extend(desk.map(|desk| Reached {
            as_whom: *as_whom,
            desk,
        }));
    }
    if row.text("state")? != body.standing.code() {
        return Err(row.corrupt("state", "does not go with the body"));
    }
    Ok(Escalation {
        id: EscalationId(row.uuid("id")?),
        seen: row.seen()?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: row.text_opt("town")?.map(JurisdictionId),
        },
        hazard: HazardId(row.uuid("hazard")?),
        number: row.text("number")?,
        subject,
        subject_name: row.text("subject_name")?,
        steward: row.uuid_opt("steward")?.map(AgencyId),
        regulator: row.uuid_opt("regulator")?.map(AgencyId),
        step: row.text("step")?,
        drafts: row.word("drafts", Draft::parse)?,
        raised_at: row.instant("raised_at")?,
        saw: Saw {
            hazard_version: body.hazard_version,
            stage: row.word("stage", StageName::parse)?,
            level: body.level,
            determination: body.determination,
            due_at: row.instant("due_at")?,
            days_over: row.int("days_over")?,
            waits_for: desk(&row, "waits_for", subject)?,
            last_at: row.instant("last_at")?,
            idle_days: row.int("idle_days")?,
        },
        reaches,
        explanations: body.explanations,
        standing: body.standing,
    })
}
