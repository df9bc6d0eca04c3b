//! What one hazard of the demo city is to be like: who finds it, and what is special about it.

use domain::hazard::{Source, StageName};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    pub found: Finder,
    pub turn: Turn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Finder {
    Unit,
    Town,
    County,
    City,
    Tip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Plain,
    OnTheSpot,
    Major(Major),
    /// Suspected to be major, and found not to be.
    Suspected,
    /// Left lying in a stage, past its day.
    Overdue(StageName),
    /// Sent back so many times.
    Returned(u8),
    /// Closed, and not rectified when somebody looks again.
    Untrue,
    Revisited,
    NotHazard,
    SiteGone,
    Void,
    Merged,
    Transferred,
    Assigned {
        declined: bool,
    },
    Extended {
        granted: bool,
    },
    Paused,
    Corrected,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Major {
    pub open: bool,
    pub overdue: bool,
    pub suspended: bool,
}

pub const FINDERS: [Finder; 5] = [
    Finder::Unit,
    Finder::Town,
    Finder::County,
    Finder::City,
    Finder::Tip,
];

impl Turn {
    /// Who finds such a thing, in proportion; in the order of [`FINDERS`].
    pub fn finders(self) -> [f64; 5] {
        match self {
            Turn::Plain => [1.0; 5],
            Turn::OnTheSpot => [1.0, 0.0, 0.0, 0.0, 0.0],
            Turn::Major(_) => [4.0, 0.0, 8.0, 4.0, 0.0],
            Turn::Suspected => [2.0, 0.0, 4.0, 1.0, 0.0],
            Turn::Overdue(StageName::Rectifying) => [5.0, 4.0, 4.0, 1.0, 0.0],
            Turn::Overdue(StageName::Reported) => [0.0, 0.0, 0.0, 1.0, 3.0],
            Turn::Overdue(_) => [0.0, 0.0, 1.0, 0.0, 0.0],
            Turn::Returned(_) => [0.0, 2.0, 4.0, 1.0, 0.0],
            Turn::Untrue => [2.0, 1.0, 1.0, 0.0, 0.0],
            Turn::Revisited => [3.0, 2.0, 2.0, 0.0, 0.0],
            Turn::NotHazard => [3.0, 6.0, 1.0, 0.0, 0.6],
            Turn::SiteGone => [0.0, 2.0, 2.0, 0.0, 0.0],
            Turn::Void => [2.0, 2.0, 1.0, 0.0, 0.0],
            Turn::Merged => [2.0, 0.0, 1.0, 0.0, 0.0],
            Turn::Transferred => [0.0, 0.0, 1.0, 0.0, 0.0],
            Turn::Assigned { .. } => [0.0, 4.0, 0.0, 0.0, 1.0],
            Turn::Extended { .. } => [3.0, 1.0, 3.0, 0.0, 0.0],
            Turn::Paused => [0.0, 2.0, 3.0, 0.0, 0.0],
            Turn::Corrected => [0.0, 2.0, 2.0, 0.0, 0.0],
        }
    }

    /// Whether it counts against those who should have seen to it.
    pub fn is_bad(self) -> bool {
        matches!(self, Turn::Overdue(_) | Turn::Returned(_))
    }

    /// Whether nothing but the report is told before the supervisor has looked.
    pub fn waits_to_be_judged(self) -> bool {
        matches!(
            self,
            Turn::NotHazard
                | Turn::SiteGone
                | Turn::Void
                | Turn::Merged
                | Turn::Transferred
                | Turn::Assigned { .. }
                | Turn::Overdue(StageName::Reported)
        )
    }
}

impl Finder {
    /// Where it is said to come from; the city's are partly handed down to it from above.
    pub fn source(self, handed_down: bool) -> Source {
        match self {
            Finder::Unit => Source::SelfCheck,
            Finder::Town => Source::Patrol,
            Finder::County => Source::CountyCheck,
            Finder::City if handed_down => Source::HandedDown,
            Finder::City => Source::Oversight,
            Finder::Tip => Source::Tip,
        }
    }
}
