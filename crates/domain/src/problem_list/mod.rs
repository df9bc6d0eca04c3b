//! The problem list 问题清单: what one visit found, handed over by one letter with one day to reply by, received once, and answered
//! once with a result for each item.
//!
//! The list says what is on it and what was said about it as a whole. Each item stays a hazard with its own acts and events: it is
//! handed over, acknowledged, rectified, accepted and signed off by acts of its own, so how an item stands is read from its hazard
//! and never kept here. Nothing ends a list by itself; one that was opened by mistake is withdrawn by somebody, and stays to be read.

pub mod answer;
pub mod open;
pub mod printed;
pub mod send;
pub mod withdraw;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, HazardId, JurisdictionId, ProblemListId,
    actor::Signature,
    authority::{About, Act},
    change::{Body, Change, Event, Require, Row, Seen, Target},
    hazard::{EndedAs, Hazard, Moment, StageName, course::Assignment},
    place::Home,
    refusal::Refusal,
    time::Day,
};

pub use answer::{Answer, ItemResult, Looked, Remark};
pub use open::{Visit, VisitKind};
pub use printed::Printed;
pub use send::{SendList, Sending};
pub use withdraw::Withdrawal;

/// No list is longer: it has to be read by somebody.
pub const MOST_ITEMS: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct ProblemList {
    pub id: ProblemListId,
    pub seen: Seen,
    /// The county that it goes to.
    pub home: Home,
    /// The county whose people made the visit; none where the city did.
    pub visited_by: Option<JurisdictionId>,
    pub opened: Signature,
    pub visit: Visit,
    /// In the order in which they were put on it, which is that of the letter.
    pub items: Vec<Item>,
    pub state: ListState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub hazard: HazardId,
    pub number: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListState {
    /// Items come and go; nobody but its own agency knows of it.
    Open,
    Sent {
        sending: Sending,
    },
    Received {
        sending: Sending,
        receipt: Signature,
    },
    Answered {
        sending: Sending,
        receipt: Signature,
        answer: Answer,
    },
    /// It was opened by mistake, and nobody outside has seen it.
    Withdrawn {
        withdrawal: Withdrawal,
    },
}

crate::words! {
    StateName {
        Open = "open",
        Sent = "sent",
        Received = "received",
        Answered = "answered",
        Withdrawn = "withdrawn",
    }
}

crate::words! {
    /// How far an item has been handed over, read from its hazard.
    HandOver {
        /// Not yet.
        Waiting = "waiting",
        /// It was handed to somebody otherwise, who has not said anything yet; then it waits.
        Blocked = "blocked",
        Unreceived = "unreceived",
        Received = "received",
        Declined = "declined",
        /// A confirmation has named somebody else before anybody acknowledged it.
        TakenOver = "taken_over",
        /// It had ended before, or has gone to where the reader does not look.
        Ended = "ended",
    }
}

/// What the event of a list tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemListEvent {
    ProblemListOpened {
        visit: Visit,
        items: Vec<Item>,
    },
    ProblemsListed {
        added: Vec<Item>,
        removed: Vec<Item>,
    },
    ProblemListSent {
        to: AgencyId,
        reply_by: Day,
        number: String,
        items: usize,
    },
    ProblemListReceived {},
    ProblemListAnswered {
        results: Vec<ItemResult>,
        note: String,
        late: bool,
    },
    ProblemListWithdrawn {
        reason: String,
        /// How many are free again.
        items: usize,
    },
}

