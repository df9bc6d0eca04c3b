//! An answer that is not the page asked for: what happened, which rule, who can, what next.
//!
//! Speaks of the matter, never of the machine: no codes of programs, no traces. The status stands
//! small in the corner, for whoever is asked on the telephone.

use askama::Template;

use super::frame::Frame;

#[derive(Clone, Debug, Default, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    pub frame: Frame,
    pub status: u16,
    pub happened: String,
    pub rule: Option<String>,
    pub who_can: Option<String>,
    pub next_step: String,
    pub links: Vec<ProblemLink>,
    /// What to quote when asking: number of the request.
    pub reference: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct ProblemLink {
    pub label: String,
    pub href: String,
}
