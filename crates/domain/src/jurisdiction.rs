//! Jurisdictions: a tree with ids of their own. Functional zones (恒口, 高新区) have no GB/T 2260 code and act like counties.

use crate::{JurisdictionId, change::Seen};

crate::words! {
    /// Kinds of jurisdiction, from the city down.
    JurisdictionKind { City = "city", County = "county", Zone = "zone", Town = "town" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    pub id: JurisdictionId,
    pub seen: Seen,
    pub city: JurisdictionId,
    pub parent: Option<JurisdictionId>,
    pub kind: JurisdictionKind,
    /// GB/T 2260 and town code; empty for a functional zone.
    pub code: String,
    pub name: String,
    pub short: String,
    /// What numbers of records begin with.
    pub prefix: String,
    /// Place in the official order of its siblings.
    pub rank: i64,
}
