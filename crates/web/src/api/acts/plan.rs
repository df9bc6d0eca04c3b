//! The plan of a rectification, in seven parts.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, plan::plan},
};
use domain::{HazardId, authority::Act, field::Checks, hazard::plan::FilePlan, money::Fen};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, day};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanSaid {
    /// This, funds, unit and emergency plan may be left out where the route asks for measure, person and date alone.
    #[serde(default)]
    pub target: String,
    pub measures: String,
    #[serde(default)]
    pub funds_fen: i64,
    /// The last day, not after the one that was ordered.
    pub deadline: String,
    pub responsible_person: String,
    #[serde(default)]
    pub responsible_unit: String,
    #[serde(default)]
    pub emergency_plan: String,
}

impl Said for PlanSaid {
    const ACT: Act = Act::Plan;
    type Understood = FilePlan;

    fn understood(self) -> Outcome<FilePlan> {
        let mut checks = Checks::default();
        let deadline = day(&mut checks, "deadline", &self.deadline);
        checks.done()?;
        let deadline = deadline.ok_or_else(|| Failure::field("deadline", "not-a-date"))?;
        Ok(FilePlan {
            target: self.target,
            measures: self.measures,
            funds: Fen(self.funds_fen),
            deadline,
            responsible_person: self.responsible_person,
            responsible_unit: self.responsible_unit,
            emergency_plan: self.emergency_plan,
        })
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: FilePlan) -> Outcome<Receipt> {
        plan(app, who, id, said).await
    }
}
