//! Sign-off lists: open one for a county, look at it, decide about it. Items are signed off one by one; each that was refused says
//! why, as the act by itself would have.

use std::collections::HashMap;

use app::{
    Failure,
    sign_off_list::{self, ListReceipt, Listed, decide, open},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    HazardId, JurisdictionId, SignOffListId,
    sign_off_list::{ListState, SignOffList},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Body, Id, json, read, shape::Named, with_version};
use crate::{api::hazards::read_cursor, caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListSaid {
    /// Id of a county or zone.
    pub county: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDecisionSaid {
    /// `true` signs off each of the rest; `false` ends the list and leaves them waiting.
    pub passed: bool,
    /// Also the opinion of every sign-off, or the reason.
    pub opinion: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignOffListSummary {
    pub id: String,
    pub county: Named,
    /// `open`, `passed` or `refused`.
    pub state: String,
    pub opened_at: String,
    pub items: usize,
    pub drawn: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignOffLists {
    pub items: Vec<SignOffListSummary>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ListDecisionView {
    pub passed: bool,
    pub opinion: String,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignOffListItem {
    pub id: String,
    pub number: String,
    pub route: String,
    /// Per cent of its route.
    pub sample: u8,
    pub accepted_at: String,
    pub drawn: bool,
    /// `waiting`, `on_the_list`, `by_itself`, `returned` or `moved_on`.
    pub standing: String,
    /// Why it was not signed off just now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<crate::problem::Body>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SignOffListView {
    #[serde(flatten)]
    pub summary: SignOffListSummary,
    pub version: i64,
    /// The problem list whose items it signs off, where it does.
    pub problem_list: Option<String>,
    /// 64 hexadecimal digits from which the sample follows; docs/sign-off-lists.md says how.
    pub seed: String,
    pub decision: Option<ListDecisionView>,
    /// Oldest acceptance first.
    pub rows: Vec<SignOffListItem>,
    /// Items that wait to be signed off.
    pub waiting: usize,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListsQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 50; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(post, path = "/api/v1/sign-off-lists", tag = "sign-off-lists", security(("token" = [])), request_body = ListSaid,
    responses((status = 201, body = SignOffListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Open a list of what waits in a county for being signed off, and draw the sample.
pub async fn open(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller("/sign-off-lists", &body);
    let receipt: ListReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: ListSaid = read(&body, words)?;
            let county = JurisdictionId(said.county.trim().to_owned());
            open::open(&site.app, &caller, &county).await.map_err(problem)?
        }
    };
    let id = id_of(&receipt.id, words)?;
    let listed = sign_off_list::show(&site.app, &caller, id)
        .await
        .map_err(problem)?;
    Ok(answer(&site, StatusCode::CREATED, &listed, HashMap::new()))
}

#[utoipa::path(get, path = "/api/v1/sign-off-lists", tag = "sign-off-lists", params(ListsQuery), security(("token" = [])),
    responses((status = 200, body = SignOffLists), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Lists that the caller may see, the newest first.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<ListsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let after = match query.cursor.as_deref() {
        Some(cursor) => {
            Some(read_cursor(cursor).ok_or_else(|| problem(Failure::field("cursor", "not-a-choice")))?)
        }
        None => None,
    };
    let limit = query.limit.unwrap_or(sign_off_list::MOST);
    let lists = sign_off_list::lists(&site.app, &token.live.caller, after, limit).await;
    let (lists, next) = lists.map_err(problem)?;
    let items = lists.iter().map(|list| summary(&site, list)).collect();
    let next = next.map(|(at, id)| format!("{at}~{id}"));
    Ok(json(StatusCode::OK, &SignOffLists { items, next }))
}

#[utoipa::path(get, path = "/api/v1/sign-off-lists/{id}", tag = "sign-off-lists", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = SignOffListView), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// One list, with how each of its items stands now.
pub async fn show(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let words = token.words;
    let id = id_of(&id, words)?;
    let listed = sign_off_list::show(&site.app, &token.live.caller, id).await;
    let listed = listed.map_err(|failure| Problem::api(failure, words))?;
    Ok(answer(&site, StatusCode::OK, &listed, HashMap::new()))
}

#[utoipa::path(post, path = "/api/v1/sign-off-lists/{id}/decision", tag = "sign-off-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ListDecisionSaid,
    responses((status = 200, body = SignOffListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Decide about a list whose drawn items are all decided. Sent again, it goes on with what is left.
pub async fn decision(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/sign-off-lists/{id}/decision"), &body);
    // Another request under the same key comes before what it says.
    let _: Option<ListReceipt> = caller.repeated(&site.app).await.map_err(problem)?;
    let said: ListDecisionSaid = read(&body, words)?;
    let id = id_of(&id, words)?;
    let decided = decide::decide(&site.app, &caller, id, said.passed, &said.opinion).await;
    let decided = decided.map_err(problem)?;
    let told = |(id, failure)| (id, *Problem::api(failure, words).body);
    let refused = decided.refused.into_iter().map(told).collect();
    Ok(answer(&site, StatusCode::OK, &decided.listed, refused))
}

fn id_of(id: &str, words: Words) -> Result<SignOffListId, Problem> {
    SignOffListId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}

fn summary(site: &Site, list: &SignOffList) -> SignOffListSummary {
    SignOffListSummary {
        id: list.id.to_string(),
        county: Named {
            id: list.home.county.to_string(),
            name: site.app.reference.name(&list.home.county),
        },
        state: store::sign_off_list::word(&list.state).to_owned(),
        opened_at: list.opened.at.rfc3339(),
        items: list.items.len(),
        drawn: list.drawn().count(),
    }
}

pub(crate) fn answer(
    site: &Site,
    status: StatusCode,
    listed: &Listed,
    mut refused: HashMap<HazardId, crate::problem::Body>,
) -> Response {
    let list = &listed.list;
    let rows = list.items.iter().map(|item| SignOffListItem {
        id: item.hazard.to_string(),
        number: item.number.clone(),
        route: item.route.to_string(),
        sample: item.sample,
        accepted_at: item.accepted_at.rfc3339(),
        drawn: item.drawn,
        standing: listed.standing(item).to_string(),
        problem: refused.remove(&item.hazard),
    });
    let view = SignOffListView {
        summary: summary(site, list),
        version: list.seen.version,
        problem_list: list.problem_list.map(|id| id.to_string()),
        seed: list.seed.clone(),
        decision: list.decision().map(|decision| ListDecisionView {
            passed: matches!(list.state, ListState::Passed(_)),
            opinion: decision.opinion.clone(),
            at: decision.by.at.rfc3339(),
        }),
        rows: rows.collect(),
        waiting: listed.waiting(),
    };
    with_version(json(status, &view), list.seen.version)
}
