//! What the caller may do to a hazard now, and the fields that each act needs.

use app::hazard::show;
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::{fields, resource};
use crate::{
    api::{Id, hazards::id_of, json, with_version},
    caller::Token,
    problem::Problem,
    site::Site,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct Acts {
    pub items: Vec<ActView>,
    pub next: Option<String>,
}

/// One act that the caller may do now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActView {
    /// The resource to post to, below the hazard: `acceptance`.
    pub act: String,
    pub href: String,
    pub fields: Vec<FieldView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldView {
    pub name: String,
    /// `text`, `date`, `instant`, `integer`, `boolean`, `choice`, `texts`, `files` or `choices`.
    pub kind: String,
    pub required: bool,
    /// How many are needed at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

#[utoipa::path(get, path = "/api/v1/hazards/{id}/acts", tag = "acts", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = Acts), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// What the caller may do to this hazard now, and the fields that each act needs.
pub async fn open_to_me(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let id = id_of(&id, token.words)?;
    let dossier = show::dossier(&site.app, &token.live.caller, id).await;
    let dossier = dossier.map_err(|failure| Problem::api(failure, token.words))?;
    let items = dossier
        .acts
        .iter()
        .filter_map(|act| {
            let name = resource(*act)?;
            let fields = fields::fields(*act, &dossier, &site, token.words);
            Some(ActView {
                act: name.to_owned(),
                href: format!("/api/v1/hazards/{id}/{name}"),
                fields,
            })
        })
        .collect();
    let version = dossier.hazard.seen.version;
    Ok(with_version(
        json(StatusCode::OK, &Acts { items, next: None }),
        version,
    ))
}
