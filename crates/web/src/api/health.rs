//! For those who run it: alive, ready, figures.

use axum::{extract::State, http::StatusCode};

use crate::site::Site;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers.
pub async fn ready(State(site): State<Site>) -> (StatusCode, &'static str) {
    match store::event::standing(&site.app.store.door).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// Prometheus text.
pub async fn metrics(State(site): State<Site>) -> String {
    if let Ok(standing) = store::event::standing(&site.app.store.door).await {
        #[allow(
            clippy::cast_precision_loss,
            reason = "gauges are floating point by definition"
        )]
        metrics::gauge!("anlan_events_unsealed").set(standing.pending as f64);
    }
    site.metrics.render()
}
