//! Sign-off by the city, or return.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, sign_off::sign_off},
};
use domain::{HazardId, authority::Act, hazard::sign_off::Decide};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignOffSaid {
    pub passed: bool,
    pub opinion: String,
}

impl Said for SignOffSaid {
    const ACT: Act = Act::SignOff;
    type Understood = Decide;

    fn understood(self) -> Outcome<Decide> {
        Ok(Decide {
            passed: self.passed,
            opinion: self.opinion,
            list: None,
        })
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Decide) -> Outcome<Receipt> {
        sign_off(app, who, id, said).await
    }
}
