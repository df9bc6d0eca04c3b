//! For those who run it: alive, ready, figures.

use axum::{extract::State, http::StatusCode};

use crate::site::Site;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers. Where sealing has stopped, a second line says so: people go on working all the same, so it is no reason to
/// send them elsewhere.
pub async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    if store::event::standing(&site.app.store.door).await.is_err() {
        let why = "the database does not answer\n".to_owned();
        return (StatusCode::SERVICE_UNAVAILABLE, why);
    }
    let stopped = site.app.sealing.stopped();
    let told = stopped.map_or_else(String::new, |why| format!("sealing has stopped: {why}\n"));
    (StatusCode::OK, format!("ready\n{told}"))
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
