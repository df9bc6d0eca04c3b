//! Openings of persons' records, as they stand in their table; and what one person has done, read from the events.
//!
//! No finder counts anything here, and none asks about more than one person: a comparison of people has nothing to be made from.

use domain::{
    AgencyId, HazardId, PersonId, PersonOpeningId, PostId,
    actor::{Actor, Signature},
    agency::Role,
    hazard::Source,
    person_opening::{PersonOpening, SeesOpenings},
    scope::Scope,
    time::Instant,
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Of, Where, limit_of},
    table::{Image, Kind::*, Table, json, text},
};

pub const PERSON_OPENING: Table = Table {
    name: "person_opening",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("person", Text),
        ("reader", Text),
        ("role", Text),
        ("reason", Text),
        ("at", Int),
        ("until", Int),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    by: Signature,
}

pub fn image(row: &PersonOpening) -> Image {
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.person),
        text(row.by.person),
        text(row.role),
        text(&row.reason),
        Value::Int(row.by.at.0),
        Value::Int(row.until.0),
        text(json(&Body { by: row.by.clone() })),
    ];
    Image {
        table: &PERSON_OPENING,
        seen: row.seen,
        values,
    }
}

/// Openings that somebody is told of; their own always.
pub struct PersonOpenings<'a> {
    pub(crate) door: &'a Door,
    pub(crate) sees: SeesOpenings,
}

impl PersonOpenings<'_> {
    /// Whoever's it is: an id is free or taken for everybody alike.
    pub async fn find(&self, id: PersonOpeningId) -> Result<Option<PersonOpening>> {
        let mut condition = Where::default();
        condition.equals("id", Some(id));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// The one under which this reader reads the record of this person now, if any: the one that stays longest.
    pub async fn holding(
        &self,
        person: PersonId,
        reader: &Actor,
        now: Instant,
    ) -> Result<Option<PersonOpening>> {
        let mut condition = Where::default();
        condition.equals("person", Some(person));
        condition.equals("reader", Some(reader.person));
        let now_mark = condition.bind(Value::Int(now.0));
        condition.and(format!("until > {now_mark}"));
        let found = self.found(condition, 50).await?;
        Ok(found.into_iter().find(|one| one.opens_to(reader, now)))
    }

    /// Who opened the record of this person, the newest first.
    pub async fn of(&self, person: PersonId, limit: usize) -> Result<Vec<PersonOpening>> {
        let mut condition = Where::default();
        condition.equals("person", Some(person));
        if self.sees == SeesOpenings::NotByDiscipline {
            let sealed = condition.bind(text(Role::Discipline));
            condition.and(format!("role <> {sealed}"));
        }
        self.found(condition, limit).await
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<PersonOpening>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM person_opening WHERE {} ORDER BY at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(opening).collect()
    }
}

fn opening(record: &Record) -> Result<PersonOpening> {
    let row = record.of("person_opening");
    let body: Body = row.json("body")?;
    Ok(PersonOpening {
        id: PersonOpeningId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("county")?,
        person: PersonId(row.uuid("person")?),
        reason: row.text("reason")?,
        by: body.by,
        role: row.word("role", Role::parse)?,
        until: row.instant("until")?,
    })
}

/// One act on a hazard, as the event has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    pub event: String,
    pub act: String,
    pub at: Instant,
    pub post: Option<PostId>,
    pub agency: Option<AgencyId>,
    /// Somebody else's act, recorded by this person.
    pub principal: Option<PersonId>,
    pub hazard: HazardId,
    pub number: String,
    pub description: String,
}

/// What a person did to the hazards of a scope, the newest first; `after` is the key of the last one of the page before. Without
/// `tips`, that they brought in a tip is not told.
pub async fn deeds(
    door: &Door,
    scope: &Scope,
    person: PersonId,
    tips: bool,
    after: Option<(i64, String)>,
    limit: usize,
) -> Result<Vec<Deed>> {
    let mut condition = Where::default();
    let granted = condition.granted(scope, Of::Hazard);
    condition.equals("e.person", Some(person));
    condition.and("e.noun = 'hazard'".to_owned());
    if !tips {
        // The first event of a record is its coming in, whether it was reported here or came over from another.
        let tip = condition.bind(text(Source::Tip));
        condition.and(format!("NOT (h.source = {tip} AND e.version = 1)"));
    }
    if let Some((at, id)) = after {
        let at = condition.bind(Value::Int(at));
        let id = condition.bind(text(id));
        condition.and(format!("(e.at < {at} OR (e.at = {at} AND e.id < {id}))"));
    }
    let limit = condition.bind(limit_of(limit));
    let sql = format!(
        "SELECT e.id, e.act, e.at, e.post, e.agency, e.principal, h.hazard, h.number, h.description FROM event e \
         JOIN (SELECT id AS hazard, county AS home, number, description, source FROM hazard WHERE {granted}) h \
         ON h.home = e.county AND h.hazard = e.subject \
         WHERE {} ORDER BY e.at DESC, e.id DESC LIMIT {limit}",
        condition.sql()
    );
    let rows = door.read(sql, condition.params).await?;
    rows.iter().map(deed).collect()
}

fn deed(record: &Record) -> Result<Deed> {
    let row = record.of("event");
    Ok(Deed {
        event: row.text("id")?,
        act: row.text("act")?,
        at: row.instant("at")?,
        post: row.uuid_opt("post")?.map(PostId),
        agency: row.uuid_opt("agency")?.map(AgencyId),
        principal: row.uuid_opt("principal")?.map(PersonId),
        hazard: HazardId(row.uuid("hazard")?),
        number: row.text("number")?,
        description: row.text("description")?,
    })
}
