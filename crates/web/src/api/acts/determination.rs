//! Determination, where confirmation left open whether it is major.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, determine::determine},
};
use domain::{
    HazardId,
    authority::Act,
    field::Checks,
    hazard::{Determination, determine::Determine},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeterminationSaid {
    /// `not_major` or `major`.
    pub determination: String,
    #[serde(default)]
    pub clauses: Vec<String>,
    /// What the decision rests on.
    pub basis: String,
}

impl Said for DeterminationSaid {
    const ACT: Act = Act::Determine;
    type Understood = Determine;

    fn understood(self) -> Outcome<Determine> {
        let mut checks = Checks::default();
        let determination = word(
            &mut checks,
            "determination",
            &self.determination,
            Determination::parse,
        );
        checks.done()?;
        let determination = determination.ok_or_else(|| Failure::field("determination", "not-a-choice"))?;
        Ok(Determine {
            determination,
            clauses: self.clauses,
            basis: self.basis,
        })
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Determine) -> Outcome<Receipt> {
        determine(app, who, id, said).await
    }
}
