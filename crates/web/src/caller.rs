//! Who calls: a bearer token for programs, a cookie for browsers, and the headers that say how the request may be repeated.

use app::{
    Caller, Failure, Request,
    caller::LONGEST_KEY,
    ids::sha256_hex,
    session::{self, Kind, Live},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, header, request::Parts},
};

use crate::{
    problem::Problem,
    site::Site,
    words::{Language, Words},
};

pub const COOKIE: &str = "anlan";
pub const LANGUAGE_COOKIE: &str = "anlan_language";

/// A program that has signed in: `Authorization: Bearer TOKEN`.
pub struct Token {
    pub live: Live,
    pub words: Words,
    pub key: Option<String>,
    /// `If-Match` names something that is no version. Told after a repeated request, which may carry whatever it likes.
    version_unreadable: bool,
}

impl FromRequestParts<Site> for Token {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let words = words(&parts.headers);
        let token = bearer(&parts.headers).ok_or_else(|| Problem::api(Failure::Unauthenticated, words))?;
        let mut live = session::who(&site.app, token, Kind::Token)
            .await
            .map_err(|failure| Problem::api(failure, words))?;
        let key = key(&parts.headers).map_err(|failure| Problem::api(failure, words))?;
        let version = if_match(&parts.headers);
        let version_unreadable = version.is_err();
        live.caller.if_match = version.unwrap_or_default();
        Ok(Self {
            live,
            words,
            key,
            version_unreadable,
        })
    }
}

impl Token {
    pub fn version_is_readable(&self) -> Result<(), Problem> {
        let unreadable = || Problem::api(Failure::field("If-Match", "unreadable-version"), self.words);
        if self.version_unreadable {
            Err(unreadable())
        } else {
            Ok(())
        }
    }

    /// The caller of a request that says this.
    pub fn caller(&self, path: &str, says: &[u8]) -> Caller {
        keyed(&self.live, self.key.as_deref(), path, says)
    }
}

/// A person at a browser.
pub struct Browser {
    pub live: Live,
    pub words: Words,
}

impl FromRequestParts<Site> for Browser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let words = words(&parts.headers);
        let here = if parts.method == Method::GET || parts.method == Method::HEAD {
            parts
                .uri
                .path_and_query()
                .map_or("/", |here| here.as_str())
                .to_owned()
        } else {
            form_that_posts_to(parts.uri.path())
        };
        let refused = |failure| Problem::page(failure, words).coming_from(&here);
        let token = cookie(&parts.headers, COOKIE).ok_or_else(|| refused(Failure::Unauthenticated))?;
        let live = session::who(&site.app, token, Kind::Cookie)
            .await
            .map_err(refused)?;
        Ok(Self { live, words })
    }
}

/// A person at a browser whose script asks, and reads problems as a program does.
pub struct Script {
    pub live: Live,
    pub words: Words,
    key: Option<String>,
    /// The token that only a page of ours can know, as the script sent it.
    proof: Option<String>,
}

impl FromRequestParts<Site> for Script {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let words = words(&parts.headers);
        let refused = |failure| Problem::api(failure, words);
        let token = cookie(&parts.headers, COOKIE).ok_or_else(|| refused(Failure::Unauthenticated))?;
        let live = session::who(&site.app, token, Kind::Cookie)
            .await
            .map_err(refused)?;
        let proof = parts
            .headers
            .get("x-csrf-token")
            .and_then(|proof| proof.to_str().ok());
        Ok(Self {
            live,
            words,
            key: key(&parts.headers).map_err(refused)?,
            proof: proof.map(str::to_owned),
        })
    }
}

impl Script {
    /// Whoever changes something has a page of this session open; without that, it is as if nobody had signed in.
    pub fn proves(&self) -> Result<(), Problem> {
        let proven = !self.live.csrf.is_empty() && self.proof.as_deref() == Some(self.live.csrf.as_str());
        if proven {
            Ok(())
        } else {
            Err(Problem::api(Failure::Unauthenticated, self.words))
        }
    }

    /// The caller of a request that says this.
    pub fn caller(&self, path: &str, says: &[u8]) -> Caller {
        keyed(&self.live, self.key.as_deref(), path, says)
    }
}

fn keyed(live: &Live, key: Option<&str>, path: &str, says: &[u8]) -> Caller {
    let mut caller = live.caller.clone();
    caller.request = key.map(|key| Request {
        key: key.to_owned(),
        sha256: request_digest(path, says),
    });
    caller
}

/// Where the form stands that is posted there: whoever has to sign in first finds it again, with the draft that their device kept.
fn form_that_posts_to(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        ["", "hazards"] => "/report".to_owned(),
        ["", "hazards", id, act] => format!("/hazards/{id}#act-{act}"),
        _ => "/".to_owned(),
    }
}

/// Whoever sits at this browser, if they are signed in.
pub async fn browser(site: &Site, headers: &HeaderMap) -> Option<Browser> {
    let token = cookie(headers, COOKIE)?;
    let live = session::who(&site.app, token, Kind::Cookie).await.ok()?;
    Some(Browser {
        live,
        words: words(headers),
    })
}

/// What a request is known by under its key: where it goes and what it says.
pub fn request_digest(path: &str, says: &[u8]) -> String {
    sha256_hex(format!("{path}\n{}", sha256_hex(says)).as_bytes())
}

/// The reader's language: chosen by the switch, else what the browser prefers, else Chinese.
pub fn words(headers: &HeaderMap) -> Words {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(Language::parse);
    let preferred = || {
        let accept = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        let first = accept.split(',').next()?.trim();
        first.starts_with("en").then_some(Language::English)
    };
    Words::new(chosen.or_else(preferred).unwrap_or_default())
}

pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies.flat_map(|cookies| cookies.split(';')).find_map(|cookie| {
        let (key, value) = cookie.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn key(headers: &HeaderMap) -> Result<Option<String>, Failure> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match value.to_str() {
        Ok(key) if !key.trim().is_empty() && key.len() <= LONGEST_KEY => Ok(Some(key.trim().to_owned())),
        _ => Err(Failure::field("Idempotency-Key", "unreadable-key")),
    }
}

/// `If-Match: "3"`; `*` matches whatever stands.
fn if_match(headers: &HeaderMap) -> Result<Option<i64>, std::num::ParseIntError> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or_default().trim();
    if text == "*" {
        return Ok(None);
    }
    text.trim_start_matches("W/").trim_matches('"').parse().map(Some)
}
