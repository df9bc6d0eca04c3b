//! One act of a story: when, by whom, and all that is said in it; and how the record stands after it. Nothing is decided when it is
//! replayed.

use app::hazard::report::Named;
use domain::{
    AgencyId, JurisdictionId, PersonId,
    hazard::{
        DismissedAs, InitialLevel, Source, StageName, ToldTo,
        accept::Accept,
        assign::Assign,
        confirm::Confirm,
        course::{Fact, Part},
        determine::Determine,
        plan::FilePlan,
        report::Then,
        revisit::Revisit,
        sign_off::Decide,
    },
    subject::SubjectKind,
    time::{Day, Instant},
};

use super::cast::Who;

#[derive(Debug, Clone)]
pub struct Act {
    pub at: Instant,
    pub who: Who,
    pub on: On,
    pub step: Step,
    pub after: After,
}

/// A story has one record, and sometimes a second that hangs together with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    First,
    /// Opened by the first: transferred, or found not to be rectified.
    Opened,
    /// Reported by somebody else about the same thing.
    Twin,
}

/// How the record stands after an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub stage: StageName,
    /// Where the next step waits, while it is open.
    pub desk: Option<AgencyId>,
    pub due: Option<Instant>,
}

#[derive(Debug, Clone)]
pub enum Step {
    /// A drawing, and the name under which it is sent up. It belongs to the next act that brings files.
    Upload {
        photo: String,
        name: &'static str,
    },
    Report {
        source: Source,
        found_at: Instant,
        description: String,
        then: Then,
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
    Dismiss {
        ended_as: DismissedAs,
        reason: String,
    },
    /// The twin ends, the first goes on.
    Merge {
        reason: String,
    },
    Transfer {
        to: JurisdictionId,
        reason: String,
    },
    Assign {
        said: Assign,
        to: AgencyId,
    },
    Acknowledge,
    Decline {
        reason: String,
    },
    AskExtension {
        to: Day,
        reason: String,
    },
    DecideExtension {
        passed: bool,
        opinion: String,
    },
    Pause {
        reason: String,
    },
    Resume {
        reason: String,
    },
    Suspend {
        order_no: String,
        scope: String,
    },
    AskRestart {
        summary: String,
    },
    ReviewRestart {
        passed: bool,
        opinion: String,
    },
    Tell {
        to: ToldTo,
        on: Day,
        how: String,
    },
    PutInPlace {
        part: Part,
        note: String,
    },
    Correct {
        fact: Fact,
        value: String,
        reason: String,
    },
    Revisit(Revisit),
}

/// What a hazard is about, the same in all its acts.
#[derive(Debug, Clone)]
pub struct Case {
    pub subject: Named,
    pub kind: SubjectKind,
    pub location: String,
    pub level: InitialLevel,
    pub acts: Vec<Act>,
    /// So many of the acts have to have been done for the story to be about what it is meant to be about.
    pub key: usize,
}

impl Case {
    /// Leaves out what has not happened yet; `None` where that is what the story is about.
    pub fn until(mut self, now: Instant) -> Option<Self> {
        let done = self.acts.iter().take_while(|act| act.at < now).count();
        self.acts.truncate(done);
        while matches!(self.acts.last()?.step, Step::Upload { .. }) {
            self.acts.pop();
        }
        (self.acts.len() >= self.key.max(1)).then_some(self)
    }

    pub fn stands(&self) -> Option<After> {
        self.acts.last().map(|act| act.after)
    }

    /// How many records it makes.
    pub fn records(&self) -> usize {
        1 + usize::from(self.acts.iter().any(|act| {
            act.on == On::Twin
                || matches!(
                    act.step,
                    Step::Transfer { .. } | Step::Revisit(Revisit { passed: false, .. })
                )
        }))
    }
}

impl Step {
    /// For messages about what went wrong, and for whose hands it has been through.
    pub fn act(&self) -> domain::authority::Act {
        use domain::authority::Act;
        match self {
            Step::Upload { .. } => Act::UploadFile,
            Step::Report { .. } => Act::Report,
            Step::Confirm { .. } => Act::Confirm,
            Step::Determine(_) => Act::Determine,
            Step::Interim { .. } => Act::InterimMeasure,
            Step::Plan(_) => Act::Plan,
            Step::Rectify { .. } => Act::Rectify,
            Step::Accept { .. } => Act::Accept,
            Step::SignOff(_) => Act::SignOff,
            Step::Void { .. } => Act::Void,
            Step::Dismiss { .. } => Act::Dismiss,
            Step::Merge { .. } => Act::Merge,
            Step::Transfer { .. } => Act::Transfer,
            Step::Assign { .. } => Act::Assign,
            Step::Acknowledge => Act::Acknowledge,
            Step::Decline { .. } => Act::Decline,
            Step::AskExtension { .. } => Act::AskExtension,
            Step::DecideExtension { .. } => Act::DecideExtension,
            Step::Pause { .. } => Act::Pause,
            Step::Resume { .. } => Act::Resume,
            Step::Suspend { .. } => Act::Suspend,
            Step::AskRestart { .. } => Act::AskRestart,
            Step::ReviewRestart { .. } => Act::ReviewRestart,
            Step::Tell { .. } => Act::Tell,
            Step::PutInPlace { .. } => Act::PutInPlace,
            Step::Correct { .. } => Act::Correct,
            Step::Revisit(_) => Act::Revisit,
        }
    }
}
