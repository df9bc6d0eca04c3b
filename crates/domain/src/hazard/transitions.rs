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
    way(Reported,   Confirm,        Done,     Confirmed,  ""),
    way(Reported,   InterimMeasure, Done,     Reported,   ""),
    way(Reported,   Act::Void,      Done,     StageName::Void, ""),

    way(Confirmed,  Plan,           Done,     Rectifying, ""),
    way(Confirmed,  Rectify,        Done,     Submitted,  "no plan demanded"),
    way(Confirmed,  Determine,      Done,     Confirmed,  ""),
    way(Confirmed,  InterimMeasure, Done,     Confirmed,  ""),
    way(Confirmed,  Act::Void,      Done,     StageName::Void, ""),

    way(Rectifying, Rectify,        Done,     Submitted,  ""),
    way(Rectifying, Plan,           Done,     Rectifying, ""),
    way(Rectifying, Determine,      Done,     Rectifying, ""),
    way(Rectifying, InterimMeasure, Done,     Rectifying, ""),
    way(Rectifying, Act::Void,      Done,     StageName::Void, ""),

    way(Submitted,  Accept,         Passed,   Accepted,   "with sign-off"),
    way(Submitted,  Accept,         Passed,   Closed,     "without sign-off"),
    way(Submitted,  Accept,         Returned, Rectifying, ""),
    way(Submitted,  Determine,      Done,     Submitted,  ""),
    way(Submitted,  InterimMeasure, Done,     Submitted,  ""),
    way(Submitted,  Act::Void,      Done,     StageName::Void, ""),

    way(Accepted,   SignOff,        Passed,   SignedOff,  ""),
    way(Accepted,   SignOff,        Returned, Rectifying, ""),
    way(Accepted,   InterimMeasure, Done,     Accepted,   ""),
    way(Accepted,   Act::Void,      Done,     StageName::Void, ""),
];
