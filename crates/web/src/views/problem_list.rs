//! 问题清单: the lists of visits, and one list with its letter, its items and the steps that are open to the viewer.
//!
//! How a list and its items stand is a code; why an item was not acted on is a sentence. Every step is a form of its own, made of
//! the same fields as any other, and is there only for whoever may take it now.

use askama::Template;

use super::{
    form::{Button, Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "problem_lists.html")]
pub struct ProblemListsPage {
    pub frame: Frame,
    pub lists: Vec<ProblemListLine>,
    pub next: Option<String>,
    /// Which of them are shown, where not all are: 未签收.
    pub narrowed: Option<String>,
    /// Opens a list; none for readers.
    pub open: Option<Step>,
}

#[derive(Clone, Debug, Default)]
pub struct ProblemListLine {
    pub href: String,
    pub county: String,
    /// `2026-11-18 至 2026-11-20`.
    pub days: String,
    pub kind: String,
    pub opened_by: String,
    pub items: usize,
    pub state: String,
    pub reply_by: Option<String>,
    pub late: bool,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "problem_list.html")]
pub struct ProblemListPage {
    pub frame: Frame,
    pub title: String,
    pub state: String,
    /// Answered late, or late and not answered.
    pub late: bool,
    /// What is known of visit, letter and answer: label and value.
    pub facts: Vec<ListFact>,
    pub rows: Vec<ProblemRow>,
    pub counts: Vec<ResultCount>,
    pub steps: Vec<Step>,
    /// Reports a further problem and puts it on the list.
    pub report: Option<String>,
    pub papers: Vec<ListPaper>,
    pub sign_offs: Vec<SignOffLink>,
    /// How many items were not acted on just now.
    pub refused: usize,
    /// Reported just now, and not on the list.
    pub aside: Option<Aside>,
}

#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// The address of its record.
    pub href: String,
    /// Why it is not on the list, as a sentence; empty where it is not known.
    pub why: String,
}

#[derive(Clone, Debug, Default)]
pub struct ListFact {
    pub label: String,
    pub value: String,
}

#[derive(Clone, Debug, Default)]
pub struct ListPaper {
    pub href: String,
    /// Key of the catalogue.
    pub name: &'static str,
}

#[derive(Clone, Debug, Default)]
pub struct SignOffLink {
    pub href: String,
    pub opened: String,
    pub items: usize,
    pub state: String,
}

/// How many items came to this.
#[derive(Clone, Debug, Default)]
pub struct ResultCount {
    pub result: String,
    pub n: usize,
}

#[derive(Clone, Debug, Default)]
pub struct ProblemRow {
    pub n: usize,
    pub id: String,
    /// Empty where the viewer does not see the record.
    pub href: String,
    pub number: String,
    pub unit: String,
    pub description: String,
    pub level: String,
    pub stage: String,
    /// Code; empty while the list is open.
    pub hand_over: String,
    pub deadline: String,
    /// Code of how it stands now.
    pub result: String,
    /// Code of what was answered; empty before.
    pub answered: String,
    pub remark: String,
    /// Why it was not acted on, or may not be by this viewer.
    pub problem: Option<String>,
    /// The key of the form that takes it off the list, where it may be.
    pub take_off: Option<String>,
}

/// One step as a form.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The resource below the list, and the beginning of the ids of its fields.
    pub name: String,
    pub action: String,
    pub title: String,
    pub hint: Option<String>,
    pub fields: Vec<Field>,
    /// Sent as they are: name and value.
    pub hidden: Vec<(String, String)>,
    pub button: Button,
    pub errors: Vec<FieldError>,
    pub idempotency_key: String,
}
