//! 镇代录: units that a town records for, and the slip with their codes. A code is on no other page, and on this one only while it is
//! the answer to the form that made it.

use askama::Template;

use super::{
    form::{Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "proxies.html")]
pub struct ProxiesPage {
    pub frame: Frame,
    pub slip: Option<Slip>,
    pub rows: Vec<ProxyRow>,
    /// Where the rows begin.
    pub after: String,
    pub next: Option<String>,
    pub may_issue: bool,
    pub fields: Vec<Field>,
    pub errors: Vec<FieldError>,
    pub idempotency_key: String,
}

#[derive(Clone, Debug, Default)]
pub struct Slip {
    pub unit: String,
    pub head: String,
    pub until: String,
    /// Who hands it out.
    pub by: String,
    /// None where it was shown before.
    pub codes: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct ProxyRow {
    /// The unit's hazards.
    pub href: String,
    pub unit: String,
    pub head: String,
    pub reason: String,
    pub state: String,
    /// Codes that are still good.
    pub unused: usize,
    pub in_force: bool,
    /// Where its end is posted, for those who may.
    pub ending: Option<String>,
    pub idempotency_key: String,
    /// The reason as it was typed, where the form came back, and what is wrong.
    pub typed: String,
    pub error: Option<String>,
}
