//! Delegation 授权委托: whoever holds a post lets a colleague of the same agency do some of its acts, for some days. The colleague signs
//! with their own name and post and with the giver as principal; where they may act is what the giver's post may (docs/adr/0023).
//!
//! It never makes a second person: separation of duties compares persons and principals, each with each. Nothing is passed on that
//! was given, and it ends by its last day, by a word of either or of the administrator, and with either's appointment.

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, AppointmentId, DelegationId, JurisdictionId, PersonId, PostId,
    actor::{Actor, Signature},
    agency::Role,
    authority::{Act, Relation, TABLE},
    change::{Body, Change, Event, Require, Row, Seen, Target},
    field::Checks,
    hazard::Moment,
    person::Appointment,
    refusal::Refusal,
    time::Day,
};

/// No delegation is longer: what lasts is an appointment.
pub const MOST_DAYS: i64 = 92;
/// It may be given so long before its first day.
pub const DAYS_AHEAD: i64 = 31;

crate::words! {
    /// Why an act stays with whoever holds the post.
    Kept {
        /// Rights themselves are not passed on.
        Rights = "rights",
        /// It is about the person and not the post.
        Personal = "personal",
        /// It is already done for another, and a signature names one principal.
        ForAnother = "for_another",
        /// It binds everybody, those who decided it included.
        Rules = "rules",
        /// No person does it.
        Systems = "systems",
        /// It goes with every delegation and is not chosen.
        Along = "along",
    }
}

/// Acts that cannot be delegated, each with the reason; all others can.
pub const NOT_DELEGABLE: &[(Act, Kept)] = &[
    (Act::Delegate, Kept::Rights),
    (Act::EndDelegation, Kept::Rights),
    (Act::EndAppointment, Kept::Rights),
    (Act::ChangePassword, Kept::Rights),
    (Act::OpenPersonRecord, Kept::Personal),
    (Act::Complain, Kept::Personal),
    (Act::Instruct, Kept::ForAnother),
    (Act::IssueProxy, Kept::ForAnother),
    (Act::EndProxy, Kept::ForAnother),
    (Act::ConfirmProxy, Kept::ForAnother),
    (Act::SetRoutes, Kept::Rules),
    (Act::LoadReference, Kept::Systems),
    (Act::SweepFile, Kept::Systems),
    (Act::Escalate, Kept::Systems),
    (Act::RecountDeadline, Kept::Systems),
    (Act::Open, Kept::Systems),
    (Act::UploadFile, Kept::Along),
];

/// An act that does others one by one: without these it would do nothing.
pub const GOES_WITH: &[(Act, Act)] = &[
    (Act::DecideList, Act::SignOff),
    (Act::ReceiveProblemList, Act::Acknowledge),
];

impl Act {
    /// Why it is not delegated; `None` where it can be.
    pub fn kept(self) -> Option<Kept> {
        NOT_DELEGABLE.iter().find(|row| row.0 == self).map(|row| row.1)
    }
}

/// What a post of this role may pass on, in the order of the table of rights. What it does for small units is not among it.
pub fn delegable(role: Role) -> Vec<Act> {
    let mut acts = Vec::new();
    for (whose, act, relation) in TABLE {
        if *whose == role && *relation != Relation::Proxy && act.kept().is_none() && !acts.contains(act) {
            acts.push(*act);
        }
    }
    acts
}

fn lacking(acts: &[Act]) -> Option<(Act, Act)> {
    let mut pairs = GOES_WITH.iter().copied();
    pairs.find(|(act, with)| acts.contains(act) && !acts.contains(with))
}

/// One of the two: a person as they are in one appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub person: PersonId,
    pub appointment: AppointmentId,
    pub post: PostId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    pub id: DelegationId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub agency: AgencyId,
    pub giver: Party,
    pub taker: Party,
    pub acts: Vec<Act>,
    pub from: Day,
    /// The last day of it.
    pub until: Day,
    pub reason: String,
    pub given: Signature,
    pub ended: Option<Ended>,
}

/// Before its last day, and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub reason: String,
    pub by: Signature,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DelegationEvent {
    Delegated {
        taker: PersonId,
        acts: Vec<Act>,
        from: Day,
        until: Day,
        reason: String,
    },
    DelegationEnded {
        taker: PersonId,
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Give {
    pub acts: Vec<Act>,
    pub from: Day,
    pub until: Day,
    pub reason: String,
}

/// The appointment that somebody was named by, and the agency of its post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    pub appointment: Appointment,
    pub agency: AgencyId,
}

/// What an actor rests on who acts under a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    pub delegation: DelegationId,
    pub version: i64,
    pub acts: Vec<Act>,
    /// The giver's appointment, as it was read.
    pub giver: (AppointmentId, i64),
}

