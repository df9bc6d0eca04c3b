//! One act of a story: when, by whom, and all that is said in it. Nothing is decided when it is replayed.

use app::hazard::report::Named;
use domain::{
    AgencyId, PersonId,
    hazard::{
        InitialLevel, Source, accept::Accept, confirm::Confirm, determine::Determine, plan::FilePlan,
        sign_off::Decide,
    },
    subject::SubjectKind,
    time::Instant,
};

use super::cast::Who;

#[derive(Debug, Clone)]
pub struct Act {
    pub at: Instant,
    pub who: Who,
    pub step: Step,
}

#[derive(Debug, Clone)]
pub enum Step {
    /// A drawing, and the name under which it is sent up. It belongs to the next report or rectification.
    Upload {
        photo: String,
        name: &'static str,
    },
    Report {
        source: Source,
        found_at: Instant,
    },
    Confirm {
        said: Confirm,
        regulator: Option<AgencyId>,
    },
    Determine(Determine),
    Interim {
        kind: String,
        text: String,
    },
    Plan(FilePlan),
    Rectify {
        summary: String,
    },
    Accept {
        said: Accept,
        inspectors: Vec<PersonId>,
    },
    SignOff(Decide),
    Void {
        reason: String,
    },
}

/// What a hazard is about, the same in all its acts.
#[derive(Debug, Clone)]
pub struct Case {
    pub subject: Named,
    pub kind: SubjectKind,
    pub description: String,
    pub location: String,
    pub level: InitialLevel,
    pub acts: Vec<Act>,
}

impl Step {
    /// For messages about what went wrong.
    pub fn name(&self) -> &'static str {
        match self {
            Step::Upload { .. } => "upload",
            Step::Report { .. } => "report",
            Step::Confirm { .. } => "confirm",
            Step::Determine(_) => "determine",
            Step::Interim { .. } => "interim measure",
            Step::Plan(_) => "plan",
            Step::Rectify { .. } => "rectify",
            Step::Accept { .. } => "accept",
            Step::SignOff(_) => "sign off",
            Step::Void { .. } => "void",
        }
    }
}
