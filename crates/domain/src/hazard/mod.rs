//! The hazard 隐患 and its closed loop.
//!
//! Each act is a file: report, confirm, determine, plan, rectify, accept, sign_off, interim_measure, void. An act consumes the
//! hazard as it was read and gives a [`Change`](crate::change::Change) or a [`Refusal`](crate::refusal::Refusal). A stage carries
//! its data; [`TRANSITIONS`] names every way between stages. Nothing here knows who may act: that is [`crate::authority`].

pub mod accept;
pub mod confirm;
pub mod determine;
pub mod event;
pub mod interim_measure;
pub mod plan;
pub mod rectify;
pub mod report;
pub mod sign_off;
pub mod stage;
pub mod transitions;
pub mod void;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, EventId, FileId, HazardId, SubjectId,
    actor::{Actor, Signature},
    authority::{About, Act, Hand},
    change::{Body, Change, Event, Row, Seen, Target},
    deadline::Due,
    place::{Home, Location},
    refusal::Refusal,
    subject::SubjectKind,
    time::{Day, Instant},
};

pub use event::HazardEvent;
pub use interim_measure::InterimMeasure;
pub use stage::{Acceptance, Confirmation, Plan, Rectification, Return, SignOff, Stage, StageName, Voiding};
pub use transitions::{Outcome, TRANSITIONS, Transition};

crate::words! {
    /// The finder's first view of how bad it is. Not the legal determination, and never derived from it.
    InitialLevel { General = "general", Serious = "serious", SuspectedMajor = "suspected_major" }
}

crate::words! {
    /// Whether it is a legal major accident hazard 重大事故隐患; `Major` needs a clause and a person.
    Determination { Pending = "pending", NotMajor = "not_major", Major = "major" }
}

crate::words! {
    /// How it came to be known.
    Source {
        SelfCheck = "self_check",
        Patrol = "patrol",
        CountyCheck = "county_check",
        Oversight = "oversight",
        HandedDown = "handed_down",
        Transfer = "transfer",
        Tip = "tip",
        Media = "media",
        InternalReport = "internal_report",
        ExpertService = "expert_service",
        Accident = "accident",
        Warning = "warning",
    }
}

/// The subject as the hazard names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRef {
    pub id: SubjectId,
    pub kind: SubjectKind,
    pub name: String,
    pub sector: String,
    /// Rectifies where the subject itself cannot.
    pub steward: Option<AgencyId>,
}

/// The agencies whose desks this hazard crosses, as they were when it was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offices {
    pub county: AgencyId,
    pub city: AgencyId,
}

/// Whom the next step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    Agency(AgencyId),
    Unit(SubjectId),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hazard {
    pub id: HazardId,
    pub seen: Seen,
    pub number: String,
    pub home: Home,
    pub location: Location,
    pub subject: SubjectRef,
    pub offices: Offices,
    pub description: String,
    pub source: Source,
    pub found_at: Instant,
    pub reported_at: Instant,
    pub initial_level: InitialLevel,
    pub regulator: Option<AgencyId>,
    /// What the next step has to be done by; `None` when there is none.
    pub due: Option<Due>,
    pub interim_measures: Vec<InterimMeasure>,
    pub returns: Vec<Return>,
    /// Every act done on it and by whom, oldest first; never shortened.
    pub hands: Vec<Hand>,
    /// Files attached at report.
    pub photos: Vec<FileId>,
    pub stage: Stage,
}

/// The most acts that one hazard can go through; a case that needs more has gone wrong and is voided and reported again.
pub const MOST_HANDS: usize = 500;

/// The cell of the stock table that a hazard is counted in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    pub county: String,
    pub town: String,
    pub sector: String,
    pub level: InitialLevel,
    pub determination: Determination,
    pub source: Source,
    pub stage: StageName,
    /// The day on which the next step is due, empty when none is.
    pub due: String,
}

