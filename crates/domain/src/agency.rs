//! Agencies 机构 and the posts 岗位 in them. Rights come from posts held, never from a person or an account.

use crate::{AgencyId, JurisdictionId, PostId, SubjectId, change::Seen, place::Home};

crate::words! {
    /// What an agency is, which decides what its posts may do.
    AgencyKind {
        SafetyCommittee = "safety_committee",
        SafetyOffice = "safety_office",
        SectorCommittee = "sector_committee",
        Command = "command",
        CommandOffice = "command_office",
        Department = "department",
        Discipline = "discipline",
        TownOffice = "town_office",
        Unit = "unit",
    }
}

crate::words! {
    /// The role that a post carries.
    Role {
        Admin = "admin",
        CityOffice = "city_office",
        CityDepartment = "city_department",
        CountyOffice = "county_office",
        CountyDepartment = "county_department",
        TownOffice = "town_office",
        Unit = "unit",
        Discipline = "discipline",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    pub id: AgencyId,
    pub seen: Seen,
    pub home: Home,
    pub kind: AgencyKind,
    pub name: String,
    pub short: String,
    /// The agency it belongs to, or whose office it is.
    pub parent: Option<AgencyId>,
    /// The department that leads a sector committee.
    pub lead: Option<AgencyId>,
    /// Has the power of administrative inspection 行政检查 of its own.
    pub enforcement: bool,
    /// Divisions of GB/T 4754 that it regulates; empty for agencies that regulate none or all.
    pub sectors: Vec<String>,
    /// The subject whose own agency this is, for `Unit`.
    pub unit: Option<SubjectId>,
    /// Place in the official order.
    pub rank: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub id: PostId,
    pub seen: Seen,
    pub agency: AgencyId,
    /// The city whose directory the post stands in.
    pub city: JurisdictionId,
    pub title: String,
    pub role: Role,
}
