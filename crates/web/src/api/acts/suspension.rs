//! Suspension of operation, application for restart, and its review.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, suspend},
};
use domain::{FileId, HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, files_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionSaid {
    /// Number of the enforcement order.
    pub order_no: String,
    /// What is stopped.
    pub scope: String,
}

impl Said for SuspensionSaid {
    const ACT: Act = Act::Suspend;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        suspend::suspend(app, who, id, &said.order_no, &said.scope).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestartApplicationSaid {
    pub summary: String,
    /// Ids of one's own uploads, at least one.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for RestartApplicationSaid {
    const ACT: Act = Act::AskRestart;
    type Understood = (String, Vec<FileId>);

    fn understood(self) -> Outcome<(String, Vec<FileId>)> {
        Ok((self.summary, files_of("evidence", &self.evidence)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (String, Vec<FileId>)) -> Outcome<Receipt> {
        suspend::ask_restart(app, who, id, &said.0, &said.1).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestartReviewSaid {
    pub passed: bool,
    pub opinion: String,
}

impl Said for RestartReviewSaid {
    const ACT: Act = Act::ReviewRestart;
    type Understood = Self;

    fn understood(self) -> Outcome<Self> {
        Ok(self)
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: Self) -> Outcome<Receipt> {
        suspend::review_restart(app, who, id, said.passed, &said.opinion).await
    }
}
