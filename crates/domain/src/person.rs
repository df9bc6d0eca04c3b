//! Persons 人员, what they are appointed to, and the accounts they sign in with.

use crate::{AccountId, AppointmentId, JurisdictionId, PersonId, PostId, change::Seen, time::Day};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub name: String,
    /// Number of the enforcement certificate 执法证; empty for people without one, who then cannot stand as inspectors.
    pub certificate_no: String,
}

/// A person holds a post from a day on, and until a day once it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub id: AppointmentId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub person: PersonId,
    pub post: PostId,
    pub from: Day,
    /// The last day of it.
    pub to: Option<Day>,
    /// Who goes on with what was this person's by name; where nobody is named, the agency does.
    pub successor: Option<AppointmentId>,
}

impl Appointment {
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub person: PersonId,
    pub username: String,
    /// argon2id, PHC string.
    pub password_hash: String,
    pub open: bool,
}
