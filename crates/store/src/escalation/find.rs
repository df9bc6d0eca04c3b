//! Finders of escalations. An escalation is seen by whoever sees its hazard as it stands now; referrals by fewer. Whether one still
//! applies is asked of the hazard in the same statement, never kept.

use domain::{
    EscalationId, HazardId, JurisdictionId,
    calendar::Calendar,
    escalation::{Escalation, Reach, SeesReferrals, Step},
    hazard::Hazard,
    scope::Scope,
    time::Instant,
};
use seal::Value;

use super::{column, escalation};
use crate::{
    door::Door,
    error::Result,
    hazard::{COUNT_LIMIT, hazard},
    scope::{Of, Where},
    table::text,
};

pub struct Escalations<'a> {
    pub(crate) door: &'a Door,
    pub(crate) scope: &'a Scope,
    pub(crate) referrals: SeesReferrals,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct EscalationFilter {
    pub step: Option<String>,
    /// `told`, `drafted`, `sent`, `set_aside`.
    pub state: Option<String>,
    pub hazard: Option<HazardId>,
    pub county: Option<JurisdictionId>,
    /// Only those whose hazard still stands where the ladder saw it, or only the others.
    pub applies: Option<bool>,
    /// Raised after the first and not after the second.
    pub raised: Option<(Instant, Instant)>,
    /// The step reaches one of these desks.
    pub reaches: Option<Vec<String>>,
    /// A letter went to one of these desks, after the first instant and not after the second.
    pub addressed: Option<(Vec<String>, Instant, Instant)>,
    /// One of these desks has to act or answers for the unit, and nobody has explained anything yet.
    pub asks: Option<Vec<String>>,
    /// A draft that this agency may send or set aside.
    pub to_decide: Option<Decidable>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decidable {
    pub by: String,
    /// Sheets for leaders and referrals as well.
    pub citys_own: bool,
}

impl Escalations<'_> {
    pub async fn find(&self, id: EscalationId) -> Result<Option<Escalation>> {
        let mut condition = self.condition(&EscalationFilter::default());
        condition.equals("id", Some(id));
        let sql = format!("SELECT * FROM escalation WHERE {} LIMIT 1", condition.sql());
        let rows = self.door.read(sql, condition.params).await?;
        rows.first().map(escalation).transpose()
    }

    /// The newest first, from behind the key of the last row of the page before.
    pub async fn list(
        &self,
        filter: &EscalationFilter,
        after: Option<&(i64, String)>,
        limit: usize,
    ) -> Result<Vec<Escalation>> {
        let mut condition = self.condition(filter);
        if let Some((at, id)) = after {
            let at = condition.bind(Value::Int(*at));
            let id = condition.bind(text(id));
            condition.and(format!("(raised_at < {at} OR (raised_at = {at} AND id < {id}))"));
        }
        let sql = format!(
            "SELECT * FROM escalation WHERE {} ORDER BY raised_at DESC, id DESC LIMIT {limit}",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        rows.iter().map(escalation).collect()
    }

    /// How many there are, at most [`COUNT_LIMIT`].
    pub async fn count(&self, filter: &EscalationFilter) -> Result<i64> {
        let condition = self.condition(filter);
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM escalation WHERE {} LIMIT {COUNT_LIMIT}) AS counted",
            condition.sql()
        );
        let rows = self.door.read(sql, condition.params).await?;
        Ok(rows.first().map_or(0, |row| row.number()))
    }

    fn condition(&self, filter: &EscalationFilter) -> Where {
        let mut condition = Where::default();
        condition.equals("step", filter.step.as_ref());
        condition.equals("state", filter.state.as_ref());
        condition.equals("hazard", filter.hazard);
        condition.equals("county", filter.county.as_ref());
        match self.referrals {
            SeesReferrals::All => {}
            SeesReferrals::Sent => condition.and("(drafts <> 'referral' OR state = 'sent')".to_owned()),
            SeesReferrals::None => condition.and("drafts <> 'referral'".to_owned()),
        }
        if let Some((from, until)) = filter.raised {
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            condition.and(format!("raised_at > {from} AND raised_at <= {until}"));
        }
        if let Some(desks) = &filter.reaches {
            let columns: Vec<&str> = Reach::ALL.iter().map(|reach| column(*reach)).collect();
            any_of(&mut condition, &columns, desks);
        }
        if let Some((desks, from, until)) = &filter.addressed {
            any_of(&mut condition, &["addressee"], desks);
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            condition.and(format!("sent_at > {from} AND sent_at <= {until}"));
        }
        if let Some(desks) = &filter.asks {
            condition.and("explained = 0 AND state IN ('drafted', 'sent')".to_owned());
            any_of(&mut condition, &["waits_for", "subject", "steward"], desks);
        }
        if let Some(decidable) = &filter.to_decide {
            condition.and("state = 'drafted'".to_owned());
            let by = condition.bind(text(&decidable.by));
            let to_another: Vec<String> = Reach::ALL
                .iter()
                .map(|reach| format!("{} <> {by}", column(*reach)))
                .collect();
            let to_another = to_another.join(" OR ");
            let citys = if decidable.citys_own {
                "OR drafts IN ('leader_sheet', 'referral')"
            } else {
                ""
            };
            condition.and(format!(
                "((drafts IN ('reminder', 'supervision') AND ({to_another})) {citys})"
            ));
        }
        // Inside, a column that the hazard has too is the hazard's.
        let hazard = self.hazard_within(&mut condition);
        match filter.applies {
            None => condition.and(format!("EXISTS ({hazard})")),
            Some(true) => condition.and(format!("EXISTS ({hazard} AND {APPLIES})")),
            Some(false) => condition.and(format!("EXISTS ({hazard} AND NOT ({APPLIES}))")),
        }
        condition
    }

    fn hazard_within(&self, condition: &mut Where) -> String {
        let sql = condition.inside(|inner| inner.within(self.scope, Of::Hazard));
        format!(
            "SELECT 1 FROM hazard WHERE hazard.id = escalation.hazard AND hazard.county = escalation.county AND {sql}"
        )
    }
}

