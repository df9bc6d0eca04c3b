//! Subjects that the caller may see.

use app::hazard::similar;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::subject::SubjectKind;
use serde::Deserialize;
use store::subject::SubjectFilter;
use utoipa::IntoParams;

use super::{
    json,
    shape::{SubjectView, Subjects},
};
use crate::{caller::Token, problem::Problem, site::Site};

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubjectQuery {
    /// `enterprise`, `project`, `venue`, `household`, `public_asset` or `unowned`.
    pub kind: Option<String>,
    /// Id of a county or zone.
    pub county: Option<String>,
    /// Part of the name, or a whole credit code.
    pub q: Option<String>,
    /// Only units of `county` whose names are like this one, the most alike first, at most five and on one page.
    pub alike: Option<String>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/subjects", tag = "subjects", params(SubjectQuery), security(("token" = [])),
    responses((status = 200, body = Subjects), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Subjects by name, page by page.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<SubjectQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let wrong = |field: &'static str| Problem::api(app::Failure::field(field, "not-a-choice"), words);
    let kind = match query.kind.as_deref() {
        Some(kind) => Some(SubjectKind::parse(kind).ok_or_else(|| wrong("kind"))?),
        None => None,
    };
    let after = match query.cursor.as_deref() {
        Some(cursor) => {
            let (id, name) = cursor.split_once('~').ok_or_else(|| wrong("cursor"))?;
            Some((name.to_owned(), id.to_owned()))
        }
        None => None,
    };
    if let Some(name) = &query.alike {
        let county = query.county.as_deref().map(domain::JurisdictionId::from);
        let county = county.ok_or_else(|| wrong("county"))?;
        let found = similar::units(&site.app, &token.live.caller, &county, name).await;
        let found = found.map_err(|failure| Problem::api(failure, words))?;
        let view = |subject: &_| SubjectView::of(subject, &site.app.reference);
        let (items, next) = (found.iter().map(view).collect(), None);
        return Ok(json(StatusCode::OK, &Subjects { items, next }));
    }
    let limit = query.limit.unwrap_or(50).clamp(1, 200);
    let filter = SubjectFilter {
        kind,
        county: query.county.map(domain::JurisdictionId),
        text: query.q,
        after,
    };
    let found = site
        .app
        .store
        .subjects(&token.live.caller.scope)
        .list(&filter, limit + 1)
        .await;
    let mut found = found.map_err(|error| Problem::api(error.into(), words))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| format!("{}~{}", last.id, last.name));
    let items = found
        .iter()
        .map(|subject| SubjectView::of(subject, &site.app.reference))
        .collect();
    Ok(json(StatusCode::OK, &Subjects { items, next }))
}
