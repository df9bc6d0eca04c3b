//! Versions of the city's routes: somebody in the city's office sets them, with a reason and the day from which they hold.
//!
//! What was set is never edited and never taken away: going back is setting again what held before. Of several versions the one
//! that was set last among those whose day has come is in force. Cases on their way keep the route they are on.

use serde::{Deserialize, Serialize};

use super::{Route, RouteRule, RouteTable, check::Flaw};
use crate::{
    JurisdictionId,
    actor::Signature,
    authority::Act,
    change::{Body, Change, Event, Row, Seen, Target},
    field::{Checks, FieldError},
    hazard::Moment,
    refusal::Refusal,
    time::Day,
};

/// Nobody sets rules for later than this.
const FURTHEST_DAYS: i64 = 366;

#[derive(Debug, Clone, PartialEq)]
pub struct RouteVersion {
    pub city: JurisdictionId,
    pub no: i64,
    pub seen: Seen,
    /// The first day on which decisions are made by it.
    pub holds_from: Day,
    pub routes: Vec<Route>,
    pub rules: Vec<RouteRule>,
    pub reason: String,
    /// Of the text that was entered.
    pub sha256: String,
    pub by: Signature,
}

impl RouteVersion {
    pub fn id(city: &JurisdictionId, no: i64) -> String {
        format!("{city}-{no}")
    }
}

/// What the event of setting routes tells: reference data come in with the SHA-256 of their text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoutesEvent {
    RoutesSet {
        no: i64,
        holds_from: Day,
        reason: String,
        sha256: String,
        routes: usize,
        rules: usize,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct SetRoutes {
    pub routes: Vec<Route>,
    pub rules: Vec<RouteRule>,
    pub reason: String,
    pub holds_from: Day,
}

impl RouteTable {
    /// `self` is the table as it was loaded, on whose record every version is entered; `newest` is the one that was set last. `sha256`
    /// is of the text that routes and rules make.
    pub fn set(
        self,
        newest: &RouteTable,
        said: SetRoutes,
        sha256: String,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        moment.who.may_at_all(Act::SetRoutes)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", &said.reason, 500);
        let today = moment.now.day();
        checks.not_before("holds_from", said.holds_from, today);
        checks.not_after("holds_from", said.holds_from, today.plus_days(FURTHEST_DAYS));
        let wanted = RouteTable {
            routes: said.routes,
            rules: said.rules,
            ..self.clone()
        };
        let mut errors: Vec<FieldError> = Vec::new();
        for finding in wanted.findings() {
            let error = field_error(finding.flaw);
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        for error in errors {
            checks.fail(error.field, error.code);
        }
        if (&wanted.routes, &wanted.rules) == (&newest.routes, &newest.rules) {
            checks.fail("rules", "nothing-changed");
        }
        checks.done()?;

        let no = self.seen.next();
        let told = RoutesEvent::RoutesSet {
            no,
            holds_from: said.holds_from,
            reason: reason.clone(),
            sha256: sha256.clone(),
            routes: wanted.routes.len(),
            rules: wanted.rules.len(),
        };
        let target = Target {
            noun: "route_table",
            id: self.city.to_string(),
            home: self.city.clone(),
            seen: self.seen,
        };
        let version = RouteVersion {
            city: self.city.clone(),
            no,
            seen: Seen::NEW,
            holds_from: said.holds_from,
            routes: wanted.routes,
            rules: wanted.rules,
            reason,
            sha256,
            by: moment.who.signs(moment.now),
        };
        let event = Event::by(
            moment.who,
            moment.event,
            Act::SetRoutes,
            target,
            moment.now,
            Body::Routes(told),
        );
        Ok(Change::new(event, Row::RouteTable(self))
            .and(Row::RouteVersion(Box::new(version)))
            .resting_on(moment.who))
    }
}

fn field_error(flaw: Flaw) -> FieldError {
    FieldError {
        field: if flaw.is_of_rules() { "rules" } else { "routes" },
        code: flaw.field_code(),
        limit: None,
    }
}
