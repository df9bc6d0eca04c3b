//! Delegations, as they stand in their table. Whose may be read by whom is asked by the use case; whether the two appointments that
//! one rests on still hold is asked of the directory.

use domain::{
    AgencyId, AppointmentId, DelegationId, JurisdictionId, PersonId, PostId,
    actor::Signature,
    authority::Act,
    delegation::{Delegation, Ended, Party},
    time::Day,
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Where, limit_of},
    table::{Image, Kind::*, Table, json, text},
};

pub const DELEGATION: Table = Table {
    name: "delegation",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("agency", Text),
        ("giver", Text),
        ("giver_appointment", Text),
        ("taker", Text),
        ("taker_appointment", Text),
        ("from_day", Text),
        ("until_day", Text),
        ("ended", Bool),
        ("given_at", Int),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    giver_post: PostId,
    taker_post: PostId,
    acts: Vec<Act>,
    reason: String,
    given: Signature,
    ended: Option<Ended>,
}

pub fn image(row: &Delegation) -> Image {
    let body = Body {
        giver_post: row.giver.post,
        taker_post: row.taker.post,
        acts: row.acts.clone(),
        reason: row.reason.clone(),
        given: row.given.clone(),
        ended: row.ended.clone(),
    };
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.agency),
        text(row.giver.person),
        text(row.giver.appointment),
        text(row.taker.person),
        text(row.taker.appointment),
        text(row.from),
        text(row.until),
        Value::Bool(row.ended.is_some()),
        Value::Int(row.given.at.0),
        text(json(&body)),
    ];
    Image {
        table: &DELEGATION,
        seen: row.seen,
        values,
    }
}

/// Whose delegations are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Given or taken by this person.
    Of(PersonId),
    All(JurisdictionId),
}

pub struct Delegations<'a> {
    pub(crate) door: &'a Door,
}

impl Delegations<'_> {
    pub async fn find(&self, id: DelegationId) -> Result<Option<Delegation>> {
        let mut condition = Where::default();
        condition.equals("id", Some(id));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// The newest first; `after` is the key of the last one of the page before.
    pub async fn list(
        &self,
        whose: &Whose,
        after: Option<(i64, String)>,
        limit: usize,
    ) -> Result<Vec<Delegation>> {
        let mut condition = Where::default();
        match whose {
            Whose::Of(person) => {
                let person = condition.bind(text(person));
                condition.and(format!("(giver = {person} OR taker = {person})"));
            }
            Whose::All(city) => condition.equals("county", Some(city)),
        }
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(at));
            let id = condition.bind(text(id));
            condition.and(format!("(given_at < {at} OR (given_at = {at} AND id < {id}))"));
        }
        self.found(condition, limit).await
    }

    /// Those that this appointment takes on a day, by their own dates.
    pub async fn taken(&self, by: AppointmentId, day: Day, limit: usize) -> Result<Vec<Delegation>> {
        self.on(("taker_appointment", by), Some(day), day, limit).await
    }

    /// Those given or taken from an appointment that are not over on a day.
    pub async fn open_of(&self, of: AppointmentId, day: Day, limit: usize) -> Result<Vec<Delegation>> {
        let mut found = self.on(("giver_appointment", of), None, day, limit).await?;
        found.extend(self.on(("taker_appointment", of), None, day, limit).await?);
        Ok(found)
    }

    async fn on(
        &self,
        side: (&str, AppointmentId),
        begun: Option<Day>,
        until: Day,
        limit: usize,
    ) -> Result<Vec<Delegation>> {
        let mut condition = Where::default();
        condition.equals(side.0, Some(side.1));
        if let Some(day) = begun {
            let day = condition.bind(text(day));
            condition.and(format!("from_day <= {day}"));
        }
        let until = condition.bind(text(until));
        condition.and(format!("ended = FALSE AND until_day >= {until}"));
        self.found(condition, limit).await
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<Delegation>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM delegation WHERE {} ORDER BY given_at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(delegation).collect()
    }
}

fn delegation(record: &Record) -> Result<Delegation> {
    let row = record.of("delegation");
    let body: Body = row.json("body")?;
    if row.bool("ended")? != body.ended.is_some() {
        return Err(row.corrupt("ended", "does not go with what is told of its end"));
    }
    Ok(Delegation {
        id: DelegationId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("county")?,
        agency: AgencyId(row.uuid("agency")?),
        giver: Party {
            person: PersonId(row.uuid("giver")?),
            appointment: AppointmentId(row.uuid("giver_appointment")?),
            post: body.giver_post,
        },
        taker: Party {
            person: PersonId(row.uuid("taker")?),
            appointment: AppointmentId(row.uuid("taker_appointment")?),
            post: body.taker_post,
        },
        acts: body.acts,
        from: row.day("from_day")?,
        until: row.day("until_day")?,
        reason: body.reason,
        given: body.given,
        ended: body.ended,
    })
}
