//! A rectification, with its evidence.

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, rectify::rectify},
};
use domain::{FileId, HazardId, authority::Act};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Said, files_of};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RectificationSaid {
    pub summary: String,
    /// Ids of one's own uploads, at least one.
    #[serde(default)]
    pub evidence: Vec<String>,
}

impl Said for RectificationSaid {
    const ACT: Act = Act::Rectify;
    type Understood = (String, Vec<FileId>);

    fn understood(self) -> Outcome<(String, Vec<FileId>)> {
        Ok((self.summary, files_of("evidence", &self.evidence)?))
    }

    async fn run(app: &App, who: &Caller, id: HazardId, said: (String, Vec<FileId>)) -> Outcome<Receipt> {
        rectify(app, who, id, &said.0, &said.1).await
    }
}
