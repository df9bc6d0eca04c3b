//! 隐患台账: what I may see, narrowed by filters that are links, page by page behind a key.
//!
//! Filters need no script: each option is the address of the narrower list. Never here: a page number,
//! since pages go by key.

use askama::Template;

use super::bulk::BulkAct;
use super::frame::Frame;
use super::marks::{Count, Due, Severity};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "hazards.html")]
pub struct HazardsPage {
    pub frame: Frame,
    pub filters: Vec<Filter>,
    /// What is chosen, each with the address that leaves it out.
    pub chosen: Vec<ChosenFilter>,
    /// The text searched for.
    pub query: String,
    /// The chosen filters as parameters, so that a search keeps them.
    pub kept: Vec<Parameter>,
    /// How many there are in all.
    pub total: Count,
    pub rows: Vec<HazardRow>,
    pub first: Option<String>,
    pub next: Option<String>,
    pub may_report: bool,
    /// Works with sign-off lists.
    pub signs_off: bool,
    /// What may be done to several of these rows at once.
    pub bulk: Vec<BulkAct>,
    /// Their town records for small units.
    pub proxies: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub label: String,
    /// The first is 全部.
    pub options: Vec<FilterOption>,
}

#[derive(Clone, Debug, Default)]
pub struct FilterOption {
    pub label: String,
    pub href: String,
    pub chosen: bool,
}

#[derive(Clone, Debug, Default)]
pub struct ChosenFilter {
    /// 阶段:待验收.
    pub label: String,
    pub without: String,
}

#[derive(Clone, Debug, Default)]
pub struct Parameter {
    pub name: String,
    pub value: String,
}

#[derive(Clone, Debug, Default)]
pub struct HazardRow {
    pub href: String,
    pub number: String,
    /// `11-20 09:12`, with the full date in `found_full`.
    pub found: String,
    pub found_full: String,
    pub source: String,
    pub unit: String,
    pub sector: String,
    pub place: String,
    pub description: String,
    pub severity: Severity,
    pub due: Option<Due>,
    pub stage: String,
    /// The agency or unit to act; none when nothing is awaited.
    pub waits_for: Option<String>,
    /// 停滞 9 天: so long without any act.
    pub stuck: Option<String>,
    pub id: String,
    /// Resources of what may be done to it together with others, divided by blanks.
    pub together: String,
}
