//! What a decision answers when it cannot be: a fact with a stable code. The sentence that a reader sees stands in the message
//! catalogue under `refusal.CODE`.

use crate::{
    agency::Role,
    authority::Act,
    field::FieldError,
    hazard::{
        StageName,
        course::{Part, ToldTo},
    },
    route::Recheck,
    time::Day,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody in this role may do this to this record; these roles may.
    NotYourAct { act: Act, who_may: Vec<Role> },
    /// The same person, or the one they stand for, has done something that this act has to be independent of.
    SameHands { act: Act, earlier: Act },
    /// A major or possibly major hazard is voided by the city alone.
    MajorVoidedByCity,
    /// The act does not belong to the stage that the record is in.
    WrongStage { act: Act, stage: StageName },
    /// The route of this hazard demands a plan before rectification is reported.
    PlanDemanded,
    /// It has not been decided whether the hazard is major; until then it cannot be accepted.
    DeterminationPending,
    /// It is already decided.
    DeterminationMade,
    /// The appointment had ended already.
    AlreadyEnded { on: Day },
    /// The stage knows the act, but there is nothing that it could be about.
    NotNow { act: Act },
    /// It has been done to this record as often as it may be.
    Enough { act: Act },
    /// The route says that somebody else looks.
    RecheckedByAnother { by: Recheck },
    /// Only the city decides this about a major or possibly major hazard.
    MajorDecidedByCity { act: Act },
    /// An extension is asked for in time or not at all.
    AskedTooLate { latest: Day },
    /// Operation was ordered to stop: nothing is closed before the review of its restart.
    RestartReviewDemanded,
    /// Of a major hazard, both the regulator and the workers' congress have to have been told.
    NotTold { to: ToldTo },
    /// What the plan names has to be in place.
    NotInPlace { missing: Vec<Part> },
    /// The duty was settled with its basis; it is not declined again.
    DutySettled,
    /// The route of this hazard wants it signed off by itself.
    ItemByItem,
    /// The route of this hazard demands that rectification is shown.
    EvidenceDemanded,
    /// Nothing there waits for a list.
    NothingToList,
    /// The list before is not decided yet.
    ListOpen,
    /// It has been decided about the list.
    ListDecided,
    /// Drawn items are decided one by one, before the list is.
    SampleUndecided { n: usize },
    /// What was typed cannot be taken as it is: each field, with the rule that it breaks.
    Fields(Vec<FieldError>),
    /// The hazard is no longer where the ladder saw it: nothing has to be asked of anybody any more.
    MovedOn,
    /// The step of the ladder draws attention and drafts nothing.
    NothingDrafted,
    /// The draft has been sent or set aside already.
    AlreadyDecided,
    /// So many explanations have been added that a further one adds nothing.
    EnoughExplained,
    /// It is done to this hazard by itself, not to several at once.
    OneByOne { act: Act },
    /// The complaint has been answered.
    ComplaintAnswered,
    /// The problem list has been sent: nothing is put on it or taken off any more.
    ProblemListSent,
    /// The problem list has not been sent yet.
    ProblemListNotSent,
    /// There is nothing on the problem list.
    ProblemListEmpty,
    /// The problem list has been received; it is received once.
    ProblemListReceived,
    /// The problem list is received before it is answered.
    ProblemListNotReceived,
    /// The problem list has been answered; it is answered once.
    ProblemListAnswered,
    /// The problem list is answered before any of it is signed off with a sample.
    ProblemListNotAnswered,
    /// The hazard was handed over with another problem list.
    OnAnotherList,
    /// Its town records for those only who are a unit of their own and have nobody with an account.
    NothingToProxy,
    /// Somebody of the unit has an account.
    UnitActsItself,
    /// It had been ended already.
    ProxyEnded,
    /// What the town recorded for the unit waits for the unit's confirmation.
    ProxyUnconfirmed,
    /// A person's record is opened with a reason before it is read, and closed again after a while.
    RecordNotOpened,
    /// One's own record needs no opening.
    OwnRecord,
    /// The problem list was withdrawn: nothing is done with it any more.
    ProblemListWithdrawn,
    /// The post may, but this was not delegated.
    NotDelegated { act: Act },
    /// The delegation has ended already.
    DelegationOver,
}

