//! The course of a case: what has happened to it beside its stages. Spans of its clock, the days it was given, who it was handed
//! to, what was asked and answered, what is in place, what was corrected, and which other records hang together with it.
//!
//! Everything here is appended to; an answer is put beside its question, and nothing is taken away.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, FileId, HazardId, JurisdictionId, PersonId, ProblemListId,
    actor::Signature,
    authority::Act,
    deadline::Due,
    hazard::{StageName, WaitsFor, listing::Listing, name_owner::OwnerNamed},
    time::{Day, Instant},
};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Course {
    /// The spans of the clock: they follow one another without gap, from the report to the end.
    pub spans: Vec<Span>,
    /// The day rectification is due by, as it was set and moved; kept through the re-check, for when it comes back.
    pub rectify_by: Option<Due>,
    /// The latest day that a plan may name: the one that was ordered, with what it was moved by.
    pub at_the_latest: Option<Day>,
    pub pause: Option<Pause>,
    pub extensions: Vec<Extension>,
    pub suspensions: Vec<Suspension>,
    pub assignments: Vec<Assignment>,
    pub told: Vec<Told>,
    pub in_place: Vec<InPlace>,
    pub corrections: Vec<Correction>,
    /// The record that this one was opened because of.
    pub origin: Option<Origin>,
    /// The record that was opened, or is about to be, because of this one.
    pub opening: Option<Opening>,
    pub revisits: Vec<Revisit>,
    /// It was drawn to be looked at again after it had been closed.
    pub drawn: bool,
    /// Units that were named for what had been found as nobody's; the last one is the one it has.
    pub owners: Vec<OwnerNamed>,
    /// What leaders wrote on it, oldest first; each goes by its place, counted from 1.
    pub instructions: Vec<Instruction>,
    /// What the town recorded for a small unit.
    pub proxied: Vec<Proxied>,
    /// The lists that it was put on, oldest first.
    pub listings: Vec<Listing>,
}

/// A time during which it waited for the same agency or unit under the same date: who was responsible on a day stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub stage: StageName,
    pub waits_for: WaitsFor,
    pub from: Instant,
    /// `None` as long as it lasts.
    pub until: Option<Instant>,
    pub due_at: Option<Instant>,
    /// The clock stands still.
    pub paused: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub reason: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    pub from: Day,
    pub to: Day,
    pub reason: String,
    pub by: Signature,
    pub answer: Option<Answer>,
}

/// What was decided about something that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub passed: bool,
    pub opinion: String,
    pub by: Signature,
}

/// Operation was ordered to stop; it starts again after a review only (安全生产法 art. 65).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// Number of the order: the order itself is no paper of ours.
    pub order_no: String,
    pub scope: String,
    pub by: Signature,
    pub restart: Option<Restart>,
    /// Applications that were refused.
    pub refused: Vec<Restart>,
}

impl Suspension {
    pub fn is_over(&self) -> bool {
        let answer = self.restart.as_ref().and_then(|restart| restart.answer.as_ref());
        answer.is_some_and(|answer| answer.passed)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restart {
    pub summary: String,
    pub evidence: Vec<FileId>,
    pub by: Signature,
    pub answer: Option<Answer>,
}

/// It was handed to an agency, which acknowledges or says that it is not theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub to: AgencyId,
    /// Who had it before.
    pub from: Option<AgencyId>,
    pub reply_by: Day,
    /// What a disputed duty was settled by; such an assignment is not declined.
    pub basis: Option<String>,
    pub by: Signature,
    pub receipt: Option<Signature>,
    pub declined: Option<Declined>,
    /// The problem list that it was handed over with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<ProblemListId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    pub reason: String,
    pub by: Signature,
}

impl Assignment {
    pub fn is_pending(&self) -> bool {
        self.receipt.is_none() && self.declined.is_none()
    }
}

crate::words! {
    /// Who has to be told of a major hazard: two records, not one (安全生产法 art. 41).
    ToldTo { Regulator = "regulator", WorkersCongress = "workers_congress" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub to: ToldTo,
    pub on: Day,
    /// Meeting, notice, letter: how they were told.
    pub how: String,
    pub by: Signature,
}

crate::words! {
    /// The five that have to be in place 五到位.
    Part {
        Target = "target",
        Measures = "measures",
        Deadline = "deadline",
        Funds = "funds",
        Person = "person",
    }
}

/// One of the five is in place, and by what that is shown. Funds are shown by a voucher, the person by having accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPlace {
    pub part: Part,
    pub note: String,
    pub evidence: Vec<FileId>,
    /// The responsible person who accepted, where that is what is in place.
    pub accepted_by: Option<PersonId>,
    pub by: Signature,
}

crate::words! {
    /// Facts that can be corrected.
    Fact { Description = "description", Place = "place", FoundAt = "found_at" }
}

/// A wrong fact was put right; what stood before stays visible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub fact: Fact,
    pub was: String,
    pub is: String,
    pub reason: String,
    pub by: Signature,
}