impl ProblemList {
    /// Whoever opened it is responsible for it; the addressee of the letter follows what is on it, and the next step waits for them.
    pub fn about(&self) -> About<'_> {
        let to = self.sending().map(|sending| sending.to);
        About {
            steward: Some(self.opened.agency),
            regulator: to,
            awaited: to,
            ..about(&self.home)
        }
    }

    pub fn state_name(&self) -> StateName {
        match self.state {
            ListState::Open => StateName::Open,
            ListState::Sent { .. } => StateName::Sent,
            ListState::Received { .. } => StateName::Received,
            ListState::Answered { .. } => StateName::Answered,
            ListState::Withdrawn { .. } => StateName::Withdrawn,
        }
    }

    pub fn sending(&self) -> Option<&Sending> {
        match &self.state {
            ListState::Open | ListState::Withdrawn { .. } => None,
            ListState::Sent { sending }
            | ListState::Received { sending, .. }
            | ListState::Answered { sending, .. } => Some(sending),
        }
    }

    pub fn receipt(&self) -> Option<&Signature> {
        match &self.state {
            ListState::Received { receipt, .. } | ListState::Answered { receipt, .. } => Some(receipt),
            ListState::Open | ListState::Sent { .. } | ListState::Withdrawn { .. } => None,
        }
    }

    pub fn answer(&self) -> Option<&Answer> {
        match &self.state {
            ListState::Answered { answer, .. } => Some(answer),
            _ => None,
        }
    }

    pub fn withdrawal(&self) -> Option<&Withdrawal> {
        match &self.state {
            ListState::Withdrawn { withdrawal } => Some(withdrawal),
            _ => None,
        }
    }

    pub fn item(&self, hazard: HazardId) -> Option<&Item> {
        self.items.iter().find(|item| item.hazard == hazard)
    }

    /// The hand-over by this list or, where that was declined, what it was settled with. Whoever received it may hand it on: that is
    /// no matter of the list any more.
    fn handed<'a>(&self, hazard: &'a Hazard) -> Option<&'a Assignment> {
        let all = &hazard.course.assignments;
        let by_the_list = all.iter().position(|one| one.list == Some(self.id))?;
        let since = &all[by_the_list..];
        since.iter().find(|one| one.declined.is_none()).or(since.last())
    }

    pub fn hand_over(&self, hazard: &Hazard) -> HandOver {
        let Some(handed) = self.handed(hazard) else {
            return match hazard.expects(Act::Assign) {
                Ok(()) => HandOver::Waiting,
                Err(_) if hazard.assignment_pending().is_some() => HandOver::Blocked,
                Err(_) => HandOver::Ended,
            };
        };
        if handed.declined.is_some() {
            HandOver::Declined
        } else if handed.receipt.is_some() {
            HandOver::Received
        } else if hazard.assignment_pending() == Some(handed) {
            HandOver::Unreceived
        } else {
            HandOver::TakenOver
        }
    }

    /// Refuses what does not belong to the state that the list is in. What is said of single items is theirs to refuse.
    pub fn expects(&self, act: Act) -> Result<(), Refusal> {
        use Act::{ListProblems, SendProblemList, WithdrawProblemList};
        match (act, self.state_name()) {
            (_, StateName::Withdrawn) => Err(Refusal::ProblemListWithdrawn),
            (ListProblems | SendProblemList | WithdrawProblemList, StateName::Open) => Ok(()),
            (ListProblems | SendProblemList | WithdrawProblemList, _) => Err(Refusal::ProblemListSent),
            (Act::ReceiveProblemList, StateName::Sent) => Ok(()),
            (_, StateName::Open) => Err(Refusal::ProblemListNotSent),
            (Act::ReceiveProblemList, _) => Err(Refusal::ProblemListReceived),
            (_, StateName::Sent) => Err(Refusal::ProblemListNotReceived),
            (Act::AnswerProblemList, StateName::Answered) => Err(Refusal::ProblemListAnswered),
            (Act::OpenList, StateName::Received) => Err(Refusal::ProblemListNotAnswered),
            _ => Ok(()),
        }
    }

    /// That a decision rests on the list as it was read.
    pub fn stands(&self) -> Require {
        Require::Version {
            table: "problem_list",
            id: self.id.to_string(),
            version: self.seen.version,
        }
    }

    fn recorded(self, act: Act, told: ProblemListEvent, moment: &Moment) -> Change {
        let target = Target {
            noun: "problem_list",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        };
        let body = Body::ProblemList(told);
        let event = Event::by(moment.who, moment.event, act, target, moment.now, body);
        Change::new(event, Row::ProblemList(Box::new(self))).resting_on(moment.who)
    }
}

/// How a person stands to the lists of a county that do not exist yet.
pub fn about(home: &Home) -> About<'_> {
    About {
        home,
        subject: None,
        steward: None,
        regulator: None,
        awaited: None,
    }
}

/// The result of an item, as its hazard stands: rectified once a re-check has found it so, or once it was closed as fixed; in part
/// once it was reported as rectified or something of the five is in place.
pub fn looked(hazard: &Hazard) -> Looked {
    let stage = hazard.stage.name();
    match hazard.stage.ended_as() {
        Some(EndedAs::Fixed) => Looked::Done,
        Some(_) => Looked::Otherwise,
        None if stage == StageName::Accepted => Looked::Done,
        None if stage == StageName::Void => Looked::Otherwise,
        None if stage == StageName::Submitted || !hazard.course.in_place.is_empty() => Looked::Partly,
        None => Looked::NotDone,
    }
}
