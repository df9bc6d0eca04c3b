//! 隐患档案卡: one hazard on one sheet of A4, for the file and for the wall.
//!
//! Carries the as-of time and the checkpoint of the record, and the mark of demonstration data. Long
//! texts are cut by the caller, which says so; the page itself never runs over silently.

use askama::Template;

use super::frame::Frame;
use super::hazard::{Fact, PlanElement, RecordLine};
use super::marks::{Photo, Severity};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "card.html")]
pub struct CardPage {
    pub frame: Frame,
    pub number: String,
    pub description: String,
    pub stage: String,
    pub severity: Severity,
    pub facts: Vec<Fact>,
    pub clauses: Vec<String>,
    pub plan: Vec<PlanElement>,
    pub hands: Vec<CardHand>,
    /// At most one before and one after: a card is one sheet.
    pub before: Option<Photo>,
    pub after: Option<Photo>,
    pub record: RecordLine,
    /// Where the whole record is read.
    pub address: String,
    pub back: String,
}

/// One row of the path: what, who, when, with which words.
#[derive(Clone, Debug, Default)]
pub struct CardHand {
    pub act: String,
    pub who: String,
    pub when: String,
    pub opinion: String,
}
