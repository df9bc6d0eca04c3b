//! What a person may see, as data: a union of grants. Every finder takes one; what lies outside is not found.

use crate::{AgencyId, JurisdictionId, SubjectId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// All that lies in a city, or only these divisions of it.
    City {
        city: JurisdictionId,
        sectors: Option<Vec<String>>,
    },
    /// All that lies in a county or zone, or only these divisions of it.
    County {
        county: JurisdictionId,
        sectors: Option<Vec<String>>,
    },
    Town(JurisdictionId),
    /// One's own subject.
    Unit(SubjectId),
    /// What is regulated by, kept by, or waits for one's agency.
    Agency(AgencyId),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    pub grants: Vec<Grant>,
}
