//! What was done, by whose people and how it turned out: read from the monthly counts of acts. Acts are known here by their names
//! alone, so that a new act needs nothing but to be done.

use std::collections::BTreeMap;

use domain::{AgencyId, JurisdictionId, hazard::Outcome, stock::Period};

use crate::{door::Door, error::Result, row::Record, scope::Where, table::text};

/// The act by which somebody looks again whether what was closed is true.
const REVISIT: &str = "revisit";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub month: String,
    pub act: String,
    pub outcome: Outcome,
    pub n: i64,
}

/// How often it was looked again, and how often it was true.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Revisits {
    pub all: i64,
    pub passed: i64,
}

impl Revisits {
    pub fn add(&mut self, done: &Done) {
        if done.act == REVISIT && done.outcome != Outcome::Done {
            self.all += done.n;
            if done.outcome == Outcome::Passed {
                self.passed += done.n;
            }
        }
    }
}

/// What an agency's people did in a period, by month and act.
pub async fn done_by(door: &Door, agency: AgencyId, period: Period) -> Result<Vec<Done>> {
    let mut condition = Where::default();
    condition.equals("agency", Some(agency));
    done(door, condition, period).await
}

/// Revisits of what lies in a county.
pub async fn revisits_in(door: &Door, county: &JurisdictionId, period: Period) -> Result<Revisits> {
    let mut condition = Where::default();
    condition.equals("county", Some(county));
    condition.equals("act", Some(REVISIT));
    let mut revisits = Revisits::default();
    for one in done(door, condition, period).await? {
        revisits.add(&one);
    }
    Ok(revisits)
}

/// Revisits by county, of whatever county.
pub async fn revisits_by_county(door: &Door, period: Period) -> Result<BTreeMap<String, Revisits>> {
    let mut condition = Where::default();
    condition.equals("act", Some(REVISIT));
    within(&mut condition, period);
    let sql = format!(
        "SELECT county AS id, outcome, CAST(SUM(n) AS BIGINT) AS n FROM flow WHERE {} GROUP BY county, outcome LIMIT 5000",
        condition.sql()
    );
    let mut found: BTreeMap<String, Revisits> = BTreeMap::new();
    for record in door.read(sql, condition.params).await? {
        let row = record.of("flow");
        let done = Done {
            month: String::new(),
            act: REVISIT.to_owned(),
            outcome: row.word("outcome", Outcome::parse)?,
            n: row.int("n")?,
        };
        found.entry(row.text("id")?).or_default().add(&done);
    }
    Ok(found)
}

fn within(condition: &mut Where, period: Period) {
    let from = condition.bind(text(period.from().day().month()));
    let until = condition.bind(text(period.until().day().month()));
    condition.and(format!("month >= {from} AND month < {until}"));
}

async fn done(door: &Door, mut condition: Where, period: Period) -> Result<Vec<Done>> {
    within(&mut condition, period);
    let sql = format!(
        "SELECT month AS id, act, outcome, CAST(SUM(n) AS BIGINT) AS n FROM flow WHERE {} \
         GROUP BY month, act, outcome ORDER BY month, act, outcome LIMIT 5000",
        condition.sql()
    );
    let rows = door.read(sql, condition.params).await?;
    rows.iter().map(read).collect()
}

fn read(record: &Record) -> Result<Done> {
    let row = record.of("flow");
    Ok(Done {
        month: row.text("id")?,
        act: row.text("act")?,
        outcome: row.word("outcome", Outcome::parse)?,
        n: row.int("n")?,
    })
}
