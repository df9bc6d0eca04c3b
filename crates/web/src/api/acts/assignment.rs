//! Hand-over to an agency, its receipt, and its "not ours".

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, assign},
};
use domain::{AgencyId, HazardId, authority::Act, field::Checks, hazard::assign::Assign};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentSaid {
    /// Id of an agency of the same county.
    pub agency: String,
    /// The day by which it is to reply.
    pub reply_by: String,
    /// What the duty is theirs by; needed once somebody has said that it is not.
    pub basis: Option<String>,
}

impl Said for AssignmentSaid {
    const ACT: Act = Act::Assign;
    type Understood = (Assign, AgencyId);

    fn understood(self) -> Outcome<(Assign, AgencyId)> {
        let mut checks = Checks::default();
        let reply_by = day(&mut checks, "reply_by", &self.reply_by);
        let agency = AgencyId::parse(self.agency.trim());
        if agency.is_none() {
            checks.fail("agency", "not-a-regulator-here");
        }
        checks.done()?;
        let (Some(reply_by), Some(agency)) = (reply_by, agency) else {
            return Err(Failure::field("reply_by", "not-a-date"));
        };
        let basis = self.basis;
        Ok((Assign { reply_by, basis }, agency))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Assign, AgencyId)) -> Outcome<Receipt> {
        assign::assign(app, who, id, said.0, said.1).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptSaid {}

impl Said for ReceiptSaid {
    const ACT: Act = Act::Acknowledge;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, _: Self) -> Outcome<Receipt> {
        assign::acknowledge(app, who, id).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecliningSaid {
    pub reason: String,
}

impl Said for DecliningSaid {
    const ACT: Act = Act::Decline;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        assign::decline(app, who, id, &said.reason).await
    }
}
