//! Conditions for a WHERE: parameters get their numbers here, and a Scope becomes the condition that every finder carries.

use domain::scope::{Grant, Scope};
use seal::Value;

use crate::table::text;

#[derive(Debug, Default)]
pub struct Where {
    conditions: Vec<String>,
    pub params: Vec<Value>,
}

impl Where {
    pub fn bind(&mut self, value: Value) -> String {
        self.params.push(value);
        format!("${}", self.params.len())
    }

    pub fn and(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    pub fn equals(&mut self, column: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            let mark = self.bind(text(value));
            self.and(format!("{column} = {mark}"));
        }
    }

    /// A condition on another table, with parameters from the same row of numbers.
    pub fn inside(&mut self, narrow: impl FnOnce(&mut Where)) -> String {
        let mut inner = Where {
            conditions: Vec::new(),
            params: std::mem::take(&mut self.params),
        };
        narrow(&mut inner);
        let sql = inner.sql();
        self.params = inner.params;
        sql
    }

    /// What may be seen of the table `hazard` or, without its agencies, of `subject`.
    pub fn within(&mut self, scope: &Scope, of: Of) {
        let granted = self.granted(scope, of);
        self.and(granted);
    }

    /// The same for a place of its own in the statement.
    pub fn granted(&mut self, scope: &Scope, of: Of) -> String {
        let mut granted = Vec::with_capacity(scope.grants.len());
        for grant in &scope.grants {
            match grant {
                Grant::City { city, sectors } => {
                    granted.extend(self.area("city", &city.0, sectors.as_deref()));
                }
                Grant::County { county, sectors } => {
                    granted.extend(self.area("county", &county.0, sectors.as_deref()));
                }
                Grant::Town(town) => granted.extend(self.area("town", &town.0, None)),
                Grant::Unit(subject) => {
                    let mark = self.bind(text(subject));
                    let column = if of == Of::Hazard { "subject" } else { "id" };
                    granted.push(format!("{column} = {mark}"));
                }
                Grant::Agency(agency) => {
                    let mark = self.bind(text(agency));
                    granted.push(format!("regulator = {mark}"));
                    granted.push(format!("steward = {mark}"));
                    if of == Of::Hazard {
                        granted.push(format!("waits_for = {mark}"));
                    }
                }
            }
        }
        if granted.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("({})", granted.join(" OR "))
        }
    }

    /// No condition at all where no sector is granted: one that is never true would keep SQLite from using the indexes of the others.
    fn area(&mut self, column: &str, id: &str, sectors: Option<&[String]>) -> Option<String> {
        // Before anything is bound: PostgreSQL refuses a parameter that the statement does not speak of.
        if sectors.is_some_and(<[String]>::is_empty) {
            return None;
        }
        let mark = self.bind(text(id));
        let Some(sectors) = sectors else {
            return Some(format!("{column} = {mark}"));
        };
        let marks: Vec<String> = sectors.iter().map(|sector| self.bind(text(sector))).collect();
        Some(format!(
            "({column} = {mark} AND sector IN ({}))",
            marks.join(", ")
        ))
    }

    pub fn sql(&self) -> String {
        if self.conditions.is_empty() {
            "1 = 1".to_owned()
        } else {
            self.conditions.join(" AND ")
        }
    }
}

/// Bound and not written out, so that pages of another length are the same statement.
pub fn limit_of(rows: usize) -> Value {
    Value::Int(i64::try_from(rows).unwrap_or(i64::MAX))
}

/// What LIKE takes for text that holds these words as they are written. Compared by `lower()` on both sides: SQLite's LIKE does not
/// tell the case of ASCII letters and PostgreSQL's does.
pub fn holding(words: &str) -> Value {
    text(format!("%{}%", words.replace(['%', '_', '\\'], "")))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Hazard,
    Subject,
}
