//! The one mapping of failures to HTTP: `application/problem+json` (RFC 9457) for programs, a page for people. Every answer says
//! what happened, which rule, who can do it instead, and what to do next.

use std::sync::Arc;

use app::Failure;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{field::FieldError, refusal::Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    caller, pages,
    request::RequestName,
    site::Site,
    views::{
        frame::Frame,
        problem::{ProblemLink, ProblemPage},
    },
    words::Words,
};

#[derive(Debug)]
pub struct Problem {
    pub body: Box<Body>,
    audience: Audience,
    words: Words,
    /// Where a person who has to sign in first was going.
    here: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    Program,
    Person,
}

/// A problem as programs read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body {
    /// `urn:anlan:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What happened, in the language of the request.
    pub detail: String,
    /// Stable word for what happened: `wrong-stage`, `same-hands`, `stale`.
    pub code: String,
    /// Roles that may do it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub who_may: Vec<String>,
    /// The version that stands, where another was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
    /// The stage that the record is in, where the act does not belong to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What to do next.
    pub next: String,
}

/// One field that cannot be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    pub field: String,
    pub code: String,
    pub message: String,
}

impl Problem {
    pub fn api(failure: Failure, words: Words) -> Self {
        Self {
            body: Box::new(body(failure, words)),
            audience: Audience::Program,
            words,
            here: None,
        }
    }

    pub fn page(failure: Failure, words: Words) -> Self {
        Self {
            body: Box::new(body(failure, words)),
            audience: Audience::Person,
            words,
            here: None,
        }
    }

    /// A body that cannot be read as what it should be: the place and what was expected there.
    pub fn unreadable(why: impl ToString, words: Words) -> Self {
        let mut problem = Self::api(Failure::field("body", "unreadable"), words);
        problem.body.code = "unreadable".into();
        problem.body.kind = kind("unreadable");
        problem.body.detail = format!("{} {}", words.get("problem.unreadable"), why.to_string());
        problem.body.errors.clear();
        problem
    }

    /// The page that a form stood on was made for a session that has ended since, and there is nothing to bring back of it but a
    /// button.
    pub fn form_expired(words: Words) -> Self {
        let mut problem = Self::page(Failure::Unauthenticated, words);
        let body = &mut problem.body;
        (body.status, body.code, body.kind) = (403, "form-expired".into(), kind("form-expired"));
        body.title = words.get("form.expired").to_owned();
        body.detail.clone_from(&body.title);
        body.next = words.get("form.expired_again").to_owned();
        problem
    }

    /// Something is there, but not for this method.
    pub fn no_such_method(words: Words) -> Self {
        let mut problem = Self::api(Failure::NotFound, words);
        let body = &mut problem.body;
        (body.status, body.code, body.kind) = (405, "no-such-method".into(), kind("no-such-method"));
        body.title = words.get("problem.happened_405").to_owned();
        body.detail.clone_from(&body.title);
        body.next = words.get("problem.next_405").to_owned();
        problem
    }

