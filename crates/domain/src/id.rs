//! Ids: UUIDv7 under a type of their own, so that a person cannot be passed where a post is meant.
//! They are never used for order. Jurisdictions have short ids of their own (a region code, or a name for a zone without one).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )+ };
}

ids! {
    HazardId, SubjectId, AgencyId, PostId, PersonId, AppointmentId, AccountId, FileId, EventId, SignOffListId,
    ProblemListId, EscalationId, ComplaintId, UnitProxyId, PersonOpeningId, DelegationId,
}

macro_rules! short_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+ };
}

short_ids! {
    /// A jurisdiction: the region code where there is one (`610902`), a name below its city where there is none (`6109-hengkou`).
    JurisdictionId,
    /// A route, as the city's table names it (`literal`).
    RouteId,
}
