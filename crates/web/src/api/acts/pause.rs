//! The clock of rectification stands still, and goes on.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, pause},
};
use domain::{HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseSaid {
    /// What nobody answers for: a flood, a closed road.
    pub reason: String,
}

impl Said for PauseSaid {
    const ACT: Act = Act::Pause;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        pause::pause(app, who, id, &said.reason).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumptionSaid {
    pub reason: String,
}

impl Said for ResumptionSaid {
    const ACT: Act = Act::Resume;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        pause::resume(app, who, id, &said.reason).await
    }
}
