//! Problem lists: one visit, one letter, one receipt, one answer; or withdrawn before its letter. What is said about a list is one change of the list; its items are
//! then acted on one by one, each told in its row, and the same request sent again goes on with what is left.

pub mod accept;
pub mod answer;
pub mod list_problems;
pub mod open;
pub mod receive;
pub mod send;
pub mod sign_off;
pub mod withdraw;

use domain::{
    HazardId, JurisdictionId, ProblemListId,
    authority::Act,
    change::Change,
    hazard::{Hazard, Moment, StageName},
    place::Home,
    problem_list::{self, HandOver, Item, Looked, ProblemList, StateName},
    sign_off_list::SignOffList,
    time::Day,
};
use store::{
    StoreError,
    hazard::{HazardFilter, Order},
    problem_list::ProblemListFilter,
};

use crate::{App, Caller, Failure, Outcome, hazard::TRIES, sign_off_list::ListReceipt};

/// The most lists of one page, and the most unsent ones that are looked through for what stands on another.
pub const MOST: usize = 50;
/// The newest reports of an agency in a county that are offered for a list.
pub const OFFERED: usize = 200;

/// A list with its items as far as their hazards are seen, and what has signed some of them off.
#[derive(Debug, Clone)]
pub struct Listed {
    pub list: ProblemList,
    pub hazards: Vec<Hazard>,
    pub sign_offs: Vec<SignOffList>,
}

impl Listed {
    pub fn hazard(&self, item: &Item) -> Option<&Hazard> {
        self.hazards.iter().find(|hazard| hazard.id == item.hazard)
    }

    pub fn hand_over(&self, item: &Item) -> HandOver {
        self.hazard(item)
            .map_or(HandOver::Ended, |hazard| self.list.hand_over(hazard))
    }

    pub fn looked(&self, item: &Item) -> Looked {
        self.hazard(item).map_or(Looked::Otherwise, problem_list::looked)
    }

    /// Those that stand so.
    pub fn standing(&self, hand_over: HandOver) -> impl Iterator<Item = &Item> {
        let items = self.list.items.iter();
        items.filter(move |item| self.hand_over(item) == hand_over)
    }

    /// Those that the letter has not handed over yet, whatever stands in the way.
    pub fn unhanded(&self) -> impl Iterator<Item = &Item> {
        let items = self.list.items.iter();
        items.filter(|item| matches!(self.hand_over(item), HandOver::Waiting | HandOver::Blocked))
    }

    /// Those whose hazard is in this stage.
    pub fn in_stage(&self, stage: StageName) -> impl Iterator<Item = (&Item, &Hazard)> {
        let items = self.list.items.iter();
        let seen = items.filter_map(|item| Some((item, self.hazard(item)?)));
        seen.filter(move |(_, hazard)| hazard.stage.name() == stage)
    }
}

/// How a list stands after what was asked, and why some of its items were not acted on.
#[derive(Debug)]
pub struct Done {
    pub listed: Listed,
    pub refused: Vec<(HazardId, Failure)>,
}

pub async fn show(app: &App, who: &Caller, id: ProblemListId) -> Outcome<Listed> {
    let list = app.store.problem_lists(&who.scope).find(id).await?;
    let list = list.ok_or(Failure::NotFound)?;
    let ids: Vec<HazardId> = list.items.iter().map(|item| item.hazard).collect();
    let hazards = app.store.hazards(&who.scope).among(&ids).await?;
    let sign_offs = app.store.sign_off_lists(&who.scope).of_problem_list(id).await?;
    Ok(Listed {
        list,
        hazards,
        sign_offs,
    })
}

/// The list, when this person may do this to it as it stands: found, allowed, at the version that was named, in a state for it. Asked
/// where what is said cannot be read, so that nobody learns of a wrong field before that.
pub async fn standing(app: &App, who: &Caller, id: ProblemListId, act: Act) -> Outcome<ProblemList> {
    let list = app.store.problem_lists(&who.scope).find(id).await?;
    let list = list.ok_or(Failure::NotFound)?;
    who.actor.may_about(act, &list.about())?;
    who.expects_version(list.seen.version)?;
    list.expects(act)?;
    Ok(list)
}

