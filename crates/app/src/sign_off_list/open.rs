//! The city opens a list for one county: what waits there goes on it, and the sample is drawn.

use domain::{
    JurisdictionId, SignOffListId,
    authority::Act,
    hazard::Moment,
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
    for _ in 0..TRIES {
        if app
            .store
            .sign_off_lists(&who.scope)
            .open_in(county)
            .await?
            .is_some()
        {
            return Err(Refusal::ListOpen.into());
        }
        let waiting = waiting(app, who, Some(county), MOST_ITEMS).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let id = SignOffListId(app.ids.uuid(now));
        let change = SignOffList::open(id, home.clone(), &waiting, app.ids.salt(), moment)?;
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
