//! Escalations 催办: the ladder saw a hazard at one of its steps. Each is a record of its own, with what the ladder saw; the hazard
//! is neither written nor raised in its version by it.
//!
//! The machine raises and drafts, people explain, send and set aside. Nothing is sent, answered or closed by the passing of time:
//! there is no act here that the system does beside raising. Whether a step still applies is never written down; it follows from
//! where the hazard stands now.

mod decide;
mod explain;
pub mod ladder;
mod raise;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, EscalationId, FileId, HazardId, SubjectId,
    actor::Signature,
    authority::About,
    change::{Seen, Target},
    hazard::{Determination, Hazard, InitialLevel, StageName, WaitsFor},
    place::Home,
    time::{DAY, Instant},
};

pub use decide::{LONGEST_LETTER, SendLetter, SendingRest};
pub use explain::{MOST_EXPLANATIONS, MOST_FILES};
pub use ladder::{Draft, Offset, Reach, SeesReferrals, Step};

#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    pub id: EscalationId,
    pub seen: Seen,
    pub home: Home,
    pub hazard: HazardId,
    /// Number of the hazard.
    pub number: String,
    pub subject: SubjectId,
    pub subject_name: String,
    pub steward: Option<AgencyId>,
    pub regulator: Option<AgencyId>,
    /// Id of the step, as the city's ladder names it.
    pub step: String,
    pub drafts: Draft,
    pub raised_at: Instant,
    pub saw: Saw,
    pub reaches: Vec<Reached>,
    /// Oldest first; never shortened.
    pub explanations: Vec<Explanation>,
    pub standing: Standing,
}

/// What the ladder saw when it took the step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saw {
    pub hazard_version: i64,
    pub stage: StageName,
    pub level: InitialLevel,
    pub determination: Determination,
    pub due_at: Instant,
    /// Whole days past due; negative before.
    pub days_over: i64,
    pub waits_for: Option<WaitsFor>,
    /// When the last act was done on the hazard.
    pub last_at: Instant,
    /// Whole days without an act.
    pub idle_days: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    pub as_whom: Reach,
    pub desk: WaitsFor,
}

/// What was told by those of whom it was asked 情况说明.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub text: String,
    pub files: Vec<FileId>,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// The step drafts nothing.
    Told,
    /// A draft lies there for a person to send.
    Drafted,
    Sent {
        letter: Letter,
    },
    SetAside {
        reason: String,
        by: Signature,
    },
}

/// A letter as a person sent it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter {
    /// From the series of the sender: 安安委办督〔2026〕12号.
    pub number: String,
    /// Id of the agency or subject it is addressed to.
    pub addressee: String,
    pub title: String,
    pub text: String,
    /// What had been explained by then, to this step and to the others of the hazard: it goes with the letter.
    pub explanations: Vec<Explanation>,
    pub by: Signature,
}

impl Standing {
    pub fn code(&self) -> &'static str {
        match self {
            Standing::Told => "told",
            Standing::Drafted => "drafted",
            Standing::Sent { .. } => "sent",
            Standing::SetAside { .. } => "set_aside",
        }
    }

    pub fn letter(&self) -> Option<&Letter> {
        if let Standing::Sent { letter } = self {
            Some(letter)
        } else {
            None
        }
    }
}

/// What the event of an act on an escalation tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscalationEvent {
    Escalated {
        hazard: HazardId,
        hazard_version: i64,
        step: String,
        drafts: Draft,
        stage: StageName,
        due_at: Instant,
        days_over: i64,
        idle_days: i64,
        waits_for: Option<String>,
        source: String,
    },
    Explained {
        text: String,
        files: Vec<FileId>,
    },
    LetterSent {
        number: String,
        drafts: Draft,
        addressee: String,
        title: String,
        text: String,
        explanations: Vec<Explanation>,
    },
    SetAside {
        reason: String,
    },
}

/// The id of an agency or a subject, as it stands in a column.
pub fn desk_id(desk: WaitsFor) -> String {
    match desk {
        WaitsFor::Agency(agency) => agency.to_string(),
        WaitsFor::Unit(subject) => subject.to_string(),
    }
}

/// Whole days since the last act: what "stuck" 停滞 is measured by.
pub fn idle_days(last: Instant, now: Instant) -> i64 {
    (now.0 - last.0).max(0) / DAY
}

impl Escalation {
    pub fn about(&self) -> About<'_> {
        About {
            home: &self.home,
            subject: Some(self.subject),
            steward: self.steward,
            regulator: self.regulator,
            awaited: match self.saw.waits_for {
                Some(WaitsFor::Agency(agency)) => Some(agency),
                _ => None,
            },
        }
    }

    /// The hazard still stands where the ladder saw it: same stage, same due date.
    pub fn applies_to(&self, hazard: &Hazard) -> bool {
        let due = hazard.due.as_ref().map(|due| due.at);
        hazard.id == self.hazard && hazard.stage.name() == self.saw.stage && due == Some(self.saw.due_at)
    }

    /// Whom the step reaches, each once, in the order of the ladder: a letter goes to one of them, unless it is a sheet for a
    /// leader or a referral.
    pub fn reached(&self) -> Vec<WaitsFor> {
        let mut desks = Vec::new();
        for reached in &self.reaches {
            if !desks.contains(&reached.desk) {
                desks.push(reached.desk);
            }
        }
        desks
    }

    fn target(&self) -> Target {
        Target {
            noun: "escalation",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        }
    }
}