impl Delegation {
    pub fn give(id: DelegationId, said: Give, to: Colleague, moment: Moment) -> Result<Change, Refusal> {
        let who = moment.who;
        who.may_at_all(Act::Delegate)?;
        let today = moment.now.day();
        let mut checks = Checks::default();
        if to.agency != who.agency {
            checks.fail("taker", "not-a-colleague");
        } else if to.appointment.person == who.person {
            checks.fail("taker", "oneself");
        } else if !to.appointment.holds_on(today) {
            checks.fail("taker", "not-in-office");
        }
        let mut acts = said.acts;
        acts.sort_unstable();
        acts.dedup();
        let may = delegable(who.role);
        if acts.is_empty() {
            checks.fail("acts", "required");
        } else if acts.iter().any(|act| !may.contains(act)) {
            checks.fail("acts", "not-delegable");
        } else if let Some((_, with)) = lacking(&acts) {
            checks.fail_at("acts", "goes-with", with);
        }
        let reason = checks.text("reason", &said.reason, 200);
        checks.not_before("first_day", said.from, today);
        checks.not_after("first_day", said.from, today.plus_days(DAYS_AHEAD));
        checks.not_before("last_day", said.until, said.from);
        checks.not_after("last_day", said.until, said.from.plus_days(MOST_DAYS - 1));
        checks.done()?;

        let taker = Party {
            person: to.appointment.person,
            appointment: to.appointment.id,
            post: to.appointment.post,
        };
        let delegation = Self {
            id,
            seen: Seen::NEW,
            city: who.seat.city.clone(),
            agency: who.agency,
            giver: Party {
                person: who.person,
                appointment: who.appointment.0,
                post: who.post,
            },
            taker,
            acts: acts.clone(),
            from: said.from,
            until: said.until,
            reason: reason.clone(),
            given: moment.signature(),
            ended: None,
        };
        let told = DelegationEvent::Delegated {
            taker: taker.person,
            acts,
            from: said.from,
            until: said.until,
            reason,
        };
        let stands = Require::appointment(taker.appointment, to.appointment.seen.version);
        Ok(delegation.recorded(Act::Delegate, told, &moment).require(stands))
    }

    /// At once, whoever of the two says so, or the administrator.
    pub fn end(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.may_be_ended_by(moment.who)?;
        if self.is_over(moment.now.day()) {
            return Err(Refusal::DelegationOver);
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 200);
        checks.done()?;
        self.ended = Some(Ended {
            reason: reason.clone(),
            by: moment.signature(),
        });
        let told = DelegationEvent::DelegationEnded {
            taker: self.taker.person,
            reason,
        };
        Ok(self.recorded(Act::EndDelegation, told, &moment))
    }

    pub fn may_be_ended_by(&self, who: &Actor) -> Result<(), Refusal> {
        who.may_at_all(Act::EndDelegation)?;
        if who.role == Role::Admin || self.is_of(who.person) {
            Ok(())
        } else {
            Err(Refusal::NotYourAct {
                act: Act::EndDelegation,
                who_may: vec![Role::Admin],
            })
        }
    }

    /// Given or taken by this person.
    pub fn is_of(&self, person: PersonId) -> bool {
        [self.giver.person, self.taker.person].contains(&person)
    }

    pub fn is_over(&self, day: Day) -> bool {
        self.ended.is_some() || day > self.until
    }

    /// As far as it knows itself; it also rests on two appointments.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.from <= day && !self.is_over(day)
    }

    /// The taker, as who they are under it: their own name and post, the giver's rights.
    pub fn taken_up(&self, taker: &Actor, giver: &Actor) -> Actor {
        Actor {
            role: giver.role,
            seat: giver.seat.clone(),
            sectors: giver.sectors.clone(),
            unit: giver.unit,
            delegated: Some(Delegated {
                delegation: self.id,
                version: self.seen.version,
                acts: self.acts.clone(),
                giver: giver.appointment,
            }),
            ..taker.on_behalf_of(Some(giver.person))
        }
    }

    fn recorded(self, act: Act, told: DelegationEvent, moment: &Moment) -> Change {
        let target = Target {
            noun: "delegation",
            id: self.id.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        };
        let body = Body::Delegation(told);
        let event = Event::by(moment.who, moment.event, act, target, moment.now, body);
        Change::new(event, Row::Delegation(Box::new(self))).resting_on(moment.who)
    }
}

impl Delegated {
    pub fn covers(&self, act: Act) -> bool {
        self.acts.contains(&act) || matches!(act, Act::UploadFile | Act::Complain)
    }

    pub fn requires(&self) -> [Require; 2] {
        let delegation = Require::Version {
            table: "delegation",
            id: self.delegation.to_string(),
            version: self.version,
        };
        [delegation, Require::appointment(self.giver.0, self.giver.1)]
    }
}
