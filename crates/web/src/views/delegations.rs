//! 授权委托: what I gave and took, giving one, and acting under one.

use askama::Template;

use super::{
    form::{Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "delegations.html")]
pub struct DelegationsPage {
    pub frame: Frame,
    pub rows: Vec<DelegationRow>,
    pub next: Option<String>,
    /// Empty for those who delegate nothing.
    pub fields: Vec<Field>,
    pub errors: Vec<FieldError>,
    pub idempotency_key: String,
    /// Nobody else is in office at the agency.
    pub alone: bool,
    /// Acting under one now: nothing is given or ended before one is oneself again.
    pub under: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct DelegationRow {
    pub giver: String,
    pub giver_post: String,
    pub taker: String,
    pub taker_post: String,
    pub acts: Vec<String>,
    pub days: String,
    pub reason: String,
    /// Code of how it stands.
    pub standing: String,
    pub in_force: bool,
    pub note: Option<String>,
    /// Where acting under it is posted.
    pub taking_up: Option<String>,
    /// Where its end is posted.
    pub ending: Option<String>,
    pub idempotency_key: String,
}
