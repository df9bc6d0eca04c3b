//! Several items that were reported as rectified are accepted together: so many acceptances, each by the rules of its own route.
//! Returning one is said about that one alone.

use domain::{HazardId, PersonId, ProblemListId, authority::Act, hazard::accept::Accept, refusal::Refusal};

use super::{Done, one_by_one, show};
use crate::{App, Caller, Failure, Outcome, hazard::accept_rectification::accept_rectification};

pub async fn accept(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    items: &[HazardId],
    said: &Accept,
    inspectors: &[PersonId],
) -> Outcome<Done> {
    let listed = show(app, who, id).await?;
    who.actor.may_about(Act::Accept, &listed.list.about())?;
    who.expects_version(listed.list.seen.version)?;
    if listed.list.receipt().is_none() {
        return Err(Refusal::ProblemListNotReceived.into());
    }
    if items.is_empty() {
        return Err(Failure::field("items", "required"));
    }
    if items.iter().any(|id| listed.list.item(*id).is_none()) {
        return Err(Failure::field("items", "not-on-the-list"));
    }
    // Once each, in the order of the list.
    let chosen = listed.list.items.iter().map(|item| item.hazard);
    let chosen: Vec<HazardId> = chosen.filter(|id| items.contains(id)).collect();
    let said = Accept {
        passed: true,
        ..said.clone()
    };
    let alone = who.without_request();
    let refused = one_by_one(chosen, async |hazard| {
        accept_rectification(app, &alone, hazard, said.clone(), inspectors).await
    })
    .await?;
    let listed = show(app, who, id).await?;
    Ok(Done { listed, refused })
}
