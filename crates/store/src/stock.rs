//! The stock table, from the stays: each column is one condition on them, which counts its hazards line by line and finds the same
//! hazards for the ledger. Scope is that of the hazard, as everywhere.
//!
//! What is overdue at the end of a period that is over is what was due by a day before that end; within a running period it is
//! what the ledger says at that instant.

use domain::{
    hazard::{Determination, InitialLevel, Source},
    scope::Scope,
    stock::{By, Part, Period},
    time::Instant,
};
use seal::Value;

use crate::{
    door::Snapshot,
    error::Result,
    scope::{Of, Where},
    table::text,
};

/// What of the stock is looked at: each word set must be that of the cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Within {
    pub county: Option<String>,
    /// Empty text is what lies in no town.
    pub town: Option<String>,
    /// Empty text is what has no known sector.
    pub sector: Option<String>,
    pub level: Option<InitialLevel>,
    pub determination: Option<Determination>,
    pub source: Option<Source>,
}

/// The hazards behind one number of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    pub part: Part,
    pub period: Period,
    /// What the lines were: a hazard that went from one line to another has moved.
    pub by: By,
    pub within: Within,
    /// The instant that the number is of, while the period is running.
    pub now: Instant,
}

/// The stay that a hazard came from, and the one that it went into.
const BEFORE: &str = " JOIN stay other ON other.county = s.county AND other.hazard = s.hazard AND other.until_version = s.version";
const AFTER: &str = " JOIN stay other ON other.county = s.county AND other.hazard = s.hazard AND other.version = s.until_version";

/// The column of the cell that a line is made by; `None` for lines that are periods.
fn column(by: By) -> Option<&'static str> {
    (by != By::Month).then(|| by.as_str())
}

impl Within {
    /// Conditions on a cell in the table of this name. Bound once, used for as many names as are needed.
    fn bind(&self, condition: &mut Where) -> Vec<(&'static str, String)> {
        let words = [
            ("county", self.county.clone()),
            ("town", self.town.clone()),
            ("sector", self.sector.clone()),
            ("level", self.level.map(|word| word.to_string())),
            ("determination", self.determination.map(|word| word.to_string())),
            ("source", self.source.map(|word| word.to_string())),
        ];
        let given = words
            .into_iter()
            .filter_map(|(column, word)| Some((column, word?)));
        given
            .map(|(column, word)| (column, condition.bind(text(word))))
            .collect()
    }
}

impl Behind {
    /// `FROM … WHERE …` of the stays behind the number, named `s`.
    pub(crate) fn sql(&self, condition: &mut Where, scope: &Scope) -> String {
        let visible = condition.granted(scope, Of::Hazard);
        let cell = self.within.bind(condition);
        let is = |name: &str| {
            let words = cell
                .iter()
                .map(|(column, mark)| format!("{name}.{column} = {mark}"));
            words.collect::<Vec<_>>()
        };
        let mut conditions = is("s");
        // Another line is another value of what the lines are made by, or outside of what is looked at.
        let same_line: Vec<String> = is("other")
            .into_iter()
            .chain(column(self.by).map(|by| format!("other.{by} = s.{by}")))
            .collect();
        let other_line = if same_line.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("NOT ({})", same_line.join(" AND "))
        };
        let mut join = "";
        let (from, until) = (self.period.from(), self.period.until());
        // The first instant after a period belongs to the next: what happens at it has not happened yet.
        let spans = |condition: &mut Where, at: Instant| {
            let at = condition.bind(Value::Int(at.0));
            format!("s.since < {at} AND s.until >= {at}")
        };
        let happens = |condition: &mut Where, when: &str| {
            let from = condition.bind(Value::Int(from.0));
            let until = condition.bind(Value::Int(until.0));
            format!("{when} >= {from} AND {when} < {until}")
        };
        match self.part {
            Part::Opening => conditions.push(spans(condition, from)),
            Part::Closing => conditions.push(spans(condition, until)),
            Part::Major => {
                conditions.push(spans(condition, until));
                conditions.push("s.determination = 'major'".to_owned());
            }
            Part::Overdue => {
                conditions.push(spans(condition, until));
                conditions.push(self.overdue(condition));
            }
            Part::New | Part::Reopened => {
                conditions.push(happens(condition, "s.since"));
                conditions.push(format!("s.came = '{}'", self.part));
            }
            Part::Closed => {
                conditions.push(happens(condition, "s.until"));
                conditions.push("s.went IN ('signed_off', 'closed')".to_owned());
            }
            Part::Ended => {
                conditions.push(happens(condition, "s.until"));
                conditions.push("s.went NOT IN ('signed_off', 'closed', 'moved', '')".to_owned());
            }
            Part::MovedIn => {
                join = BEFORE;
                conditions.push(happens(condition, "s.since"));
                conditions.push("s.came = 'moved'".to_owned());
                conditions.push(other_line);
            }
            Part::MovedOut => {
                join = AFTER;
                conditions.push(happens(condition, "s.until"));
                conditions.push("s.went = 'moved'".to_owned());
                conditions.push(other_line);
            }
            Part::Returned => {
                join = BEFORE;
                conditions.push(happens(condition, "s.since"));
                conditions
                    .push("s.stage = 'rectifying' AND other.stage IN ('submitted', 'accepted')".to_owned());
            }
        }
        format!(
            "FROM stay s JOIN (SELECT county AS home, id AS visible, due_at FROM hazard WHERE {visible}) h \
             ON h.home = s.county AND h.visible = s.hazard{join} WHERE {}",
            conditions.join(" AND ")
        )
    }

    fn overdue(&self, condition: &mut Where) -> String {
        let end = self.period.until();
        if self.now < end {
            let now = condition.bind(Value::Int(self.now.0));
            format!("h.due_at <= {now}")
        } else {
            let day = condition.bind(text(end.day()));
            format!("s.due <> '' AND s.due < {day}")
        }
    }
}

/// How many hazards there are behind one column, line by line: the line's value, and the number.
pub async fn count(snapshot: &mut Snapshot, scope: &Scope, behind: &Behind) -> Result<Vec<(String, i64)>> {
    let mut condition = Where::default();
    let rest = behind.sql(&mut condition, scope);
    let (line, group) = match column(behind.by) {
        Some(by) => (format!("s.{by}"), format!(" GROUP BY s.{by}")),
        None => ("''".to_owned(), String::new()),
    };
    let sql = format!("SELECT {line} AS id, count(*) AS n {rest}{group}");
    let rows = snapshot.read(sql, condition.params).await?;
    rows.iter()
        .map(|row| {
            let row = row.of("stay");
            Ok((row.text("id")?, row.int("n")?))
        })
        .collect()
}
