//! Subjects 监管对象: what a hazard hangs on. Six kinds; one without an owner (a slope above a road) has a steward instead.

use crate::{AgencyId, SubjectId, change::Seen, place::Home};

crate::words! {
    SubjectKind {
        Enterprise = "enterprise",
        Project = "project",
        Venue = "venue",
        Household = "household",
        PublicAsset = "public_asset",
        Unowned = "unowned",
    }
}

crate::words! {
    /// Whether anyone has compared the entry with papers yet.
    SubjectStatus { Registered = "registered", Unverified = "unverified" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub id: SubjectId,
    pub seen: Seen,
    pub home: Home,
    pub kind: SubjectKind,
    pub name: String,
    /// Unified social credit code 统一社会信用代码 (GB 32100), empty where there is none.
    pub credit_code: String,
    /// Division of GB/T 4754 (`B10`), empty where unknown.
    pub sector: String,
    pub address: String,
    pub principal_head: String,
    /// The agency that regulates its industry, if one has been named.
    pub regulator: Option<AgencyId>,
    /// The agency that rectifies for a subject that cannot: no owner, a household, a public asset.
    pub steward: Option<AgencyId>,
    pub status: SubjectStatus,
}
