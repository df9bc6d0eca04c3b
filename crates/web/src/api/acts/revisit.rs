//! A look at what ended as rectified.

use app::{
    App, Caller, Failure, Outcome,
    hazard::{self, Receipt},
};
use domain::{FileId, HazardId, authority::Act, hazard::revisit::Revisit};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, acceptance::instant_or_day, files_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevisitSaid {
    /// It is really rectified. What is not is opened again as a record of its own.
    pub passed: bool,
    pub opinion: String,
    pub visited_at: String,
    /// Ids of one's own uploads; at least one where it is not rectified.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for RevisitSaid {
    const ACT: Act = Act::Revisit;
    type Understood = (Revisit, Vec<FileId>);

    fn understood(self) -> Outcome<(Revisit, Vec<FileId>)> {
        let visited_at = instant_or_day(self.visited_at.trim());
        let visited_at = visited_at.ok_or_else(|| Failure::field("visited_at", "not-an-instant"))?;
        let evidence = files_of("evidence", &self.evidence)?;
        let said = Revisit {
            passed: self.passed,
            opinion: self.opinion,
            visited_at,
        };
        Ok((said, evidence))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (Revisit, Vec<FileId>)) -> Outcome<Receipt> {
        hazard::revisit::revisit(app, who, id, said.0, &said.1).await
    }
}
