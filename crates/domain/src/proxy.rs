//! Proxy for a small unit 镇代录: a unit without a phone tells its town office, which records for it. The town registers the unit with its
//! head and hands over a slip with codes, each good for one use. What is recorded is the head's act through the clerk: both stand in
//! the signature, and it waits until the unit has confirmed it by a code or the signed page is there.
//!
//! Codes are kept as hashes and never shown again. Whoever handed them out has seen them, and so neither records for the unit on a
//! code nor enters one (docs/adr/0017).

use serde::{Deserialize, Serialize};

use crate::{
    AgencyId, PersonId, SubjectId, UnitProxyId,
    actor::{Actor, Signature},
    authority::{About, Act},
    change::{Body, Change, Event, Require, Row, Seen, Target},
    field::Checks,
    hazard::Moment,
    person::Person,
    place::Home,
    refusal::Refusal,
    subject::{Subject, SubjectKind},
    time::{Day, Instant},
};

/// So many codes are on a slip.
pub const CODES: usize = 5;
/// How long a slip is good for.
pub const LASTS_DAYS: i64 = 180;

/// The arrangement of one unit with its town; there is one for a unit, under an id that follows from the unit's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitProxy {
    pub id: UnitProxyId,
    pub subject: SubjectId,
    pub seen: Seen,
    pub home: Home,
    pub unit_name: String,
    /// The town office.
    pub agency: AgencyId,
    /// Whose acts they are.
    pub head: PersonId,
    pub head_name: String,
    pub reason: String,
    /// The last day on which anybody records or confirms under it.
    pub until: Day,
    pub codes: Vec<Code>,
    /// Who handed the codes out.
    pub issued: Signature,
    pub ended: Option<Ended>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// argon2id, PHC string.
    pub hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Instant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub reason: String,
    pub by: Signature,
}

/// What the event of an arrangement tells. The codes are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProxyEvent {
    ProxyIssued {
        head: String,
        reason: String,
        codes: usize,
        until: Day,
    },
    ProxyEnded {
        reason: String,
    },
}

/// For whom an actor stands in, and the version of the arrangement that this rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandsIn {
    pub subject: SubjectId,
    pub proxy: UnitProxyId,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    pub head: String,
    pub reason: String,
}

/// What an arrangement rests on beside the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueRest {
    pub id: UnitProxyId,
    /// How it stood before.
    pub before: Option<UnitProxy>,
    /// Somebody of the unit has an account.
    pub acts_itself: bool,
    /// For the head, where the head is not yet known.
    pub person: PersonId,
    pub hashes: Vec<String>,
}

/// How somebody stands to a subject.
pub fn about(subject: &Subject) -> About<'_> {
    About {
        home: &subject.home,
        subject: Some(subject.id),
        steward: subject.steward,
        regulator: subject.regulator,
        awaited: None,
    }
}

impl UnitProxy {
    /// Enters the arrangement, or hands out a new slip: the codes of the one before are worth nothing any more.
    pub fn issue(subject: &Subject, said: Issue, rest: IssueRest, moment: Moment) -> Result<Change, Refusal> {
        let theirs = matches!(
            subject.kind,
            SubjectKind::Enterprise | SubjectKind::Project | SubjectKind::Venue
        );
        if !theirs || subject.steward.is_some() {
            return Err(Refusal::NothingToProxy);
        }
        if rest.acts_itself {
            return Err(Refusal::UnitActsItself);
        }
        let mut checks = Checks::default();
        let head = checks.text("head", &said.head, 60);
        let reason = checks.text("reason", &said.reason, 200);
        checks.done()?;

        let known = rest.before.as_ref().filter(|one| one.head_name == head);
        let person = known.map_or(rest.person, |one| one.head);
        let until = moment.now.day().plus_days(LASTS_DAYS);
        let told = ProxyEvent::ProxyIssued {
            head: head.clone(),
            reason: reason.clone(),
            codes: rest.hashes.len(),
            until,
        };
        let codes = rest.hashes.into_iter().map(|hash| Code { hash, used: None });
        let new_person = known.is_none().then(|| Person {
            id: person,
            seen: Seen::NEW,
            city: subject.home.city.clone(),
            name: head.clone(),
            certificate_no: String::new(),
        });
        let proxy = UnitProxy {
            id: rest.id,
            subject: subject.id,
            seen: rest.before.as_ref().map_or(Seen::NEW, |one| one.seen),
            home: subject.home.clone(),
            unit_name: subject.name.clone(),
            agency: moment.who.agency,
            head: person,
            head_name: head,
            reason,
            until,
            codes: codes.collect(),
            issued: moment.who.signs(moment.now),
            ended: None,
        };
        let change = proxy
            .recorded(Act::IssueProxy, told, &moment)
            .require(Require::Version {
                table: "subject",
                id: subject.id.to_string(),
                version: subject.seen.version,
            });
        Ok(match new_person {
            Some(person) => change.and(Row::Person(person)),
            None => change,
        })
    }

    /// From now on the unit acts by itself, or is no more.
    pub fn end(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        if self.ended.is_some() {
            return Err(Refusal::ProxyEnded);
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 200);
        checks.done()?;
        self.ended = Some(Ended {
            reason: reason.clone(),
            by: moment.who.signs(moment.now),
        });
        Ok(self.recorded(Act::EndProxy, ProxyEvent::ProxyEnded { reason }, &moment))
    }

    pub fn is_in_force(&self, day: Day) -> bool {
        self.ended.is_none() && day <= self.until
    }

    pub fn unused(&self) -> usize {
        self.codes.iter().filter(|code| code.used.is_none()).count()
    }

    /// The actor who does something for this unit: the same clerk, with the head as principal.
    pub fn stand_in(&self, clerk: &Actor) -> Actor {
        Actor {
            stands_in: Some(StandsIn {
                subject: self.subject,
                proxy: self.id,
                version: self.seen.version,
            }),
            ..clerk.on_behalf_of(Some(self.head))
        }
    }

    fn recorded(self, act: Act, told: ProxyEvent, moment: &Moment) -> Change {
        let target = Target {
            noun: "unit_proxy",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        };
        let body = Body::UnitProxy(told);
        let event = Event::by(moment.who, moment.event, act, target, moment.now, body);
        Change::new(event, Row::UnitProxy(Box::new(self))).resting_on(moment.who)
    }
}

impl StandsIn {
    pub fn requires(self) -> Require {
        Require::Version {
            table: "unit_proxy",
            id: self.proxy.to_string(),
            version: self.version,
        }
    }
}
