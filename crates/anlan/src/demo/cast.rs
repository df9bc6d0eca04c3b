//! Who can act in the demo city: everybody who holds a post and does its work, with the days on which they hold it.
//!
//! They come from the directory as it stands in the store, and act as the callers that signing in would have made of them. Nobody
//! is made up here.

use std::collections::{HashMap, HashSet};

use app::{App, Caller, Outcome, session};
use domain::{AgencyId, JurisdictionId, PersonId, SubjectId, agency::Role, time::Day};
use store::directory::Holding;

use super::chance::Chance;

/// A place in the cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who(usize);

pub struct Member {
    pub holding: Holding,
    pub caller: Caller,
    /// Has an enforcement certificate, and may stand as inspector.
    pub certified: bool,
    pub username: Option<String>,
}

pub struct Cast {
    members: Vec<Member>,
    by_agency: HashMap<AgencyId, Vec<Who>>,
    /// Where the safety officers of each county sit, and those of the city.
    offices: HashMap<Option<JurisdictionId>, AgencyId>,
}

impl Cast {
    /// Everybody in office on the first or the last day.
    pub async fn of(app: &App, first: Day, last: Day) -> Outcome<Self> {
        let directory = app.store.directory();
        let (mut members, mut by_agency) = (Vec::new(), HashMap::<AgencyId, Vec<Who>>::new());
        let (mut persons, mut appointments) = (HashSet::new(), HashSet::new());
        for day in [first, last] {
            for office in directory.everybody(app.city(), day).await? {
                if !persons.insert((office.person, day)) {
                    continue;
                }
                for holding in directory.holdings(office.person, day).await? {
                    // Leaders of an office need no account, and do not do its daily work.
                    let leads = matches!(holding.role, Role::CityOffice | Role::CountyOffice)
                        && office.username.is_none();
                    if leads || !appointments.insert(holding.appointment.id) {
                        continue;
                    }
                    by_agency
                        .entry(holding.agency.id)
                        .or_default()
                        .push(Who(members.len()));
                    let (certified, username) = (!office.certificate_no.is_empty(), office.username.clone());
                    members.push(Member {
                        caller: session::caller(&holding),
                        holding,
                        certified,
                        username,
                    });
                }
            }
        }
        let offices = members
            .iter()
            .filter(|member| matches!(member.holding.role, Role::CityOffice | Role::CountyOffice))
            .map(|member| (member.caller.actor.seat.county.clone(), member.holding.agency.id))
            .collect();
        Ok(Self {
            members,
            by_agency,
            offices,
        })
    }

    pub fn member(&self, who: Who) -> &Member {
        &self.members[who.0]
    }

    pub fn person(&self, who: Who) -> PersonId {
        self.member(who).holding.appointment.person
    }

    pub fn name(&self, who: Who) -> &str {
        &self.member(who).holding.person_name
    }

    pub fn role(&self, who: Who) -> Role {
        self.member(who).holding.role
    }

    pub fn agency(&self, who: Who) -> AgencyId {
        self.member(who).holding.agency.id
    }

    pub fn accounts(&self) -> impl Iterator<Item = (&str, &Holding)> {
        self.members
            .iter()
            .filter_map(|member| Some((member.username.as_deref()?, &member.holding)))
    }

    /// People at an agency on a day.
    pub fn at(&self, agency: AgencyId, day: Day) -> Vec<Who> {
        let here = self.by_agency.get(&agency).map(Vec::as_slice).unwrap_or_default();
        here.iter()
            .copied()
            .filter(|who| self.member(*who).holding.appointment.holds_on(day))
            .collect()
    }

    /// The safety office of a county or, without one, of the city.
    pub fn office(&self, county: Option<&JurisdictionId>) -> Option<AgencyId> {
        self.offices.get(&county.cloned()).copied()
    }

    pub fn office_agencies(&self) -> impl Iterator<Item = AgencyId> {
        self.offices.values().copied()
    }

    /// Somebody who belongs to the unit.
    pub fn of_unit(&self, unit: SubjectId, day: Day) -> Option<Who> {
        let here = |member: &Member| {
            member.caller.actor.unit == Some(unit) && member.holding.appointment.holds_on(day)
        };
        self.members.iter().position(here).map(Who)
    }

    /// A department of the city that regulates the division.
    pub fn at_city_for(&self, chance: &mut Chance, sector: &str, day: Day) -> Option<Who> {
        let regulates = |member: &Member| {
            member.holding.role == Role::CityDepartment
                && member.holding.agency.sectors.iter().any(|one| one == sector)
                && member.holding.appointment.holds_on(day)
        };
        let here: Vec<Who> = (0..self.members.len())
            .filter(|at| regulates(&self.members[*at]))
            .map(Who)
            .collect();
        chance.one(&here).copied()
    }

    /// Somebody else of the agency who has a certificate.
    pub fn somebody_certified(
        &self,
        chance: &mut Chance,
        agency: AgencyId,
        day: Day,
        but: Who,
    ) -> Option<Who> {
        let other = |who: &Who| self.member(*who).certified && self.person(*who) != self.person(but);
        let here: Vec<Who> = self.at(agency, day).into_iter().filter(other).collect();
        chance.one(&here).copied()
    }
}
