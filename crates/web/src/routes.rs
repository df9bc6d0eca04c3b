//! Every URL of the program. Resources, not verbs: an act on a hazard is a thing posted below it.

use std::time::Duration;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, StatusCode},
    routing::{any, get, post},
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, trace::TraceLayer};

use crate::{api, pages, site::Site};

/// Bodies of forms and JSON; files have a limit of their own.
const LARGEST_BODY: usize = 1024 * 1024;

pub fn router(site: Site) -> Router {
    let api = Router::new()
        .route("/sessions", post(api::sessions::open))
        .route("/session", get(api::sessions::mine).delete(api::sessions::close))
        .route("/hazards", get(api::hazards::list).post(api::hazards::report))
        .route("/hazards/{id}", get(api::hazards::show))
        .route("/hazards/{id}/events", get(api::hazards::events))
        .route("/hazards/{id}/acts", get(api::acts::open_to_me))
        .route("/hazards/{id}/confirmation", post(api::acts::confirmation))
        .route("/hazards/{id}/determination", post(api::acts::determination))
        .route("/hazards/{id}/plan", post(api::acts::plan))
        .route("/hazards/{id}/rectification", post(api::acts::rectification))
        .route("/hazards/{id}/acceptance", post(api::acts::acceptance))
        .route("/hazards/{id}/sign-off", post(api::acts::sign_off))
        .route("/hazards/{id}/interim-measure", post(api::acts::interim_measure))
        .route("/hazards/{id}/voiding", post(api::acts::voiding))
        .route("/files", post(api::files::receive).layer(with_files()))
        .route("/files/{id}", get(api::files::show))
        .route("/subjects", get(api::subjects::list))
        .route("/escalations", get(api::escalations::list))
        .route(
            "/escalations/{id}/explanation",
            post(api::escalations::explanation),
        )
        .route("/escalations/{id}/letter", post(api::escalations::letter))
        .route(
            "/escalations/{id}/setting-aside",
            post(api::escalations::setting_aside),
        )
        .fallback(api::no_such_resource)
        .method_not_allowed_fallback(api::no_such_method);

    Router::new()
        .nest("/api/v1", api)
        .route("/", get(pages::desk::page))
        .route("/sign-in", get(pages::door::sign_in_page).post(pages::door::sign_in))
        .route("/sign-out", post(pages::door::sign_out))
        .route("/language", post(pages::door::language))
        .route("/hazards", get(pages::hazards::page).post(pages::report::send).layer(with_files()))
        .route("/report", get(pages::report::page))
        .route("/hazards/{id}", get(pages::hazard::page))
        .route("/hazards/{id}/card", get(pages::hazard::card::page))
        .route("/hazards/{id}/confirmation", post(pages::acts::confirmation).get(pages::acts::back_to_record))
        .route("/hazards/{id}/determination", post(pages::acts::determination).get(pages::acts::back_to_record))
        .route("/hazards/{id}/plan", post(pages::acts::plan).get(pages::acts::back_to_record))
        .route(
            "/hazards/{id}/rectification",
            post(pages::acts::rectification).get(pages::acts::back_to_record).layer(with_files()),
        )
        .route("/hazards/{id}/acceptance", post(pages::acts::acceptance).get(pages::acts::back_to_record))
        .route("/hazards/{id}/sign-off", post(pages::acts::sign_off).get(pages::acts::back_to_record))
        .route("/hazards/{id}/interim-measure", post(pages::acts::interim_measure).get(pages::acts::back_to_record))
        .route("/hazards/{id}/voiding", post(pages::acts::voiding).get(pages::acts::back_to_record))
        .route("/escalations", get(pages::escalations::page))
        .route("/escalations/{id}", get(pages::escalations::to_record))
        .route(
            "/escalations/{id}/explanation",
            post(pages::escalations::explanation).get(pages::escalations::to_record).layer(with_files()),
        )
        .route("/escalations/{id}/letter", post(pages::escalations::letter).get(pages::escalations::to_record))
        .route("/escalations/{id}/setting-aside", post(pages::escalations::setting_aside).get(pages::escalations::to_record))
        .route("/notices", get(pages::notices::page))
        .route("/notices/mail-address", post(pages::notices::mail_address))
        .route("/system/notices", post(pages::system::retry_notices))
        .route("/files", post(pages::files::receive).layer(with_files()))
        .route("/files/{id}", get(pages::files::show))
        .route("/changes", get(pages::changes::stream))
        .route("/system", get(pages::system::page))
        .route("/assets/{name}", get(pages::assets::asset))
        .route("/api/{*nothing}", any(api::no_such_resource))
        .route("/api/v1/", any(api::no_such_resource))
        .fallback(pages::no_such_page)
        .route("/api/openapi.json", get(api::openapi::document))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .route("/metrics", get(api::health::metrics))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header(
            "content-security-policy",
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ))
        .layer(TraceLayer::new_for_http())
        .layer(tower_http::timeout::TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(60)))
        .with_state(site)
}

/// A few photos in one form, where the browser could not send them one by one.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(3 * app::file::receive::LARGEST)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}
