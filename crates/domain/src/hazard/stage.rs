//! The stages of a hazard, each with what has been said to reach it.

use serde::{Deserialize, Serialize};

use crate::{
    FileId, PersonId,
    actor::Signature,
    hazard::Determination,
    money::Fen,
    route::Route,
    time::{Day, Instant},
};

crate::words! {
    /// A stable contract (DESIGN §10). `transferred` and `merged` are ends that a hazard may come to be in.
    StageName {
        Reported = "reported",
        Confirmed = "confirmed",
        Rectifying = "rectifying",
        Submitted = "submitted",
        Accepted = "accepted",
        SignedOff = "signed_off",
        Closed = "closed",
        Transferred = "transferred",
        Merged = "merged",
        Void = "void",
    }
}

impl StageName {
    /// Work is still to be done on it.
    pub fn is_open(self) -> bool {
        use StageName::*;
        matches!(self, Reported | Confirmed | Rectifying | Submitted | Accepted)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    Reported,
    Confirmed {
        confirmation: Confirmation,
    },
    /// The plan is absent only where the route demands none.
    Rectifying {
        confirmation: Confirmation,
        plan: Option<Plan>,
    },
    Submitted {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
    },
    Accepted {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
        acceptance: Acceptance,
    },
    SignedOff {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
        acceptance: Acceptance,
        sign_off: SignOff,
    },
    /// Ended with acceptance, on a route without a city step.
    Closed {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
        acceptance: Acceptance,
    },
    Void {
        voiding: Voiding,
        confirmation: Option<Confirmation>,
        plan: Option<Plan>,
    },
}

/// The supervisor's view of the report, and what is ordered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmation {
    pub determination: Determination,
    /// The criteria it is measured by; at least one for a major hazard.
    pub clauses: Vec<String>,
    pub deadline: Day,
    /// Number of the order it was ordered under, where there is one.
    pub order_no: Option<String>,
    pub route: Route,
    pub by: Signature,
}

/// The seven parts of a rectification plan (总局令16号 art. 15 names six of them for major hazards; a listing paper picks five).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub target: String,
    pub measures: String,
    pub funds: Fen,
    pub deadline: Day,
    pub responsible_person: String,
    pub responsible_unit: String,
    pub emergency_plan: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rectification {
    pub summary: String,
    pub evidence: Vec<FileId>,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Acceptance {
    pub opinion: String,
    pub visited_at: Option<Instant>,
    pub place: Option<String>,
    pub inspectors: Vec<PersonId>,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignOff {
    pub opinion: String,
    pub by: Signature,
}

/// One time it came back: from which stage and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Return {
    pub from: StageName,
    pub reason: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voiding {
    pub from: StageName,
    pub reason: String,
    pub by: Signature,
}

impl Stage {
    pub fn name(&self) -> StageName {
        match self {
            Stage::Reported => StageName::Reported,
            Stage::Confirmed { .. } => StageName::Confirmed,
            Stage::Rectifying { .. } => StageName::Rectifying,
            Stage::Submitted { .. } => StageName::Submitted,
            Stage::Accepted { .. } => StageName::Accepted,
            Stage::SignedOff { .. } => StageName::SignedOff,
            Stage::Closed { .. } => StageName::Closed,
            Stage::Void { .. } => StageName::Void,
        }
    }

    pub fn confirmation(&self) -> Option<&Confirmation> {
        match self {
            Stage::Reported => None,
            Stage::Confirmed { confirmation }
            | Stage::Rectifying { confirmation, .. }
            | Stage::Submitted { confirmation, .. }
            | Stage::Accepted { confirmation, .. }
            | Stage::SignedOff { confirmation, .. }
            | Stage::Closed { confirmation, .. } => Some(confirmation),
            Stage::Void { confirmation, .. } => confirmation.as_ref(),
        }
    }

    pub fn confirmation_mut(&mut self) -> Option<&mut Confirmation> {
        match self {
            Stage::Reported => None,
            Stage::Confirmed { confirmation }
            | Stage::Rectifying { confirmation, .. }
            | Stage::Submitted { confirmation, .. }
            | Stage::Accepted { confirmation, .. }
            | Stage::SignedOff { confirmation, .. }
            | Stage::Closed { confirmation, .. } => Some(confirmation),
            Stage::Void { confirmation, .. } => confirmation.as_mut(),
        }
    }

    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Stage::Reported | Stage::Confirmed { .. } => None,
            Stage::Rectifying { plan, .. }
            | Stage::Submitted { plan, .. }
            | Stage::Accepted { plan, .. }
            | Stage::SignedOff { plan, .. }
            | Stage::Closed { plan, .. }
            | Stage::Void { plan, .. } => plan.as_ref(),
        }
    }

    pub fn rectification(&self) -> Option<&Rectification> {
        match self {
            Stage::Submitted { rectification, .. }
            | Stage::Accepted { rectification, .. }
            | Stage::SignedOff { rectification, .. }
            | Stage::Closed { rectification, .. } => Some(rectification),
            _ => None,
        }
    }

    pub fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Stage::Accepted { acceptance, .. }
            | Stage::SignedOff { acceptance, .. }
            | Stage::Closed { acceptance, .. } => Some(acceptance),
            _ => None,
        }
    }

    pub fn sign_off(&self) -> Option<&SignOff> {
        if let Stage::SignedOff { sign_off, .. } = self {
            Some(sign_off)
        } else {
            None
        }
    }

    pub fn voiding(&self) -> Option<&Voiding> {
        if let Stage::Void { voiding, .. } = self {
            Some(voiding)
        } else {
            None
        }
    }
}
