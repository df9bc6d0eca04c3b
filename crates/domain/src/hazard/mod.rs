//! The hazard 隐患 and its closed loop.
//!
//! Each act is a file named after it; what happens beside the stages stands in [`course`]. An act consumes the hazard as
//! it was read and gives a [`Change`](crate::change::Change) or a [`Refusal`](crate::refusal::Refusal). A stage carries its data;
//! [`TRANSITIONS`] names every way between stages. Nothing here knows who may act: that is [`crate::authority`].

pub mod accept;
pub mod assign;
pub mod confirm;
pub mod confirm_proxy;
pub mod correct;
pub mod course;
pub mod determine;
pub mod dismiss;
pub mod event;
pub mod extend;
pub mod instruct;
pub mod interim_measure;
pub mod listing;
pub mod merge;
pub mod name_owner;
pub mod open;
pub mod pause;
pub mod plan;
pub mod put_in_place;
pub mod recount;
pub mod rectify;
pub mod report;
pub mod responsible;
pub mod revisit;
pub mod sign_off;
pub mod stage;
pub mod suspend;
pub mod tell;
pub mod together;
pub mod transfer;
pub mod transitions;
pub mod void;
pub mod withhold;

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, EventId, FileId, HazardId, RouteId, SubjectId,
    actor::{Actor, Signature},
    authority::{About, Act, Hand},
    change::{Body, Change, Event, Require, Row, Seen, Target},
    deadline::Due,
    place::{Home, Location},
    refusal::Refusal,
    route::{Facts, PlanDemand, Recheck, RouteTable},
    subject::SubjectKind,
    time::{Day, Instant},
};

pub use assign::HandedOver;
pub use course::{Assignment, Course, Instruction, Leader, LookedAgain, ToldTo};
pub use event::HazardEvent;
pub use interim_measure::InterimMeasure;
pub use stage::{
    Acceptance, Cause, Closing, Confirmation, Dismissal, DismissedAs, EndedAs, Merging, Plan, Rectification,
    Return, SignOff, Stage, StageName, Transfer, Voiding,
};
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
    /// Where it lies in a town that has an office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub town: Option<AgencyId>,
}

/// Whom the next step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    pub course: Course,
    pub stage: Stage,
}

