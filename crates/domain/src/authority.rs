//! Who may do what: one table of role, act and relation to the record. It is printed as a matrix in docs/authority.md for people
//! to review, and it decides the buttons. Stages do not stand here: whether an act fits the stage is the hazard's own matter.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, SubjectId,
    actor::Actor,
    agency::Role,
    escalation::{Draft, SeesReferrals},
    hazard::{Hazard, Source},
    person_opening::SeesOpenings,
    place::Home,
    refusal::Refusal,
    route::Recheck,
};

crate::words! {
    /// Everything that leaves an event.
    Act {
        Report = "report",
        Confirm = "confirm",
        Determine = "determine",
        Plan = "plan",
        Rectify = "rectify",
        Accept = "accept",
        SignOff = "sign_off",
        InterimMeasure = "interim_measure",
        Void = "void",
        UploadFile = "upload_file",
        SweepFile = "sweep_file",
        LoadReference = "load_reference",
        EndAppointment = "end_appointment",
        ChangePassword = "change_password",
        Open = "open",
        AskExtension = "ask_extension",
        DecideExtension = "decide_extension",
        Pause = "pause",
        Resume = "resume",
        Suspend = "suspend",
        AskRestart = "ask_restart",
        ReviewRestart = "review_restart",
        Assign = "assign",
        Acknowledge = "acknowledge",
        Decline = "decline",
        Transfer = "transfer",
        Merge = "merge",
        Dismiss = "dismiss",
        Revisit = "revisit",
        Correct = "correct",
        Tell = "tell",
        PutInPlace = "put_in_place",
        Escalate = "escalate",
        Explain = "explain",
        SendLetter = "send_letter",
        SetAside = "set_aside",
        OpenList = "open_list",
        DecideList = "decide_list",
        NameOwner = "name_owner",
        RecountDeadline = "recount_deadline",
        SetRoutes = "set_routes",
        Complain = "complain",
        AnswerComplaint = "answer_complaint",
        OpenProblemList = "open_problem_list",
        ListProblems = "list_problems",
        SendProblemList = "send_problem_list",
        ReceiveProblemList = "receive_problem_list",
        AnswerProblemList = "answer_problem_list",
        Instruct = "instruct",
        AnswerInstruction = "answer_instruction",
        IssueProxy = "issue_proxy",
        EndProxy = "end_proxy",
        ConfirmProxy = "confirm_proxy",
        OpenPersonRecord = "open_person_record",
        WithdrawProblemList = "withdraw_problem_list",
        Delegate = "delegate",
        EndDelegation = "end_delegation",
        ProposeListing = "propose_listing",
        ApproveListing = "approve_listing",
        ServeListing = "serve_listing",
        ReportProgress = "report_progress",
        Delist = "delist",
        CancelListing = "cancel_listing",
    }
}

impl Act {
    /// One of the acts that bring a hazard from stage to stage; everything else happens beside them.
    pub fn is_a_step(self) -> bool {
        matches!(self, Confirm | Plan | Rectify | Accept | SignOff)
    }
}

crate::words! {
    /// How a person stands to a record.
    Relation {
        /// It lies in the jurisdiction of the post.
        Territory = "territory",
        /// The agency of the post regulates it.
        Regulator = "regulator",
        /// It is the person's own unit, or the agency of the post rectifies in its place.
        Responsible = "responsible",
        /// It needs no relation.
        Any = "any",
        /// The next step waits for the agency of the post.
        Awaited = "awaited",
        /// It is a small unit's, for which its town records.
        Proxy = "proxy",
    }
}

use {Act::*, Relation::*, Role::*};

