//! Confirmation of a report.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, confirm::confirm},
};
use domain::{
    AgencyId, HazardId,
    authority::Act,
    field::Checks,
    hazard::{Determination, InitialLevel, confirm::Confirm},
    refusal::Refusal,
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationSaid {
    /// `general`, `serious` or `suspected_major`.
    pub initial_level: String,
    /// `pending`, `not_major` or `major`.
    pub determination: String,
    /// The criteria it is measured by; at least one for `major`.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// The last day for rectification.
    pub deadline: String,
    /// Id of an agency of the same county.
    pub regulator: Option<String>,
    pub order_no: Option<String>,
}

impl Said for ConfirmationSaid {
    const ACT: Act = Act::Confirm;
    type Understood = (Confirm, Option<AgencyId>);

    /// Nobody finds a hundred to be major in one sentence.
    fn fits_several(&self) -> Outcome<()> {
        let major = self.determination == Determination::Major.as_str()
            || self.initial_level == InitialLevel::SuspectedMajor.as_str();
        if major {
            return Err(Refusal::OneByOne { act: Self::ACT }.into());
        }
        Ok(())
    }

    fn understood(self) -> Outcome<(Confirm, Option<AgencyId>)> {
        let mut checks = Checks::default();
        let level = word(
            &mut checks,
            "initial_level",
            &self.initial_level,
            InitialLevel::parse,
        );
        let determination = word(
            &mut checks,
            "determination",
            &self.determination,
            Determination::parse,
        );
        let deadline = day(&mut checks, "deadline", &self.deadline);
        let named = self
            .regulator
            .as_deref()
            .map(str::trim)
            .filter(|id| !id.is_empty());
        let regulator = named.map(AgencyId::parse);
        if regulator == Some(None) {
            checks.fail("regulator", "not-a-regulator-here");
        }
        checks.done()?;
        let (Some(initial_level), Some(determination), Some(deadline)) = (level, determination, deadline)
        else {
            return Err(Failure::field("body", "not-a-choice"));
        };
        let said = Confirm {
            initial_level,
            determination,
            clauses: self.clauses,
            deadline,
            order_no: self.order_no,
        };
        Ok((said, regulator.flatten()))
    }

    async fn run(
        app: &App,
        who: &Caller,
        id: HazardId,
        said: (Confirm, Option<AgencyId>),
    ) -> Outcome<Receipt> {
        confirm(app, who, id, said.0, said.1).await
    }
}
