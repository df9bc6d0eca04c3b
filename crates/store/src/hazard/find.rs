//! Finders of hazards. Each takes a Scope: what lies outside of it is not found. Lists go page by page on their key, never by
//! offset, and counts stop at a figure that a page can show.

use domain::{
    AgencyId, HazardId, JurisdictionId, PersonId, SubjectId,
    hazard::{Determination, HandedOver, Hazard, InitialLevel, Source, StageName},
    scope::Scope,
    time::Instant,
};
use seal::Value;

use super::{RowStanding, hazard};
use crate::{
    door::Door,
    error::Result,
    scope::{Of, Where, holding, limit_of},
    stock::Behind,
    table::text,
};

/// Counting stops here; a page then says "1000+".
pub const COUNT_LIMIT: i64 = 1_000;

pub struct Hazards<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct HazardFilter {
    pub stage: Option<StageName>,
    /// Only stages in which work is still to be done, or only those in which none is.
    pub open: Option<bool>,
    pub county: Option<JurisdictionId>,
    /// Empty for what lies in no town.
    pub town: Option<JurisdictionId>,
    pub subject: Option<SubjectId>,
    pub level: Option<InitialLevel>,
    pub determination: Option<Determination>,
    pub source: Option<Source>,
    /// Past what the next step is due by, as of this instant.
    pub overdue_at: Option<Instant>,
    /// Not past it, as of this instant; what is due by nothing is never past it.
    pub not_overdue_at: Option<Instant>,
    /// Due from now until this instant.
    pub due_within: Option<(Instant, Instant)>,
    pub waits_for: Option<Desk>,
    /// The last act was done after the first instant and not after the second.
    pub last_act: Option<(Instant, Instant)>,
    pub reporter: Option<PersonId>,
    pub returned: bool,
    /// An instruction of a leader waits for its answer.
    pub instructed: bool,
    /// On a list of a safety committee.
    pub listed: bool,
    pub sector: Option<String>,
    /// Reported by the people of this agency.
    pub reporter_agency: Option<AgencyId>,
    /// Reported from the first instant on and before the second.
    pub reported_within: Option<(Instant, Instant)>,
    /// Counted in a number of the stock table.
    pub behind: Option<Behind>,
    /// A number, or part of the subject's name or of the description.
    pub text: Option<String>,
    /// Handed over, and so far with it; whatever else, if nothing is named.
    pub handed_over: Vec<HandedOver>,
    pub handed_to: Option<AgencyId>,
    /// This agency has been asked something.
    pub asks: Option<AgencyId>,
    pub department: Option<Department>,
}

/// Who regulates it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Department {
    Itself(AgencyId),
    /// Those that belong to this one 条线, as a city department has one in each county; itself, where it belongs to none.
    Line(AgencyId),
    /// Nobody is named.
    Nobody,
}

/// What a number is taken apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    County,
    Town,
    Regulator,
}

/// Whose desk a hazard lies on, because the next step is theirs or because they were asked something: any of these agencies or
/// subjects; or any but these.
#[derive(Debug, Clone, PartialEq)]
pub enum Desk {
    Of(Vec<String>),
    NotOf(Vec<String>),
}

/// What a stock table has its lines by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    County,
    Town,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockLine {
    /// Id of the jurisdiction; empty for what lies in no town.
    pub place: String,
    pub stage: StageName,
    pub n: i64,
    pub major: i64,
    pub overdue: i64,
}

