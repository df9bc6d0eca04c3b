//! Problem lists: open one for a visit, look at it, and the steps of it (`steps.rs`), each a resource below it. Items are acted on one
//! by one; each that was refused says why, as the act by itself would have.

mod shape;
mod steps;

use std::collections::HashMap;

use app::{
    Failure,
    problem_list::{self, Listed, open},
    sign_off_list::ListReceipt,
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    AgencyId, HazardId, JurisdictionId, ProblemListId,
    field::Checks,
    problem_list::{ProblemList, StateName, Visit, VisitKind},
};
use store::problem_list::ProblemListFilter;

use super::{Body, Id, json, read, with_version};
use crate::{api::hazards::read_cursor, caller::Token, problem::Problem, site::Site, words::Words};

pub use shape::{
    AnswerSaid, LetterSaid, ListAcceptanceSaid, ListWithdrawalSaid, ProblemListItem, ProblemListSaid,
    ProblemListSummary, ProblemListView, ProblemLists, ProblemListsQuery, ProblemsSaid, RemarkSaid,
};
pub use steps::*;

#[utoipa::path(post, path = "/api/v1/problem-lists", tag = "problem-lists", security(("token" = [])), request_body = ProblemListSaid,
    responses((status = 201, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Open the list of a visit, with what has been reported so far.
pub async fn open(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller("/problem-lists", &body);
    let receipt: ListReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: ProblemListSaid = read(&body, words)?;
            let county = JurisdictionId(said.county.trim().to_owned());
            open::standing(&site.app, &caller, &county).map_err(problem)?;
            let (visit, items) = visit_of(&said).map_err(problem)?;
            let opened = open::open(&site.app, &caller, &county, &visit, &items).await;
            opened.map_err(problem)?
        }
    };
    let id = id_of(&receipt.id, words)?;
    let listed = problem_list::show(&site.app, &caller, id)
        .await
        .map_err(problem)?;
    answer(&site, StatusCode::CREATED, &listed, HashMap::new(), words).await
}

#[utoipa::path(get, path = "/api/v1/problem-lists", tag = "problem-lists", params(ProblemListsQuery), security(("token" = [])),
    responses((status = 200, body = ProblemLists), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Lists that the caller may see, the newest first.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<ProblemListsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let mut checks = Checks::default();
    let after = query.cursor.as_deref().map(read_cursor);
    if after == Some(None) {
        checks.fail("cursor", "not-a-choice");
    }
    let state = query.state.as_deref().map(StateName::parse);
    if state == Some(None) {
        checks.fail("state", "not-a-choice");
    }
    checks.done().map_err(|refusal| problem(refusal.into()))?;
    let filter = ProblemListFilter {
        state: state.flatten(),
        county: query.county.map(JurisdictionId),
        ..ProblemListFilter::default()
    };
    let limit = query.limit.unwrap_or(problem_list::MOST);
    let caller = &token.live.caller;
    let lists = problem_list::lists(&site.app, caller, &filter, after.flatten(), limit).await;
    let (lists, next) = lists.map_err(problem)?;
    let names = names(&site, &lists).await.map_err(problem)?;
    let now = site.app.clock.now();
    let items = lists.iter().map(|list| shape::summary(&site, list, &names, now));
    let items = items.collect();
    let next = next.map(|(at, id)| format!("{at}~{id}"));
    Ok(json(StatusCode::OK, &ProblemLists { items, next }))
}

#[utoipa::path(get, path = "/api/v1/problem-lists/{id}", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// One list, with how each of its items stands now and what was answered.
pub async fn show(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let words = token.words;
    let id = id_of(&id, words)?;
    let listed = problem_list::show(&site.app, &token.live.caller, id).await;
    let listed = listed.map_err(|failure| Problem::api(failure, words))?;
    answer(&site, StatusCode::OK, &listed, HashMap::new(), words).await
}

fn id_of(id: &str, words: Words) -> Result<ProblemListId, Problem> {
    ProblemListId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}

/// Words, days and ids of an opening, read as what they are. Pages say the same.
pub(crate) fn visit_of(said: &ProblemListSaid) -> Result<(Visit, Vec<HazardId>), Failure> {
    let mut checks = Checks::default();
    let kind = super::acts::word(
        &mut checks,
        "visit_kind",
        said.visit_kind.trim(),
        VisitKind::parse,
    );
    let from = super::acts::day(&mut checks, "visit_from", &said.visit_from);
    let until = super::acts::day(&mut checks, "visit_until", &said.visit_until);
    let items = hazards(&mut checks, "items", &said.items);
    checks.done()?;
    let (Some(kind), Some(from), Some(until)) = (kind, from, until) else {
        return Err(Failure::field("visit_from", "required"));
    };
    let visit = Visit {
        kind,
        from,
        until,
        team: said.team.clone(),
        basis: said.basis.clone(),
    };
    Ok((visit, items))
}

/// Ids of hazards; what is none cannot be on a list.
pub(crate) fn hazards(checks: &mut Checks, field: &'static str, ids: &[String]) -> Vec<HazardId> {
    let parsed: Option<Vec<HazardId>> = ids.iter().map(|id| HazardId::parse(id.trim())).collect();
    if parsed.is_none() {
        checks.fail(field, "no-such-hazard");
    }
    parsed.unwrap_or_default()
}

/// Names of the agencies that opened and received them.
async fn names(site: &Site, lists: &[ProblemList]) -> Result<HashMap<AgencyId, String>, Failure> {
    let opened = lists.iter().map(|list| list.opened.agency);
    let sent = lists.iter().filter_map(|list| list.sending());
    let mut agencies: Vec<AgencyId> = opened.chain(sent.map(|sending| sending.to)).collect();
    agencies.sort_unstable();
    agencies.dedup();
    Ok(site.app.store.directory().agency_names(&agencies).await?)
}

async fn answer(
    site: &Site,
    status: StatusCode,
    listed: &Listed,
    refused: HashMap<HazardId, crate::problem::Body>,
    words: Words,
) -> Result<Response, Problem> {
    let names = names(site, std::slice::from_ref(&listed.list)).await;
    let names = names.map_err(|failure| Problem::api(failure, words))?;
    let view = shape::view(site, listed, &names, refused);
    let version = listed.list.seen.version;
    Ok(with_version(json(status, &view), version))
}
