//! Lists of hazards page by page, the newest first or what is due first.

use domain::hazard::Hazard;
use seal::Value;

use super::{HazardFilter, Hazards, hazard};
use crate::{
    error::Result,
    scope::{Where, limit_of},
    table::text,
};

/// Where a list by due dates has what is due by nothing: after all others.
pub const NO_DATE: i64 = i64::MAX;

/// The order of a list, with the key of the last row of the page before.
#[derive(Debug, Clone, PartialEq)]
pub enum Order {
    /// The newest report first.
    Newest { after: Option<(i64, String)> },
    /// What is due first; where the clock stands still, last.
    Due { after: Option<(i64, String)> },
}

impl Hazards<'_> {
    pub async fn list(&self, filter: &HazardFilter, order: &Order, limit: usize) -> Result<Vec<Hazard>> {
        let condition = self.condition(filter);
        match order {
            Order::Newest { after } => {
                self.page(condition, ("reported_at", "DESC", "<"), after, limit)
                    .await
            }
            Order::Due { after } => self.by_date(condition, filter, after, limit).await,
        }
    }

    /// In two questions, so that each goes along the index of dates: what has a date, then what has none.
    async fn by_date(
        &self,
        mut dated: Where,
        filter: &HazardFilter,
        after: &Option<(i64, String)>,
        limit: usize,
    ) -> Result<Vec<Hazard>> {
        let key = ("due_at", "ASC", ">");
        let past_the_dates = after.as_ref().filter(|(at, _)| *at == NO_DATE);
        let mut found = Vec::new();
        if past_the_dates.is_none() {
            dated.and("due_at IS NOT NULL".to_owned());
            found = self.page(dated, key, after, limit).await?;
        }
        let room = limit.saturating_sub(found.len());
        if room > 0 {
            let mut undated = self.condition(filter);
            undated.and("due_at IS NULL".to_owned());
            if let Some((_, id)) = past_the_dates {
                let id = undated.bind(text(id));
                undated.and(format!("id > {id}"));
            }
            found.extend(self.page(undated, key, &None, room).await?);
        }
        Ok(found)
    }

    async fn page(
        &self,
        mut condition: Where,
        (column, direction, sign): (&str, &str, &str),
        after: &Option<(i64, String)>,
        limit: usize,
    ) -> Result<Vec<Hazard>> {
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(*at));
            let id = condition.bind(text(id));
            condition.and(format!(
                "({column} {sign} {at} OR ({column} = {at} AND id {sign} {id}))"
            ));
        }
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM hazard WHERE {} ORDER BY {column} {direction}, id {direction} LIMIT {limit}",
            condition.sql()
        );
        self.door
            .read(sql, condition.params)
            .await?
            .iter()
            .map(hazard)
            .collect()
    }
}