#[rustfmt::skip]
pub const TABLE: &[(Role, Act, Relation)] = &[
    (CityOffice,       Report,         Territory),
    (CityDepartment,   Report,         Territory),
    (CountyOffice,     Report,         Territory),
    (CountyDepartment, Report,         Territory),
    (TownOffice,       Report,         Territory),
    (Unit,             Report,         Responsible),

    (CityOffice,       Confirm,        Territory),
    (CountyOffice,     Confirm,        Territory),
    (CountyDepartment, Confirm,        Regulator),

    (CityOffice,       Determine,      Territory),
    (CityDepartment,   Determine,      Regulator),
    (CountyOffice,     Determine,      Territory),

    (Unit,             Plan,           Responsible),
    (TownOffice,       Plan,           Responsible),
    (CountyOffice,     Plan,           Responsible),
    (CountyDepartment, Plan,           Responsible),

    (Unit,             Rectify,        Responsible),
    (TownOffice,       Rectify,        Responsible),
    (CountyOffice,     Rectify,        Responsible),
    (CountyDepartment, Rectify,        Responsible),

    (CountyOffice,     Accept,         Territory),
    (CountyDepartment, Accept,         Regulator),

    (CityOffice,       SignOff,        Territory),

    (CityOffice,       InterimMeasure, Territory),
    (CityDepartment,   InterimMeasure, Regulator),
    (CountyOffice,     InterimMeasure, Territory),
    (CountyDepartment, InterimMeasure, Regulator),
    (TownOffice,       InterimMeasure, Territory),
    (TownOffice,       InterimMeasure, Responsible),
    (Unit,             InterimMeasure, Responsible),

    (CityOffice,       Void,           Territory),
    (CountyOffice,     Void,           Territory),

    (TownOffice,       Accept,         Territory),

    (Unit,             AskExtension,   Responsible),
    (TownOffice,       AskExtension,   Responsible),
    (CityOffice,       DecideExtension, Territory),
    (CountyOffice,     DecideExtension, Territory),
    (CountyDepartment, DecideExtension, Regulator),

    (CityOffice,       Pause,          Territory),
    (CityOffice,       Resume,         Territory),
    (CountyOffice,     Pause,          Territory),
    (CountyDepartment, Pause,          Regulator),
    (CountyOffice,     Resume,         Territory),
    (CountyDepartment, Resume,         Regulator),

    (CountyOffice,     Suspend,        Territory),
    (CountyDepartment, Suspend,        Regulator),
    (Unit,             AskRestart,     Responsible),
    (CountyOffice,     ReviewRestart,  Territory),
    (CountyDepartment, ReviewRestart,  Regulator),

    (CityOffice,       Assign,         Territory),
    (CountyOffice,     Assign,         Territory),
    (CountyOffice,     Acknowledge,    Regulator),
    (CountyDepartment, Acknowledge,    Regulator),
    (CountyDepartment, Decline,        Regulator),

    (CityOffice,       Act::Transfer,  Territory),
    (CountyOffice,     Act::Transfer,  Territory),

    (CityOffice,       Merge,          Territory),
    (CountyOffice,     Merge,          Territory),
    (CountyDepartment, Merge,          Regulator),

    (CityOffice,       Dismiss,        Territory),
    (CountyOffice,     Dismiss,        Territory),
    (CountyDepartment, Dismiss,        Regulator),
    (TownOffice,       Dismiss,        Responsible),

    (CityOffice,       Revisit,        Territory),
    (CityDepartment,   Revisit,        Territory),
    (CountyOffice,     Revisit,        Territory),

    (CityOffice,       Correct,        Territory),
    (CountyOffice,     Correct,        Territory),
    (CountyDepartment, Correct,        Regulator),
    (TownOffice,       Correct,        Territory),

    (Unit,             Tell,           Responsible),
    (Unit,             PutInPlace,     Responsible),
    (TownOffice,       PutInPlace,     Responsible),
    (TownOffice,       Tell,           Responsible),
    (TownOffice,       AskRestart,     Responsible),

    (CityOffice,       OpenList,       Territory),
    (CityOffice,       DecideList,     Territory),

    (CityOffice,       UploadFile,     Any),
    (CityDepartment,   UploadFile,     Any),
    (CountyOffice,     UploadFile,     Any),
    (CountyDepartment, UploadFile,     Any),
    (TownOffice,       UploadFile,     Any),
    (Unit,             UploadFile,     Any),

    (Admin,            EndAppointment, Any),
    (Admin,            ChangePassword, Any),

    (Unit,             Explain,        Responsible),
    (TownOffice,       Explain,        Responsible),
    (CityOffice,       Explain,        Awaited),
    (CountyOffice,     Explain,        Awaited),
    (CountyDepartment, Explain,        Awaited),

    (CityOffice,       SendLetter,     Territory),
    (CountyOffice,     SendLetter,     Territory),

    (CityOffice,       SetAside,       Territory),
    (CountyOffice,     SetAside,       Territory),

    (CityOffice,       NameOwner,      Territory),
    (CountyOffice,     NameOwner,      Territory),
    (CountyDepartment, NameOwner,      Regulator),
    (TownOffice,       NameOwner,      Territory),
    (CityOffice,       SetRoutes,      Any),
    (CityOffice,       Complain,       Any),
    (CityDepartment,   Complain,       Any),
    (CountyOffice,     Complain,       Any),
    (CountyDepartment, Complain,       Any),
    (TownOffice,       Complain,       Any),
    (Unit,             Complain,       Any),
    (Discipline,       Complain,       Any),
    (Admin,            Complain,       Any),
    (CityOffice,       AnswerComplaint, Any),
    (Admin,            AnswerComplaint, Any),
    (CityOffice,       OpenProblemList, Territory),
    (CityDepartment,   OpenProblemList, Territory),
    (CountyOffice,     OpenProblemList, Territory),
    (CountyDepartment, OpenProblemList, Territory),
    (CityOffice,       ListProblems,   Responsible),
    (CityDepartment,   ListProblems,   Responsible),
    (CountyOffice,     ListProblems,   Responsible),
    (CountyDepartment, ListProblems,   Responsible),
    (CityOffice,       SendProblemList, Responsible),
    (CityDepartment,   SendProblemList, Responsible),
    (CountyOffice,     SendProblemList, Responsible),
    (CountyDepartment, SendProblemList, Responsible),
    (CountyOffice,     ReceiveProblemList, Awaited),
    (CountyDepartment, ReceiveProblemList, Awaited),
    (CountyOffice,     AnswerProblemList, Awaited),
    (CountyDepartment, AnswerProblemList, Awaited),
    (CityOffice,       Instruct,       Territory),
    (CountyOffice,     Instruct,       Territory),
    (CityOffice,       AnswerInstruction, Territory),
    (CountyOffice,     AnswerInstruction, Territory),
    (CountyDepartment, AnswerInstruction, Regulator),

    (TownOffice,       IssueProxy,     Territory),
    (TownOffice,       EndProxy,       Territory),
    (TownOffice,       Plan,           Proxy),
    (TownOffice,       Rectify,        Proxy),
    (TownOffice,       Tell,           Proxy),
    (TownOffice,       PutInPlace,     Proxy),
    (TownOffice,       ConfirmProxy,   Proxy),
    (Unit,             ConfirmProxy,   Responsible),
    (Discipline,       OpenPersonRecord, Any),
    (CityOffice,       OpenPersonRecord, Any),

    (CityOffice,       WithdrawProblemList, Territory),
    (CityDepartment,   WithdrawProblemList, Responsible),
    (CountyOffice,     WithdrawProblemList, Territory),
    (CountyDepartment, WithdrawProblemList, Responsible),
    (CityOffice,       Delegate,       Any),
    (CityDepartment,   Delegate,       Any),
    (CountyOffice,     Delegate,       Any),
    (CountyDepartment, Delegate,       Any),
    (TownOffice,       Delegate,       Any),
    (Unit,             Delegate,       Any),
    (CityOffice,       EndDelegation,  Any),
    (CityDepartment,   EndDelegation,  Any),
    (CountyOffice,     EndDelegation,  Any),
    (CountyDepartment, EndDelegation,  Any),
    (TownOffice,       EndDelegation,  Any),
    (Unit,             EndDelegation,  Any),
    (Admin,            EndDelegation,  Any),
    (CityOffice,       ProposeListing, Territory),
    (CityDepartment,   ProposeListing, Territory),
    (CountyOffice,     ProposeListing, Territory),
    (CityOffice,       ApproveListing, Territory),
    (CountyOffice,     ApproveListing, Territory),
    (CityOffice,       ServeListing,   Territory),
    (CountyOffice,     ServeListing,   Territory),
    (CountyDepartment, ServeListing,   Regulator),
    (Unit,             ReportProgress, Responsible),
    (TownOffice,       ReportProgress, Responsible),
    (CountyOffice,     ReportProgress, Responsible),
    (CountyDepartment, ReportProgress, Regulator),
    (CityOffice,       Delist,         Territory),
    (CountyOffice,     Delist,         Territory),
    (CityOffice,       CancelListing,  Territory),
    (CountyOffice,     CancelListing,  Territory),
];

