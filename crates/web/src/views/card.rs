//! 隐患档案卡: one hazard on A4, for the file and for the wall.
//!
//! Carries the as-of time and the checkpoint of the record, and the mark of demonstration data. Nothing is
//! cut: what does not fit goes on to a second sheet. Of photos it shows one of each kind and says how
//! many more there are.

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
    pub before: CardPhoto,
    pub after: CardPhoto,
    pub record: RecordLine,
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

/// The first photo of a kind.
#[derive(Clone, Debug, Default)]
pub struct CardPhoto {
    pub photo: Option<Photo>,
    /// How many more there are.
    pub more: usize,
}
