//! Small units whose town records for them: the list, entering one with a new slip of codes, ending one.

use app::{
    Failure,
    proxy::{self, ProxyReceipt, end, issue},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    SubjectId, UnitProxyId,
    proxy::{Issue, UnitProxy},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Body, Id, json, read, with_version};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProxySaid {
    /// The head of the unit, whose acts they are.
    pub head: String,
    /// Why the unit does not act itself.
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProxyEndingSaid {
    pub reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProxyIssued {
    /// The unit's id.
    pub id: String,
    pub unit: String,
    pub head: String,
    /// The last day of it.
    pub until: String,
    pub version: i64,
    /// Each good for one use. Told once: empty when the request was answered before.
    pub codes: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ProxyView {
    /// The unit's id.
    pub id: String,
    pub unit: String,
    pub head: String,
    pub reason: String,
    pub until: String,
    pub in_force: bool,
    pub unused_codes: usize,
    pub version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Proxies {
    pub items: Vec<ProxyView>,
    pub next: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProxiesQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 100; 100 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/proxies", tag = "proxies", params(ProxiesQuery), security(("token" = [])),
    responses((status = 200, body = Proxies), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Units of one's own scope whose town records for them, by name.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<ProxiesQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let after = match query.cursor.as_deref() {
        Some(cursor) => {
            let read = read_cursor(cursor);
            Some(read.ok_or_else(|| Problem::api(Failure::field("cursor", "not-a-choice"), words))?)
        }
        None => None,
    };
    let limit = query.limit.unwrap_or(proxy::MOST);
    let found = proxy::list(&site.app, &token.live.caller, after, limit).await;
    let (found, next) = found.map_err(|failure| Problem::api(failure, words))?;
    let today = site.app.clock.now().day();
    let items = found.iter().map(|one| view(one, today)).collect();
    let next = next.map(|(name, id)| format!("{id}~{name}"));
    Ok(json(StatusCode::OK, &Proxies { items, next }))
}

/// `ID~NAME`.
pub(crate) fn read_cursor(cursor: &str) -> Option<(String, String)> {
    let (id, name) = cursor.split_once('~')?;
    Some((name.to_owned(), UnitProxyId::parse(id)?.to_string()))
}

fn view(one: &UnitProxy, today: domain::time::Day) -> ProxyView {
    ProxyView {
        id: one.subject.to_string(),
        unit: one.unit_name.clone(),
        head: one.head_name.clone(),
        reason: one.reason.clone(),
        until: one.until.to_string(),
        in_force: one.is_in_force(today),
        unused_codes: one.unused(),
        version: one.seen.version,
    }
}

#[utoipa::path(post, path = "/api/v1/subjects/{id}/proxy", tag = "proxies", security(("token" = [])), params(("id" = String, Path)), request_body = ProxySaid,
    responses((status = 201, body = ProxyIssued), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Enter that the town records for this unit, or hand out a new slip of codes.
pub async fn issue(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/subjects/{id}/proxy"), &body);
    let issued = match caller
        .repeated::<ProxyReceipt>(&site.app)
        .await
        .map_err(problem)?
    {
        Some(receipt) => issue::Issued {
            receipt,
            codes: Vec::new(),
        },
        None => {
            let said: ProxySaid = read(&body, words)?;
            let said = Issue {
                head: said.head,
                reason: said.reason,
            };
            let unit = subject_of(&id, words)?;
            issue::issue(&site.app, &caller, unit, said)
                .await
                .map_err(problem)?
        }
    };
    let version = issued.receipt.version;
    let answer = answer(issued.receipt, issued.codes);
    Ok(with_version(json(StatusCode::CREATED, &answer), version))
}

#[utoipa::path(post, path = "/api/v1/subjects/{id}/proxy-ending", tag = "proxies", security(("token" = [])), params(("id" = String, Path)), request_body = ProxyEndingSaid,
    responses((status = 200, body = ProxyIssued), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// The town no longer records for this unit.
pub async fn end(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/subjects/{id}/proxy-ending"), &body);
    let receipt: ProxyReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: ProxyEndingSaid = read(&body, words)?;
            let unit = subject_of(&id, words)?;
            end::end(&site.app, &caller, unit, &said.reason)
                .await
                .map_err(problem)?
        }
    };
    let version = receipt.version;
    let answer = answer(receipt, Vec::new());
    Ok(with_version(json(StatusCode::OK, &answer), version))
}

fn answer(receipt: ProxyReceipt, codes: Vec<String>) -> ProxyIssued {
    ProxyIssued {
        id: receipt.id,
        unit: receipt.unit,
        head: receipt.head,
        until: receipt.until,
        version: receipt.version,
        codes,
    }
}

/// An id that is none is not found.
fn subject_of(id: &str, words: Words) -> Result<SubjectId, Problem> {
    SubjectId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}
