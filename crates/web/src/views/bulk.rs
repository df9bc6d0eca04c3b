//! 批量办理: one form for several hazards, and a result for each of them after it was sent.
//!
//! Rows that this person may do it to carry a check box with id and version; the others say why not. What was refused stays in the
//! form, ready to be sent again. Never here: an act that is not for several.

use askama::Template;

use super::{
    form::{Button, Field, FieldError},
    frame::Frame,
    marks::{Due, Severity},
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "bulk.html")]
pub struct BulkPage {
    pub frame: Frame,
    /// What may be done to some of those chosen; asked where the address names none.
    pub acts: Vec<BulkAct>,
    /// The chosen, as parameters of the address.
    pub ids: Vec<String>,
    pub result: Option<BulkResult>,
    pub form: Option<BulkForm>,
    /// Chosen but not to be seen, or no longer there.
    pub unseen: usize,
    pub back: String,
}

/// An act that may be done to some of the rows.
#[derive(Clone, Debug, Default)]
pub struct BulkAct {
    /// Its resource: `sign-off`.
    pub act: String,
    pub label: String,
    /// To how many.
    pub n: usize,
}

#[derive(Clone, Debug, Default)]
pub struct BulkResult {
    pub done: Vec<BulkDone>,
    pub refused: usize,
}

#[derive(Clone, Debug, Default)]
pub struct BulkDone {
    pub number: String,
    pub href: String,
    /// The stage that it is in now.
    pub stage: String,
}

#[derive(Clone, Debug, Default)]
pub struct BulkForm {
    pub act: String,
    pub hint: String,
    pub fields: Vec<Field>,
    pub buttons: Vec<Button>,
    pub errors: Vec<FieldError>,
    pub rows: Vec<BulkRow>,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, Default)]
pub struct BulkRow {
    /// `id:version`, where it may be done.
    pub value: Option<String>,
    pub number: String,
    pub href: String,
    pub unit: String,
    pub place: String,
    pub description: String,
    pub severity: Severity,
    pub stage: String,
    pub due: Option<Due>,
    /// Why it may not be done, or why it was not.
    pub why: Option<String>,
}

impl BulkForm {
    pub fn ready(&self) -> usize {
        self.rows.iter().filter(|row| row.value.is_some()).count()
    }
}
