//! Voiding of a record that should never have been entered.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, void::void},
};
use domain::{HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidingSaid {
    pub reason: String,
}

impl Said for VoidingSaid {
    const ACT: Act = Act::Void;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        void(app, who, id, &said.reason).await
    }
}
