//! What a phone asks while reports wait on it: who is signed in, the report page to keep, and the way in for a report that was
//! written without a signal. The shapes are the API's and so are the use cases; the session is the browser's (ADR 0011).
//!
//! Never here: a page of another person. What a phone keeps names its viewer, and every answer says for whom it is.

use app::Failure;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use domain::SubjectId;
use serde::Serialize;

use super::{encode, render};
use crate::{
    api::{Body, Id, hazards, json},
    caller::{Browser, Script},
    problem::Problem,
    site::Site,
};

/// Who a phone would send as, and the token to prove it with: a page from its store may hold neither.
#[derive(Serialize)]
struct Session {
    viewer: String,
    csrf: String,
}

pub async fn session(script: Script) -> Response {
    let session = Session {
        viewer: script.live.caller.name(),
        csrf: script.live.csrf.clone(),
    };
    json(StatusCode::OK, &session)
}

/// The report page as a phone keeps it: without the token of the session, without a key, and without an hour.
pub async fn shell(State(site): State<Site>, script: Script) -> Result<Response, Problem> {
    let browser = Browser {
        live: script.live,
        words: script.words,
    };
    let page = super::report::empty(&site, &browser).await;
    let mut page = page.map_err(|failure| Problem::api(failure, browser.words))?;
    page.frame.csrf = String::new();
    page.frame.now_ms = 0;
    page.frame.as_of = String::new();
    page.idempotency_key = String::new();
    let mut response = render(StatusCode::OK, &page);
    if let Ok(viewer) = HeaderValue::from_str(&browser.live.caller.name()) {
        response.headers_mut().insert("x-anlan-viewer", viewer);
    }
    Ok(response)
}

/// A report from the outbox, under the id that the phone made.
pub async fn report(State(site): State<Site>, script: Script, Body(body): Body) -> Result<Response, Problem> {
    script.proves()?;
    let caller = script.caller("/phone/hazards", &body);
    hazards::take(&site, &caller, &body, script.words).await
}

/// What stands under an id that was taken, for whoever may see it.
pub async fn standing(State(site): State<Site>, script: Script, Id(id): Id) -> Result<Response, Problem> {
    hazards::shown(&site, &script.live.caller, &id, script.words).await
}

/// The address in a subject's QR code. It says nothing by itself: whoever may not see the subject does not learn that it is there.
pub async fn subject(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let id = SubjectId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let found = site.app.store.subjects(&browser.live.caller.scope).find(id).await;
    let found = found.map_err(|error| problem(error.into()))?;
    let found = found.ok_or_else(|| problem(Failure::NotFound))?;
    Ok(Redirect::to(&format!("/report?subject={}", encode(&found.id.to_string()))).into_response())
}
