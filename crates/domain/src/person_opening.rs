//! Opening a named person's record 查阅个人履职记录. Whoever may read what another person has done says first why, and that stands on
//! the record with who, whom and when; then the record is open to this reader for eight hours.
//!
//! The person sees on their own record who opened it and why, but for openings by discipline 纪委监委: a check that its subject is
//! told of is none. Those are seen by discipline, and verified with the whole record like every other row.

use serde::{Deserialize, Serialize};

use crate::{
    JurisdictionId, PersonId, PersonOpeningId,
    actor::{Actor, Signature},
    agency::Role,
    authority::Act,
    change::{Body, Change, Event, Row, Seen, Target},
    field::Checks,
    hazard::Moment,
    person::Person,
    refusal::Refusal,
    time::{HOUR, Instant},
};

/// Characters of a reason.
pub const LONGEST: usize = 500;
/// For so long one reason holds.
pub const HOURS: i64 = 8;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonOpening {
    pub id: PersonOpeningId,
    pub seen: Seen,
    pub city: JurisdictionId,
    /// Whose record it is.
    pub person: PersonId,
    pub reason: String,
    pub by: Signature,
    /// Of the post from which it was opened; decides who is told.
    pub role: Role,
    /// The record is closed again at this instant.
    pub until: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonOpeningEvent {
    Opened {
        person: PersonId,
        reason: String,
        until: Instant,
    },
}

/// Which openings of a record somebody is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeesOpenings {
    All,
    /// All but those by discipline.
    NotByDiscipline,
}

impl PersonOpening {
    pub fn make(
        id: PersonOpeningId,
        whose: &Person,
        reason: &str,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        moment.who.may_at_all(Act::OpenPersonRecord)?;
        if whose.id == moment.who.person {
            return Err(Refusal::OwnRecord);
        }
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, LONGEST);
        checks.done()?;
        let opening = PersonOpening {
            id,
            seen: Seen::NEW,
            city: whose.city.clone(),
            person: whose.id,
            reason: reason.clone(),
            by: moment.signature(),
            role: moment.who.role,
            until: moment.now.plus(HOURS * HOUR),
        };
        let target = Target {
            noun: "person_opening",
            id: id.to_string(),
            home: opening.city.clone(),
            seen: opening.seen,
        };
        let told = Body::PersonOpening(PersonOpeningEvent::Opened {
            person: whose.id,
            reason,
            until: opening.until,
        });
        let event = Event::by(
            moment.who,
            moment.event,
            Act::OpenPersonRecord,
            target,
            moment.now,
            told,
        );
        Ok(Change::new(event, Row::PersonOpening(Box::new(opening))).resting_on(moment.who))
    }

    /// Opened by this person from this post, and not closed again. Another post is another reason.
    pub fn opens_to(&self, who: &Actor, now: Instant) -> bool {
        self.by.person == who.person && self.by.post == who.post && now < self.until
    }
}
