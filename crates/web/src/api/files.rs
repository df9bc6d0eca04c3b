//! Files of evidence.

use app::{Failure, file};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::FileId;

use super::{Id, json, shape::FileReceived};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[utoipa::path(post, path = "/api/v1/files", tag = "files", security(("token" = [])),
    request_body(content = super::shape::FileUpload, content_type = "multipart/form-data"),
    responses((status = 201, body = FileReceived), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 413, body = crate::problem::Body), (status = 415, body = crate::problem::Body), (status = 422, body = crate::problem::Body), (status = 503, body = crate::problem::Body)))]
/// Upload one file, at most 20 MB: JPEG, PNG, WebP, PDF, docx, xlsx or MP4. It is nobody's evidence until it is named in an act.
pub async fn receive(
    State(site): State<Site>,
    token: Token,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let read = match form {
        Ok(form) => first_file(form, token.words).await,
        Err(error) => Err(Problem::unreadable(error.body_text(), token.words)),
    };
    let (name, bytes) = match read {
        Ok(read) => read,
        Err(unreadable) => return Err(unless_repeated(&site, &token, unreadable).await),
    };
    let caller = token.caller(&format!("/files/{name}"), &bytes);
    let received = file::receive::receive(&site.app, &caller, &name, bytes).await;
    let received = received.map_err(|failure| Problem::api(failure, token.words))?;
    Ok(json(StatusCode::CREATED, &FileReceived::of(received)))
}

/// What cannot be read is not what its key was used for; that is said first.
async fn unless_repeated(site: &Site, token: &Token, unreadable: Problem) -> Problem {
    let repeated = token
        .caller("/files", &[])
        .repeated::<file::receive::FileReceipt>(&site.app)
        .await;
    repeated
        .err()
        .map_or(unreadable, |failure| Problem::api(failure, token.words))
}

/// The first part that is a file, with its name.
pub(crate) async fn first_file(mut form: Multipart, words: Words) -> Result<(String, Bytes), Problem> {
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Problem::api(
                Failure::TooLarge {
                    limit: file::receive::LARGEST,
                },
                words,
            )
        } else {
            Problem::unreadable(error.body_text(), words)
        }
    };
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            continue;
        };
        return Ok((name, part.bytes().await.map_err(unreadable)?));
    }
    Err(Problem::api(Failure::field("file", "required"), words))
}

#[utoipa::path(get, path = "/api/v1/files/{id}", tag = "files", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// A file as it may be shown: pictures without what the camera wrote into them.
pub async fn show(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::api(failure, token.words);
    let id = FileId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let shown = file::show::show(&site.app, &token.live.caller, id)
        .await
        .map_err(problem)?;
    Ok(deliver(shown, &headers))
}

/// Pictures are shown in place, everything else is for saving; nothing is executed. A browser may keep what it was shown, but asks
/// each time whether it may still show it: after signing out, or once the hazard lies elsewhere, it may not.
pub(crate) fn deliver(shown: file::show::Shown, asked: &HeaderMap) -> Response {
    let inline = shown.file.media_type.starts_with("image/");
    let tag = format!("\"{}\"", app::ids::sha256_hex(&shown.bytes));
    let mut response = if has_it(asked, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        shown.bytes.into_response()
    };
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&shown.file.media_type);
    headers.insert(
        header::CONTENT_TYPE,
        kind.unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if !inline {
        let name = crate::pages::encode(&shown.file.name.replace('/', "_"));
        let disposition = format!("attachment; filename*=UTF-8''{name}");
        if let Ok(disposition) = HeaderValue::from_str(&disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
    }
    response
}

/// A compressed answer bears its tag weakly.
fn has_it(asked: &HeaderMap, tag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|tags| tags.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .any(|one| one.trim().trim_start_matches("W/") == tag)
}
