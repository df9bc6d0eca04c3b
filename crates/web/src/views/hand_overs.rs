//! 岗位交接: what waits for somebody who leaves, the form that ends the appointment, and what has passed to me.

use askama::Template;

use super::{
    form::{Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "hand_over.html")]
pub struct HandOverPage {
    pub frame: Frame,
    pub person: String,
    pub post: String,
    /// 2025-01-01 至今.
    pub days: String,
    /// Who goes on, where it is set.
    pub successor: Option<String>,
    /// With the agency: nothing has to be moved.
    pub desk: Vec<WaitingLine>,
    /// By name.
    pub items: Vec<LeftGroup>,
    pub delegations: Vec<String>,
    /// Where the end is posted, for those who may.
    pub action: Option<String>,
    pub fields: Vec<Field>,
    pub errors: Vec<FieldError>,
    pub idempotency_key: String,
    pub version: i64,
}

#[derive(Clone, Debug, Default)]
pub struct WaitingLine {
    pub label: String,
    pub count: i64,
    pub href: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct LeftGroup {
    pub label: String,
    pub count: i64,
    pub rows: Vec<LeftRow>,
}

#[derive(Clone, Debug, Default)]
pub struct LeftRow {
    pub href: String,
    pub title: String,
    pub note: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "hand_overs.html")]
pub struct HandOversPage {
    pub frame: Frame,
    pub people: Vec<PassedFrom>,
}

/// One who left, and what of theirs is not done.
#[derive(Clone, Debug, Default)]
pub struct PassedFrom {
    pub person: String,
    pub post: String,
    pub left_on: String,
    pub href: String,
    pub groups: Vec<LeftGroup>,
}
