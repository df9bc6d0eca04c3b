//! The stages of a hazard, each with what has been said to reach it.

use serde::{Deserialize, Serialize};

use crate::{
    FileId, HazardId, JurisdictionId, PersonId, SignOffListId,
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

    /// Whoever is responsible has the work in hand.
    pub fn is_being_rectified(self) -> bool {
        matches!(self, StageName::Confirmed | StageName::Rectifying)
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
    /// Ended without a city step; how, says the closing.
    Closed {
        closing: Closing,
    },
    /// Handed to another jurisdiction, whose own record goes on; what stood here is kept in case it is sent back.
    Transferred {
        transfer: Transfer,
        before: Box<Stage>,
    },
    /// The same thing as another hazard, which goes on.
    Merged {
        merging: Merging,
        before: Box<Stage>,
    },
    Void {
        voiding: Voiding,
        before: Box<Stage>,
    },
}

/// How a hazard came to be closed 办结.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Closing {
    /// Rectified while the finder stood there 即查即改.
    OnTheSpot { rectification: Rectification },
    /// The unit rectified what it had found itself.
    ByUnit {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
    },
    /// A re-check found it rectified, on a route without sign-off.
    Accepted {
        confirmation: Confirmation,
        plan: Option<Plan>,
        rectification: Rectification,
        acceptance: Acceptance,
    },
    /// There was nothing to rectify, or there is nothing any more.
    Dismissed {
        dismissal: Dismissal,
        before: Box<Stage>,
    },
}

crate::words! {
    /// Why something ends without having been rectified.
    DismissedAs { NotHazard = "not_hazard", SiteGone = "site_gone" }
}

crate::words! {
    /// What became of it. Only the first counts as rectified.
    EndedAs {
        Fixed = "fixed",
        NotHazard = "not_hazard",
        SiteGone = "site_gone",
        Transferred = "transferred",
        Duplicate = "duplicate",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dismissal {
    pub ended_as: DismissedAs,
    pub reason: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    pub to: JurisdictionId,
    pub reason: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Merging {
    pub into: HazardId,
    pub number: String,
    pub reason: String,
    pub by: Signature,
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
    /// Which version of the city's routes it was chosen by; the event of the choice says the same.
    #[serde(default)]
    pub routes_no: i64,
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
    /// Filed after the ordered day had passed: its deadline is a promise, and moves nothing.
    #[serde(default)]
    pub late: bool,
    pub by: Signature,
}

impl Plan {
    pub fn has_all_parts(&self) -> bool {
        let parts = [
            &self.target,
            &self.measures,
            &self.responsible_person,
            &self.responsible_unit,
            &self.emergency_plan,
        ];
        parts.iter().all(|part| !part.is_empty())
    }
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
    /// What it came from, where the route asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    pub by: Signature,
}

crate::words! {
    /// What brought a hazard about: near at hand, or upstream, where governing it at the source begins 源头治理.
    Cause {
        Person = "person",
        Thing = "thing",
        Environment = "environment",
        Management = "management",
        Planning = "planning",
        Design = "design",
        Permit = "permit",
        Contractor = "contractor",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignOff {
    pub opinion: String,
    /// The list it was signed off with, where it was not looked at by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<SignOffListId>,
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
            Stage::Transferred { .. } => StageName::Transferred,
            Stage::Merged { .. } => StageName::Merged,
            Stage::Void { .. } => StageName::Void,
        }
    }

    /// The stage in which it stood when it ended without having been rectified.
    pub fn before(&self) -> Option<&Stage> {
        match self {
            Stage::Closed {
                closing: Closing::Dismissed { before, .. },
            }
            | Stage::Transferred { before, .. }
            | Stage::Merged { before, .. }
            | Stage::Void { before, .. } => Some(before),
            _ => None,
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
            | Stage::Closed {
                closing: Closing::ByUnit { confirmation, .. } | Closing::Accepted { confirmation, .. },
            } => Some(confirmation),
            ended => ended.before()?.confirmation(),
        }
    }

    /// While it is open.
    pub fn confirmation_mut(&mut self) -> Option<&mut Confirmation> {
        match self {
            Stage::Confirmed { confirmation }
            | Stage::Rectifying { confirmation, .. }
            | Stage::Submitted { confirmation, .. }
            | Stage::Accepted { confirmation, .. } => Some(confirmation),
            _ => None,
        }
    }

    pub(super) fn plan_mut(&mut self) -> Option<&mut Plan> {
        match self {
            Stage::Rectifying { plan, .. } => plan.as_mut(),
            _ => None,
        }
    }

    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Stage::Rectifying { plan, .. }
            | Stage::Submitted { plan, .. }
            | Stage::Accepted { plan, .. }
            | Stage::SignedOff { plan, .. }
            | Stage::Closed {
                closing: Closing::ByUnit { plan, .. } | Closing::Accepted { plan, .. },
            } => plan.as_ref(),
            ended => ended.before()?.plan(),
        }
    }

    pub fn rectification(&self) -> Option<&Rectification> {
        match self {
            Stage::Submitted { rectification, .. }
            | Stage::Accepted { rectification, .. }
            | Stage::SignedOff { rectification, .. }
            | Stage::Closed {
                closing:
                    Closing::OnTheSpot { rectification }
                    | Closing::ByUnit { rectification, .. }
                    | Closing::Accepted { rectification, .. },
            } => Some(rectification),
            ended => ended.before()?.rectification(),
        }
    }

    pub fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Stage::Accepted { acceptance, .. }
            | Stage::SignedOff { acceptance, .. }
            | Stage::Closed {
                closing: Closing::Accepted { acceptance, .. },
            } => Some(acceptance),
            ended => ended.before()?.acceptance(),
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

    /// When the act was done that ended it.
    pub fn ended_at(&self) -> Option<Instant> {
        let by = match self {
            Stage::SignedOff { sign_off, .. } => &sign_off.by,
            Stage::Closed { closing } => match closing {
                Closing::OnTheSpot { rectification } | Closing::ByUnit { rectification, .. } => {
                    &rectification.by
                }
                Closing::Accepted { acceptance, .. } => &acceptance.by,
                Closing::Dismissed { dismissal, .. } => &dismissal.by,
            },
            Stage::Transferred { transfer, .. } => &transfer.by,
            Stage::Merged { merging, .. } => &merging.by,
            Stage::Void { voiding, .. } => &voiding.by,
            _ => return None,
        };
        Some(by.at)
    }

    /// What became of it, once it has ended; nothing for what should never have been entered.
    pub fn ended_as(&self) -> Option<EndedAs> {
        Some(match self {
            Stage::SignedOff { .. } => EndedAs::Fixed,
            Stage::Closed { closing } => match closing {
                Closing::Dismissed { dismissal, .. } => match dismissal.ended_as {
                    DismissedAs::NotHazard => EndedAs::NotHazard,
                    DismissedAs::SiteGone => EndedAs::SiteGone,
                },
                _ => EndedAs::Fixed,
            },
            Stage::Transferred { .. } => EndedAs::Transferred,
            Stage::Merged { .. } => EndedAs::Duplicate,
            _ => return None,
        })
    }
}