/// Acts that must be in different hands, over all rounds of one hazard and through delegation: whoever finds does not confirm or
/// sign off, whoever rectifies does not judge, whoever accepts does not sign off, whoever asks does not answer, whoever had a hand
/// in it does not look whether it is true. Confirming and accepting may be the same
/// person's: whoever orders a rectification re-checks it (谁检查谁复查).
pub const SEPARATE: &[(Act, Act)] = &[
    (Report, Confirm),
    (Report, SignOff),
    (Plan, Confirm),
    (Plan, Accept),
    (Plan, SignOff),
    (Rectify, Confirm),
    (Rectify, Accept),
    (Rectify, SignOff),
    (Accept, SignOff),
    (AskExtension, DecideExtension),
    (Plan, DecideExtension),
    (Rectify, DecideExtension),
    (AskRestart, ReviewRestart),
    (Plan, ReviewRestart),
    (Rectify, ReviewRestart),
    (Plan, Revisit),
    (Rectify, Revisit),
    (Accept, Revisit),
    (Report, Dismiss),
    (Plan, Dismiss),
    (Rectify, Dismiss),
    (Report, Revisit),
    (SignOff, Revisit),
    (Plan, Pause),
    (Rectify, Pause),
    (Plan, Resume),
    (Rectify, Resume),
    (Plan, Merge),
    (Rectify, Merge),
    (Plan, Delist),
    (Rectify, Delist),
];