impl Refusal {
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::NotYourAct { .. } => "not-your-act",
            Refusal::SameHands { .. } => "same-hands",
            Refusal::MajorVoidedByCity => "major-voided-by-city",
            Refusal::WrongStage { .. } => "wrong-stage",
            Refusal::PlanDemanded => "plan-demanded",
            Refusal::DeterminationPending => "determination-pending",
            Refusal::DeterminationMade => "determination-made",
            Refusal::AlreadyEnded { .. } => "already-ended",
            Refusal::NotNow { .. } => "not-now",
            Refusal::Enough { .. } => "enough",
            Refusal::RecheckedByAnother { .. } => "rechecked-by-another",
            Refusal::MajorDecidedByCity { .. } => "major-decided-by-city",
            Refusal::AskedTooLate { .. } => "asked-too-late",
            Refusal::RestartReviewDemanded => "restart-review-demanded",
            Refusal::NotTold { .. } => "not-told",
            Refusal::NotInPlace { .. } => "not-in-place",
            Refusal::DutySettled => "duty-settled",
            Refusal::ItemByItem => "item-by-item",
            Refusal::EvidenceDemanded => "evidence-demanded",
            Refusal::NothingToList => "nothing-to-list",
            Refusal::ListOpen => "list-open",
            Refusal::ListDecided => "list-decided",
            Refusal::SampleUndecided { .. } => "sample-undecided",
            Refusal::Fields(_) => "fields",
            Refusal::MovedOn => "moved-on",
            Refusal::NothingDrafted => "nothing-drafted",
            Refusal::AlreadyDecided => "already-decided",
            Refusal::EnoughExplained => "enough-explained",
            Refusal::OneByOne { .. } => "one-by-one",
            Refusal::ComplaintAnswered => "complaint-answered",
            Refusal::ProblemListSent => "problem-list-sent",
            Refusal::ProblemListNotSent => "problem-list-not-sent",
            Refusal::ProblemListEmpty => "problem-list-empty",
            Refusal::ProblemListReceived => "problem-list-received",
            Refusal::ProblemListNotReceived => "problem-list-not-received",
            Refusal::ProblemListAnswered => "problem-list-answered",
            Refusal::ProblemListNotAnswered => "problem-list-not-answered",
            Refusal::OnAnotherList => "on-another-list",
            Refusal::NothingToProxy => "nothing-to-proxy",
            Refusal::UnitActsItself => "unit-acts-itself",
            Refusal::ProxyEnded => "proxy-ended",
            Refusal::ProxyUnconfirmed => "proxy-unconfirmed",
            Refusal::RecordNotOpened => "record-not-opened",
            Refusal::OwnRecord => "own-record",
            Refusal::ProblemListWithdrawn => "problem-list-withdrawn",
            Refusal::NotDelegated { .. } => "not-delegated",
            Refusal::DelegationOver => "delegation-over",
        }
    }

    /// A matter of who acts (403), rather than of the record's stage (409) or the fields (422).
    pub fn is_about_the_person(&self) -> bool {
        matches!(
            self,
            Refusal::NotYourAct { .. }
                | Refusal::SameHands { .. }
                | Refusal::MajorVoidedByCity
                | Refusal::MajorDecidedByCity { .. }
                | Refusal::RecheckedByAnother { .. }
                | Refusal::RecordNotOpened
                | Refusal::NotDelegated { .. }
        )
    }

    pub fn field(field: &'static str, code: &'static str) -> Self {
        Refusal::Fields(vec![FieldError {
            field,
            code,
            limit: None,
        }])
    }
}
