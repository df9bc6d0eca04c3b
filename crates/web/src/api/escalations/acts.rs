//! What people do about an escalation: explain, send the letter, set the draft aside.

use app::{
    App, Caller, Failure, Outcome,
    escalation::{self, Receipt, explain::explain, send_letter::send_letter, set_aside::set_aside},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{EscalationId, FileId, authority::Act, escalation::SendLetter};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::ToSchema;

use super::{
    super::{Body, Id, json, read, with_version},
    EscalationReceipt,
};
use crate::{caller::Token, problem::Problem, site::Site};

/// What is said about an escalation, and what is done with it.
pub(crate) trait Said: DeserializeOwned + Send {
    const ACT: Act;
    const RESOURCE: &'static str;

    fn run(self, app: &App, who: &Caller, id: EscalationId) -> impl Future<Output = Outcome<Receipt>> + Send;
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationExplanationSaid {
    pub explanation: String,
    /// Ids of one's own uploads.
    #[serde(default)]
    pub files: Vec<String>,
}

impl Said for EscalationExplanationSaid {
    const ACT: Act = Act::Explain;
    const RESOURCE: &'static str = "explanation";

    async fn run(self, app: &App, who: &Caller, id: EscalationId) -> Outcome<Receipt> {
        let files: Option<Vec<FileId>> = self.files.iter().map(|id| FileId::parse(id)).collect();
        let Some(files) = files else {
            escalation::standing(app, who, id, Self::ACT).await?;
            return Err(Failure::field("files", "not-attachable"));
        };
        explain(app, who, id, &self.explanation, &files).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationLetterSaid {
    /// Id of the agency or unit that it is addressed to.
    pub addressee: String,
    pub title: String,
    /// As the sender has edited it.
    pub letter: String,
}

impl Said for EscalationLetterSaid {
    const ACT: Act = Act::SendLetter;
    const RESOURCE: &'static str = "letter";

    async fn run(self, app: &App, who: &Caller, id: EscalationId) -> Outcome<Receipt> {
        let said = SendLetter {
            addressee: self.addressee,
            title: self.title,
            text: self.letter,
        };
        send_letter(app, who, id, said).await
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EscalationSettingAsideSaid {
    pub reason: String,
}

impl Said for EscalationSettingAsideSaid {
    const ACT: Act = Act::SetAside;
    const RESOURCE: &'static str = "setting-aside";

    async fn run(self, app: &App, who: &Caller, id: EscalationId) -> Outcome<Receipt> {
        set_aside(app, who, id, &self.reason).await
    }
}

/// Where an act is posted, by which a repeated request is known.
pub(crate) fn path<T: Said>(id: &str) -> String {
    format!("/escalations/{id}/{}", T::RESOURCE)
}

/// Reads, runs and answers one act. A repeated request is answered before anything else is looked at.
async fn act<T: Said>(site: &Site, token: &Token, id: &str, body: &[u8]) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&path::<T>(id), body);
    let receipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            token.version_is_readable()?;
            let said: T = read(body, words)?;
            let id = EscalationId::parse(id).ok_or_else(|| problem(Failure::NotFound))?;
            said.run(&site.app, &caller, id).await.map_err(problem)?
        }
    };
    let version = receipt.version;
    Ok(with_version(
        json(StatusCode::OK, &EscalationReceipt::of(receipt)),
        version,
    ))
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident at $path:literal says $said:ident;)+) => { $(
        #[utoipa::path(post, path = $path, tag = "escalations", security(("token" = [])), params(("id" = String, Path)), request_body = $said,
            responses((status = 200, body = EscalationReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
        $(#[$doc])*
        pub async fn $name(State(site): State<Site>, token: Token, Id(id): Id, Body(body): Body) -> Result<Response, Problem> {
            act::<$said>(&site, &token, &id, &body).await
        }
    )+ };
}

acts! {
    /// Explain how it stands, with files of one's own.
    explanation at "/api/v1/escalations/{id}/explanation" says EscalationExplanationSaid;
    /// Send the letter that the ladder drafted, as edited.
    letter at "/api/v1/escalations/{id}/letter" says EscalationLetterSaid;
    /// Set the draft aside, with a reason.
    setting_aside at "/api/v1/escalations/{id}/setting-aside" says EscalationSettingAsideSaid;
}
