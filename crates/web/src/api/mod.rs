//! The API, version 1: JSON in and out, problems as RFC 9457. Shapes stand in [`shape`], their document in [`openapi`].

pub mod acts;
pub mod bulk;
pub mod complaints;
pub mod delegations;
pub mod escalations;
pub mod files;
pub mod hand_overs;
pub mod hazards;
pub mod health;
pub mod openapi;
pub mod persons;
pub mod problem_lists;
pub mod proxies;
pub mod routes;
pub mod sessions;
pub mod shape;
pub mod sign_off_lists;
pub mod similar;
pub mod stock;
pub mod subjects;

use std::marker::PhantomData;

use app::Failure;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::{
    Deserializer, Serialize,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{caller, problem::Problem, site::Site, words::Words};

/// The bytes of a body, of whatever declared type; too many of them are a problem of their own.
pub struct Body(pub Bytes);

impl FromRequest<Site> for Body {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let words = caller::words(request.headers());
        let read = Bytes::from_request(request, site).await;
        read.map(Self)
            .map_err(|rejection| too_large_or_unreadable(&rejection, words))
    }
}

/// The id in a path, as it was sent. One that is not even text is an id that nothing has.
pub struct Id(pub String);

impl FromRequestParts<Site> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, site).await;
        Ok(Self(path.map(|Path(id)| id).unwrap_or_default()))
    }
}

fn too_large_or_unreadable(rejection: &BytesRejection, words: Words) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::api(Failure::TooLarge { limit: 1024 * 1024 }, words)
    } else {
        Problem::unreadable(rejection.body_text(), words)
    }
}

/// Reads a body as what it should be, or says where it is not.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8], words: Words) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let said = object(&mut json).and_then(|said| json.end().map(|()| said));
    said.map_err(|error| Problem::unreadable(error, words))
}

/// An object with names. Left to itself serde also reads an array, its values in the order of the fields, and nobody who sends one
/// means that.
pub(crate) fn object<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    struct Named<T>(PhantomData<T>);

    impl<'de, T: DeserializeOwned> Visitor<'de> for Named<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    from.deserialize_map(Named(PhantomData))
}

/// JSON that no cache keeps.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(json) => {
            let mut response = (status, json).into_response();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "an answer cannot be written as JSON");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The version of a record, as `ETag: "3"`.
pub(crate) fn with_version(mut response: Response, version: i64) -> Response {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

pub async fn no_such_resource(headers: HeaderMap) -> Problem {
    Problem::api(Failure::NotFound, caller::words(&headers))
}

pub async fn no_such_method(headers: HeaderMap) -> Problem {
    Problem::no_such_method(caller::words(&headers))
}
