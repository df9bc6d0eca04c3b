//! Files for browsers: uploaded by the page's script before the form is sent, or by a phone's outbox
//! once there is a signal, and shown. Under a key the same file is taken once, however often it arrives.

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
    caller::{Browser, Script},
    problem::Problem,
    site::Site,
};

pub async fn receive(
    State(site): State<Site>,
    script: Script,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let words = script.words;
    script.proves()?;
    let form = form.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let (name, bytes) = first_file(form, words).await?;
    let caller = script.caller(&format!("/files/{name}"), &bytes);
    let received = file::receive::receive(&site.app, &caller, &name, bytes).await;
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
