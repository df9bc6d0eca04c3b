//! Signing in and out by name and password.

use super::{
    Body, json, read,
    shape::{Me, OpenSession, PostView, SessionOpened},
};
use crate::{
    address::Address,
    caller::{self, Token},
    problem::Problem,
    site::Site,
};
use app::{
    Failure,
    session::{self, Kind, SignIn},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use domain::{DelegationId, PostId};

#[utoipa::path(post, path = "/api/v1/sessions", tag = "sessions", request_body = OpenSession,
    responses((status = 201, body = SessionOpened), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 422, body = crate::problem::Body), (status = 429, body = crate::problem::Body)))]
/// Sign in. The token goes into `Authorization: Bearer`; it lasts twelve hours and acts from one post.
pub async fn open(
    State(site): State<Site>,
    Address(from): Address,
    headers: HeaderMap,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = caller::words(&headers);
    let said: OpenSession = read(&body, words)?;
    let problem = |failure| Problem::api(failure, words);
    let post = match said.post.as_deref().filter(|post| !post.is_empty()) {
        Some(post) => Some(PostId::parse(post).ok_or_else(|| problem(Failure::NoPost))?),
        None => None,
    };
    let delegation = match said.delegation.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => Some(DelegationId::parse(id).ok_or_else(|| problem(Failure::NoDelegation))?),
        None => None,
    };
    let said = SignIn {
        username: said.username,
        password: said.password,
        post,
        delegation,
        from: from.to_string(),
        kind: Kind::Token,
    };
    let signed_in = session::sign_in(&site.app, said).await.map_err(problem)?;
    let opened = SessionOpened {
        token: signed_in.token,
        expires_at: signed_in.expires_at.rfc3339(),
        person: signed_in.holding.person_name.clone(),
        post: PostView::of(&signed_in.holding),
        posts: signed_in.holdings.iter().map(PostView::of).collect(),
    };
    Ok(json(StatusCode::CREATED, &opened))
}

#[utoipa::path(get, path = "/api/v1/session", tag = "sessions", security(("token" = [])),
    responses((status = 200, body = Me), (status = 401, body = crate::problem::Body)))]
/// Whose eyes this token looks through.
pub async fn mine(token: Token) -> Response {
    let caller = &token.live.caller;
    let me = Me {
        person: super::shape::Named {
            id: caller.actor.person.to_string(),
            name: caller.person_name.clone(),
        },
        principal: caller.actor.principal.map(|id| super::shape::Named {
            id: id.to_string(),
            name: caller.principal_name.clone().unwrap_or_default(),
        }),
        post: caller.title.clone(),
        role: caller.actor.role.to_string(),
        agency: super::shape::Named {
            id: caller.actor.agency.to_string(),
            name: caller.agency_name.clone(),
        },
    };
    json(StatusCode::OK, &me)
}

#[utoipa::path(delete, path = "/api/v1/session", tag = "sessions", security(("token" = [])),
    responses((status = 204), (status = 401, body = crate::problem::Body)))]
/// Sign out: the token is no longer good.
pub async fn close(State(site): State<Site>, token: Token) -> Result<Response, Problem> {
    let closed = session::sign_out(&site.app, &token.live.token_sha256).await;
    closed.map_err(|failure| Problem::api(failure, token.words))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