/// How often one act may be done to one hazard, where it could be done without end. What judges or ends a case is never refused
/// for being too often.
pub const MOST_OF_ONE_ACT: usize = 60;

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

    /// The day rectification is due by, as it stands now, once one has been set.
    pub fn deadline(&self) -> Option<Day> {
        self.course.rectify_by.as_ref().map(Due::day)
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

    /// Agencies of the county that have the case before them. A unit that took something on itself, the city, and a department that
    /// no longer regulates it do not re-check.
    fn rechecks_here(&self, agency: AgencyId) -> bool {
        let here = [Some(self.offices.county), self.offices.town, self.regulator];
        here.contains(&Some(agency))
    }

    /// Who looks whether it was rectified, once its route is known. Nobody re-checks what they rectified themselves: where the town
    /// stands in for the responsible, the county looks.
    pub fn rechecker(&self) -> Option<(Recheck, AgencyId)> {
        let confirmation = self.stage.confirmation()?;
        let named = match confirmation.route.recheck {
            Recheck::Town => self.offices.town,
            Recheck::Orderer => Some(confirmation.by.agency).filter(|agency| self.rechecks_here(*agency)),
            // What a unit closes itself is looked at by its town where the town recorded it.
            Recheck::Unit if self.is_rectified_by_proxy() => self.offices.town,
            Recheck::County | Recheck::Unit => None,
        };
        Some(
            match named.filter(|agency| self.subject.steward != Some(*agency)) {
                Some(agency) if confirmation.route.recheck == Recheck::Unit => (Recheck::Town, agency),
                Some(agency) => (confirmation.route.recheck, agency),
                None => (Recheck::County, self.supervisor()),
            },
        )
    }

    pub fn waits_for(&self) -> Option<WaitsFor> {
        match self.stage.name() {
            StageName::Reported => Some(WaitsFor::Agency(self.supervisor())),
            StageName::Submitted => self.rechecker().map(|(_, agency)| WaitsFor::Agency(agency)),
            StageName::Confirmed | StageName::Rectifying => Some(self.rectifier()),
            StageName::Accepted => Some(WaitsFor::Agency(self.offices.city)),
            _ => None,
        }
    }

    /// The hand-over that nobody has answered yet. A confirmation that names somebody else has taken it back.
    pub fn assignment_pending(&self) -> Option<&Assignment> {
        self.course
            .assignment_pending()
            .filter(|assignment| self.regulator == Some(assignment.to))
    }

    /// The agency that has been asked something and can answer it now: an extension, a restart, whether a hand-over is theirs.
    pub fn asks(&self) -> Option<AgencyId> {
        let stage = self.stage.name();
        let may_come = |act| TRANSITIONS.iter().any(|t| t.from == Some(stage) && t.act == act);
        if let Some(assignment) = self.assignment_pending()
            && may_come(Act::Acknowledge)
        {
            return Some(assignment.to);
        }
        if self.is_disputed() && may_come(Act::Assign) {
            return Some(self.offices.county);
        }
        if self.course.extension_asked().is_some() && may_come(Act::DecideExtension) {
            return Some(if self.may_be_major() {
                self.offices.city
            } else {
                self.supervisor()
            });
        }
        let restart = self.course.restart_asked().is_some() && may_come(Act::ReviewRestart);
        restart.then(|| self.supervisor())
    }

    /// Whether anybody looked again at what ended as rectified, or is to.
    pub fn looked_at_again(&self) -> Option<LookedAgain> {
        match self.course.revisits.last() {
            Some(last) if last.passed => Some(LookedAgain::True),
            Some(_) => Some(LookedAgain::Untrue),
            None => self.course.drawn.then_some(LookedAgain::Drawn),
        }
    }

    /// Since when an instruction of a leader waits for its answer, the oldest of them.
    pub fn instructed_at(&self) -> Option<Instant> {
        self.course.unanswered().map(|(_, one)| one.by.at).min()
    }

    /// The first day by which an answer to an instruction was asked for.
    pub fn instruction_due(&self) -> Option<Day> {
        self.course
            .unanswered()
            .filter_map(|(_, one)| one.answer_by)
            .min()
    }

    /// The record that this one is a duplicate of, or was opened because of.
    pub fn linked(&self) -> Option<HazardId> {
        match &self.stage {
            Stage::Merged { merging, .. } => Some(merging.into),
            _ => self.course.origin.as_ref().map(|origin| origin.hazard),
        }
    }

    pub fn reporter(&self) -> Option<&Signature> {
        self.hands.first().map(|hand| &hand.by)
    }

    pub fn cell(&self) -> Cell {
        let due = self.due.as_ref().map(|due| due.day().to_string());
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

    /// The acts that may be done now, by whoever may do them.
    pub fn open_acts(&self) -> impl Iterator<Item = Act> {
        let stage = self.stage.name();
        let mut acts: Vec<Act> = TRANSITIONS
            .iter()
            .filter(|t| t.from == Some(stage))
            .map(|t| t.act)
            .collect();
        acts.dedup();
        acts.retain(|act| self.fits(*act) && !self.is_enough(*act));
        acts.into_iter()
    }

    /// Whether an act that the stage knows has something to be about.
    fn fits(&self, act: Act) -> bool {
        let course = &self.course;
        let route = self.stage.confirmation().map(|confirmation| &confirmation.route);
        match act {
            Act::Rectify => self.plan_suffices(),
            Act::Determine => self.determination() == Determination::Pending,
            Act::AskExtension => course.extension_asked().is_none() && course.pause.is_none(),
            Act::DecideExtension => course.extension_asked().is_some(),
            Act::Pause => course.pause.is_none() && course.extension_asked().is_none(),
            Act::Resume => course.pause.is_some(),
            Act::Suspend => course.suspended().is_none(),
            Act::AskRestart => course.suspended().is_some() && course.restart_asked().is_none(),
            Act::ReviewRestart => course.restart_asked().is_some(),
            Act::Assign => self.assignment_pending().is_none(),
            Act::Acknowledge | Act::Decline => self.assignment_pending().is_some(),
            Act::Tell => route.is_some_and(|route| route.in_place) && course.told.len() < ToldTo::ALL.len(),
            Act::PutInPlace => route.is_some_and(|route| route.in_place) && self.stage.plan().is_some(),
            Act::NameOwner => self.seeks_its_owner(),
            Act::ConfirmProxy => course.unconfirmed().next().is_some(),
            Act::AnswerInstruction => course.unanswered().next().is_some(),
            Act::ProposeListing
            | Act::ApproveListing
            | Act::ServeListing
            | Act::ReportProgress
            | Act::Delist
            | Act::CancelListing => self.fits_listing(act),
            Act::Revisit => self.stage.ended_as() == Some(EndedAs::Fixed) && course.opening.is_none(),
            _ => true,
        }
    }

    /// What the route demands of a plan has been filed. A plan of three parts no longer does, once the route has become stricter.
    fn plan_suffices(&self) -> bool {
        let demanded = self
            .stage
            .confirmation()
            .map_or(PlanDemand::None, |c| c.route.plan);
        match (demanded, self.stage.plan()) {
            (PlanDemand::None, _) | (PlanDemand::Light, Some(_)) => true,
            (PlanDemand::Full, Some(plan)) => plan.has_all_parts(),
            (_, None) => false,
        }
    }

    /// It has been done so often that something else must be wrong.
    fn is_enough(&self, act: Act) -> bool {
        let judges_or_ends = matches!(
            act,
            Act::Accept
                | Act::SignOff
                | Act::Void
                | Act::Dismiss
                | Act::Merge
                | Act::Transfer
                | Act::DecideExtension
                | Act::ReviewRestart
                | Act::Resume
                | Act::Confirm
                | Act::Determine
        );
        !judges_or_ends && self.hands.iter().filter(|hand| hand.act == act).count() >= MOST_OF_ONE_ACT
    }

    fn target(&self) -> Target {
        Target {
            noun: "hazard",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        }
    }

    /// Refuses an act that does not belong to the present stage, has nothing to be about, or has been done often enough.
    pub fn expects(&self, act: Act) -> Result<(), Refusal> {
        let stage = self.stage.name();
        if !TRANSITIONS.iter().any(|t| t.from == Some(stage) && t.act == act) {
            return Err(Refusal::WrongStage { act, stage });
        }
        if self.is_enough(act) {
            return Err(Refusal::Enough { act });
        }
        match act {
            // These have refusals of their own, which say more.
            Act::Rectify | Act::Determine => Ok(()),
            act if self.fits(act) => Ok(()),
            act => Err(Refusal::NotNow { act }),
        }
    }

    /// What a route is chosen by, as it stands.
    fn facts(&self) -> Facts {
        Facts {
            level: self.initial_level,
            determination: self.determination(),
            source: self.source,
            returns: self.returns.len(),
            on_list: self.problem_list().is_some(),
        }
    }

    /// Chooses the route anew, where something has happened that the table looks at. `Some` when it is another one now.
    fn rechoose(&mut self, routes: &RouteTable) -> Option<RouteId> {
        let route = routes.choose(&self.facts()).clone();
        let confirmation = self.stage.confirmation_mut()?;
        if confirmation.route.id == route.id {
            return None;
        }
        let id = route.id.clone();
        confirmation.route = route;
        confirmation.routes_no = routes.no;
        Some(id)
    }

    /// Nothing is due any more, and nothing stands still.
    fn end(&mut self) {
        self.due = None;
        self.course.pause = None;
    }

    fn note_span(&mut self, now: Instant) {
        let (stage, waits_for) = (self.stage.name(), self.waits_for());
        self.course.note(stage, waits_for, self.due.as_ref(), now);
    }

    /// Puts an act on the record: the hand is remembered, the span of the clock and the stock cells are noted, the event says what
    /// was done.
    fn recorded(mut self, before: Cell, moment: &Moment, act: Act, told: HazardEvent) -> Change {
        self.hands.push(Hand {
            act,
            by: moment.who.signs(moment.now),
        });
        self.note_proxy(act, moment);
        self.note_span(moment.now);
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
        Change::new(event, Row::Hazard(Box::new(self))).resting_on(moment.who)
    }
}

/// That a decision rests on the city's table of routes as it was read.
fn table_of(routes: &RouteTable) -> Require {
    Require::Version {
        table: "route_table",
        id: routes.city.to_string(),
        version: routes.seen.version,
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
    pub(crate) fn signature(&self) -> Signature {
        self.who.signs(self.now)
    }

    /// Whether what ends now is drawn to be looked at again, so many of a hundred. It follows from the event's id, which nobody
    /// chooses.
    fn draws(&self, per_cent: u8) -> bool {
        let id = self.event.0.as_bytes();
        u16::from_be_bytes([id[14], id[15]]) % 100 < u16::from(per_cent)
    }
}
