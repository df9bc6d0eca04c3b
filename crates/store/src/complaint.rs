//! Complaints, as they stand in their table. All of them are found by whoever sees the whole city; one's own by the person.

use domain::{
    ComplaintId, JurisdictionId, PersonId,
    actor::Signature,
    complaint::{Answered, Complaint, ComplaintKind},
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    door::Door,
    error::Result,
    hazard::COUNT_LIMIT,
    row::Record,
    scope::{Where, limit_of},
    table::{Image, Kind::*, Table, int_opt, json, text, text_opt},
};

pub const COMPLAINT: Table = Table {
    name: "complaint",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("kind", Text),
        ("text", Text),
        ("page", Text),
        ("at", Int),
        ("person", Text),
        ("answered_at", Int),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    by: Option<Signature>,
    answer: Option<Answered>,
}

pub fn image(row: &Complaint) -> Image {
    let body = Body {
        by: row.by.clone(),
        answer: row.answer.clone(),
    };
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.kind),
        text(&row.text),
        text(&row.page),
        Value::Int(row.at.0),
        text_opt(row.by.as_ref().map(|by| by.person)),
        int_opt(row.answer.as_ref().map(|answer| answer.by.at.0)),
        text(json(&body)),
    ];
    Image {
        table: &COMPLAINT,
        seen: row.seen,
        values,
    }
}

/// Whose complaints are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// All of the city: for those who answer them.
    City(JurisdictionId),
    /// Those that a person made under their name.
    Of(PersonId),
}

pub struct Complaints<'a> {
    pub(crate) door: &'a Door,
}

impl Complaints<'_> {
    /// By its id. Who may see it follows from whose it is, which the use case asks.
    pub async fn find(&self, id: ComplaintId) -> Result<Option<Complaint>> {
        let mut condition = Where::default();
        condition.equals("id", Some(id));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// The newest first; `after` is the key of the last one of the page before.
    pub async fn list(
        &self,
        whose: &Whose,
        answered: Option<bool>,
        after: Option<(i64, String)>,
        limit: usize,
    ) -> Result<Vec<Complaint>> {
        let mut condition = filtered(whose, answered);
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(at));
            let id = condition.bind(text(id));
            condition.and(format!("(at < {at} OR (at = {at} AND id < {id}))"));
        }
        self.found(condition, limit).await
    }

    /// How many there are, at most [`COUNT_LIMIT`].
    pub async fn count(&self, whose: &Whose, answered: Option<bool>) -> Result<i64> {
        let condition = filtered(whose, answered);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM complaint WHERE {} LIMIT {COUNT_LIMIT}) AS counted",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        Ok(rows.first().map_or(0, |row| row.number()))
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<Complaint>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM complaint WHERE {} ORDER BY at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(complaint).collect()
    }
}

fn filtered(whose: &Whose, answered: Option<bool>) -> Where {
    let mut condition = Where::default();
    match whose {
        Whose::City(city) => condition.equals("county", Some(city)),
        Whose::Of(person) => condition.equals("person", Some(person)),
    }
    match answered {
        Some(true) => condition.and("answered_at IS NOT NULL".to_owned()),
        Some(false) => condition.and("answered_at IS NULL".to_owned()),
        None => {}
    }
    condition
}

fn complaint(record: &Record) -> Result<Complaint> {
    let row = record.of("complaint");
    let body: Body = row.json("body")?;
    Ok(Complaint {
        id: ComplaintId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("county")?,
        kind: row.word("kind", ComplaintKind::parse)?,
        text: row.text("text")?,
        page: row.text("page")?,
        at: row.instant("at")?,
        by: body.by,
        answer: body.answer,
    })
}
