//! What the hazards of a past period were, counted by all that a route is chosen by; and those whose date counts working days.

use domain::{
    hazard::{Determination, EndedAs, Hazard, InitialLevel, Source, StageName},
    route::{
        Facts,
        preview::{Alike, Past, Went},
    },
    time::Instant,
};
use seal::Value;

use super::{Hazards, hazard};
use crate::{
    error::Result,
    row::In,
    scope::{Of, Where, limit_of},
    table::text,
};

impl Hazards<'_> {
    /// Of the hazards reported in this period, the newest `most`; `None` where there was none.
    pub async fn past(&self, from: Instant, until: Instant, most: u32) -> Result<Option<Past>> {
        let mut condition = Where::default();
        condition.within(self.scope, Of::Hazard);
        let from = condition.bind(Value::Int(from.0));
        let until = condition.bind(Value::Int(until.0));
        condition.and(format!("reported_at >= {from} AND reported_at < {until}"));
        let condition = (condition.sql(), condition.params);
        let newest = format!(
            "SELECT initial_level, determination, source, returns, stage, ended_as, deadline, reported_at FROM hazard \
             WHERE {} ORDER BY reported_at DESC, id DESC LIMIT {}",
            condition.0,
            u64::from(most) + 1
        );
        // Whatever was closed as rectified and never had a day to be rectified by was rectified while the finder stood there.
        let sql = format!(
            "SELECT initial_level AS id, determination, source, returns, stage, ended_as, \
             CASE WHEN deadline IS NULL THEN 1 ELSE 0 END AS undated, CAST(COUNT(*) AS BIGINT) AS n, \
             MIN(reported_at) AS oldest, MAX(reported_at) AS newest FROM ({newest}) h \
             GROUP BY initial_level, determination, source, returns, stage, ended_as, \
             CASE WHEN deadline IS NULL THEN 1 ELSE 0 END"
        );
        let rows = self.door.read(sql, condition.1).await?;
        let (mut alike, mut all) = (Vec::with_capacity(rows.len()), 0);
        let (mut oldest, mut newest) = (i64::MAX, i64::MIN);
        for record in &rows {
            let row = record.of("hazard");
            let n = u64::try_from(row.int("n")?).unwrap_or_default();
            all += n;
            oldest = oldest.min(row.int("oldest")?);
            newest = newest.max(row.int("newest")?);
            alike.push(Alike {
                facts: Facts {
                    level: row.word("id", InitialLevel::parse)?,
                    determination: row.word("determination", Determination::parse)?,
                    source: row.word("source", Source::parse)?,
                    returns: usize::try_from(row.int("returns")?).unwrap_or_default(),
                },
                went: went(&row)?,
                n,
            });
        }
        Ok((!alike.is_empty()).then(|| Past {
            from: Instant(oldest).day(),
            to: Instant(newest).day(),
            alike,
            only_newest: all > u64::from(most),
        }))
    }

    /// Open hazards with a date, in stages whose clock may count working days, by that date.
    pub async fn on_the_clock(&self, after: Option<&(i64, String)>, limit: usize) -> Result<Vec<Hazard>> {
        let mut condition = Where::default();
        condition.within(self.scope, Of::Hazard);
        let stages = [StageName::Reported, StageName::Submitted, StageName::Accepted];
        let stages: Vec<String> = stages.iter().map(|stage| condition.bind(text(stage))).collect();
        condition.and(format!("stage IN ({}) AND due_at IS NOT NULL", stages.join(", ")));
        if let Some((due_at, id)) = after {
            let due_at = condition.bind(Value::Int(*due_at));
            let id = condition.bind(text(id));
            condition.and(format!(
                "(due_at > {due_at} OR (due_at = {due_at} AND id > {id}))"
            ));
        }
        let limit = condition.bind(limit_of(limit));
        let sql = format!(
            "SELECT * FROM hazard WHERE {} ORDER BY due_at, id LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(hazard).collect()
    }
}

fn went(row: &In) -> Result<Went> {
    let stage = row.word("stage", StageName::parse)?;
    let ended_as = row
        .text_opt("ended_as")?
        .map(|_| row.word("ended_as", EndedAs::parse))
        .transpose()?;
    Ok(match (stage, ended_as) {
        (StageName::Closed, Some(EndedAs::Fixed)) if row.int("undated")? == 1 => Went::OnTheSpot,
        (StageName::Void, _) => Went::Elsewhere,
        (_, None | Some(EndedAs::Fixed)) => Went::OnARoute,
        _ => Went::Elsewhere,
    })
}
