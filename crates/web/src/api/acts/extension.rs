//! An extension is asked for, and decided.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, extend},
};
use domain::{HazardId, authority::Act, field::Checks, time::Day};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionSaid {
    /// The day to which it is to be extended, after the one that stands.
    pub to: String,
    pub reason: String,
}

impl Said for ExtensionSaid {
    const ACT: Act = Act::AskExtension;
    type Understood = (Day, String);

    fn understood(self) -> Outcome<(Day, String)> {
        let mut checks = Checks::default();
        let to = day(&mut checks, "to", &self.to);
        checks.done()?;
        let to = to.ok_or_else(|| Failure::field("to", "not-a-date"))?;
        Ok((to, self.reason))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Day, String)) -> Outcome<Receipt> {
        extend::ask_extension(app, who, id, said.0, &said.1).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionDecisionSaid {
    pub passed: bool,
    pub opinion: String,
}

impl Said for ExtensionDecisionSaid {
    const ACT: Act = Act::DecideExtension;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        extend::decide_extension(app, who, id, said.passed, &said.opinion).await
    }
}
