//! Several items that were reported as rectified are accepted together: so many acceptances, each by the rules of its own route.
//! Returning one is said about that one alone, and what may be major is judged by itself.

use domain::{HazardId, PersonId, ProblemListId, authority::Act, hazard::accept::Accept};

use super::{Done, one_by_one, show, standing};
use crate::{
    App, Caller, Failure, Outcome,
    hazard::{accept_rectification::accept_rectification, show as hazard},
};

pub async fn accept(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    items: &[HazardId],
    said: &Accept,
    inspectors: &[PersonId],
) -> Outcome<Done> {
    let list = standing(app, who, id, Act::Accept).await?;
    if items.is_empty() {
        return Err(Failure::field("items", "required"));
    }
    if items.iter().any(|id| list.item(*id).is_none()) {
        return Err(Failure::field("items", "not-on-this-list"));
    }
    // Once each, in the order of the list.
    let chosen = list.items.iter().map(|item| item.hazard);
    let chosen: Vec<HazardId> = chosen.filter(|id| items.contains(id)).collect();
    let said = Accept {
        passed: true,
        ..said.clone()
    };
    let alone = who.without_request();
    let mut refused = one_by_one(chosen, |item| {
        let said = said.clone();
        let alone = &alone;
        async move {
            let found = hazard::find(app, alone, item).await?;
            found.is_accepted_on_a_list()?;
            // What is looked at here is what is judged.
            let seen = Caller {
                if_match: Some(found.seen.version),
                ..alone.clone()
            };
            accept_rectification(app, &seen, item, said, inspectors).await
        }
    })
    .await?;
    let listed = show(app, who, id).await?;
    // Said again, or by somebody else at the same time: what has been accepted is.
    let accepted = |id: HazardId| {
        let found = listed.hazards.iter().find(|hazard| hazard.id == id);
        found.is_some_and(|hazard| hazard.stage.acceptance().is_some())
    };
    refused.retain(|(hazard, _)| !accepted(*hazard));
    Ok(Done { listed, refused })
}
