//! One set of words for several hazards: as many acts, each with its own event and its own answer, in the order in which they were
//! named. What is refused is told in its row and stops nobody else. There is no job that could be lost: each row is known under a
//! key made from the request's own, so that the same request sent again finds what was done and goes on with the rest.

use std::collections::HashSet;

use domain::{HazardId, authority::Act, field::Checks};

use super::{Receipt, TRIES, show};
use crate::{App, Caller, Failure, Outcome, Request, ids::sha256_hex};

/// The most hazards of one request.
pub const MOST: usize = 100;

/// A hazard as it was named, with the version that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub hazard: String,
    pub version: Option<i64>,
}

/// What became of one of them.
#[derive(Debug)]
pub struct Row {
    pub hazard: String,
    pub outcome: Outcome<Receipt>,
}

/// Does `one` to each. `who.request` is the request as a whole: its digest is of what is said, and not of what it is said about.
pub async fn together<Doing>(
    app: &App,
    who: &Caller,
    act: Act,
    items: Vec<Item>,
    one: impl Fn(Caller, HazardId) -> Doing,
) -> Outcome<Vec<Row>>
where
    Doing: Future<Output = Outcome<Receipt>>,
{
    each_once(&items)?;
    let mut rows: Vec<Row> = Vec::with_capacity(items.len());
    let mut stopped: Option<Failure> = None;
    for item in items {
        let outcome = match &stopped {
            Some(why) => Err(again(why)),
            None => row(app, who, act, &item, &one).await,
        };
        if let Err(failure) = &outcome
            && failure.is_the_stores()
        {
            // Nothing was looked at yet: the request as a whole has failed.
            if rows.is_empty() {
                return Err(again(failure));
            }
            stopped.get_or_insert_with(|| again(failure));
        }
        rows.push(Row {
            hazard: item.hazard,
            outcome,
        });
    }
    Ok(rows)
}

async fn row<Doing>(
    app: &App,
    who: &Caller,
    act: Act,
    item: &Item,
    one: &impl Fn(Caller, HazardId) -> Doing,
) -> Outcome<Receipt>
where
    Doing: Future<Output = Outcome<Receipt>>,
{
    let id = HazardId::parse(&item.hazard).ok_or(Failure::NotFound)?;
    let caller = Caller {
        request: who.request.as_ref().map(|request| of_row(request, act, id)),
        if_match: item.version,
        ..who.clone()
    };
    if let Some(kept) = caller.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = as_it_stands(app, &caller, act, id, one).await;
    caller.unless_repeated(app, outcome).await
}

/// What is looked at here is what is decided about: others may be faster, and then it is looked at anew.
async fn as_it_stands<Doing>(
    app: &App,
    caller: &Caller,
    act: Act,
    id: HazardId,
    one: &impl Fn(Caller, HazardId) -> Doing,
) -> Outcome<Receipt>
where
    Doing: Future<Output = Outcome<Receipt>>,
{
    for _ in 0..TRIES {
        let (hazard, _) = show::standing(app, caller, id, act).await?;
        hazard.goes_together(act)?;
        let seen = Caller {
            if_match: Some(hazard.seen.version),
            ..caller.clone()
        };
        match one(seen, id).await {
            Err(Failure::Stale { .. }) if caller.if_match.is_none() => {}
            outcome => return outcome,
        }
    }
    Err(Failure::Conflict)
}

/// A row by itself: the key of the request and the hazard, and what is said, to whom, as which act.
fn of_row(request: &Request, act: Act, id: HazardId) -> Request {
    Request {
        key: format!("{}:{id}", request.key),
        sha256: sha256_hex(format!("{act}\n{id}\n{}", request.sha256).as_bytes()),
    }
}

fn each_once(items: &[Item]) -> Outcome<()> {
    let mut checks = Checks::default();
    let mut seen = HashSet::new();
    if items.is_empty() {
        checks.fail("items", "required");
    } else if items.len() > MOST {
        checks.fail_at("items", "too-many", MOST);
    } else if !items
        .iter()
        .all(|item| seen.insert(item.hazard.trim().to_lowercase()))
    {
        checks.fail("items", "twice-the-same");
    }
    checks.done()?;
    Ok(())
}

/// The same failure of the store, for what was not tried because of it.
fn again(why: &Failure) -> Failure {
    match why {
        Failure::Full => Failure::Full,
        other => Failure::Unavailable(other.to_string()),
    }
}
