//! 催办: the list of steps of the ladder, and the block of one hazard with what was explained, drafted and sent.
//!
//! The forms of a step are those of any act; they open beside the record. Never here: a draft that its reader may not see.

use askama::Template;

use super::{
    frame::Frame,
    hazards::{ChosenFilter, Filter},
    marks::{Due, FileLink, Severity, Who},
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "escalations.html")]
pub struct EscalationsPage {
    pub frame: Frame,
    pub filters: Vec<Filter>,
    pub chosen: Vec<ChosenFilter>,
    pub total: Option<u64>,
    pub rows: Vec<EscalationRow>,
    pub first: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct EscalationRow {
    pub href: String,
    /// As the city names the step: 红灯.
    pub step: String,
    pub light: StepLight,
    pub number: String,
    pub description: String,
    pub unit: String,
    pub place: String,
    pub severity: Severity,
    pub due: Option<Due>,
    pub stage: String,
    pub waits_for: Option<String>,
    /// 督办函 待发.
    pub state: String,
    pub waits_for_me: bool,
    pub explained: Option<String>,
    pub raised: String,
    pub raised_full: String,
    pub stuck: Option<String>,
    pub applies: bool,
}

/// A step before the due date is a call, at it and after it a late one; shape and word stand beside the colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepLight {
    #[default]
    Clear,
    Yellow,
    Red,
}

impl StepLight {
    pub fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

/// One step, on the page of its hazard.
#[derive(Clone, Debug, Default)]
pub struct EscalationCard {
    pub id: String,
    pub step: String,
    pub light: StepLight,
    pub raised: String,
    pub raised_full: String,
    /// What the ladder saw: 待验收，超期 3 天，5 天没有办理记录，待汉滨区应急管理局办理.
    pub saw: String,
    pub reaches: String,
    pub state: String,
    pub applies: bool,
    pub source: String,
    pub explanations: Vec<Explained>,
    pub letter: Option<SentLetter>,
    pub set_aside: Option<SetAside>,
    pub buttons: Vec<CardButton>,
}

#[derive(Clone, Debug, Default)]
pub struct Explained {
    pub who: Who,
    pub when: String,
    pub text: String,
    pub files: Vec<FileLink>,
}

#[derive(Clone, Debug, Default)]
pub struct SentLetter {
    pub number: String,
    pub title: String,
    pub text: String,
    pub to: String,
    pub who: Who,
    pub when: String,
    pub attached: usize,
}

#[derive(Clone, Debug, Default)]
pub struct SetAside {
    pub reason: String,
    pub who: Who,
    pub when: String,
}

#[derive(Clone, Debug, Default)]
pub struct CardButton {
    pub label: String,
    /// `#act-letter-0199…`.
    pub href: String,
    pub main: bool,
}
