//! The store: the only crate that says SQL.
//!
//! One file per noun says how it stands in a table and how it is found; every finder of cases takes a Scope. What is written goes
//! through the [`door`], as a Change with its event or as housekeeping. No rule of the field is decided here.

pub mod answer;
pub mod audit;
pub mod calendar;
pub mod complaint;
pub mod counts;
pub mod deed;
pub mod delegation;
pub mod directory;
pub mod door;
mod error;
pub mod escalation;
pub mod event;
pub mod file;
pub mod hand_over;
pub mod hazard;
mod migrate;
pub mod notice;
pub mod person_opening;
pub mod problem_list;
pub mod route;
pub mod row;
pub mod scope;
pub mod session;
pub mod sign_off_list;
pub mod stay;
pub mod stock;
pub mod subject;
pub mod table;
pub mod tree;
pub mod unit_proxy;

use domain::{
    JurisdictionId, change::Change, escalation::SeesReferrals, person_opening::SeesOpenings, scope::Scope,
};

pub use door::{
    Door, SqliteOptions, Statement,
    record::{Answer, Stamp},
};
pub use error::{Result, StoreError};

#[derive(Clone)]
pub struct Store {
    pub door: Door,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its tables up to date.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_with(url, SqliteOptions::default()).await
    }

    pub async fn open_with(url: &str, options: SqliteOptions) -> Result<Self> {
        let door = Door::open(url, options).await?;
        migrate::up(&door).await?;
        Ok(Self { door })
    }

    /// Opens a store that is there, and changes nothing in it: an audit does not write to what it looks at.
    pub async fn open_as_it_is(url: &str) -> Result<Self> {
        let door = Door::open(url, SqliteOptions::default()).await?;
        migrate::check(&door).await?;
        Ok(Self { door })
    }

    pub fn hazards<'a>(&'a self, scope: &'a Scope) -> hazard::Hazards<'a> {
        hazard::Hazards {
            door: &self.door,
            scope,
        }
    }

    pub fn escalations<'a>(
        &'a self,
        scope: &'a Scope,
        referrals: SeesReferrals,
    ) -> escalation::Escalations<'a> {
        escalation::Escalations {
            door: &self.door,
            scope,
            referrals,
        }
    }

    pub fn subjects<'a>(&'a self, scope: &'a Scope) -> subject::Subjects<'a> {
        subject::Subjects {
            door: &self.door,
            scope,
        }
    }

    pub fn sign_off_lists<'a>(&'a self, scope: &'a Scope) -> sign_off_list::SignOffLists<'a> {
        sign_off_list::SignOffLists {
            door: &self.door,
            scope,
        }
    }

    /// Of whoever it is; the use case asks who may see which.
    pub fn complaints(&self) -> complaint::Complaints<'_> {
        complaint::Complaints { door: &self.door }
    }

    pub fn problem_lists<'a>(&'a self, scope: &'a Scope) -> problem_list::ProblemLists<'a> {
        problem_list::ProblemLists {
            door: &self.door,
            scope,
        }
    }

    pub fn unit_proxies<'a>(&'a self, scope: &'a Scope) -> unit_proxy::UnitProxies<'a> {
        unit_proxy::UnitProxies {
            door: &self.door,
            scope,
        }
    }

    pub fn person_openings(&self, sees: SeesOpenings) -> person_opening::PersonOpenings<'_> {
        person_opening::PersonOpenings {
            door: &self.door,
            sees,
        }
    }

    /// Of whoever it is; the use case asks who may see which.
    pub fn delegations(&self) -> delegation::Delegations<'_> {
        delegation::Delegations { door: &self.door }
    }

    pub fn hand_overs<'a>(&'a self, scope: &'a Scope) -> hand_over::HandOvers<'a> {
        hand_over::HandOvers { store: self, scope }
    }

    pub fn directory(&self) -> directory::Directory<'_> {
        directory::Directory { door: &self.door }
    }

    pub fn notices(&self) -> notice::Notices<'_> {
        notice::Notices { door: &self.door }
    }

    pub fn files(&self) -> file::Files<'_> {
        file::Files { door: &self.door }
    }

    /// The routes that decisions of this day are made by.
    pub async fn routes_on(
        &self,
        city: &JurisdictionId,
        day: domain::time::Day,
    ) -> Result<Option<domain::route::RouteTable>> {
        route::on(&self.door, city, day).await
    }

    /// The routes as they were loaded.
    pub async fn routes(&self, city: &JurisdictionId) -> Result<Option<domain::route::RouteTable>> {
        route::of_city(&self.door, city).await
    }

    /// One atomic write of state and event, or `Conflict`.
    pub async fn record(&self, change: &Change, stamp: Stamp) -> Result<()> {
        self.door.record(change, stamp).await
    }
}
