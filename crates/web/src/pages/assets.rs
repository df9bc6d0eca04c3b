//! The front end, embedded in the binary: one style sheet, one script, one icon, and the service worker at the root.

use std::sync::LazyLock;

use axum::{
    extract::{Path, Query},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::words::Words;

#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
struct Dist;

const SERVICE_WORKER: &str = "service-worker.js";

/// Names the bundle in its address, so that a browser may keep it for ever and still gets the next one.
static BUNDLE: LazyLock<String> = LazyLock::new(|| {
    let mut digests: Vec<u8> = Vec::new();
    for name in Dist::iter() {
        digests.extend(
            Dist::get(&name)
                .map(|file| file.metadata.sha256_hash())
                .unwrap_or_default(),
        );
    }
    app::ids::sha256_hex(&digests)[..12].to_owned()
});

pub(crate) fn bundle() -> String {
    BUNDLE.clone()
}

/// The service worker: at the root, since it answers for addresses below where it lies, and never from a cache, since a browser that
/// kept an old one would go on with it.
pub async fn service_worker() -> Response {
    let Some(file) = Dist::get(SERVICE_WORKER) else {
        return crate::problem::Problem::page(app::Failure::NotFound, Words::default()).into_response();
    };
    let mut response = (StatusCode::OK, file.data.into_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/javascript; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    // It fetches from here and runs what it was built with; nothing else.
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; script-src 'self'; connect-src 'self'"),
    );
    response
}

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The bundle that the page was made with.
    #[serde(default)]
    v: String,
}

/// Kept for ever under the address that names its bundle; under any other address it is another one tomorrow.
pub async fn asset(Path(name): Path<String>, Query(asked): Query<Asked>) -> Response {
    let Some(file) = Dist::get(&name).filter(|_| name != SERVICE_WORKER) else {
        return crate::problem::Problem::page(app::Failure::NotFound, Words::default()).into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let mut response = (StatusCode::OK, file.data.into_owned()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let is_this_bundle = asked.v == *BUNDLE;
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if is_this_bundle {
            "public, max-age=31536000, immutable"
        } else {
            "public, no-cache"
        }),
    );
    response
}