impl Hazards<'_> {
    pub async fn find(&self, id: HazardId) -> Result<Option<Hazard>> {
        Ok(self.find_with_row(id).await?.map(|(hazard, _)| hazard))
    }

    /// The hazard, and how its row stands.
    pub async fn find_with_row(&self, id: HazardId) -> Result<Option<(Hazard, RowStanding)>> {
        let mut condition = Where::default();
        condition.equals("id", Some(id));
        condition.within(self.scope, Of::Hazard);
        let sql = format!("SELECT * FROM hazard WHERE {} LIMIT 1", condition.sql());
        let rows = self.door.read(sql, condition.params).await?;
        let found = rows.first().map(|row| Ok((hazard(row)?, RowStanding::of(row))));
        found.transpose()
    }

    /// Those of them that may be seen, in no order; at most 200 are asked for at a time.
    pub async fn among(&self, ids: &[HazardId]) -> Result<Vec<Hazard>> {
        let mut found = Vec::with_capacity(ids.len());
        for ids in ids.chunks(200) {
            let mut condition = Where::default();
            let marks: Vec<String> = ids.iter().map(|id| condition.bind(text(id))).collect();
            condition.and(format!("id IN ({})", marks.join(", ")));
            condition.within(self.scope, Of::Hazard);
            let sql = format!("SELECT * FROM hazard WHERE {} LIMIT 200", condition.sql());
            let rows = self.door.read(sql, condition.params).await?;
            for row in &rows {
                found.push(hazard(row)?);
            }
        }
        Ok(found)
    }

    pub async fn numbered(&self, number: &str) -> Result<Option<Hazard>> {
        let mut condition = Where::default();
        condition.equals("number", Some(number));
        condition.within(self.scope, Of::Hazard);
        let sql = format!("SELECT * FROM hazard WHERE {} LIMIT 1", condition.sql());
        let rows = self.door.read(sql, condition.params).await?;
        rows.first().map(hazard).transpose()
    }

    /// Records because of which another is to be opened that is not there yet, the oldest act first, after this one.
    pub async fn to_be_opened(
        &self,
        after: Option<&(Instant, HazardId)>,
        limit: usize,
    ) -> Result<Vec<Hazard>> {
        let mut condition = Where::default();
        condition.within(self.scope, Of::Hazard);
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(at.0));
            let id = condition.bind(text(id));
            condition.and(format!("(last_at > {at} OR (last_at = {at} AND id > {id}))"));
        }
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM hazard WHERE opens IS NOT NULL AND {} \
             AND NOT EXISTS (SELECT 1 FROM hazard linked WHERE linked.id = hazard.opens) ORDER BY last_at, id LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(hazard).collect()
    }

    /// Records that name this one: duplicates merged into it, and those opened because of it. At most 50.
    pub async fn linked_to(&self, id: HazardId) -> Result<Vec<Hazard>> {
        let mut condition = Where::default();
        condition.equals("linked", Some(id));
        condition.within(self.scope, Of::Hazard);
        let sql = format!(
            "SELECT * FROM hazard WHERE {} ORDER BY reported_at, id LIMIT 50",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(hazard).collect()
    }

    /// How many there are, at most [`COUNT_LIMIT`].
    pub async fn count(&self, filter: &HazardFilter) -> Result<i64> {
        let condition = self.condition(filter);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM hazard WHERE {} LIMIT {COUNT_LIMIT}) AS counted",
            condition.sql()
        );
        Ok(self
            .door
            .read(sql, condition.params)
            .await?
            .first()
            .map_or(0, |row| row.number()))
    }

    /// The same number taken apart, without an end to the counting; empty for what has no town or no regulator.
    pub async fn split(&self, filter: &HazardFilter, by: Split) -> Result<Vec<(String, i64)>> {
        let condition = self.condition(filter);
        let column = match by {
            Split::County => "county",
            Split::Town => "COALESCE(town, '')",
            Split::Regulator => "COALESCE(regulator, '')",
        };
        let sql = format!(
            "SELECT {column} AS id, count(*) AS n FROM hazard WHERE {} GROUP BY {column} LIMIT 5000",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter()
            .map(|row| {
                let row = row.of("hazard");
                Ok((row.text("id")?, row.int("n")?))
            })
            .collect()
    }

    /// How many stand in each stage, in all that may be seen.
    pub async fn count_by_stage(&self) -> Result<Vec<(StageName, i64)>> {
        let condition = self.condition(&HazardFilter::default());
        let sql = format!(
            "SELECT stage AS id, count(*) AS n FROM hazard WHERE {} GROUP BY stage",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter()
            .map(|row| {
                let row = row.of("hazard");
                Ok((row.word("id", StageName::parse)?, row.int("n")?))
            })
            .collect()
    }

    /// Open hazards by place and stage, with how many of them are major and how many overdue.
    pub async fn stock(&self, by: Place, now: Instant) -> Result<Vec<StockLine>> {
        let mut condition = self.condition(&HazardFilter {
            open: Some(true),
            ..HazardFilter::default()
        });
        let now = condition.bind(Value::Int(now.0));
        let place = match by {
            Place::County => "county",
            Place::Town => "COALESCE(town, '')",
        };
        let sql = format!(
            "SELECT {place} AS id, stage, count(*) AS n, \
             CAST(SUM(CASE WHEN determination = 'major' THEN 1 ELSE 0 END) AS BIGINT) AS major, \
             CAST(SUM(CASE WHEN due_at <= {now} THEN 1 ELSE 0 END) AS BIGINT) AS overdue \
             FROM hazard WHERE {} GROUP BY {place}, stage LIMIT 5000",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter()
            .map(|row| {
                let row = row.of("hazard");
                Ok(StockLine {
                    place: row.text("id")?,
                    stage: row.word("stage", StageName::parse)?,
                    n: row.int("n")?,
                    major: row.int("major")?,
                    overdue: row.int("overdue")?,
                })
            })
            .collect()
    }

    pub(super) fn condition(&self, filter: &HazardFilter) -> Where {
        let mut condition = Where::default();
        condition.within(self.scope, Of::Hazard);
        condition.equals("stage", filter.stage);
        condition.equals("county", filter.county.as_ref());
        match &filter.town {
            Some(town) if town.as_str().is_empty() => condition.and("town IS NULL".to_owned()),
            town => condition.equals("town", town.as_ref()),
        }
        condition.equals("subject", filter.subject);
        condition.equals("initial_level", filter.level);
        condition.equals("determination", filter.determination);
        condition.equals("source", filter.source);
        condition.equals("reporter", filter.reporter);
        condition.equals("reporter_agency", filter.reporter_agency);
        condition.equals("sector", filter.sector.as_ref());
        if let Some((from, until)) = filter.reported_within {
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            condition.and(format!("reported_at >= {from} AND reported_at < {until}"));
        }
        if let Some(behind) = &filter.behind {
            let stays = behind.sql(&mut condition, self.scope);
            condition.and(format!("id IN (SELECT s.hazard {stays})"));
        }
        match filter.open {
            Some(true) => condition.and("waits_for IS NOT NULL".to_owned()),
            Some(false) => condition.and("waits_for IS NULL".to_owned()),
            None => {}
        }
        if let Some(now) = filter.overdue_at {
            let now = condition.bind(Value::Int(now.0));
            condition.and(format!("due_at <= {now}"));
        }
        if let Some(now) = filter.not_overdue_at {
            let now = condition.bind(Value::Int(now.0));
            condition.and(format!("(due_at IS NULL OR due_at > {now})"));
        }
        if let Some((from, until)) = filter.due_within {
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            condition.and(format!("due_at > {from} AND due_at <= {until}"));
        }
        if let Some((from, until)) = filter.last_act {
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            condition.and(format!("last_at > {from} AND last_at <= {until}"));
        }
        if let Some(desk) = &filter.waits_for {
            let (Desk::Of(ids) | Desk::NotOf(ids)) = desk;
            let marks: Vec<String> = ids.iter().map(|id| condition.bind(text(id))).collect();
            let marks = marks.join(", ");
            condition.and(match desk {
                Desk::Of(_) => format!("(waits_for IN ({marks}) OR asks IN ({marks}))"),
                Desk::NotOf(_) => {
                    format!("waits_for NOT IN ({marks}) AND (asks IS NULL OR asks NOT IN ({marks}))")
                }
            });
        }
        if !filter.handed_over.is_empty() {
            let words = filter.handed_over.iter();
            let marks: Vec<String> = words.map(|word| condition.bind(text(word))).collect();
            condition.and(format!("handed_over IN ({})", marks.join(", ")));
        }
        condition.equals("regulator", filter.handed_to);
        condition.equals("asks", filter.asks);
        match filter.department {
            None => {}
            Some(Department::Nobody) => condition.and("regulator IS NULL".to_owned()),
            Some(Department::Itself(agency)) => condition.equals("regulator", Some(agency)),
            Some(Department::Line(agency)) => {
                let mark = condition.bind(text(agency));
                condition.and(format!(
                    "regulator IN (SELECT id FROM agency WHERE COALESCE(parent, id) = {mark})"
                ));
            }
        }
        if filter.returned {
            condition.and("returns > 0".to_owned());
        }
        if filter.instructed {
            condition.and("instructed_at IS NOT NULL".to_owned());
        }
        if filter.listed {
            condition.and("listed IS NOT NULL".to_owned());
        }
        if let Some(words) = filter
            .text
            .as_deref()
            .map(str::trim)
            .filter(|words| !words.is_empty())
        {
            let whole = condition.bind(text(words));
            let part = condition.bind(holding(words));
            condition.and(format!(
                "(number = {whole} OR lower(subject_name) LIKE lower({part}) \
                 OR lower(description) LIKE lower({part}))"
            ));
        }
        condition
    }
}
