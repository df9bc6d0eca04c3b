//! Files for browsers: uploaded by the page's script before the form is sent, and shown.

use app::{Failure, file};
use axum::{
    extract::{Multipart, Path, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use domain::FileId;

use crate::{
    api::{
        files::{deliver, first_file},
        json,
        shape::FileReceived,
    },
    caller::Browser,
    problem::Problem,
    site::Site,
};

pub async fn receive(
    State(site): State<Site>,
    browser: Browser,
    headers: HeaderMap,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let proof = headers.get("x-csrf-token").and_then(|token| token.to_str().ok());
    if proof != Some(browser.live.csrf.as_str()) {
        return Err(Problem::api(Failure::Unauthenticated, words));
    }
    let form = form.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let (name, bytes) = first_file(form, words).await?;
    let received = file::receive::receive(&site.app, &browser.live.caller, &name, bytes).await;
    let received = received.map_err(|failure| Problem::api(failure, words))?;
    Ok(json(StatusCode::CREATED, &FileReceived::of(received)))
}

pub async fn show(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let id = FileId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let shown = file::show::show(&site.app, &browser.live.caller, id)
        .await
        .map_err(problem)?;
    Ok(deliver(shown, &headers))
}
