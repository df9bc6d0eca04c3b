//! The city signs off what a problem list handed over and the county accepted: a sign-off list of its own, with its own sample. What
//! is not accepted yet, or goes item by item, is not on it and can be signed off later.

use domain::{ProblemListId, authority::Act, refusal::Refusal};

use super::show;
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
    let listed = show(app, who, id).await?;
    who.actor.may_about(Act::OpenList, &listed.list.about())?;
    if listed.list.answer().is_none() {
        return Err(Refusal::ProblemListNotAnswered.into());
    }
    let home = listed.list.home.clone();
    open_with(app, who, &home, Some(id), async || {
        let listed = show(app, who, id).await?;
        let open = listed.sign_offs.iter().any(|list| list.decision().is_none());
        Ok((open, listed.hazards))
    })
    .await
}