/// What the relation of a person to a record is read from.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    pub home: &'a Home,
    pub subject: Option<SubjectId>,
    pub steward: Option<AgencyId>,
    pub regulator: Option<AgencyId>,
    /// Whom the next step waits for, where that is an agency.
    pub awaited: Option<AgencyId>,
}

/// One act done on a record by one person, kept for ever with the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    pub act: Act,
    #[serde(flatten)]
    pub by: crate::actor::Signature,
}

pub fn roles_that_may(act: Act) -> Vec<Role> {
    let mut roles = Vec::new();
    for row in TABLE.iter().filter(|row| row.1 == act) {
        if !roles.contains(&row.0) {
            roles.push(row.0);
        }
    }
    roles
}

pub fn separate(a: Act, b: Act) -> bool {
    SEPARATE.iter().any(|pair| *pair == (a, b) || *pair == (b, a))
}

impl Actor {
    fn stands(&self, relation: Relation, about: &About) -> bool {
        let home = about.home;
        match relation {
            Any => true,
            Territory => match (&self.seat.county, &self.seat.town) {
                (_, Some(town)) => home.town.as_ref() == Some(town),
                (Some(county), None) => home.county == *county,
                (None, None) => home.city == self.seat.city,
            },
            Regulator => about.regulator == Some(self.agency),
            Awaited => about.awaited == Some(self.agency),
            Proxy => self
                .stands_in
                .is_some_and(|unit| about.subject == Some(unit.subject) && about.steward.is_none()),
            Responsible => {
                (self.unit.is_some() && self.unit == about.subject) || about.steward == Some(self.agency)
            }
        }
    }

    /// May this person do it to a record so placed, whatever has been done to it before?
    pub fn may_about(&self, act: Act, about: &About) -> Result<(), Refusal> {
        let allowed = TABLE.iter().any(|(role, what, relation)| {
            *role == self.role && *what == act && self.stands(*relation, about)
        });
        if allowed {
            self.is_given(act)
        } else {
            Err(Refusal::NotYourAct {
                act,
                who_may: roles_that_may(act),
            })
        }
    }

    /// Whether there is any record to which somebody in this role may do it; which, says the record.
    pub fn may_somewhere(&self, act: Act) -> bool {
        self.is_given(act).is_ok() && TABLE.iter().any(|row| row.0 == self.role && row.1 == act)
    }

    /// Whoever acts for another does what was delegated to them, and no more of what the post may.
    fn is_given(&self, act: Act) -> Result<(), Refusal> {
        match &self.delegated {
            Some(delegated) if !delegated.covers(act) => Err(Refusal::NotDelegated { act }),
            _ => Ok(()),
        }
    }

