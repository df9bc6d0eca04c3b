//! The city opens a list for one county: what waits there goes on it, and the sample is drawn.

use domain::{
    JurisdictionId, ProblemListId, SignOffListId,
    authority::Act,
    hazard::{Hazard, Moment},
    place::Home,
    refusal::Refusal,
    sign_off_list::{self, MOST_ITEMS, SignOffList},
};
use store::StoreError;

use super::{ListReceipt, home_of, waiting};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

pub async fn open(app: &App, who: &Caller, county: &JurisdictionId) -> Outcome<ListReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = open_anew(app, who, county).await;
    who.unless_repeated(app, outcome).await
}

async fn open_anew(app: &App, who: &Caller, county: &JurisdictionId) -> Outcome<ListReceipt> {
    let home = home_of(app, county);
    who.actor.may_about(Act::OpenList, &sign_off_list::about(&home))?;
    if !app.reference.counties().any(|one| one.id == *county) {
        return Err(Failure::field("county", "not-a-choice"));
    }
    open_with(app, who, &home, None, async || {
        let open = app.store.sign_off_lists(&who.scope).open_in(county).await?;
        let waiting = waiting(app, who, Some(county), MOST_ITEMS).await?;
        Ok((open.is_some(), waiting))
    })
    .await
}

/// `gather` looks whether one is open already, and what could go on the next, each time anew.
pub(crate) async fn open_with<Gathering>(
    app: &App,
    who: &Caller,
    home: &Home,
    problem_list: Option<ProblemListId>,
    gather: impl Fn() -> Gathering,
) -> Outcome<ListReceipt>
where
    Gathering: Future<Output = Outcome<(bool, Vec<Hazard>)>>,
{
    for _ in 0..TRIES {
        let (open, waiting) = gather().await?;
        if open {
            return Err(Refusal::ListOpen.into());
        }
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let id = SignOffListId(app.ids.uuid(now));
        let seed = app.ids.salt();
        let change = SignOffList::open_of(id, home.clone(), problem_list, &waiting, seed, moment)?;
        let receipt = ListReceipt::of(change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            // Somebody else opened one at the same time; looked at anew, that is what is said.
            Err(StoreError::Taken { table }) if table == "sign_off_list" => {}
            Err(StoreError::Taken { table }) if table == "answer" => {
                return who.repeated(app).await?.ok_or(Failure::Conflict);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