    pub fn coming_from(mut self, here: &str) -> Self {
        self.here = Some(here.to_owned());
        self
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

fn kind(code: &str) -> String {
    format!("urn:anlan:problem:{code}")
}

fn body(failure: Failure, words: Words) -> Body {
    let (status, code) = status(&failure);
    let mut body = Body {
        kind: kind(&code),
        title: words.get(&format!("problem.happened_{status}")).to_owned(),
        status,
        detail: String::new(),
        who_may: Vec::new(),
        current_version: None,
        stage: None,
        errors: Vec::new(),
        next: words.get(&format!("problem.next_{status}")).to_owned(),
        code,
    };
    body.detail = body.title.clone();
    match failure {
        Failure::Denied(refusal) | Failure::Refused(refusal) => refused(&mut body, &refusal, words),
        Failure::Fields(errors) => {
            body.errors = errors.iter().map(|error| field_problem(error, words)).collect();
            body.detail = body
                .errors
                .iter()
                .map(|error| error.message.as_str())
                .collect::<Vec<_>>()
                .join(words.get("list.semicolon"));
        }
        Failure::Stale { current } => body.current_version = Some(current),
        Failure::TooManyTries { minutes } => {
            body.detail = words.get("sign_in.paused").to_owned();
            body.next = words.fill("sign_in.paused_next", &[("minutes", &minutes.to_string())]);
        }
        Failure::CodesLocked { hours } => {
            body.detail = words.get("problem.codes_locked").to_owned();
            body.next = words.fill("problem.codes_locked_next", &[("hours", &hours.to_string())]);
        }
        Failure::TooOften { minutes } => {
            body.detail = words.get("problem.too_often").to_owned();
            body.next = words.fill("problem.too_often_next", &[("minutes", &minutes.to_string())]);
        }
        Failure::WrongPassword => {
            body.detail = words.get("sign_in.wrong").to_owned();
            body.next = words.get("sign_in.wrong_next").to_owned();
        }
        Failure::NoPost => {
            body.detail = words.get("sign_in.no_post").to_owned();
            body.next = words.get("sign_in.no_post_next").to_owned();
        }
        Failure::NoDelegation => {
            body.detail = words.get("delegations.not_in_force").to_owned();
            body.next = words.get("delegations.not_in_force_next").to_owned();
        }
        Failure::DelegationOver => {
            body.detail = words.get("delegations.over").to_owned();
            body.next = words.get("delegations.over_next").to_owned();
        }
        Failure::TooLarge { limit } => {
            let limit = format!("{} MB", limit / 1024 / 1024);
            body.next = words.fill("problem.next_413", &[("limit", &limit)]);
        }
        Failure::KeyReused => body.detail = words.get("problem.key_reused").to_owned(),
        Failure::IdTaken => body.detail = words.get("problem.id_taken").to_owned(),
        Failure::Conflict => body.detail = words.get("refusal.conflict").to_owned(),
        Failure::Full => body.detail = words.get("problem.full").to_owned(),
        Failure::Broken(why) | Failure::Unavailable(why) => tracing::error!(%why, "a request failed"),
        Failure::Unauthenticated | Failure::NotFound | Failure::UnsupportedFile => {}
    }
    body
}

fn status(failure: &Failure) -> (u16, String) {
    let (status, code) = match failure {
        Failure::Unauthenticated => (401, "unauthenticated"),
        Failure::WrongPassword => (401, "wrong-password"),
        Failure::NoPost => (403, "no-post"),
        Failure::NoDelegation => (403, "no-delegation"),
        Failure::DelegationOver => (401, "delegation-over"),
        Failure::TooManyTries { .. } => (429, "too-many-tries"),
        Failure::CodesLocked { .. } => (429, "codes-locked"),
        Failure::TooOften { .. } => (429, "too-often"),
        Failure::KeyReused => (422, "key-reused"),
        Failure::NotFound => (404, "not-found"),
        Failure::Denied(refusal) => (403, refusal.code()),
        Failure::Stale { .. } => (412, "stale"),
        Failure::Refused(refusal) => (409, refusal.code()),
        Failure::Conflict => (409, "conflict"),
        Failure::IdTaken => (409, "id-taken"),
        Failure::Fields(_) => (422, "fields"),
        Failure::TooLarge { .. } => (413, "too-large"),
        Failure::UnsupportedFile => (415, "unsupported-file"),
        Failure::Full => (503, "full"),
        Failure::Unavailable(_) => (503, "unavailable"),
        Failure::Broken(_) => (500, "broken"),
    };
    (status, code.to_owned())
}

fn refused(body: &mut Body, refusal: &Refusal, words: Words) {
    body.detail = words.of("refusal", refusal.code());
    match refusal {
        Refusal::NotYourAct { who_may, .. } => {
            body.who_may = who_may.iter().map(|role| role.to_string()).collect();
            let names: Vec<String> = who_may
                .iter()
                .map(|role| words.of("role", role.as_str()))
                .collect();
            if !names.is_empty() {
                let who = names.join(words.get("list.comma"));
                body.detail = format!(
                    "{} {}",
                    body.detail,
                    words.fill("hazard.who_can", &[("who", &who)])
                );
            }
        }
        Refusal::SameHands { earlier, .. } => {
            let done = words.of("did", earlier.as_str());
            body.detail = format!("{} ({done})", body.detail);
        }
        Refusal::WrongStage { stage, .. } => {
            body.stage = Some(stage.to_string());
            let now = words.of("stage", stage.as_str());
            body.detail = format!("{} ({now})", body.detail);
        }
        Refusal::SampleUndecided { n } => body.detail = format!("{} ({n})", body.detail),
        _ => {}
    }
}

/// The sentence for one field: its rule, with the field's own label in it.
pub fn field_problem(error: &FieldError, words: Words) -> FieldProblem {
    let label = label(error.field, words);
    let limit = error.limit.clone().unwrap_or_default();
    let message = words.fill(
        &format!("field_error.{}", error.code),
        &[("label", &label), ("limit", &limit)],
    );
    FieldProblem {
        field: error.field.to_owned(),
        code: error.code.to_owned(),
        message,
    }
}

/// `location.text` is labelled under `field.location_text`; what has no label is named as it is.
pub fn label(field: &str, words: Words) -> String {
    let key = format!("field.{}", field.replace('.', "_").trim_end_matches("_fen"));
    if words.has(&key) {
        words.get(&key).to_owned()
    } else {
        field.to_owned()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        match self.audience {
            Audience::Program => {
                let json = serde_json::to_vec(&self.body).unwrap_or_default();
                let mut response = (status, json).into_response();
                let kind = HeaderValue::from_static("application/problem+json");
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
                if status == StatusCode::UNAUTHORIZED {
                    response
                        .headers_mut()
                        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
                }
                response
            }
            // Whoever acted under a delegation is told that it is over before they sign in as themselves.
            Audience::Person if status == StatusCode::UNAUTHORIZED && self.body.code != "delegation-over" => {
                let then = self.here.as_deref().unwrap_or("/");
                Redirect::to(&format!("/sign-in?then={}", crate::pages::encode(then))).into_response()
            }
            Audience::Person => {
                // A failure knows no frame; `framed` does.
                let mut response = status.into_response();
                response.extensions_mut().insert(Unframed(Arc::new(self)));
                response
            }
        }
    }
}

/// A problem on its way to somebody who reads pages.
#[derive(Clone)]
struct Unframed(Arc<Problem>);

/// Problems for people get the frame of the house: whose eyes, where, and the way on. What they were asked for is read first, so
/// that nothing is looked up where nothing went wrong.
pub async fn framed(State(site): State<Site>, request: Request, next: Next) -> Response {
    let name = request.extensions().get::<RequestName>().cloned();
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    let Some(Unframed(problem)) = response.extensions_mut().remove::<Unframed>() else {
        return response;
    };
    let browser = caller::browser(&site, &headers).await;
    let words = problem.words;
    let frame = match &browser {
        Some(browser) => pages::problem_frame(&site, browser, words),
        None => pages::bare_frame(&site, words),
    };
    let mut page = problem.page_in(frame, browser.is_some());
    // The log has more to say about what is not the reader's doing.
    page.reference = name.map(|name| name.0).filter(|_| problem.body.status >= 500);
    pages::render(problem.status(), &page)
}

impl Problem {
    fn page_in(&self, frame: Frame, signed_in: bool) -> ProblemPage {
        let words = self.words;
        let link = |label: &str, href: &str| ProblemLink {
            label: words.get(label).to_owned(),
            href: href.to_owned(),
        };
        let mut links = vec![
            link("problem.to_desk", "/"),
            link("problem.to_hazards", "/hazards"),
        ];
        if !signed_in {
            links = vec![link("problem.sign_in", "/sign-in")];
        }
        // What was not found is not led back to.
        let record = self.here.as_deref().filter(|here| here.starts_with("/hazards/"));
        if let Some(here) = record.filter(|_| signed_in && self.body.status != 404) {
            links.insert(0, link("problem.to_record", here));
        }
        let body = &self.body;
        let roles: Vec<String> = body.who_may.iter().map(|role| words.of("role", role)).collect();
        ProblemPage {
            frame: Frame {
                title: body.title.clone(),
                ..frame
            },
            status: body.status,
            happened: body.title.clone(),
            // Whose act it is, is said in a line of its own.
            rule: (body.detail != body.title && roles.is_empty()).then(|| body.detail.clone()),
            who_can: (!roles.is_empty()).then(|| roles.join(words.get("list.comma"))),
            next_step: body.next.clone(),
            links,
            reference: None,
        }
    }
}
