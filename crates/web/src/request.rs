//! Every request has a name: it stands in the log beside whatever went wrong, in the header `x-request-id`, and on the page of a
//! failure, so that whoever asks about it can be answered.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use crate::site::Site;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Short enough to be read over the telephone.
#[derive(Debug, Clone)]
pub struct RequestName(pub String);

pub async fn named(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let name = site.app.ids.token()[..10].to_owned();
    let span = tracing::info_span!("request", %name, method = %request.method(), path = request.uri().path());
    request.extensions_mut().insert(RequestName(name.clone()));
    let mut response = next.run(request).instrument(span).await;
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(HEADER, name);
    }
    response
}
