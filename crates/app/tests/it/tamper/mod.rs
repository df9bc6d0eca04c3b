//! A hand that writes past the program: every kind of row is altered, removed, copied and set back, and the audit names each.
//!
//! One world per table; a case alters, verifies and puts back. What cannot be detected is written down as tests of its own, in
//! `undetected.rs`, so that docs/record.md can say it.

mod events;
mod history;
mod rows;
mod scene;
mod sealing;
mod tree;
mod types;
mod undetected;

use app::record::audit::{Report, What};
use seal::Value;
use testkit::{
    World,
    raw::{Raw, Row},
};

/// Table, id and kind of a fault.
type Named<'a> = (&'a str, &'a str, What);

/// A world somebody writes to past the program.
pub struct Hand<'w> {
    w: &'w World,
    raw: Raw,
}

impl<'w> Hand<'w> {
    pub async fn at(w: &'w World) -> Self {
        w.has_been_tampered_with();
        Self {
            w,
            raw: w.raw().await,
        }
    }

    /// Exchanges rows, verifies, and puts everything back.
    pub async fn finds(&self, table: &str, old: &[Row], new: &[Row]) -> Report {
        self.change(table, old, new).await;
        let report = self.w.verifies().await;
        self.change(table, new, old).await;
        report
    }

    pub async fn change(&self, table: &str, old: &[Row], new: &[Row]) {
        let done = self.raw.replace(table, key(table), old, new).await;
        done.unwrap_or_else(|why| panic!("{table}: {why}\n{old:?}\n{new:?}"));
    }

    pub async fn one(&self, table: &str, condition: &str, params: &[Value]) -> Row {
        self.raw.one(table, condition, params).await
    }
}

/// The columns of a table's key.
pub fn key(table: &str) -> &'static [&'static str] {
    match table {
        "hazard" | "file" | "escalation" | "sign_off_list" | "complaint" | "problem_list" | "unit_proxy"
        | "person_opening" | "delegation" => &["county", "id"],
        "event" => &["county", "subject", "version"],
        "leaf" => &["position"],
        "tile" => &["level", "position"],
        "checkpoint" => &["day"],
        "pending" => &["seq"],
        "stock" => &[
            "county",
            "town",
            "sector",
            "level",
            "determination",
            "source",
            "stage",
            "due",
        ],
        "flow" => &[
            "county",
            "town",
            "sector",
            "level",
            "determination",
            "source",
            "month",
            "act",
            "outcome",
            "agency",
            "stage",
        ],
        "stay" => &["county", "hazard", "version"],
        _ => &["id"],
    }
}

/// Another value of the same type.
pub fn another(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Text(text) => Value::Text(format!("{text}改")),
        Value::Int(n) => Value::Int(n.wrapping_add(1)),
        Value::Real(x) => Value::Real(x + 0.5),
        Value::Bool(b) => Value::Bool(!b),
        Value::Bytes(bytes) => {
            let mut bytes = bytes.clone();
            bytes[0] ^= 1;
            Value::Bytes(bytes)
        }
    }
}

/// Exactly these faults, in whatever order.
#[track_caller]
pub fn named_exactly(report: &Report, expected: &[Named], case: &str) {
    let mut found: Vec<Named> = report
        .faults
        .iter()
        .map(|fault| (fault.table.as_str(), fault.id.as_str(), fault.what))
        .collect();
    let mut expected = expected.to_vec();
    let order = |a: &Named, b: &Named| (a.0, a.1, a.2 as u8).cmp(&(b.0, b.1, b.2 as u8));
    found.sort_by(order);
    expected.sort_by(order);
    assert_eq!(found, expected, "{case}");
}

/// At least this fault: others may follow from it.
#[track_caller]
pub fn named(report: &Report, expected: Named, case: &str) {
    let (table, id, what) = expected;
    let there = report
        .faults
        .iter()
        .any(|fault| fault.table == table && fault.id == id && fault.what == what);
    assert!(there, "{case}: {expected:?} is not among {:?}", report.faults);
}