impl Hazard {
    pub fn about(&self) -> About<'_> {
        About {
            home: &self.home,
            subject: Some(self.subject.id),
            steward: self.subject.steward,
            regulator: self.regulator,
            awaited: match self.waits_for() {
                Some(WaitsFor::Agency(agency)) => Some(agency),
                _ => None,
            },
        }
    }

    pub fn determination(&self) -> Determination {
        self.stage
            .confirmation()
            .map_or(Determination::Pending, |confirmation| confirmation.determination)
    }

    /// The date set for rectification, once one has been.
    pub fn deadline(&self) -> Option<Day> {
        let plan = self.stage.plan().map(|plan| plan.deadline);
        plan.or_else(|| {
            self.stage
                .confirmation()
                .map(|confirmation| confirmation.deadline)
        })
    }

    /// Major by determination, or suspected of it and not yet determined.
    pub fn may_be_major(&self) -> bool {
        match self.determination() {
            Determination::Major => true,
            Determination::Pending => self.initial_level == InitialLevel::SuspectedMajor,
            Determination::NotMajor => false,
        }
    }

    /// Who judges rectification: the named regulator, else the county's safety office.
    pub fn supervisor(&self) -> AgencyId {
        self.regulator.unwrap_or(self.offices.county)
    }

    fn rectifier(&self) -> WaitsFor {
        self.subject
            .steward
            .map_or(WaitsFor::Unit(self.subject.id), WaitsFor::Agency)
    }

    pub fn waits_for(&self) -> Option<WaitsFor> {
        match self.stage.name() {
            StageName::Reported | StageName::Submitted => Some(WaitsFor::Agency(self.supervisor())),
            StageName::Confirmed | StageName::Rectifying => Some(self.rectifier()),
            StageName::Accepted => Some(WaitsFor::Agency(self.offices.city)),
            _ => None,
        }
    }

    pub fn reporter(&self) -> Option<&Signature> {
        self.hands.first().map(|hand| &hand.by)
    }

    pub fn cell(&self) -> Cell {
        let due = self.due.as_ref().map(|due| due.at.plus(-1).day().to_string());
        Cell {
            county: self.home.county.0.clone(),
            town: self
                .home
                .town
                .as_ref()
                .map(|town| town.0.clone())
                .unwrap_or_default(),
            sector: self.subject.sector.clone(),
            level: self.initial_level,
            determination: self.determination(),
            source: self.source,
            stage: self.stage.name(),
            due: due.unwrap_or_default(),
        }
    }

    /// The acts that the stage allows, by whoever may do them.
    pub fn open_acts(&self) -> impl Iterator<Item = Act> {
        let stage = self.stage.name();
        let demands_plan =
            self.stage.confirmation().is_some_and(|c| c.route.plan) && self.stage.plan().is_none();
        let pending = self.determination() == Determination::Pending;
        let mut acts: Vec<Act> = TRANSITIONS
            .iter()
            .filter(|t| t.from == Some(stage))
            .map(|t| t.act)
            .collect();
        acts.dedup();
        acts.into_iter().filter(move |act| match act {
            Act::Rectify => !demands_plan,
            Act::Determine => pending,
            _ => true,
        })
    }

    fn target(&self) -> Target {
        Target {
            noun: "hazard",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        }
    }

    /// Refuses an act that does not belong to the present stage, or that would make the list of hands endless.
    pub fn expects(&self, act: Act) -> Result<(), Refusal> {
        let stage = self.stage.name();
        let fits = TRANSITIONS.iter().any(|t| t.from == Some(stage) && t.act == act);
        if fits && self.hands.len() < MOST_HANDS {
            Ok(())
        } else {
            Err(Refusal::WrongStage { act, stage })
        }
    }

    /// Puts an act on the record: the hand is remembered, the stock cells are noted, the event says what was done.
    fn recorded(mut self, before: Cell, moment: &Moment, act: Act, told: HazardEvent) -> Change {
        self.hands.push(Hand {
            act,
            by: moment.who.signs(moment.now),
        });
        let mut event = Event::by(
            moment.who,
            moment.event,
            act,
            self.target(),
            moment.now,
            Body::Hazard(told),
        );
        event.left = Some(before);
        event.entered = Some(self.cell());
        Change::new(event, Row::Hazard(Box::new(self))).require(moment.who.requires())
    }
}

/// Who decides, when, and the id that the event will carry.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    pub who: &'a Actor,
    pub event: EventId,
    pub now: Instant,
}

impl Moment<'_> {
    fn signature(&self) -> Signature {
        self.who.signs(self.now)
    }
}
