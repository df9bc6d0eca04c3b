//! A county's one page 县区一页纸: eight figures, what is overdue and with whom it is stuck, what has come back, what was closed last
//! month, and the stock by sector. A county or zone that the caller sees nothing of by right is not found.

use domain::{
    JurisdictionId,
    agency::{Agency, Role},
    hazard::Hazard,
    jurisdiction::{Jurisdiction, JurisdictionKind},
    scope::Grant,
    stock::{By, Part, Period},
};
use store::{
    deed::{self, Revisits},
    hazard::{HazardFilter, Order},
    stock::{Behind, Within},
};

use super::{Asked, Figures, Reading, Standing, Table};
use crate::{App, Caller, Failure, Outcome};

/// Rows of each list; the rest is behind its number.
pub const ROWS: usize = 12;

#[derive(Debug, Clone)]
pub struct OnePage {
    pub place: Jurisdiction,
    pub period: Period,
    pub figures: Figures,
    /// Of the month before.
    pub last: Figures,
    pub waits_for_sign_off: i64,
    /// In the year so far; `None` where the caller sees a part of the county only.
    pub revisits: Option<Revisits>,
    pub by_sector: Table,
    pub overdue: Vec<Hazard>,
    pub returned: Vec<Hazard>,
    pub closed_last: Vec<Hazard>,
    /// Those of its agencies whose own page the caller may see, in official order.
    pub agencies: Vec<Agency>,
    pub standing: Standing,
}

/// Whether anything of this county can be in the caller's scope, and whether all of it is.
fn sees(who: &Caller, county: &JurisdictionId) -> (bool, bool) {
    let all_of = |grant: &Grant| match grant {
        Grant::City { sectors, .. } => Some(sectors.is_none()),
        Grant::County { county: own, sectors } => (own == county).then_some(sectors.is_none()),
        Grant::Town(_) | Grant::Unit(_) | Grant::Agency(_) => None,
    };
    let seen: Vec<bool> = who.scope.grants.iter().filter_map(all_of).collect();
    (!seen.is_empty(), seen.contains(&true))
}

pub async fn one_page(app: &App, who: &Caller, id: &JurisdictionId) -> Outcome<OnePage> {
    let place = app
        .reference
        .jurisdiction(id)
        .filter(|one| matches!(one.kind, JurisdictionKind::County | JurisdictionKind::Zone))
        .cloned()
        .ok_or(Failure::NotFound)?;
    let (some, all) = sees(who, id);
    if !some || matches!(who.actor.role, Role::TownOffice | Role::Unit) {
        return Err(Failure::NotFound);
    }
    let now = app.clock.now();
    let period = Period::month_of(now);
    let before = period.plus(-1).unwrap_or(period);
    let within = Within {
        county: Some(id.to_string()),
        ..Within::default()
    };
    let mut reading = Reading::of(app, &who.scope).await?;
    let figures = reading.figures(period, &within).await?;
    let last = reading.figures(before, &within).await?;
    let by_sector = Asked {
        by: By::Sector,
        period,
        within: within.clone(),
    };
    let by_sector = reading.table(app, who, by_sector).await?;
    let standing = reading.standing.clone();
    drop(reading);
    let hazards = app.store.hazards(&who.scope);
    let behind = |part: Part, period: Period| HazardFilter {
        behind: Some(Behind {
            part,
            period,
            by: By::Month,
            within: within.clone(),
            now: standing.as_of,
        }),
        ..HazardFilter::default()
    };
    let newest = Order::Newest { after: None };
    let by_due = Order::Due { after: None };
    let accepted = HazardFilter {
        stage: Some(domain::hazard::StageName::Accepted),
        county: Some(id.clone()),
        ..HazardFilter::default()
    };
    let mut agencies = app.store.directory().regulators(id).await?;
    agencies.retain(|agency| super::agency::sees(who, agency));
    Ok(OnePage {
        agencies,
        overdue: hazards
            .list(&behind(Part::Overdue, period), &by_due, ROWS)
            .await?,
        returned: hazards
            .list(&behind(Part::Returned, period), &newest, ROWS)
            .await?,
        closed_last: hazards.list(&behind(Part::Closed, before), &newest, ROWS).await?,
        waits_for_sign_off: hazards.count(&accepted).await?,
        revisits: match all {
            true => Some(deed::revisits_in(&app.store.door, id, period.year()).await?),
            false => None,
        },
        place,
        period,
        figures,
        last,
        by_sector,
        standing,
    })
}
