//! What was found as nobody's gets the unit that answers for it.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, name_owner::name_owner},
};
use domain::{HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerSaid {
    /// Id, credit code or whole name of a unit of the same county.
    pub owner: String,
    /// What it is theirs by: contract, register, minutes.
    pub basis: String,
}

impl Said for OwnerSaid {
    const ACT: Act = Act::NameOwner;
    type Understood = (String, String);

    fn understood(self) -> Outcome<(String, String)> {
        Ok((self.owner, self.basis))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (String, String)) -> Outcome<Receipt> {
        name_owner(app, who, id, &said.0, &said.1).await
    }
}
