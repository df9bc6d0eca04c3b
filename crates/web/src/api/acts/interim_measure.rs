//! An interim measure, at any open stage.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, interim_measure::take_interim_measure},
};
use domain::{HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Said;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InterimMeasureSaid {
    /// A word of the city's table (`evacuate`, `cordon`, …) or one's own.
    pub kind: String,
    pub text: String,
}

impl Said for InterimMeasureSaid {
    const ACT: Act = Act::InterimMeasure;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        take_interim_measure(app, who, id, &said.kind, &said.text).await
    }
}