    /// Acts that this person may do for a unit that has arranged it, if for any.
    pub fn may_stand_in(&self, act: Act) -> bool {
        self.delegated.is_none() && TABLE.contains(&(self.role, act, Proxy))
    }

    /// Sees records and does nothing to any.
    pub fn only_reads(&self) -> bool {
        let about_records = TABLE.iter().filter(|row| row.2 != Any);
        !about_records.into_iter().any(|row| row.0 == self.role)
    }

    /// An act that concerns no record that lies anywhere.
    pub fn may_at_all(&self, act: Act) -> Result<(), Refusal> {
        let allowed = TABLE.contains(&(self.role, act, Any));
        if allowed {
            self.is_given(act)
        } else {
            Err(Refusal::NotYourAct {
                act,
                who_may: roles_that_may(act),
            })
        }
    }

    /// May this person do it to this hazard, given also whose hands it has been through?
    pub fn may(&self, act: Act, hazard: &Hazard) -> Result<(), Refusal> {
        self.may_about(act, &hazard.about())?;
        if hazard.may_be_major() && self.role != CityOffice {
            match act {
                Void => return Err(Refusal::MajorVoidedByCity),
                Dismiss | Merge | DecideExtension | Pause => return Err(Refusal::MajorDecidedByCity { act }),
                _ => {}
            }
        }
        if act == Accept
            && let Some((by, agency)) = hazard.rechecker()
            && !self.rechecks(by, agency)
        {
            return Err(Refusal::RecheckedByAnother { by });
        }
        self.free_of(act, &hazard.hands)
    }

    /// The agency that the route names; and the county's safety office, which may look at everything in its county.
    fn rechecks(&self, by: Recheck, agency: AgencyId) -> bool {
        match by {
            _ if self.role == CountyOffice => true,
            Recheck::Town | Recheck::Orderer => self.agency == agency,
            Recheck::County | Recheck::Unit => self.role != TownOffice,
        }
    }

    /// May this person decide over what the ladder drafted? Sheets for leaders and referrals to discipline are the city's alone.
    pub fn may_decide(&self, act: Act, drafts: Draft, about: &About) -> Result<(), Refusal> {
        self.may_about(act, about)?;
        if drafts.is_the_citys() && !self.may_decide_the_citys_own() {
            return Err(Refusal::NotYourAct {
                act,
                who_may: vec![CityOffice],
            });
        }
        Ok(())
    }

    pub fn may_decide_the_citys_own(&self) -> bool {
        self.role == CityOffice
    }

    /// Referrals are written by the city's office and read by discipline; to all others, and before they are sent, they are not there.
    pub fn sees_referrals(&self) -> SeesReferrals {
        match self.role {
            CityOffice => SeesReferrals::All,
            Discipline => SeesReferrals::Sent,
            _ => SeesReferrals::None,
        }
    }

    /// Tips are sealed from discipline: it reads what was found, and not through whom it came in.
    pub fn may_know_who_reported(&self, source: Source) -> bool {
        self.role != Discipline || source != Source::Tip
    }

    /// What a leader wrote on a case is for those who govern, not for the unit that it is about.
    pub fn may_read_instructions(&self) -> bool {
        self.role != Unit
    }

    /// That discipline looked at somebody is known to discipline alone, the person included.
    pub fn sees_openings(&self) -> SeesOpenings {
        match self.role {
            Discipline => SeesOpenings::All,
            _ => SeesOpenings::NotByDiscipline,
        }
    }

    fn free_of(&self, act: Act, hands: &[Hand]) -> Result<(), Refusal> {
        match hands
            .iter()
            .find(|hand| separate(act, hand.act) && self.shares_hands_with(&hand.by))
        {
            Some(hand) => Err(Refusal::SameHands {
                act,
                earlier: hand.act,
            }),
            None => Ok(()),
        }
    }

    /// Natural persons and principals are compared, each with each.
    fn shares_hands_with(&self, other: &crate::actor::Signature) -> bool {
        let mine = [Some(self.person), self.principal];
        mine.iter()
            .flatten()
            .any(|me| other.persons().any(|them| *me == them))
    }
}
