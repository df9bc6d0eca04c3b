//! What was found as nobody's gets the unit that answers for it.

use domain::{HazardId, SubjectId, authority::Act, subject::SubjectKind};

use super::{Receipt, act_on};
use crate::{App, Caller, Failure, Outcome};

/// `owner` is the id, the credit code or the whole name of a unit on the list, within what the caller sees.
pub async fn name_owner(app: &App, who: &Caller, id: HazardId, owner: &str, basis: &str) -> Outcome<Receipt> {
    let owner = owner.trim();
    let gather = || async move {
        if owner.is_empty() {
            return Err(Failure::field("owner", "required"));
        }
        let subjects = app.store.subjects(&who.scope);
        let found = match SubjectId::parse(owner) {
            Some(id) => subjects.find(id).await?,
            None => subjects.by_credit_code(owner).await?,
        };
        if let Some(found) = found {
            return Ok(found);
        }
        // A spot of that name is no answer to the question whose it is.
        let mut named = subjects.exactly_named(owner).await?;
        if named.iter().any(|one| one.kind != SubjectKind::Unowned) {
            named.retain(|one| one.kind != SubjectKind::Unowned);
        }
        match (named.pop(), named.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => Err(Failure::field("owner", "not-on-the-list")),
            (Some(_), false) => Err(Failure::field("owner", "ambiguous-name")),
        }
    };
    act_on(app, who, id, Act::NameOwner, gather, |hazard, owner, moment| {
        hazard.name_owner(owner, basis, moment)
    })
    .await
}
