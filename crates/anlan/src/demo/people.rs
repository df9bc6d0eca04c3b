//! Who acts in the demo city: people of the directory, at their posts.

use std::collections::HashMap;

use app::{App, Caller, directory::load::{agency_id, subject_id}, session::caller};
use domain::{PersonId, agency::Role};

use crate::Stop;

/// Callers by where they sit. All of them hold their posts on the day the city was founded.
pub struct People {
    pub city: Vec<Caller>,
    /// By county or zone.
    pub counties: HashMap<String, Vec<Caller>>,
    /// By town.
    pub towns: HashMap<String, Caller>,
    /// By the subject's name in its file.
    units: HashMap<domain::SubjectId, Caller>,
    /// Persons with a certificate, by county.
    pub inspectors: HashMap<String, Vec<PersonId>>,
}

impl People {
    pub async fn find(app: &App) -> Result<Self, Stop> {
        let directory = app.store.directory();
        let day = app.clock.now().day();
        let mut people = Self {
            city: Vec::new(),
            counties: HashMap::new(),
            towns: HashMap::new(),
            units: HashMap::new(),
            inspectors: HashMap::new(),
        };
        let everybody = directory.everybody(app.city(), day).await?;
        for office in everybody {
            let wanted = matches!(office.role, Role::CityOffice | Role::CountyOffice | Role::TownOffice | Role::Unit);
            if !wanted {
                continue;
            }
            let holdings = directory.holdings(office.person, day).await?;
            let Some(holding) = holdings.iter().find(|holding| holding.appointment.id == office.appointment) else { continue };
            let caller = caller(holding);
            let seat = caller.actor.seat.clone();
            match office.role {
                Role::CityOffice => people.city.push(caller),
                Role::CountyOffice => {
                    let county = seat.county.map(|county| county.0).unwrap_or_default();
                    if !office.certificate_no.is_empty() {
                        people.inspectors.entry(county.clone()).or_default().push(office.person);
                    }
                    people.counties.entry(county).or_default().push(caller);
                }
                Role::TownOffice => {
                    people.towns.insert(seat.town.map(|town| town.0).unwrap_or_default(), caller);
                }
                _ => {
                    if let Some(unit) = caller.actor.unit {
                        people.units.insert(unit, caller);
                    }
                }
            }
        }
        for inspectors in people.inspectors.values_mut() {
            inspectors.sort_unstable();
            inspectors.dedup();
        }
        Ok(people)
    }

    /// Who rectifies for a subject: its own people, or the office of the town that answers for it.
    pub fn rectifier(&self, subject: &str, steward: Option<&str>) -> Option<&Caller> {
        match steward {
            Some(town) => self.towns.get(town).filter(|caller| caller.actor.agency == agency_id(&format!("{town}-safety"))),
            None => self.units.get(&subject_id(subject)),
        }
    }
}

pub async fn of_account(app: &App, username: &str) -> Result<Caller, Stop> {
    let missing = || Stop::new(format!("the account {username} is missing"), "make the demo city anew: `make demo-reset`");
    let account = app.store.directory().account_named(username).await?.ok_or_else(missing)?;
    let holdings = app.store.directory().holdings(account.person, app.clock.now().day()).await?;
    holdings.first().map(caller).ok_or_else(missing)
}
