//! 整改路线: the city's routes and rules in sentences, what was set when and why, and the form that changes them with its preview.
//!
//! Everything works without a script: each button of the form posts the whole of it, and the page comes back with it.

use askama::Template;

use super::{
    form::{Choice, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "routes.html")]
pub struct RoutesPage {
    pub frame: Frame,
    /// 第 2 版，自 2026-12-01 起施行.
    pub title: String,
    pub reason: Option<String>,
    pub rules: Vec<String>,
    pub routes: Vec<RouteTold>,
    /// What the rules in force leave out, where there is something.
    pub warnings: Vec<String>,
    pub coming: Vec<VersionTold>,
    pub history: Vec<VersionTold>,
    pub next: Option<String>,
    /// Sets of rules to begin a change from; empty for whoever may not change them.
    pub starts: Vec<Start>,
}

#[derive(Clone, Debug, Default)]
pub struct RouteTold {
    pub name: String,
    pub sentence: String,
}

#[derive(Clone, Debug, Default)]
pub struct VersionTold {
    pub title: String,
    pub who: String,
    pub reason: String,
    pub differences: Vec<String>,
    /// To begin a change from it.
    pub start: Option<String>,
    /// First characters of the digest of its text.
    pub digest: String,
}

#[derive(Clone, Debug, Default)]
pub struct Start {
    pub href: String,
    pub name: String,
    pub note: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "routes_draft.html")]
pub struct DraftPage {
    pub frame: Frame,
    pub errors: Vec<FieldError>,
    pub rules: Vec<RuleFields>,
    pub routes: Vec<RouteFields>,
    pub preview: Option<PreviewTold>,
    /// Set once it may be saved: the digest of what was looked at.
    pub previewed: Option<String>,
    pub idempotency_key: String,
    pub version: i64,
    pub reason: String,
    pub holds_from: String,
    pub earliest: String,
}

#[derive(Clone, Debug, Default)]
pub struct RuleFields {
    /// From 0, as the fields are named.
    pub at: usize,
    /// From 1, as people count.
    pub n: usize,
    pub level: Vec<Choice>,
    pub determination: Vec<Choice>,
    pub source: Vec<Choice>,
    pub returns: String,
    pub route: Vec<Choice>,
    pub first: bool,
    pub last: bool,
}

#[derive(Clone, Debug, Default)]
pub struct RouteFields {
    pub at: usize,
    pub id: String,
    pub title: String,
    pub sentence: String,
    pub name_zh: String,
    pub name_en: String,
    pub inspectors: String,
    pub sample: String,
    pub choices: Vec<RouteChoice>,
    pub open: bool,
}

/// One field of a route with few words to choose from.
#[derive(Clone, Debug, Default)]
pub struct RouteChoice {
    pub name: &'static str,
    pub label: String,
    pub options: Vec<Choice>,
}

#[derive(Clone, Debug, Default)]
pub struct PreviewTold {
    /// What keeps it from being saved.
    pub findings: Vec<String>,
    /// Which hazards were counted, and from when to when.
    pub basis: Vec<String>,
    pub rows: Vec<EndingRow>,
    /// The arithmetic from files to working days, before and after.
    pub arithmetic: Vec<String>,
    pub source: String,
    pub moved: Vec<String>,
    pub differences: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct EndingRow {
    pub label: String,
    pub before: String,
    pub after: String,
    pub change: String,
    pub sum: bool,
}
