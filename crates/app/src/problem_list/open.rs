//! Somebody back from a visit opens its list, with what has been reported so far.

use domain::{
    HazardId, JurisdictionId, ProblemListId,
    authority::Act,
    hazard::Moment,
    problem_list::{self, ProblemList, Visit},
};
use store::StoreError;

use super::{all_of, home_of, unsent};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES, sign_off_list::ListReceipt};

pub async fn open(
    app: &App,
    who: &Caller,
    county: &JurisdictionId,
    visit: &Visit,
    items: &[HazardId],
) -> Outcome<ListReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = open_anew(app, who, county, visit, items).await;
    who.unless_repeated(app, outcome).await
}

/// Asked before the fields of a list are read, so that nobody learns of a wrong field who may not open one.
pub fn standing(app: &App, who: &Caller, county: &JurisdictionId) -> Outcome<()> {
    let home = home_of(app, county);
    who.actor
        .may_about(Act::OpenProblemList, &problem_list::about(&home))?;
    if app.reference.counties().any(|one| one.id == *county) {
        Ok(())
    } else {
        Err(Failure::field("county", "not-a-choice"))
    }
}

async fn open_anew(
    app: &App,
    who: &Caller,
    county: &JurisdictionId,
    visit: &Visit,
    items: &[HazardId],
) -> Outcome<ListReceipt> {
    standing(app, who, county)?;
    for _ in 0..TRIES {
        let hazards = all_of(app, who, items).await?;
        let unsent = unsent(app, who, county).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let id = ProblemListId(app.ids.uuid(now));
        let home = home_of(app, county);
        let change = ProblemList::open(id, home, visit, &hazards, &unsent, moment)?;
        let receipt = ListReceipt::of(change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            Err(StoreError::Taken { table }) if table == "answer" => {
                return who.repeated(app).await?.ok_or(Failure::Conflict);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
