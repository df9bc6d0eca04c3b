//! 上报隐患: one column, asked once, camera first, with the draft kept on the phone.
//!
//! The subject is picked from suggestions or named anew by kind; the rest are ordinary fields. Sends
//! `subject` (the name as typed), `subject_id` (when a suggestion was taken), `subject_kind` and
//! `subject_name` (a new one), `place`, `position` (`longitude,latitude`), and the fields by name.

use askama::Template;

use super::form::{Choice, Field, FieldError};
use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "report.html")]
pub struct ReportPage {
    pub frame: Frame,
    pub errors: Vec<FieldError>,
    /// Photos first, then description and the rest, in the order they are asked.
    pub photos: Field,
    pub subject: SubjectField,
    pub place: Field,
    /// `longitude,latitude`, or empty.
    pub position: String,
    pub fields: Vec<Field>,
    pub then: ThenField,
    /// What is often found, to press instead of typing; a phone shows those that fit the subject.
    pub common: Vec<CommonItem>,
    pub idempotency_key: String,
    /// Who will get it: 提交后由汉滨区应急管理局判定.
    pub goes_to: Option<String>,
    /// What may have been reported already; asked once, before it is sent.
    pub similar: Vec<SimilarLine>,
}

/// A record that may be about the same thing.
#[derive(Clone, Debug, Default)]
pub struct SimilarLine {
    pub number: String,
    pub href: String,
    pub description: String,
    pub place: String,
    pub stage: String,
    /// 同一单位 · 3 天前 · 文字相近 82%.
    pub why: String,
}

/// What the finder does beside reporting: `waits`, `fixed` or `orders`, each with what belongs to it.
#[derive(Clone, Debug, Default)]
pub struct ThenField {
    pub choices: Vec<Choice>,
    pub fixed: Vec<Field>,
    pub orders: Vec<Field>,
}

#[derive(Clone, Debug, Default)]
pub struct SubjectField {
    /// What was typed or chosen.
    pub value: String,
    pub value_id: String,
    pub suggestions: Vec<SubjectSuggestion>,
    /// Said when there are more than the list holds.
    pub cut: Option<String>,
    /// Kinds a new subject may have; the chosen one marks that a new one was named.
    pub kinds: Vec<Choice>,
    pub new_name: String,
    pub error: Option<String>,
    pub hint: Option<String>,
    /// An enterprise reports on itself: the subject stands fixed.
    pub fixed: bool,
}

#[derive(Clone, Debug, Default)]
pub struct SubjectSuggestion {
    pub id: String,
    pub name: String,
    /// 企业 · 汉滨区建民街道.
    pub note: String,
    /// Code of the kind: `enterprise`.
    pub kind: String,
    /// Division of GB/T 4754: `C24`; empty where unknown.
    pub sector: String,
    pub address: String,
}

/// One common finding. Kinds and sections of industries are lists divided by blanks; no sections: any.
#[derive(Clone, Debug, Default)]
pub struct CommonItem {
    pub text: String,
    pub kinds: String,
    pub sectors: String,
}

impl SubjectField {
    pub fn names_a_new_one(&self) -> bool {
        self.kinds.iter().any(|kind| kind.chosen)
    }
}
