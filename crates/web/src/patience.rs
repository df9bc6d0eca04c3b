//! How long an answer may take. Whoever waits longer is told so, in the form that they read; nothing is left half written by it,
//! since what has gone to the store is finished there.

use std::time::Duration;

use app::Failure;
use axum::{
    extract::Request,
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{caller, problem::Problem};

const USUALLY: Duration = Duration::from_secs(60);
/// 60 MB at 100 KB a second, as from a phone at the edge of the net.
const WITH_FILES: Duration = Duration::from_secs(10 * 60);
pub async fn answers_in_time(request: Request, next: Next) -> Response {
    let limit = limit(&request);
    let words = caller::words(request.headers());
    let is_api = request.uri().path().starts_with("/api/");
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let why = Failure::Unavailable(format!("no answer within {} s", limit.as_secs()));
            let problem = if is_api {
                Problem::api(why, words)
            } else {
                Problem::page(why, words)
            };
            problem.into_response()
        }
    }
}

/// Files come as parts of a form, whichever form that is.
fn limit(request: &Request) -> Duration {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let in_parts = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
    if in_parts { WITH_FILES } else { USUALLY }
}

#[cfg(test)]
mod tests {
    use axum::{Router, body::Body, http::StatusCode, middleware::from_fn, routing::post};
    use tower::ServiceExt;

    use super::*;

    const PARTS: &str = "multipart/form-data; boundary=x";
    const JSON: &str = "application/json";

    async fn answer(kind: &str, takes: Duration) -> Response {
        let slow = move || async move {
            tokio::time::sleep(takes).await;
            "done"
        };
        let router = Router::new()
            .route("/api/v1/hazards", post(slow))
            .layer(from_fn(answers_in_time));
        let request = Request::post("/api/v1/hazards").header(header::CONTENT_TYPE, kind);
        let request = request.body(Body::empty()).expect("a request");
        router.oneshot(request).await.expect("an answer")
    }

    #[tokio::test(start_paused = true)]
    async fn files_are_waited_for_longer_and_a_late_answer_is_a_problem() {
        let (soon, late) = (Duration::from_secs(59), Duration::from_secs(61));
        assert_eq!(answer(JSON, soon).await.status(), StatusCode::OK);
        assert_eq!(answer(PARTS, late).await.status(), StatusCode::OK);
        let told = answer(JSON, late).await;
        assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(told.headers()["content-type"], "application/problem+json");
        let told = answer(PARTS, Duration::from_secs(601)).await;
        assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
    }
}
