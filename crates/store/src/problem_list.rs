//! Problem lists, as they stand in their table. As long as one is not sent, or was withdrawn before, it is seen by the agency that opened it and by whoever
//! sees all of the jurisdiction whose visit it was; once sent, also by its addressee and its county.

use domain::{
    AgencyId, JurisdictionId, ProblemListId,
    actor::Signature,
    place::Home,
    problem_list::{Answer, Item, ListState, ProblemList, Sending, StateName, Visit, Withdrawal},
    scope::{Grant, Scope},
    time::Day,
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

pub const PROBLEM_LIST: Table = Table {
    name: "problem_list",
    columns: &[
        ("id", Text),
        ("county", Text),
        ("city", Text),
        ("state", Text),
        ("opener", Text),
        ("visited_by", Text),
        ("addressee", Text),
        ("reply_by", Text),
        ("opened_at", Int),
        ("answered_at", Int),
        ("body", Text),
    ],
};

/// What has no column of its own.
#[derive(Serialize, Deserialize)]
struct Body {
    opened: Signature,
    visit: Visit,
    items: Vec<Item>,
    sending: Option<Sending>,
    receipt: Option<Signature>,
    answer: Option<Answer>,
    withdrawal: Option<Withdrawal>,
}

pub fn image(row: &ProblemList) -> Image {
    let body = Body {
        opened: row.opened.clone(),
        visit: row.visit.clone(),
        items: row.items.clone(),
        sending: row.sending().cloned(),
        receipt: row.receipt().cloned(),
        answer: row.answer().cloned(),
        withdrawal: row.withdrawal().cloned(),
    };
    let values = vec![
        text(row.id),
        text(&row.home.county),
        text(&row.home.city),
        text(row.state_name()),
        text(row.opened.agency),
        text_opt(row.visited_by.as_ref()),
        text_opt(row.sending().map(|sending| sending.to)),
        text_opt(row.sending().map(|sending| sending.reply_by)),
        Value::Int(row.opened.at.0),
        int_opt(row.answer().map(|answer| answer.by.at.0)),
        text(json(&body)),
    ];
    Image {
        table: &PROBLEM_LIST,
        seen: row.seen,
        values,
    }
}

pub struct ProblemLists<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
}

/// Which of the lists that may be seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProblemListFilter {
    pub state: Option<StateName>,
    pub county: Option<JurisdictionId>,
    pub addressee: Option<AgencyId>,
    /// To be answered before this day.
    pub reply_before: Option<Day>,
    /// Whose people made the visit.
    pub opener: Option<AgencyId>,
    pub unanswered: bool,
}

impl ProblemLists<'_> {
    pub async fn find(&self, id: ProblemListId) -> Result<Option<ProblemList>> {
        let mut condition = self.condition();
        condition.equals("id", Some(id));
        Ok(self.found(condition, 1).await?.pop())
    }

    /// The newest first; `after` is the key of the last one of the page before.
    pub async fn list(
        &self,
        filter: &ProblemListFilter,
        after: Option<(i64, String)>,
        limit: usize,
    ) -> Result<Vec<ProblemList>> {
        let mut condition = self.filtered(filter);
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(at));
            let id = condition.bind(text(id));
            condition.and(format!("(opened_at < {at} OR (opened_at = {at} AND id < {id}))"));
        }
        self.found(condition, limit).await
    }

    /// How many there are, at most [`COUNT_LIMIT`].
    pub async fn count(&self, filter: &ProblemListFilter) -> Result<i64> {
        let condition = self.filtered(filter);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM problem_list WHERE {} LIMIT {COUNT_LIMIT}) AS counted",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        Ok(rows.first().map_or(0, |row| row.number()))
    }

    fn filtered(&self, filter: &ProblemListFilter) -> Where {
        let mut condition = self.condition();
        condition.equals("state", filter.state);
        condition.equals("county", filter.county.as_ref());
        condition.equals("addressee", filter.addressee);
        condition.equals("opener", filter.opener);
        if let Some(day) = filter.reply_before {
            let day = condition.bind(text(day));
            condition.and(format!("reply_by < {day}"));
        }
        if filter.unanswered {
            condition.and("answered_at IS NULL".to_owned());
        }
        condition
    }

    async fn found(&self, mut condition: Where, limit: usize) -> Result<Vec<ProblemList>> {
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM problem_list WHERE {} ORDER BY opened_at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(list).collect()
    }

    /// A part of a county, by trade or by town, opens none of its lists: their addressee does, and who opened them.
    fn condition(&self) -> Where {
        let mut condition = Where::default();
        let mut granted = Vec::new();
        for grant in &self.scope.grants {
            match grant {
                Grant::City { city, sectors: None } => {
                    let mark = condition.bind(text(city));
                    granted.push(format!("city = {mark}"));
                }
                Grant::County {
                    county,
                    sectors: None,
                } => {
                    let mark = condition.bind(text(county));
                    granted.push(format!(
                        "(county = {mark} AND (state NOT IN ('open', 'withdrawn') OR visited_by = {mark}))"
                    ));
                }
                Grant::Agency(agency) => {
                    let mark = condition.bind(text(agency));
                    granted.push(format!("opener = {mark} OR addressee = {mark}"));
                }
                _ => {}
            }
        }
        condition.and(if granted.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("({})", granted.join(" OR "))
        });
        condition
    }
}

fn list(record: &Record) -> Result<ProblemList> {
    let row = record.of("problem_list");
    let body: Body = row.json("body")?;
    let state = match (
        row.word("state", StateName::parse)?,
        body.sending,
        body.receipt,
        body.answer,
        body.withdrawal,
    ) {
        (StateName::Open, None, None, None, None) => ListState::Open,
        (StateName::Sent, Some(sending), None, None, None) => ListState::Sent { sending },
        (StateName::Received, Some(sending), Some(receipt), None, None) => {
            ListState::Received { sending, receipt }
        }
        (StateName::Answered, Some(sending), Some(receipt), Some(answer), None) => ListState::Answered {
            sending,
            receipt,
            answer,
        },
        (StateName::Withdrawn, None, None, None, Some(withdrawal)) => ListState::Withdrawn { withdrawal },
        _ => return Err(row.corrupt("state", "does not go with letter, receipt, answer and withdrawal")),
    };
    Ok(ProblemList {
        id: ProblemListId(row.uuid("id")?),
        seen: row.seen()?,
        home: Home {
            city: row.jurisdiction("city")?,
            county: row.jurisdiction("county")?,
            town: None,
        },
        visited_by: row.text_opt("visited_by")?.map(JurisdictionId),
        opened: body.opened,
        visit: body.visit,
        items: body.items,
        state,
    })
}
