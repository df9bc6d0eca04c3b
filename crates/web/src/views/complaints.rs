//! 意见反馈: the form that every page leads to, one's own complaints, and all of them for those who answer.
//!
//! Whoever gave no name is nobody here. Never here: a count by person or by place.

use askama::Template;

use super::{
    form::{Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "complaint_new.html")]
pub struct NewComplaint {
    pub frame: Frame,
    pub errors: Vec<FieldError>,
    pub kind: Field,
    pub text: Field,
    pub signed: Field,
    pub page: String,
    /// The id that it will have: sent again, it is the same.
    pub id: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "complaints.html")]
pub struct ComplaintsPage {
    pub frame: Frame,
    pub rows: Vec<ComplaintLine>,
    /// 我的意见 · 待答复 · 已答复: for those who answer.
    pub tabs: Vec<Tab>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct Tab {
    pub label: String,
    pub href: String,
    pub chosen: bool,
}

#[derive(Clone, Debug, Default)]
pub struct ComplaintLine {
    pub href: String,
    pub kind: String,
    pub text: String,
    /// 谁 于 何时 提交.
    pub made: String,
    pub page: String,
    pub answer: Option<AnswerLine>,
}

#[derive(Clone, Debug, Default)]
pub struct AnswerLine {
    pub text: String,
    pub by: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "complaint.html")]
pub struct ComplaintPage {
    pub frame: Frame,
    pub complaint: ComplaintLine,
    /// Gave no name: its address is all that leads back to it.
    pub nameless: bool,
    /// For those who answer, while it is not answered.
    pub answer: Option<AnswerForm>,
}

#[derive(Clone, Debug, Default)]
pub struct AnswerForm {
    pub action: String,
    pub version: i64,
    pub errors: Vec<FieldError>,
    pub text: Field,
}
