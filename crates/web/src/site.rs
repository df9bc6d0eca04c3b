//! What every handler works with.

use std::{net::IpAddr, sync::Arc};

use app::App;
use axum::extract::FromRef;
use metrics_exporter_prometheus::PrometheusHandle;

#[derive(Clone)]
pub struct Site {
    pub app: App,
    /// Set for a demonstration: its accounts stand on the sign-in page, and every page carries the mark.
    pub demo: Option<Arc<Demo>>,
    /// The public key under which the record is signed.
    pub vkey: Arc<str>,
    pub metrics: PrometheusHandle,
    /// The session cookie is sent over HTTPS only.
    pub secure_cookies: bool,
    /// The one proxy whose word about where a request comes from is taken.
    pub trusted_proxy: Option<IpAddr>,
}

/// A demonstration: whoever opens it may look through any of these eyes.
#[derive(Debug, Clone)]
pub struct Demo {
    pub password: String,
    pub accounts: Vec<DemoAccount>,
}

#[derive(Debug, Clone)]
pub struct DemoAccount {
    pub username: String,
    pub person: String,
    pub post: String,
    pub agency: String,
    pub place: String,
    /// Code of the role: `county_office`.
    pub role: String,
}

impl FromRef<Site> for App {
    fn from_ref(site: &Site) -> Self {
        site.app.clone()
    }
}
