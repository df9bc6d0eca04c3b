//! What is to lie on which desk today, the accounts named in the documents first, one for each and then round again.

use domain::{AgencyId, agency::Role, hazard::StageName};

use super::{
    act::After,
    chance::Chance,
    schedule::Scheduler,
    spots::{Site, Spot},
};

/// The accounts that the documents name.
pub const FIRST: &[&str] = &["city", "county-610902", "town-610902001", "enterprise-1"];

/// A desk on which something is to lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Desk {
    pub agency: AgencyId,
    pub role: Role,
    /// Wished for, not insisted on.
    pub stage: StageName,
}

impl Desk {
    /// Whether what is found there may come to lie on this desk.
    pub fn may_get(self, site: &Site, spot: &Spot) -> bool {
        match self.role {
            Role::Unit => site.rectifier == self.agency,
            Role::TownOffice => site.rectifier == self.agency || site.town_office == Some(self.agency),
            Role::CityOffice => true,
            _ => site.regulator.or(spot.named) == Some(self.agency),
        }
    }

    pub fn holds(self, last: After, any_stage: bool) -> bool {
        last.desk == Some(self.agency) && last.stage.is_open() && (any_stage || last.stage == self.stage)
    }
}

impl Scheduler<'_> {
    pub(super) fn desks(&self, chance: &mut Chance) -> Vec<Desk> {
        let mut wanted: Vec<(AgencyId, Role, i64)> = Vec::new();
        let mut accounts: Vec<_> = self.teller.cast.accounts().collect();
        accounts.sort_by_key(|(name, _)| (!FIRST.contains(name), (*name).to_owned()));
        for (name, holding) in accounts {
            let first = FIRST.contains(&name);
            let n = match holding.role {
                Role::CityOffice => 28,
                Role::CountyOffice if first => 10,
                Role::CountyOffice => chance.between(3, 5),
                Role::CountyDepartment => 3,
                Role::TownOffice | Role::Unit if first => 6,
                Role::TownOffice | Role::Unit => chance.between(3, 4),
                Role::Admin | Role::CityDepartment | Role::Discipline => continue,
            };
            if wanted.iter().all(|(known, ..)| *known != holding.agency.id) {
                wanted.push((holding.agency.id, holding.role, n));
            }
        }
        let rounds = wanted.iter().map(|(.., n)| *n).max().unwrap_or(0);
        let mut desks = Vec::new();
        for round in 0..rounds {
            for (agency, role, _) in wanted.iter().filter(|(.., n)| *n > round) {
                desks.push(Desk {
                    agency: *agency,
                    role: *role,
                    stage: wish(chance, *role),
                });
            }
        }
        desks
    }
}

fn wish(chance: &mut Chance, role: Role) -> StageName {
    match role {
        Role::CityOffice => StageName::Accepted,
        Role::Unit if chance.happens(0.3) => StageName::Confirmed,
        Role::TownOffice if chance.happens(0.5) => StageName::Submitted,
        Role::Unit | Role::TownOffice => StageName::Rectifying,
        _ if chance.happens(0.45) => StageName::Reported,
        _ => StageName::Submitted,
    }
}
