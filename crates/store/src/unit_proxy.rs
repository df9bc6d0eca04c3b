//! Arrangements of small units with their town, as they stand in their table. They are seen by whoever sees the unit.

use domain::{
    AgencyId, JurisdictionId, PersonId, SubjectId, UnitProxyId,
    actor::Signature,
    place::Home,
    proxy::{Code, Ended, UnitProxy},
    scope::Scope,
    time::Day,
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Of, Where, limit_of},
    table::{Image, Kind::*, Table, json, text, text_opt},
};

pub const UNIT_PROXY: Table = Table {
    name: "unit_proxy",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("town", Text),
        ("subject", Text),
        ("unit_name", Text),
        ("agency", Text),
        ("head_person", Text),
        ("head_name", Text),
        ("until", Text),
        ("ended", Bool),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    reason: String,
    codes: Vec<Code>,
    issued: Signature,
    ended: Option<Ended>,
}

pub fn image(row: &UnitProxy) -> Image {
    let body = Body {
        reason: row.reason.clone(),
        codes: row.codes.clone(),
        issued: row.issued.clone(),
        ended: row.ended.clone(),
    };
    let values = vec![
        text(row.id),
        text(&row.home.county),
        text(&row.home.city),
        text_opt(row.home.town.as_ref()),
        text(row.subject),
        text(&row.unit_name),
        text(row.agency),
        text(row.head),
        text(&row.head_name),
        text(row.until),
        Value::Bool(row.ended.is_some()),
        text(json(&body)),
    ];
    Image {
        table: &UNIT_PROXY,
        seen: row.seen,
        values,
    }
}

pub struct UnitProxies<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
}

impl UnitProxies<'_> {
    pub async fn of(&self, subject: SubjectId) -> Result<Option<UnitProxy>> {
        let mut condition = self.condition();
        condition.equals("subject", Some(subject));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// By the unit's name; `after` is name and id of the last one of the page before.
    pub async fn list(&self, after: Option<(String, String)>, limit: usize) -> Result<Vec<UnitProxy>> {
        let mut condition = self.condition();
        if let Some((name, id)) = after {
            let name = condition.bind(text(name));
            let id = condition.bind(text(id));
            condition.and(format!(
                "(unit_name > {name} OR (unit_name = {name} AND id > {id}))"
            ));
        }
        self.found(condition, limit).await
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<UnitProxy>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM unit_proxy WHERE {} ORDER BY unit_name, id LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(proxy).collect()
    }

    fn condition(&self) -> Where {
        let mut condition = Where::default();
        let seen = condition.inside(|subject| subject.within(self.scope, Of::Subject));
        condition.and(format!(
            "unit_proxy.subject IN (SELECT id FROM subject WHERE {seen})"
        ));
        condition
    }
}

fn proxy(record: &Record) -> Result<UnitProxy> {
    let row = record.of("unit_proxy");
    let body: Body = row.json("body")?;
    let until = row.text("until")?;
    Ok(UnitProxy {
        id: UnitProxyId(row.uuid("id")?),
        subject: SubjectId(row.uuid("subject")?),
        seen: row.seen()?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: row.text_opt("town")?.map(JurisdictionId),
        },
        unit_name: row.text("unit_name")?,
        agency: AgencyId(row.uuid("agency")?),
        head: PersonId(row.uuid("head_person")?),
        head_name: row.text("head_name")?,
        reason: body.reason,
        until: Day::parse(&until).ok_or_else(|| row.corrupt("until", "no day"))?,
        codes: body.codes,
        issued: body.issued,
        ended: body.ended,
    })
}
