//! The city signs off what a problem list handed over and the county accepted: a sign-off list of its own, with its own sample. What
//! is not accepted yet, or goes item by item, is not on it and can be signed off later.

use domain::{ProblemListId, authority::Act};

use super::{show, standing};
use crate::{
    App, Caller, Outcome,
    sign_off_list::{ListReceipt, open::open_with},
};

pub async fn sign_off(app: &App, who: &Caller, id: ProblemListId) -> Outcome<ListReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = open_anew(app, who, id).await;
    who.unless_repeated(app, outcome).await
}

async fn open_anew(app: &App, who: &Caller, id: ProblemListId) -> Outcome<ListReceipt> {
    let list = standing(app, who, id, Act::OpenList).await?;
    open_with(app, who, &list.home, Some(id), async || {
        let listed = show(app, who, id).await?;
        let open = listed.sign_offs.iter().any(|list| list.decision().is_none());
        let mut hazards = listed.hazards;
        hazards.sort_by_key(|hazard| (hazard.stage.acceptance().map(|one| one.by.at), hazard.id));
        Ok((open, hazards))
    })
    .await
}