crate::words! {
    /// Why one record makes another.
    OpeningKind { Transfer = "transfer", Reopening = "reopening" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub kind: OpeningKind,
    pub hazard: HazardId,
    pub county: JurisdictionId,
    pub number: String,
}

/// A record that has to be opened because of this one, under an id that follows from it, so that it is opened once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub kind: OpeningKind,
    pub id: HazardId,
    pub county: JurisdictionId,
    pub reason: String,
    pub by: Signature,
}

crate::words! {
    /// What a look at something that had ended as rectified came to.
    LookedAgain {
        /// It was drawn and nobody has been there yet.
        Drawn = "drawn",
        True = "true",
        Untrue = "untrue",
    }
}

/// Somebody looked again at something that had ended as rectified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revisit {
    /// It is really rectified.
    pub passed: bool,
    pub opinion: String,
    pub visited_at: Instant,
    pub evidence: Vec<FileId>,
    pub by: Signature,
}

/// A leader wrote on it 批示, and a clerk put that on the record with the signed page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instruction {
    pub leader: Leader,
    /// As it was written.
    pub wording: String,
    /// The day on which the leader signed.
    pub signed_on: Day,
    pub answer_by: Option<Day>,
    pub page: Vec<FileId>,
    /// The clerk.
    pub by: Signature,
    pub answer: Option<InstructionAnswer>,
}

/// As named then: leaders need neither a post here nor an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leader {
    /// Where the directory has this person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    pub name: String,
    pub office: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructionAnswer {
    pub answer: String,
    pub evidence: Vec<FileId>,
    pub by: Signature,
}

/// An act that the town recorded for a small unit, whose head is the principal of the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxied {
    pub act: Act,
    pub by: Signature,
    /// `None` as long as the unit has not confirmed it 待单位确认.
    pub confirmed: Option<ProxyConfirmed>,
}

crate::words! {
    /// What a unit confirmed with.
    ConfirmedBy { Code = "code", Page = "page", Itself = "itself" }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProxyConfirmed {
    pub how: ConfirmedBy,
    /// The signed page, where it was that.
    pub page: Vec<FileId>,
    pub by: Signature,
}

impl Course {
    /// Since when the unit answers for it that does so now.
    pub(super) fn owned_since(&self) -> Instant {
        self.owners.last().map_or(Instant(i64::MIN), |named| named.by.at)
    }

    /// What was recorded for the unit and waits for its confirmation.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &Proxied> {
        let since = self.owned_since();
        let waits = move |one: &&Proxied| one.confirmed.is_none() && one.by.at >= since;
        self.proxied.iter().filter(waits)
    }

    /// Instructions that wait for an answer, each with its number.
    pub fn unanswered(&self) -> impl Iterator<Item = (usize, &Instruction)> {
        let numbered = self.instructions.iter().enumerate();
        numbered
            .filter(|(_, one)| one.answer.is_none())
            .map(|(at, one)| (at + 1, one))
    }

    /// Notes how it stands now, if that differs from how it stood.
    pub(super) fn note(
        &mut self,
        stage: StageName,
        waits_for: Option<WaitsFor>,
        due: Option<&Due>,
        now: Instant,
    ) {
        let (due_at, paused) = (due.map(|due| due.at), self.pause.is_some());
        if let Some(last) = self.spans.last_mut().filter(|span| span.until.is_none()) {
            let same = Some(last.waits_for) == waits_for
                && (last.stage, last.due_at, last.paused) == (stage, due_at, paused);
            if same {
                return;
            }
            // Two processes' clocks may differ a little; a span never ends before it began.
            last.until = Some(now.max(last.from));
        }
        let from = self.spans.last().and_then(|span| span.until).unwrap_or(now);
        if let Some(waits_for) = waits_for {
            self.spans.push(Span {
                stage,
                waits_for,
                from,
                until: None,
                due_at,
                paused,
            });
        }
    }

    pub fn extension_asked(&self) -> Option<&Extension> {
        self.extensions
            .last()
            .filter(|extension| extension.answer.is_none())
    }

    pub fn assignment_pending(&self) -> Option<&Assignment> {
        self.assignments
            .last()
            .filter(|assignment| assignment.is_pending())
    }

    pub fn suspended(&self) -> Option<&Suspension> {
        self.suspensions.last().filter(|suspension| !suspension.is_over())
    }

    /// An application to start again that nobody has answered yet.
    pub fn restart_asked(&self) -> Option<&Restart> {
        let restart = self.suspended()?.restart.as_ref()?;
        restart.answer.is_none().then_some(restart)
    }

    pub fn is_told(&self, to: ToldTo) -> bool {
        self.told.iter().any(|told| told.to == to)
    }

    /// Those of the five that nothing shows to be in place.
    pub fn missing(&self) -> Vec<Part> {
        let shown = |part: &Part| self.in_place.iter().any(|one| one.part == *part);
        Part::ALL.iter().copied().filter(|part| !shown(part)).collect()
    }

    /// The span that an instant lies in.
    pub fn span_at(&self, at: Instant) -> Option<&Span> {
        self.spans
            .iter()
            .find(|span| span.from <= at && span.until.is_none_or(|until| at < until))
    }
}