/// One page of lists, the newest first, and where the next begins.
pub async fn lists(
    app: &App,
    who: &Caller,
    filter: &ProblemListFilter,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<(Vec<ProblemList>, Option<(i64, String)>)> {
    let limit = limit.clamp(1, MOST);
    let found = app.store.problem_lists(&who.scope);
    let mut lists = found.list(filter, after, limit + 1).await?;
    let more = lists.len() > limit;
    lists.truncate(limit);
    let next = lists.last().filter(|_| more);
    let next = next.map(|last| (last.opened.at.0, last.id.to_string()));
    Ok((lists, next))
}

/// What the caller's own agency reported in a county from a day on and what stands on no list yet, the newest first.
pub async fn reports(
    app: &App,
    who: &Caller,
    county: &JurisdictionId,
    since: Option<Day>,
) -> Outcome<Vec<Hazard>> {
    let filter = HazardFilter {
        county: Some(county.clone()),
        reporter_agency: Some(who.actor.agency),
        reported_within: since.map(|day| (day.start(), app.clock.now().plus(1))),
        ..HazardFilter::default()
    };
    let newest = Order::Newest { after: None };
    let mut found = app
        .store
        .hazards(&who.scope)
        .list(&filter, &newest, OFFERED)
        .await?;
    let unsent = unsent(app, who, county).await?;
    found.retain(|hazard| {
        hazard.problem_list().is_none()
            && hazard.stage.name() != StageName::Void
            && !unsent.iter().any(|list| list.item(hazard.id).is_some())
    });
    Ok(found)
}

/// The lists of a county that are not sent yet, as far as they are seen. One's own agency's always are.
async fn unsent(app: &App, who: &Caller, county: &JurisdictionId) -> Outcome<Vec<ProblemList>> {
    let filter = ProblemListFilter {
        state: Some(StateName::Open),
        county: Some(county.clone()),
        ..ProblemListFilter::default()
    };
    Ok(app
        .store
        .problem_lists(&who.scope)
        .list(&filter, None, MOST)
        .await?)
}

/// The counties for which this person may open a list: the own one, or all of the city.
pub fn counties(app: &App, who: &Caller) -> Vec<JurisdictionId> {
    let may = |county: &&domain::jurisdiction::Jurisdiction| {
        let home = home_of(app, &county.id);
        let about = problem_list::about(&home);
        who.actor.may_about(Act::OpenProblemList, &about).is_ok()
    };
    let counties = app.reference.counties().filter(may);
    counties.map(|county| county.id.clone()).collect()
}

fn home_of(app: &App, county: &JurisdictionId) -> Home {
    Home {
        city: app.city().clone(),
        county: county.clone(),
        town: None,
    }
}

/// Every one of these hazards, within what the caller sees.
async fn all_of(app: &App, who: &Caller, ids: &[HazardId]) -> Outcome<Vec<Hazard>> {
    if ids.len() > problem_list::MOST_ITEMS {
        let mut checks = domain::field::Checks::default();
        checks.fail_at("items", "too-many", problem_list::MOST_ITEMS);
        checks.done()?;
    }
    let found = app.store.hazards(&who.scope).among(ids).await?;
    let named = ids
        .iter()
        .map(|id| found.iter().find(|hazard| hazard.id == *id).cloned());
    let named: Option<Vec<Hazard>> = named.collect();
    named.ok_or_else(|| Failure::field("items", "no-such-hazard"))
}

/// The list and its items, when it is found, this person may do this to it, and it is at the version that was named.
async fn looked_at(app: &App, who: &Caller, id: ProblemListId, act: Act) -> Outcome<Listed> {
    let listed = show(app, who, id).await?;
    who.actor.may_about(act, &listed.list.about())?;
    who.expects_version(listed.list.seen.version)?;
    Ok(listed)
}

fn moment<'a>(app: &App, who: &'a Caller) -> Moment<'a> {
    let now = app.clock.now();
    Moment {
        who: &who.actor,
        event: app.ids.event(now),
        now,
    }
}

/// Decides and records; from the start when others were faster. Nothing is recorded where it has been decided before and only its
/// items are left.
async fn decided<Deciding>(app: &App, who: &Caller, decide: impl Fn() -> Deciding) -> Outcome<()>
where
    Deciding: Future<Output = Outcome<Option<Change>>>,
{
    if who.repeated::<ListReceipt>(app).await?.is_some() {
        return Ok(());
    }
    if let Err(failure) = decided_anew(app, who, decide).await {
        who.repeated::<ListReceipt>(app).await?.ok_or(failure)?;
    }
    Ok(())
}

async fn decided_anew<Deciding>(app: &App, who: &Caller, decide: impl Fn() -> Deciding) -> Outcome<()>
where
    Deciding: Future<Output = Outcome<Option<Change>>>,
{
    for _ in 0..TRIES {
        let Some(change) = decide().await? else {
            return Ok(());
        };
        let receipt = ListReceipt::of(change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(()),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}

/// N acts, each with its own event under the name of whoever asks. What is refused is told in its row and stops no other; a store
/// that does not answer stops them, and the same request sent again goes on.
async fn one_by_one<Acting>(
    ids: Vec<HazardId>,
    act: impl Fn(HazardId) -> Acting,
) -> Outcome<Vec<(HazardId, Failure)>>
where
    Acting: Future<Output = Outcome<crate::hazard::Receipt>>,
{
    let mut refused = Vec::new();
    for id in ids {
        match act(id).await {
            Ok(_) => {}
            Err(failure) if failure.is_the_stores() => return Err(failure),
            Err(failure) => refused.push((id, failure)),
        }
    }
    Ok(refused)
}
