//! Ends that are no rectification: transferred, merged, dismissed.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, dismiss, merge, transfer},
};
use domain::{HazardId, JurisdictionId, authority::Act, field::Checks, hazard::DismissedAs};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, word};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferSaid {
    /// Id of another county or zone of the city.
    pub to: String,
    pub reason: String,
}

impl Said for TransferSaid {
    const ACT: Act = Act::Transfer;
    type Understood = (JurisdictionId, String);

    fn understood(self) -> Outcome<(JurisdictionId, String)> {
        Ok((JurisdictionId(self.to.trim().to_owned()), self.reason))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (JurisdictionId, String)) -> Outcome<Receipt> {
        transfer::transfer(app, who, id, &said.0, &said.1).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergingSaid {
    /// Number or id of the record that goes on, of the same county.
    pub into: String,
    pub reason: String,
}

impl Said for MergingSaid {
    const ACT: Act = Act::Merge;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        merge::merge(app, who, id, &said.into, &said.reason).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissalSaid {
    /// `not_hazard` or `site_gone`.
    pub ended_as: String,
    pub reason: String,
}

impl Said for DismissalSaid {
    const ACT: Act = Act::Dismiss;
    type Understood = (DismissedAs, String);

    fn understood(self) -> Outcome<(DismissedAs, String)> {
        let mut checks = Checks::default();
        let ended_as = word(&mut checks, "ended_as", &self.ended_as, DismissedAs::parse);
        checks.done()?;
        let ended_as = ended_as.ok_or_else(|| Failure::field("ended_as", "not-a-choice"))?;
        Ok((ended_as, self.reason))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (DismissedAs, String)) -> Outcome<Receipt> {
        dismiss::dismiss(app, who, id, said.0, &said.1).await
    }
}
