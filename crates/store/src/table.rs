//! The evidence: which tables and columns the record answers for, and the after-image of each row that a change writes.
//!
//! A row's digest is taken over exactly these columns and its version. `head` is not among them: it is the digest of the event
//! that holds the row's digest.

use domain::change::{Row, Seen};
use seal::{Digest, Value};

use crate::{
    calendar, complaint, delegation, directory, escalation, file, hazard, person_opening, problem_list,
    route, sign_off_list, subject, unit_proxy,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Real,
    Bool,
}

#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    /// Every column that a change writes, beside `version` and `head`. The first is `id`; where the home is part of the key, `county`
    /// is the second.
    pub columns: &'static [(&'static str, Kind)],
}

impl Table {
    pub fn is_keyed_by_home(&self) -> bool {
        self.columns.get(1).is_some_and(|(name, _)| *name == "county")
    }
}

/// Every table whose rows stand on the record.
pub const EVIDENCE: &[&Table] = &[
    &directory::JURISDICTION,
    &directory::AGENCY,
    &directory::POST,
    &directory::PERSON,
    &directory::APPOINTMENT,
    &directory::ACCOUNT,
    &route::ROUTE_TABLE,
    &subject::SUBJECT,
    &hazard::HAZARD,
    &file::FILE,
    &escalation::ESCALATION,
    &sign_off_list::SIGN_OFF_LIST,
    &calendar::CALENDAR,
    &route::ROUTE_VERSION,
    &complaint::COMPLAINT,
    &problem_list::PROBLEM_LIST,
    &unit_proxy::UNIT_PROXY,
    &person_opening::PERSON_OPENING,
    &delegation::DELEGATION,
];

/// Every other table, each with what keeps it honest.
pub const NOT_EVIDENCE: &[(&str, &str)] = &[
    ("event", "the evidence itself: digests, chains and the tree"),
    ("leaf", "the tree: its order is recomputed"),
    ("tile", "the tree: recomputed"),
    ("tree_head", "signed"),
    ("checkpoint", "signed"),
    ("pending", "each event is either a leaf or pending, exactly once"),
    ("stock", "recomputed from the events"),
    ("flow", "recomputed from the events"),
    ("stay", "recomputed from the events"),
    ("counted", "says up to which leaf the counts are recomputed"),
    ("answer", "housekeeping"),
    ("session", "housekeeping"),
    ("throttle", "housekeeping"),
    ("lease", "housekeeping"),
    (
        "number_block",
        "housekeeping: a number used twice is refused by its unique key",
    ),
    ("setting", "housekeeping"),
    ("notice", "housekeeping: what it tells of is on the record"),
    ("mail_address", "housekeeping"),
    ("must_hold", "always empty"),
    ("schema_version", "migrations"),
];

/// A row as it will stand.
pub struct Image {
    pub table: &'static Table,
    pub seen: Seen,
    /// In the order of the table's columns.
    pub values: Vec<Value>,
}

impl Image {
    pub fn of(row: &Row) -> Self {
        match row {
            Row::Jurisdiction(row) => directory::jurisdiction_image(row),
            Row::Agency(row) => directory::agency_image(row),
            Row::Post(row) => directory::post_image(row),
            Row::Person(row) => directory::person_image(row),
            Row::Appointment(row) => directory::appointment_image(row),
            Row::Account(row) => directory::account_image(row),
            Row::RouteTable(row) => route::image(row),
            Row::Subject(row) => subject::image(row),
            Row::Hazard(row) => hazard::image(row),
            Row::File(row) => file::image(row),
            Row::Escalation(row) => escalation::image(row),
            Row::SignOffList(row) => sign_off_list::image(row),
            Row::Calendar(row) => calendar::image(row),
            Row::RouteVersion(row) => route::version_image(row),
            Row::Complaint(row) => complaint::image(row),
            Row::ProblemList(row) => problem_list::image(row),
            Row::UnitProxy(row) => unit_proxy::image(row),
            Row::PersonOpening(row) => person_opening::image(row),
            Row::Delegation(row) => delegation::image(row),
        }
    }

    pub fn id(&self) -> &str {
        if let Some(Value::Text(id)) = self.values.first() {
            id
        } else {
            ""
        }
    }

    pub fn version(&self) -> i64 {
        self.seen.next()
    }

    pub fn digest(&self) -> Digest {
        digest(self.table, &self.values, self.version())
    }
}

pub fn digest(table: &Table, values: &[Value], version: i64) -> Digest {
    let names = table.columns.iter().map(|(name, _)| *name);
    let mut columns: Vec<(&str, Value)> = names.zip(values.iter().cloned()).collect();
    columns.push(("version", Value::Int(version)));
    seal::row::digest(table.name, &columns)
}

pub fn text(value: impl ToString) -> Value {
    Value::Text(value.to_string())
}

pub fn text_opt(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Null, text)
}

pub fn int_opt(value: Option<i64>) -> Value {
    value.map_or(Value::Null, Value::Int)
}

/// JSON with the keys in the order of the type, so that the same value always gives the same text.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("the types written here have no map with keys that are not text")
}
