//! Subjects go in from a TOML file. Their regulator is the department of their own county that regulates their division and has
//! somebody in office; where there is none, the county's safety office answers.

use std::collections::BTreeMap;

use domain::{
    AgencyId, JurisdictionId,
    agency::{Agency, AgencyKind},
    change::{Row, Seen},
    place::Home,
    subject::{Subject, SubjectKind, SubjectStatus},
    time::Day,
};
use serde::Deserialize;

use super::load::{Unit, agency_id, home, record_all, subject_id};
use crate::{App, Failure, Outcome, ids::sha256_hex};

#[derive(Debug, Deserialize)]
pub struct SubjectFile {
    pub subject: Vec<SubjectRow>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct SubjectRow {
    pub id: String,
    pub kind: SubjectKind,
    pub name: String,
    #[serde(default)]
    pub credit_code: String,
    #[serde(default)]
    pub sector: String,
    pub county: JurisdictionId,
    pub town: Option<JurisdictionId>,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub principal_head: String,
    #[serde(default)]
    pub regulator: Option<String>,
    #[serde(default)]
    pub steward: Option<String>,
    #[serde(default)]
    pub scenes: Vec<String>,
}

impl SubjectFile {
    pub fn read(name: &str, text: &str) -> Outcome<Self> {
        toml::from_str(text).map_err(|error| Failure::Broken(format!("{name}: {error}")))
    }

    /// The subjects that act for themselves, by their name in the file.
    pub fn units(&self, app: &App, since: Day) -> Outcome<BTreeMap<String, Unit>> {
        let acting = self.subject.iter().filter(|row| row.steward.is_none());
        acting
            .map(|row| {
                let (name, principal_head) = (row.name.clone(), row.principal_head.clone());
                Ok((
                    row.id.clone(),
                    Unit {
                        name,
                        principal_head,
                        since,
                        home: row.home(app)?,
                    },
                ))
            })
            .collect()
    }
}

impl SubjectRow {
    fn home(&self, app: &App) -> Outcome<Home> {
        let lies = self.town.as_ref().unwrap_or(&self.county);
        let home = home(app, lies).map_err(|why| Failure::Broken(format!("subject {}: {why}", self.id)))?;
        // A zone may run a town that lies in a county; the file says which of the two it counts as home.
        Ok(Home {
            county: self.county.clone(),
            ..home
        })
    }
}

impl SubjectRow {
    /// Only an agency of the subject's own county acts on its hazards as regulator.
    fn may_be_regulated(&self, agencies: &[Agency], home: &Home) -> Outcome<()> {
        let Some(name) = &self.regulator else {
            return Ok(());
        };
        let named = agencies.iter().find(|agency| agency.id == agency_id(name));
        let why = match named {
            None => format!("its regulator {name} is not in the directory"),
            Some(agency) if agency.home.county != home.county || agency.home.town.is_some() => {
                format!(
                    "its regulator {name} is no department of its county {}",
                    home.county
                )
            }
            Some(_) => return Ok(()),
        };
        Err(Failure::Broken(format!("subject {}: {why}", self.id)))
    }
}

/// Loads the subjects of a file, as far as they are not there already.
pub async fn load_subjects(app: &App, name: &str, text: &str, file: &SubjectFile) -> Outcome<()> {
    let agencies = app.store.directory().agencies(app.city()).await?;
    let in_office = app
        .store
        .directory()
        .agencies_in_office(app.city(), app.clock.now().day())
        .await?;
    let mut rows = Vec::with_capacity(file.subject.len());
    for row in &file.subject {
        let home = row.home(app)?;
        let regulates = |agency: &&Agency| {
            agency.kind == AgencyKind::Department
                && agency.home.county == home.county
                && agency.home.town.is_none()
                && in_office.contains(&agency.id)
        };
        row.may_be_regulated(&agencies, &home)?;
        let named = row
            .regulator
            .as_deref()
            .map(agency_id)
            .filter(|id| in_office.contains(id));
        let by_sector = agencies
            .iter()
            .filter(regulates)
            .find(|agency| agency.sectors.contains(&row.sector));
        rows.push(Row::Subject(Subject {
            id: subject_id(&row.id),
            seen: Seen::NEW,
            kind: row.kind,
            name: row.name.clone(),
            credit_code: row.credit_code.clone(),
            sector: row.sector.clone(),
            address: row.address.clone(),
            principal_head: row.principal_head.clone(),
            regulator: named.or(by_sector.map(|agency| agency.id)),
            steward: row.steward.as_deref().map(|town| steward(&agencies, town)),
            status: SubjectStatus::Registered,
            home,
        }));
    }
    record_all(app, &(name.to_owned(), sha256_hex(text.as_bytes())), rows).await
}

/// A steward is named by its town, or as an agency.
fn steward(agencies: &[Agency], name: &str) -> AgencyId {
    let of_town = agencies.iter().find(|agency| {
        agency.kind == AgencyKind::TownOffice
            && agency
                .home
                .town
                .as_ref()
                .is_some_and(|town| town.as_str() == name)
    });
    of_town.map_or_else(|| agency_id(name), |agency| agency.id)
}
