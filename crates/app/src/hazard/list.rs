//! Lists and counts of hazards, page by page, within what the caller may see.

use domain::hazard::Hazard;
use store::hazard::{Desk, HazardFilter, NO_DATE, Order};

use crate::{App, Caller, Outcome};

/// The most rows of one page.
pub const MOST: usize = 200;

/// One page, and where the next begins.
#[derive(Debug, Clone)]
pub struct Page {
    pub items: Vec<Hazard>,
    pub next: Option<(i64, String)>,
}

pub async fn list(
    app: &App,
    who: &Caller,
    filter: &HazardFilter,
    order: Order,
    limit: usize,
) -> Outcome<Page> {
    let limit = limit.clamp(1, MOST);
    let mut items = app
        .store
        .hazards(&who.scope)
        .list(filter, &order, limit + 1)
        .await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let key = |hazard: &Hazard| match order {
        Order::Newest { .. } => hazard.reported_at.0,
        Order::Due { .. } => hazard.due.as_ref().map_or(NO_DATE, |due| due.at.0),
    };
    let next = items
        .last()
        .filter(|_| more)
        .map(|last| (key(last), last.id.to_string()));
    Ok(Page { items, next })
}

impl Caller {
    /// The desks that this person works at: the agency's and, for enterprise people, the unit's.
    pub fn desks(&self) -> Vec<String> {
        let unit = self.actor.unit.map(|unit| unit.to_string());
        unit.into_iter().chain([self.actor.agency.to_string()]).collect()
    }

    /// What waits for this person's desk.
    pub fn on_my_desk(&self) -> HazardFilter {
        HazardFilter {
            waits_for: Some(Desk::Of(self.desks())),
            ..HazardFilter::default()
        }
    }

    /// What waits for others, of all that this person sees.
    pub fn on_other_desks(&self) -> HazardFilter {
        HazardFilter {
            waits_for: Some(Desk::NotOf(self.desks())),
            ..HazardFilter::default()
        }
    }
}

pub const WEEK: i64 = 7 * domain::time::DAY;
