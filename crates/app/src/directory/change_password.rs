//! A password is set anew by the administrator, and every session of the account ends.

use domain::{AccountId, authority::Act};

use crate::{App, Caller, Failure, Outcome, session::hash_password};

const SHORTEST: usize = 10;

pub async fn change_password(app: &App, who: &Caller, id: AccountId, password: &str) -> Outcome<()> {
    who.actor.may_at_all(Act::ChangePassword)?;
    if password.chars().count() < SHORTEST {
        return Err(Failure::Fields(vec![domain::field::FieldError {
            field: "password",
            code: "too-short",
            limit: Some(SHORTEST.to_string()),
        }]));
    }
    let account = app.store.directory().account(id).await?;
    let account = account
        .filter(|one| one.city == who.actor.seat.city)
        .ok_or(Failure::NotFound)?;
    let hash = hash_password(app, password.to_owned()).await?;
    let now = app.clock.now();
    let change = account.change_password(&who.actor, app.ids.event(now), hash, now);
    app.record(&change).await?;
    Ok(app
        .store
        .door
        .revoke_sessions_of(&id.to_string(), "", now)
        .await?)
}
