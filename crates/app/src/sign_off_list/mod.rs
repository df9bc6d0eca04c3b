//! Sign-off lists: what waits for one, opening one, deciding about it, and how its items stand.

pub mod decide;
pub mod open;

use domain::{
    HazardId, JurisdictionId, SignOffListId,
    authority::Act,
    hazard::{Hazard, StageName},
    place::Home,
    sign_off_list::{self, Item, SignOffList, Standing},
};
use serde::{Deserialize, Serialize};
use store::hazard::{HazardFilter, NO_DATE, Order};

use crate::{App, Caller, Failure, Outcome};

/// The most lists of one page.
pub const MOST: usize = 50;
/// Accepted hazards that are looked through for what belongs on a list, in pages of [`PAGE`].
pub const LOOKED_THROUGH: usize = 2_000;
const PAGE: usize = 200;

/// What opening and deciding answer; how the items stand is looked up when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListReceipt {
    pub id: String,
    pub version: i64,
    pub event: String,
    pub at: i64,
}

impl ListReceipt {
    pub(crate) fn of(event: &domain::change::Event) -> Self {
        Self {
            id: event.target.id.clone(),
            version: event.target.seen.next(),
            event: event.id.to_string(),
            at: event.at.0,
        }
    }
}

/// A list, and its items as far as their hazards are seen.
#[derive(Debug, Clone)]
pub struct Listed {
    pub list: SignOffList,
    pub hazards: Vec<Hazard>,
}

impl Listed {
    pub fn hazard(&self, item: &Item) -> Option<&Hazard> {
        self.hazards.iter().find(|hazard| hazard.id == item.hazard)
    }

    pub fn standing(&self, item: &Item) -> Standing {
        self.hazard(item)
            .map_or(Standing::MovedOn, |hazard| self.list.standing(item, hazard))
    }

    fn waits(&self, hazard: HazardId) -> bool {
        let mut items = self.list.items.iter().filter(|item| item.hazard == hazard);
        items.any(|item| self.standing(item) == Standing::Waiting)
    }

    pub fn waiting(&self) -> usize {
        let waiting = |item: &&Item| self.standing(item) == Standing::Waiting;
        self.list.items.iter().filter(waiting).count()
    }

    /// Nothing of the sample waits any more.
    pub fn sample_is_decided(&self) -> bool {
        self.list
            .drawn()
            .all(|item| self.standing(item) != Standing::Waiting)
    }
}

pub async fn show(app: &App, who: &Caller, id: SignOffListId) -> Outcome<Listed> {
    let list = app.store.sign_off_lists(&who.scope).find(id).await?;
    listed(app, who, list.ok_or(Failure::NotFound)?).await
}

async fn listed(app: &App, who: &Caller, list: SignOffList) -> Outcome<Listed> {
    let ids: Vec<HazardId> = list.items.iter().map(|item| item.hazard).collect();
    let hazards = app.store.hazards(&who.scope).among(&ids).await?;
    Ok(Listed { list, hazards })
}

/// One page of lists, the newest first, and where the next begins.
pub async fn lists(
    app: &App,
    who: &Caller,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<(Vec<SignOffList>, Option<(i64, String)>)> {
    let limit = limit.clamp(1, MOST);
    let mut lists = app
        .store
        .sign_off_lists(&who.scope)
        .list(after, limit + 1)
        .await?;
    let more = lists.len() > limit;
    lists.truncate(limit);
    let next = lists
        .last()
        .filter(|_| more)
        .map(|last| (last.opened.at.0, last.id.to_string()));
    Ok((lists, next))
}

/// What waits for a list, the oldest first: in one county, or in all that the caller sees.
pub async fn waiting(
    app: &App,
    who: &Caller,
    county: Option<&JurisdictionId>,
    most: usize,
) -> Outcome<Vec<Hazard>> {
    let filter = HazardFilter {
        stage: Some(StageName::Accepted),
        county: county.cloned(),
        ..HazardFilter::default()
    };
    let hazards = app.store.hazards(&who.scope);
    let (mut found, mut after) = (Vec::new(), None);
    for _ in 0..LOOKED_THROUGH / PAGE {
        let page = hazards.list(&filter, &Order::Due { after }, PAGE).await?;
        let last = page.last().map(|last| {
            (
                last.due.as_ref().map_or(NO_DATE, |due| due.at.0),
                last.id.to_string(),
            )
        });
        let whole = page.len() == PAGE;
        let waits =
            |hazard: &Hazard| sign_off_list::belongs_on_a_list(hazard) && hazard.problem_list().is_none();
        found.extend(page.into_iter().filter(waits));
        if found.len() >= most || !whole {
            break;
        }
        after = last;
    }
    // They are found by the day they are due, and a day has many: the oldest acceptance comes first.
    found.sort_by_key(|hazard| (hazard.stage.acceptance().map(|one| one.by.at), hazard.id));
    found.truncate(most);
    Ok(found)
}

/// Whether this person works with lists at all.
pub fn may_open(app: &App, who: &Caller) -> bool {
    let home = home_of(app, app.city());
    who.actor
        .may_about(Act::OpenList, &sign_off_list::about(&home))
        .is_ok()
}

fn home_of(app: &App, county: &JurisdictionId) -> Home {
    Home {
        city: app.city().clone(),
        county: county.clone(),
        town: None,
    }
}
