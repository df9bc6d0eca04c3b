//! Complaints about the system and what is demanded through it: made by anybody, with a name or without; read and answered by the
//! city's office and the administrator.

use app::{
    Failure,
    complaint::{self, MOST},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    ComplaintId, PersonId,
    complaint::{Complain, Complaint, ComplaintKind},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Body, Id, hazards::read_cursor, json, read, shape::Named, with_version};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintSaid {
    /// `repeated`, `unreasonable`, `system` or `other`.
    pub about: String,
    pub words: String,
    /// The page or path that it is about; without a name nothing but its section is kept.
    pub page: Option<String>,
    /// Nobody keeps who it was: not even whoever sent it finds it again but by its id.
    pub anonymous: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComplaintAnswerSaid {
    pub answer: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ComplaintView {
    pub id: String,
    pub version: i64,
    pub about: String,
    pub words: String,
    pub page: String,
    pub at: String,
    /// None where no name was given.
    pub by: Option<Named>,
    pub answer: Option<ComplaintAnswerView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ComplaintAnswerView {
    pub answer: String,
    pub by: Named,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Complaints {
    pub items: Vec<ComplaintView>,
    pub next: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ComplaintsQuery {
    /// `true` for all of the city, for those who answer; one's own if not said.
    pub all: Option<bool>,
    pub answered: Option<bool>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 50; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(post, path = "/api/v1/complaints", tag = "complaints", security(("token" = [])), request_body = ComplaintSaid,
    responses((status = 201, body = ComplaintView), (status = 401, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body), (status = 429, body = crate::problem::Body)))]
/// Say what is wrong with the system, or with a demand that came through it.
pub async fn make(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let said: ComplaintSaid = read(&body, words)?;
    let kind = ComplaintKind::parse(&said.about);
    let caller = token.caller("/complaints", &body);
    let said = Complain {
        id: complaint::id_of(&site.app, &caller, said.anonymous),
        kind: kind.ok_or_else(|| problem(Failure::field("about", "not-a-choice")))?,
        text: said.words,
        page: said.page.unwrap_or_default(),
        anonymous: said.anonymous,
    };
    let made = complaint::complain(&site.app, &caller, said)
        .await
        .map_err(problem)?;
    one(&site, StatusCode::CREATED, made, words).await
}

#[utoipa::path(get, path = "/api/v1/complaints", tag = "complaints", params(ComplaintsQuery), security(("token" = [])),
    responses((status = 200, body = Complaints), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// One's own complaints with their answers, or all for those who answer; the newest first.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<ComplaintsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let cursor = query.cursor.as_deref().map(read_cursor);
    if cursor == Some(None) {
        return Err(problem(Failure::field("cursor", "not-a-choice")));
    }
    let mine = !query.all.unwrap_or_default();
    let limit = query.limit.unwrap_or(MOST);
    let found = complaint::list(
        &site.app,
        &token.live.caller,
        mine,
        query.answered,
        cursor.flatten(),
        limit,
    );
    let (found, next) = found.await.map_err(problem)?;
    let items = views(&site, found).await.map_err(problem)?;
    let next = next.map(|(at, id)| format!("{at}~{id}"));
    Ok(json(StatusCode::OK, &Complaints { items, next }))
}

#[utoipa::path(post, path = "/api/v1/complaints/{id}/answer", tag = "complaints", security(("token" = [])), params(("id" = String, Path)), request_body = ComplaintAnswerSaid,
    responses((status = 200, body = ComplaintView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Answer a complaint; whoever made it sees the answer.
pub async fn answer(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let said: ComplaintAnswerSaid = read(&body, words)?;
    let id = ComplaintId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let answered = complaint::answer(&site.app, &token.live.caller, id, &said.answer).await;
    one(&site, StatusCode::OK, answered.map_err(problem)?, words).await
}

async fn one(
    site: &Site,
    status: StatusCode,
    complaint: Complaint,
    words: Words,
) -> Result<Response, Problem> {
    let version = complaint.seen.version;
    let mut views = views(site, vec![complaint])
        .await
        .map_err(|failure| Problem::api(failure, words))?;
    Ok(with_version(json(status, &views.pop()), version))
}

async fn views(site: &Site, found: Vec<Complaint>) -> Result<Vec<ComplaintView>, Failure> {
    let named = names(site, &found).await?;
    let name = |id: PersonId| Named {
        id: id.to_string(),
        name: named.get(&id).cloned().unwrap_or_default(),
    };
    let view = |one: Complaint| ComplaintView {
        id: one.id.to_string(),
        version: one.seen.version,
        about: one.kind.to_string(),
        words: one.text,
        page: one.page,
        at: one.at.rfc3339(),
        by: one.by.map(|by| name(by.person)),
        answer: one.answer.map(|answer| ComplaintAnswerView {
            answer: answer.text,
            by: name(answer.by.person),
            at: answer.by.at.rfc3339(),
        }),
    };
    Ok(found.into_iter().map(view).collect())
}

/// Of those who gave a name, and of those who answered.
pub(crate) async fn names(
    site: &Site,
    found: &[Complaint],
) -> Result<std::collections::HashMap<PersonId, String>, Failure> {
    let made = found.iter().filter_map(|one| one.by.as_ref());
    let answered = found
        .iter()
        .filter_map(|one| one.answer.as_ref())
        .map(|answer| &answer.by);
    let mut ids: Vec<PersonId> = made.chain(answered).map(|by| by.person).collect();
    ids.sort_unstable();
    ids.dedup();
    let persons = site.app.store.directory().persons(&ids).await?;
    Ok(persons
        .into_iter()
        .map(|person| (person.id, person.name))
        .collect())
}
