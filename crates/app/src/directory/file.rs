//! The directory's TOML file: agencies, posts, persons and accounts, as a city writes them down.

use domain::{
    JurisdictionId,
    agency::{AgencyKind, Role},
    time::Day,
};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct DirectoryFile {
    pub agency: Vec<AgencyRow>,
    pub post: Vec<PostRow>,
    pub person: Vec<PersonRow>,
    pub account: Vec<AccountRow>,
    #[serde(default)]
    pub town_offices: Option<TownOffices>,
}

#[derive(Debug, Deserialize)]
pub struct AgencyRow {
    pub id: String,
    pub name: String,
    pub short: String,
    pub kind: AgencyKind,
    pub jurisdiction: JurisdictionId,
    pub parent: Option<String>,
    pub lead: Option<String>,
    pub enforcement: bool,
    pub order: i64,
    #[serde(default)]
    pub sectors: Vec<String>,
    #[serde(default)]
    pub department: Option<String>,
}

/// A post in an agency, or in a subject's own unit.
#[derive(Debug, Deserialize)]
pub struct PostRow {
    pub id: String,
    pub agency: Option<String>,
    pub subject: Option<String>,
    pub title: String,
    pub role: Role,
}

#[derive(Debug, Deserialize)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub certificate_no: String,
    pub holds: Vec<HoldsRow>,
}

/// Half-open: `to` is the first day on which it is no longer held.
#[derive(Debug, Deserialize)]
pub struct HoldsRow {
    pub post: String,
    pub from: Day,
    pub to: Option<Day>,
}

#[derive(Debug, Deserialize)]
pub struct AccountRow {
    pub user: String,
    pub person: String,
}

/// One office and one post for every town, by rule.
#[derive(Debug, Deserialize)]
pub struct TownOffices {
    pub agency_id: String,
    pub name: String,
    pub short: String,
    pub parent: String,
    pub enforcement: bool,
    pub post_id: String,
    pub post_title: String,
    pub post_role: Role,
}
