//! A wrong fact is put right.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, correct},
};
use domain::{HazardId, authority::Act, field::Checks, hazard::course::Fact};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionSaid {
    /// `description`, `place` or `found_at`.
    pub fact: String,
    pub value: String,
    pub reason: String,
}

impl Said for CorrectionSaid {
    const ACT: Act = Act::Correct;
    type Understood = (Fact, String, String);

    fn understood(self) -> Outcome<(Fact, String, String)> {
        let mut checks = Checks::default();
        let fact = word(&mut checks, "fact", &self.fact, Fact::parse);
        checks.done()?;
        let fact = fact.ok_or_else(|| Failure::field("fact", "not-a-choice"))?;
        Ok((fact, self.value, self.reason))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Fact, String, String)) -> Outcome<Receipt> {
        correct::correct(app, who, id, said.0, &said.1, &said.2).await
    }
}
