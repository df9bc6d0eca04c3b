//! Every way between the stages. The table draws docs/domain/hazard.md, decides the buttons and feeds the property test.

use crate::{authority::Act, hazard::StageName};

crate::words! {
    /// How an act that judges may turn out; other acts are just done.
    Outcome { Done = "done", Passed = "passed", Returned = "returned" }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// `None` is nothing yet.
    pub from: Option<StageName>,
    pub act: Act,
    pub outcome: Outcome,
    pub to: StageName,
    /// What the hazard's route must say for this way to be open; empty when it is always.
    pub on_route: &'static str,
}

const fn way(
    from: StageName,
    act: Act,
    outcome: Outcome,
    to: StageName,
    on_route: &'static str,
) -> Transition {
    Transition {
        from: Some(from),
        act,
        outcome,
        to,
        on_route,
    }
}

use {Act::*, Outcome::*, StageName::*};

#[rustfmt::skip]
pub const TRANSITIONS: &[Transition] = &[
    Transition { from: None, act: Report, outcome: Done, to: Reported, on_route: "" },
    Transition { from: None, act: Report, outcome: Done, to: Rectifying, on_route: "finder orders" },
    Transition { from: None, act: Report, outcome: Done, to: Closed, on_route: "fixed on the spot" },
    Transition { from: None, act: Open, outcome: Done, to: Reported, on_route: "" },

    way(Reported,   Confirm,        Done,     Confirmed,  ""),
    way(Reported,   InterimMeasure, Done,     Reported,   ""),
    way(Reported,   Suspend,        Done,     Reported,   ""),
    way(Reported,   AskRestart,     Done,     Reported,   ""),
    way(Reported,   ReviewRestart,  Passed,   Reported,   ""),
    way(Reported,   ReviewRestart,  Returned, Reported,   ""),
    way(Reported,   Assign,         Done,     Reported,   ""),
    way(Reported,   Acknowledge,    Done,     Reported,   ""),
    way(Reported,   Decline,        Done,     Reported,   ""),
    way(Reported,   Correct,        Done,     Reported,   ""),
    way(Reported,   Act::Transfer,  Done,     Transferred, ""),
    way(Reported,   Merge,          Done,     Merged,     ""),
    way(Reported,   Dismiss,        Done,     Closed,     ""),
    way(Reported,   Act::Void,      Done,     StageName::Void, ""),

    way(Confirmed,  Plan,           Done,     Rectifying, ""),
    way(Confirmed,  Rectify,        Done,     Submitted,  "no plan demanded"),
    way(Confirmed,  Rectify,        Done,     Closed,     "closed by the unit, no plan demanded"),
    way(Confirmed,  Determine,      Done,     Confirmed,  ""),
    way(Confirmed,  AskExtension,   Done,     Confirmed,  ""),
    way(Confirmed,  DecideExtension, Passed,  Confirmed,  ""),
    way(Confirmed,  DecideExtension, Returned, Confirmed, ""),
    way(Confirmed,  Pause,          Done,     Confirmed,  ""),
    way(Confirmed,  Resume,         Done,     Confirmed,  ""),
    way(Confirmed,  InterimMeasure, Done,     Confirmed,  ""),
    way(Confirmed,  Suspend,        Done,     Confirmed,  ""),
    way(Confirmed,  AskRestart,     Done,     Confirmed,  ""),
    way(Confirmed,  ReviewRestart,  Passed,   Confirmed,  ""),
    way(Confirmed,  ReviewRestart,  Returned, Confirmed,  ""),
    way(Confirmed,  Tell,           Done,     Confirmed,  ""),
    way(Confirmed,  Assign,         Done,     Confirmed,  ""),
    way(Confirmed,  Acknowledge,    Done,     Confirmed,  ""),
    way(Confirmed,  Decline,        Done,     Confirmed,  ""),
    way(Confirmed,  Correct,        Done,     Confirmed,  ""),
    way(Confirmed,  Act::Transfer,  Done,     Transferred, ""),
    way(Confirmed,  Merge,          Done,     Merged,     ""),
    way(Confirmed,  Dismiss,        Done,     Closed,     ""),
    way(Confirmed,  Act::Void,      Done,     StageName::Void, ""),

    way(Rectifying, Rectify,        Done,     Submitted,  "re-checked by another"),
    way(Rectifying, Rectify,        Done,     Closed,     "closed by the unit"),
    way(Rectifying, Plan,           Done,     Rectifying, ""),
    way(Rectifying, Determine,      Done,     Rectifying, ""),
    way(Rectifying, PutInPlace,     Done,     Rectifying, ""),
    way(Rectifying, AskExtension,   Done,     Rectifying, ""),
    way(Rectifying, DecideExtension, Passed,  Rectifying, ""),
    way(Rectifying, DecideExtension, Returned, Rectifying, ""),
    way(Rectifying, Pause,          Done,     Rectifying, ""),
    way(Rectifying, Resume,         Done,     Rectifying, ""),
    way(Rectifying, InterimMeasure, Done,     Rectifying, ""),
    way(Rectifying, Suspend,        Done,     Rectifying, ""),
    way(Rectifying, AskRestart,     Done,     Rectifying, ""),
    way(Rectifying, ReviewRestart,  Passed,   Rectifying, ""),
    way(Rectifying, ReviewRestart,  Returned, Rectifying, ""),
    way(Rectifying, Tell,           Done,     Rectifying, ""),
    way(Rectifying, Assign,         Done,     Rectifying, ""),
    way(Rectifying, Acknowledge,    Done,     Rectifying, ""),
    way(Rectifying, Decline,        Done,     Rectifying, ""),
    way(Rectifying, Correct,        Done,     Rectifying, ""),
    way(Rectifying, Act::Transfer,  Done,     Transferred, ""),
    way(Rectifying, Merge,          Done,     Merged,     ""),
    way(Rectifying, Dismiss,        Done,     Closed,     ""),
    way(Rectifying, Act::Void,      Done,     StageName::Void, ""),

    way(Submitted,  Accept,         Passed,   Accepted,   "with sign-off"),
    way(Submitted,  Accept,         Passed,   Closed,     "without sign-off"),
    way(Submitted,  Accept,         Returned, Rectifying, ""),
    way(Submitted,  Determine,      Done,     Submitted,  ""),
    way(Submitted,  PutInPlace,     Done,     Submitted,  ""),
    way(Submitted,  Tell,           Done,     Submitted,  ""),
    way(Submitted,  InterimMeasure, Done,     Submitted,  ""),
    way(Submitted,  Suspend,        Done,     Submitted,  ""),
    way(Submitted,  AskRestart,     Done,     Submitted,  ""),
    way(Submitted,  ReviewRestart,  Passed,   Submitted,  ""),
    way(Submitted,  ReviewRestart,  Returned, Submitted,  ""),
    way(Submitted,  Correct,        Done,     Submitted,  ""),
    way(Submitted,  Dismiss,        Done,     Closed,     ""),
    way(Submitted,  Act::Void,      Done,     StageName::Void, ""),

    way(Accepted,   SignOff,        Passed,   SignedOff,  ""),
    way(Accepted,   SignOff,        Returned, Rectifying, ""),
    way(Accepted,   InterimMeasure, Done,     Accepted,   ""),
    way(Accepted,   Correct,        Done,     Accepted,   ""),
    way(Accepted,   Act::Void,      Done,     StageName::Void, ""),

    way(SignedOff,  Revisit,        Passed,   SignedOff,  ""),
    way(SignedOff,  Revisit,        Returned, SignedOff,  ""),
    way(Closed,     Revisit,        Passed,   Closed,     ""),
    way(Closed,     Revisit,        Returned, Closed,     ""),

    way(Reported,   NameOwner,      Done,     Reported,   ""),
    way(Confirmed,  NameOwner,      Done,     Confirmed,  ""),
    way(Rectifying, NameOwner,      Done,     Rectifying, ""),
    way(Confirmed,  ConfirmProxy,    Done,    Confirmed, ""),
    way(Rectifying, ConfirmProxy,    Done,    Rectifying, ""),
    way(Submitted,  ConfirmProxy,    Done,    Submitted, ""),

    // What a leader wrote is answered even where the case has ended meanwhile.
    way(Reported,   Instruct,        Done,    Reported, ""),
    way(Reported,   AnswerInstruction,Done,    Reported, ""),
    way(Confirmed,  Instruct,        Done,    Confirmed, ""),
    way(Confirmed,  AnswerInstruction,Done,    Confirmed, ""),
    way(Rectifying, Instruct,        Done,    Rectifying, ""),
    way(Rectifying, AnswerInstruction,Done,    Rectifying, ""),
    way(Submitted,  Instruct,        Done,    Submitted, ""),
    way(Submitted,  AnswerInstruction,Done,    Submitted, ""),
    way(Accepted,   Instruct,        Done,    Accepted, ""),
    way(Accepted,   AnswerInstruction,Done,    Accepted, ""),
    way(SignedOff,  AnswerInstruction,Done,    SignedOff, ""),
    way(Closed,     AnswerInstruction,Done,    Closed, ""),
    way(Transferred,AnswerInstruction,Done,    Transferred, ""),
    way(Merged,     AnswerInstruction,Done,    Merged, ""),
    way(StageName::Void,AnswerInstruction,Done,    StageName::Void, ""),

    way(Confirmed,  ProposeListing,  Done,    Confirmed, ""),
    way(Rectifying, ProposeListing,  Done,    Rectifying, ""),
    way(Submitted,  ProposeListing,  Done,    Submitted, ""),
    way(Confirmed,  ApproveListing,  Done,    Confirmed, ""),
    way(Rectifying, ApproveListing,  Done,    Rectifying, ""),
    way(Submitted,  ApproveListing,  Done,    Submitted, ""),
    way(Accepted,   ApproveListing,  Done,    Accepted, ""),
    way(Confirmed,  ServeListing,    Done,    Confirmed, ""),
    way(Rectifying, ServeListing,    Done,    Rectifying, ""),
    way(Submitted,  ServeListing,    Done,    Submitted, ""),
    way(Accepted,   ServeListing,    Done,    Accepted, ""),
    way(Confirmed,  ReportProgress,  Done,    Confirmed, ""),
    way(Rectifying, ReportProgress,  Done,    Rectifying, ""),
    way(Submitted,  ReportProgress,  Done,    Submitted, ""),
    // A list outlives what stood on it: it is taken off by an act of its own.
    way(SignedOff,  Delist,          Done,    SignedOff, ""),
    way(Closed,     Delist,          Done,    Closed, ""),
    way(Confirmed,  CancelListing,   Done,    Confirmed, ""),
    way(Rectifying, CancelListing,   Done,    Rectifying, ""),
    way(Submitted,  CancelListing,   Done,    Submitted, ""),
    way(Accepted,   CancelListing,   Done,    Accepted, ""),
    way(Closed,     CancelListing,   Done,    Closed, ""),
    way(Transferred,CancelListing,   Done,    Transferred, ""),
    way(Merged,     CancelListing,   Done,    Merged, ""),
    way(StageName::Void,CancelListing,Done,   StageName::Void, ""),
];
