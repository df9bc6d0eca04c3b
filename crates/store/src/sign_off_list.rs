//! Sign-off lists, as they stand in their table. They are seen by whoever sees all of a county or of the city.

use domain::{
    JurisdictionId, ProblemListId, SignOffListId,
    actor::Signature,
    place::Home,
    scope::{Grant, Scope},
    sign_off_list::{Decision, Item, ListState, SignOffList},
};
use seal::Value;
use serde::{Deserialize, Serialize};

use crate::{
    door::Door,
    error::Result,
    row::Record,
    scope::{Where, limit_of},
    table::{Image, Kind::*, Table, int_opt, json, text, text_opt},
};

pub const SIGN_OFF_LIST: Table = Table {
    name: "sign_off_list",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("state", Text),
        ("opened_at", Int),
        ("decided_at", Int),
        ("problem_list", Text),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    opened: Signature,
    seed: String,
    items: Vec<Item>,
    decision: Option<Decision>,
}

pub fn image(row: &SignOffList) -> Image {
    let body = Body {
        opened: row.opened.clone(),
        seed: row.seed.clone(),
        items: row.items.clone(),
        decision: row.decision().cloned(),
    };
    let values = vec![
        text(row.id),
        text(&row.home.county),
        text(&row.home.city),
        text(word(&row.state)),
        Value::Int(row.opened.at.0),
        int_opt(row.decision().map(|decision| decision.by.at.0)),
        text_opt(row.problem_list),
        text(json(&body)),
    ];
    Image {
        table: &SIGN_OFF_LIST,
        seen: row.seen,
        values,
    }
}

/// The word of a state, as it stands in the table.
pub fn word(state: &ListState) -> &'static str {
    match state {
        ListState::Open => "open",
        ListState::Passed(_) => "passed",
        ListState::Refused(_) => "refused",
    }
}

pub struct SignOffLists<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
}

impl SignOffLists<'_> {
    pub async fn find(&self, id: SignOffListId) -> Result<Option<SignOffList>> {
        let mut condition = self.condition();
        condition.equals("id", Some(id));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// The one that is not decided yet, of which there is at most one in a county beside those of its problem lists.
    pub async fn open_in(&self, county: &JurisdictionId) -> Result<Option<SignOffList>> {
        let mut condition = self.condition();
        condition.equals("county", Some(county));
        condition.and("problem_list IS NULL".to_owned());
        condition.equals("state", Some("open"));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// Those that are not decided yet, the newest first.
    pub async fn open(&self, limit: usize) -> Result<Vec<SignOffList>> {
        let mut condition = self.condition();
        condition.equals("state", Some("open"));
        self.found(condition, limit).await
    }

    /// Those of a problem list, the newest first. At most 50: each signs off something.
    pub async fn of_problem_list(&self, id: ProblemListId) -> Result<Vec<SignOffList>> {
        let mut condition = self.condition();
        condition.equals("problem_list", Some(id));
        self.found(condition, 50).await
    }

    /// The newest first; `after` is the key of the last one of the page before.
    pub async fn list(&self, after: Option<(i64, String)>, limit: usize) -> Result<Vec<SignOffList>> {
        let mut condition = self.condition();
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(at));
            let id = condition.bind(text(id));
            condition.and(format!("(opened_at < {at} OR (opened_at = {at} AND id < {id}))"));
        }
        self.found(condition, limit).await
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<SignOffList>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM sign_off_list WHERE {} ORDER BY opened_at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(list).collect()
    }

    /// Whoever sees a part of a county only, by trade or by town, sees none of its lists.
    fn condition(&self) -> Where {
        let mut condition = Where::default();
        let mut granted = Vec::new();
        for grant in &self.scope.grants {
            let (column, id) = match grant {
                Grant::City { city, sectors: None } => ("city", city),
                Grant::County {
                    county,
                    sectors: None,
                } => ("county", county),
                _ => continue,
            };
            let mark = condition.bind(text(id));
            granted.push(format!("{column} = {mark}"));
        }
        condition.and(if granted.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("({})", granted.join(" OR "))
        });
        condition
    }
}

fn list(record: &Record) -> Result<SignOffList> {
    let row = record.of("sign_off_list");
    let body: Body = row.json("body")?;
    let state = match (row.text("state")?.as_str(), body.decision) {
        ("open", None) => ListState::Open,
        ("passed", Some(decision)) => ListState::Passed(decision),
        ("refused", Some(decision)) => ListState::Refused(decision),
        _ => return Err(row.corrupt("state", "does not go with the decision")),
    };
    Ok(SignOffList {
        id: SignOffListId(row.uuid("id")?),
        seen: row.seen()?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: None,
        },
        opened: body.opened,
        problem_list: row.uuid_opt("problem_list")?.map(ProblemListId),
        seed: body.seed,
        items: body.items,
        state,
    })
}
