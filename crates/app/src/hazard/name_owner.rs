//! What was found as nobody's gets the unit that answers for it: one on the list, or one that is entered with it, in the same change.

use domain::{
    HazardId, SubjectId,
    authority::Act,
    change::Seen,
    subject::{Subject, SubjectKind},
};

use super::{Receipt, act_on, enter::enter, show};
use crate::{App, Caller, Failure, Outcome};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// Id, credit code or whole name of a unit on the list, within what the caller sees.
    Listed(String),
    Enters(NewOwner),
}

/// As far as it is known of a unit that is on no list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOwner {
    pub kind: SubjectKind,
    pub name: String,
    pub credit_code: String,
    pub address: String,
    pub principal_head: String,
}

pub async fn name_owner(
    app: &App,
    who: &Caller,
    id: HazardId,
    owner: &Owner,
    basis: &str,
) -> Outcome<Receipt> {
    let gather = || async move {
        match owner {
            Owner::Listed(owner) => listed(app, who, owner.trim()).await,
            Owner::Enters(new) => entered(app, who, id, new).await,
        }
    };
    act_on(app, who, id, Act::NameOwner, gather, |hazard, owner, moment| {
        hazard.name_owner(owner, basis, moment)
    })
    .await
}

async fn listed(app: &App, who: &Caller, owner: &str) -> Outcome<Subject> {
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
}

/// It lies where the spot lies, as far as anybody knows. What is on the list already is not entered a second time.
async fn entered(app: &App, who: &Caller, id: HazardId, new: &NewOwner) -> Outcome<Subject> {
    let (name, code) = (new.name.trim(), new.credit_code.trim().to_ascii_uppercase());
    if name.is_empty() {
        return Err(Failure::field("owner", "required"));
    }
    let everywhere = who.actor.city_wide();
    let subjects = app.store.subjects(&everywhere);
    if !code.is_empty() && subjects.by_credit_code(&code).await?.is_some() {
        return Err(Failure::field("enter.credit_code", "already-entered"));
    }
    let home = show::find(app, who, id).await?.home;
    let same = subjects.named(new.kind, name).await?;
    if same.iter().any(|one| one.home.county == home.county) {
        return Err(Failure::field("owner", "already-entered"));
    }
    let mut subject = enter(app, who, home, new.kind, name).await?;
    // Entered by somebody else a moment ago, it stands as they entered it.
    if subject.seen == Seen::NEW {
        subject.credit_code = code;
        new.address.trim().clone_into(&mut subject.address);
        new.principal_head.trim().clone_into(&mut subject.principal_head);
    }
    Ok(subject)
}
