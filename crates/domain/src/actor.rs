//! Who acts: a person in one post, chosen when they signed in, and the principal they act for where it is delegated.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    AgencyId, AppointmentId, JurisdictionId, PersonId, PostId, SubjectId,
    agency::Role,
    change::Require,
    delegation::Delegated,
    proxy::StandsIn,
    scope::{Grant, Scope},
    time::Instant,
};

/// Where a post sits: at city, county or town level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub city: JurisdictionId,
    pub county: Option<JurisdictionId>,
    pub town: Option<JurisdictionId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    /// The person for whom it is done, under a delegation.
    pub principal: Option<PersonId>,
    pub post: PostId,
    pub agency: AgencyId,
    pub role: Role,
    pub seat: Seat,
    /// Divisions that the agency regulates.
    pub sectors: Vec<String>,
    /// The subject that this person belongs to, for enterprise people.
    pub unit: Option<SubjectId>,
    /// The unit for which it is done, where the town records for it.
    pub stands_in: Option<StandsIn>,
    /// Whose post's rights these are instead of one's own, and which of them.
    pub delegated: Option<Delegated>,
    /// The appointment that the right rests on, as it was read.
    pub appointment: (AppointmentId, i64),
}

impl Actor {
    /// What this person may see (DESIGN §6). Seeing is not yet doing: see [`crate::authority`].
    pub fn scope(&self) -> Scope {
        let seat = &self.seat;
        let city = || Grant::City {
            city: seat.city.clone(),
            sectors: None,
        };
        let grants = match self.role {
            Role::Admin | Role::CityOffice | Role::Discipline => vec![city()],
            Role::CityDepartment => vec![
                Grant::City {
                    city: seat.city.clone(),
                    sectors: Some(self.sectors.clone()),
                },
                Grant::Agency(self.agency),
            ],
            Role::CountyOffice => seat
                .county
                .iter()
                .cloned()
                .map(|county| Grant::County {
                    county,
                    sectors: None,
                })
                .collect(),
            Role::CountyDepartment => {
                let sectors = Some(self.sectors.clone());
                let own = seat.county.iter().cloned().map(|county| Grant::County {
                    county,
                    sectors: sectors.clone(),
                });
                own.chain([Grant::Agency(self.agency)]).collect()
            }
            Role::TownOffice => {
                let own = seat.town.iter().cloned().map(Grant::Town);
                own.chain([Grant::Agency(self.agency)]).collect()
            }
            Role::Unit => self.unit.into_iter().map(Grant::Unit).collect(),
        };
        Scope { grants }
    }

    /// Everything in the city, for questions whose answer tells nobody anything: whether an id is free.
    pub fn city_wide(&self) -> Scope {
        Scope {
            grants: vec![Grant::City {
                city: self.seat.city.clone(),
                sectors: None,
            }],
        }
    }

    /// The same person, doing for another what that other has decided. Whoever does their own act stands in for nobody.
    #[must_use]
    pub fn on_behalf_of(&self, principal: Option<PersonId>) -> Self {
        Self {
            principal: principal.filter(|person| *person != self.person),
            ..self.clone()
        }
    }

    pub fn signs(&self, at: Instant) -> Signature {
        Signature {
            person: self.person,
            principal: self.principal,
            post: self.post,
            agency: self.agency,
            at,
        }
    }

    /// A decision rests on the appointment and on whatever lets one person act for another: once one of these has ended, what was
    /// decided under it is a conflict.
    pub fn requires(&self) -> Vec<Require> {
        let mut requires = vec![Require::appointment(self.appointment.0, self.appointment.1)];
        requires.extend(self.delegated.iter().flat_map(Delegated::requires));
        requires.extend(self.stands_in.map(StandsIn::requires));
        requires
    }

    /// The jurisdiction at home in which this person's own records (uploads, for one) are kept.
    pub fn home(&self) -> JurisdictionId {
        self.seat.county.clone().unwrap_or_else(|| self.seat.city.clone())
    }
}

/// Who did something, as which post, when. Names are looked up when it is read, so that they can be corrected or erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub person: PersonId,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub principal: Option<PersonId>,
    pub post: PostId,
    pub agency: AgencyId,
    pub at: Instant,
}

impl Signature {
    /// Nobody's: what is left of it for those who may not know whose it is. The agency stays, since it answers for the act.
    #[must_use]
    pub fn withheld(&self) -> Self {
        Self {
            person: PersonId(Uuid::nil()),
            principal: None,
            post: PostId(Uuid::nil()),
            ..self.clone()
        }
    }

    /// The person, and whoever it was done for.
    pub fn persons(&self) -> impl Iterator<Item = PersonId> + use<> {
        [Some(self.person), self.principal].into_iter().flatten()
    }

    pub fn is_withheld(&self) -> bool {
        self.person.0.is_nil()
    }
}
