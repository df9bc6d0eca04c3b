//! Programs as verbs: whoever has signed in gets, posts and uploads, and asks the answer what it was.

use std::{net::SocketAddr, sync::OnceLock};

use app::App;
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::connect_info::MockConnectInfo,
    http::{HeaderMap, Request, header},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::{Value, json};
use testkit::{PASSWORD, World};
use tower::ServiceExt;
use web::Site;

/// The recorder is the process's own, like the figures that it keeps.
fn metrics() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            PrometheusBuilder::new()
                .install_recorder()
                .expect("no other recorder is installed")
        })
        .clone()
}

/// The router over a world.
#[derive(Clone)]
pub struct Api {
    router: Router,
    pub app: App,
}

impl Api {
    pub fn of(w: &World) -> Self {
        Self::seen_from(w, "192.0.2.1")
    }

    /// Over another process's app on the same store.
    pub fn over(app: App, vkey: String) -> Self {
        Self::at(app, vkey, "192.0.2.1")
    }

    /// As a client at this address meets it.
    pub fn seen_from(w: &World, address: &str) -> Self {
        Self::at(w.app.clone(), w.vkey(), address)
    }

    fn at(app: App, vkey: String, address: &str) -> Self {
        let site = Site {
            app: app.clone(),
            demo: None,
            vkey: vkey.into(),
            metrics: metrics(),
            secure_cookies: true,
            trusted_proxy: Some(std::net::Ipv4Addr::new(10, 0, 0, 7).into()),
        };
        let from = SocketAddr::new(address.parse().expect("an address"), 4711);
        Self {
            router: web::router(site).layer(MockConnectInfo(from)),
            app,
        }
    }

    pub async fn sends(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX)
            .await
            .expect("the body of an answer can be read");
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes,
        }
    }

    /// Without a token.
    pub async fn anonymous(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(body.into())
            .expect("a request");
        self.sends(request).await
    }

    pub async fn opens_a_session(&self, said: &Value) -> Answer {
        self.anonymous("POST", "/api/v1/sessions", said.to_string()).await
    }

    pub async fn signs_in(&self, username: &str) -> Eyes {
        let said = json!({ "username": username, "password": PASSWORD });
        let opened = self.opens_a_session(&said).await.is(201);
        let token = opened["token"].as_str().expect("a token").to_owned();
        Eyes {
            api: self.clone(),
            username: username.to_owned(),
            token,
            headers: Vec::new(),
        }
    }
}

/// Somebody who has signed in, with the headers of the next request.
#[derive(Clone)]
pub struct Eyes {
    api: Api,
    username: String,
    pub token: String,
    headers: Vec<(&'static str, String)>,
}

impl Eyes {
    /// The session of the same person at a browser: a token opens the API and nothing else.
    pub async fn session(&self) -> String {
        let reader = self.api.reader(&self.username).await;
        reader.cookie(web::caller::COOKIE).to_owned()
    }

    #[must_use]
    pub fn with(&self, header: &'static str, value: &str) -> Self {
        let mut with = self.clone();
        with.headers.push((header, value.to_owned()));
        with
    }

    #[must_use]
    pub fn with_key(&self, key: &str) -> Self {
        self.with("idempotency-key", key)
    }

    #[must_use]
    pub fn if_match(&self, version: i64) -> Self {
        self.with("if-match", &format!("\"{version}\""))
    }

    pub async fn sends(&self, method: &str, path: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        self.api
            .sends(request.body(body.into()).expect("a request"))
            .await
    }

    /// Below `/api/v1`.
    pub async fn gets(&self, path: &str) -> Answer {
        self.sends("GET", &format!("/api/v1{path}"), Body::empty()).await
    }

    pub async fn posts(&self, path: &str, said: &Value) -> Answer {
        self.posts_raw(path, said.to_string()).await
    }

    pub async fn posts_raw(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.sends("POST", &format!("/api/v1{path}"), body).await
    }

    pub async fn uploads(&self, name: &str, bytes: &[u8]) -> Answer {
        let form = form(name, bytes);
        self.with("content-type", FORM).posts_raw("/files", form).await
    }

    /// Reports on the unit of `enterprise-1` and gives the receipt.
    pub async fn reports(&self, description: &str) -> Value {
        self.posts("/hazards", &a_report(description)).await.is(201)
    }
}

pub const FORM: &str = "multipart/form-data; boundary=anlan-boundary";

/// A form with one file.
pub fn form(name: &str, bytes: &[u8]) -> Bytes {
    let mut form = format!(
        "--anlan-boundary\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    form.extend(bytes);
    form.extend(b"\r\n--anlan-boundary--\r\n");
    form.into()
}

/// What a town's safety officer would say of the unit of `enterprise-1`.
pub fn a_report(description: &str) -> Value {
    json!({
        "subject": { "kind": "enterprise", "credit_code": CREDIT_CODE },
        "description": description,
        "location": { "text": "二楼裁剪车间东侧", "lon": 109.03, "lat": 32.69 },
        "initial_level": "general",
        "source": "patrol",
    })
}

/// The unit of `enterprise-1`.
pub const CREDIT_CODE: &str = "91610902DEM000017L";

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Went as it should, with this status and JSON that no cache keeps.
    #[track_caller]
    pub fn is(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/json");
        assert_eq!(self.header("cache-control"), "no-store");
        self.json()
    }

    /// A problem with this status and code, complete as every problem has to be.
    #[track_caller]
    pub fn is_problem(&self, status: u16, code: &str) -> Value {
        let told = (self.status, self.header("content-type"));
        assert_eq!(told, (status, "application/problem+json"), "{}", self.text());
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["type"], format!("urn:anlan:problem:{code}"));
        assert_eq!(problem["status"], status);
        for said in ["title", "detail", "next"] {
            let words = problem[said].as_str().unwrap_or_default();
            let is_a_key = !words.contains(' ') && words.contains('.');
            assert!(
                !words.trim().is_empty() && !words.contains('{') && !is_a_key,
                "{said}: {problem}"
            );
        }
        problem
    }

    /// Refused for exactly these fields: `deadline: not-a-date`, several divided by `, `.
    #[track_caller]
    pub fn is_refused_for(&self, expected: &str) {
        let problem = self.is_problem(422, "fields");
        let errors = problem["errors"].as_array().expect("the fields are named");
        let text = |error: &Value, part: &str| error[part].as_str().unwrap_or_default().to_owned();
        let told: Vec<String> = errors
            .iter()
            .map(|one| format!("{}: {}", text(one, "field"), text(one, "code")))
            .collect();
        assert_eq!(told.join(", "), expected, "{problem}");
        for error in errors {
            let message = text(error, "message");
            assert!(!message.is_empty() && !message.contains(['{', '_']), "{message}");
        }
    }
}
