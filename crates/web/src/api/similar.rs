//! What may have been reported already, within what the caller may see: a hint with its reasons, never a refusal.

use app::{
    Failure,
    hazard::similar::{self, Typed},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{SubjectId, hazard::Hazard, place::Point, similar::Likeness};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::json;
use crate::{caller::Token, pages, problem::Problem, site::Site, words::Words};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SimilarQuery {
    /// What is about to be reported.
    pub description: Option<String>,
    /// Id of the subject.
    pub subject: Option<String>,
    /// WGS 84 degrees, both or neither.
    pub lon: Option<f64>,
    pub lat: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarList {
    /// The most alike first, at most five.
    pub items: Vec<SimilarView>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarView {
    pub id: String,
    pub number: String,
    pub stage: String,
    pub description: String,
    /// Name of the subject.
    pub subject: String,
    /// Where, as it was told.
    pub location: String,
    pub reported_at: String,
    pub same_subject: bool,
    /// How far away, where both have a point and it is within 200 m.
    pub metres: Option<u32>,
    /// Of the same town and the same division of trade.
    pub same_town: bool,
    pub days: i64,
    /// Per cent of pairs of characters that both descriptions have.
    pub text: u8,
    /// The same in words, in the language of the request.
    pub why: String,
}

#[utoipa::path(get, path = "/api/v1/hazards/similar", tag = "hazards", params(SimilarQuery), security(("token" = [])),
    responses((status = 200, body = SimilarList), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Open hazards of the last 60 days that may be the one that is about to be reported.
pub async fn alike(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<SimilarQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let typed = typed(query).map_err(problem)?;
    let found = similar::to_a_report(&site.app, &token.live.caller, typed).await;
    let found = found.map_err(problem)?;
    Ok(json(StatusCode::OK, &views(&found, words)))
}

/// What a query says; nothing said about a thing leaves it open.
pub(crate) fn typed(query: SimilarQuery) -> Result<Typed, Failure> {
    let id = query
        .subject
        .as_deref()
        .map(str::trim)
        .filter(|id| !id.is_empty());
    let subject = match id {
        Some(id) => Some(SubjectId::parse(id).ok_or(Failure::field("subject", "unreadable-id"))?),
        None => None,
    };
    let point = Point::read(query.lon, query.lat).map_err(|_| Failure::field("location", "not-a-point"))?;
    Ok(Typed {
        description: query.description.unwrap_or_default(),
        subject,
        point,
    })
}

pub(crate) fn views(found: &[(Hazard, Likeness)], words: Words) -> SimilarList {
    let view = |(one, likeness): &(Hazard, Likeness)| SimilarView {
        id: one.id.to_string(),
        number: one.number.clone(),
        stage: one.stage.name().to_string(),
        description: one.description.clone(),
        subject: one.subject.name.clone(),
        location: one.location.text.clone(),
        reported_at: one.reported_at.rfc3339(),
        same_subject: likeness.same_subject,
        metres: likeness.metres,
        same_town: likeness.same_town,
        days: likeness.days,
        text: likeness.text,
        why: pages::similar::why(likeness, words),
    };
    SimilarList {
        items: found.iter().map(view).collect(),
        next: None,
    }
}
