//! 个人履职记录: one person's posts and acts, and who opened the record; before that, the form that asks for a reason.
//!
//! Never here: a figure about the person, or anybody else to compare with.

use askama::Template;

use super::{
    form::{Field, FieldError},
    frame::Frame,
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "person_opening.html")]
pub struct PersonClosed {
    pub frame: Frame,
    pub person: String,
    pub action: String,
    /// The id that the opening will have: sent again, it is the same.
    pub id: String,
    pub errors: Vec<FieldError>,
    pub reason: Field,
    /// Who will be told: nobody, or the person.
    pub told: String,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "person.html")]
pub struct PersonPage {
    pub frame: Frame,
    pub own: bool,
    /// `查阅至 11-20 17:30：` and the reason.
    pub open: Option<String>,
    pub posts: Vec<HeldPost>,
    pub deeds: Vec<DeedLine>,
    pub openings: Vec<OpeningLine>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct HeldPost {
    pub title: String,
    pub agency: String,
    /// `2024-07-01 至今`.
    pub days: String,
}

#[derive(Clone, Debug, Default)]
pub struct DeedLine {
    pub act: String,
    pub when: String,
    pub when_full: String,
    /// Agency and post from which it was done.
    pub post: String,
    pub principal: Option<String>,
    pub href: String,
    pub number: String,
    pub description: String,
}

#[derive(Clone, Debug, Default)]
pub struct OpeningLine {
    /// 谁（单位 岗位）于 何时.
    pub who: String,
    pub reason: String,
}