const APPLIES: &str = "hazard.stage = escalation.stage AND COALESCE(hazard.due_at, 0) = escalation.due_at";

fn any_of(condition: &mut Where, columns: &[&str], desks: &[String]) {
    let marks: Vec<String> = desks.iter().map(|desk| condition.bind(text(desk))).collect();
    let marks = marks.join(", ");
    let any: Vec<String> = columns
        .iter()
        .map(|column| format!("{column} IN ({marks})"))
        .collect();
    condition.and(if desks.is_empty() {
        "1 = 0".to_owned()
    } else {
        format!("({})", any.join(" OR "))
    });
}

/// Hazards for which a step has fallen and that it has not been raised for, by due date, from behind a key on. For the sweep, which
/// acts in nobody's name and so has no scope.
pub async fn due_for(
    door: &Door,
    step: &Step,
    calendar: &Calendar,
    now: Instant,
    after: Option<&(i64, String)>,
    limit: usize,
) -> Result<Vec<Hazard>> {
    let mut condition = Where::default();
    condition.and("waits_for IS NOT NULL".to_owned());
    let cut = condition.bind(Value::Int(step.offset.cut(now, calendar).0));
    condition.and(format!("due_at <= {cut}"));
    if step.offset.days < 0 {
        let now = condition.bind(Value::Int(now.0));
        condition.and(format!("due_at > {now}"));
    }
    let words = |condition: &mut Where, column: &str, words: Vec<&str>| {
        let marks: Vec<String> = words.iter().map(|word| condition.bind(text(word))).collect();
        format!("{column} IN ({})", marks.join(", "))
    };
    let stages = step.stages.iter().map(|stage| stage.as_str()).collect();
    let stages = words(&mut condition, "stage", stages);
    condition.and(stages);
    let mut kinds = Vec::new();
    if !step.levels.is_empty() {
        let levels = step.levels.iter().map(|level| level.as_str()).collect();
        kinds.push(words(&mut condition, "initial_level", levels));
    }
    if !step.determinations.is_empty() {
        let made = step.determinations.iter().map(|one| one.as_str()).collect();
        kinds.push(words(&mut condition, "determination", made));
    }
    if !kinds.is_empty() {
        condition.and(format!("({})", kinds.join(" OR ")));
    }
    if let Some((at, id)) = after {
        let at = condition.bind(Value::Int(*at));
        let id = condition.bind(text(id));
        condition.and(format!("(due_at > {at} OR (due_at = {at} AND id > {id}))"));
    }
    let step = condition.bind(text(&step.id));
    condition.and(format!(
        "NOT EXISTS (SELECT 1 FROM escalation e WHERE e.county = hazard.county AND e.hazard = hazard.id \
         AND e.due_at = hazard.due_at AND e.step = {step})"
    ));
    let sql = format!(
        "SELECT * FROM hazard WHERE {} ORDER BY due_at, id LIMIT {limit}",
        condition.sql()
    );
    door.read(sql, condition.params)
        .await?
        .iter()
        .map(hazard)
        .collect()
}
