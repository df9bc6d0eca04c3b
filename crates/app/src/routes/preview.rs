//! What other routes would mean: the hazards of the last twelve months, sent down those in force and down those that are wanted.
//!
//! Counted where they lie: what comes back are groups of hazards that are alike to every rule, however many there are. Of very many
//! the newest are counted, and it is said that there were more.

use domain::{
    authority::Act,
    route::{
        RouteTable,
        check::Finding,
        preview::{Cost, Pace, Past},
    },
};

use crate::{App, Caller, Outcome};

/// Hazards that are counted; a city of three million has some 75,000 a year.
pub const MOST: u32 = 300_000;
const LOOKS_BACK_DAYS: i64 = 364;

#[derive(Debug, Clone)]
pub struct Preview {
    /// What keeps the wanted routes from being set.
    pub findings: Vec<Finding>,
    /// `None` where no hazard was reported in the time.
    pub past: Option<Past>,
    /// Of the routes in force, and of the wanted ones. Where these leave something open, there is nothing to count.
    pub before: Option<Cost>,
    pub after: Option<Cost>,
    /// From which route to which, how many; most first.
    pub moved: Vec<(domain::RouteId, domain::RouteId, u64)>,
    pub pace: Pace,
    /// Working days in the year looked at.
    pub working_days: u32,
}

pub async fn preview(
    app: &App,
    who: &Caller,
    in_force: &RouteTable,
    wanted: &RouteTable,
) -> Outcome<Preview> {
    who.actor.may_at_all(Act::SetRoutes)?;
    let now = app.clock.now();
    let (from, today) = (now.day().plus_days(-LOOKS_BACK_DAYS), now.day());
    let past = app
        .store
        .hazards(&who.scope)
        .past(from.start(), now.plus(1), MOST)
        .await?;
    let past = past.map(|past| Past { to: today, ..past });
    let findings = wanted.findings();
    let of = |table: &RouteTable| past.as_ref().and_then(|past| past.cost(table));
    Ok(Preview {
        before: of(in_force),
        after: if findings.is_empty() { of(wanted) } else { None },
        moved: match &past {
            Some(past) if findings.is_empty() => past.moved(in_force, wanted),
            _ => Vec::new(),
        },
        findings,
        past,
        pace: Pace {
            files_per_day: app.reference.workload.files_per_working_day,
        },
        working_days: app
            .reference
            .timetable
            .calendar
            .working_days_within(from.plus_days(-1), today),
    })
}
