//! Serving: pages, API, the follower and the sweeps; and an orderly end, with the tail of the record sealed.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::{
    App, Clock, Ids,
    directory::load,
    record::{Follower, key},
    sweep,
};
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::net::TcpListener;
use web::{Demo, Site};

use crate::{Stop, place::Place};

/// How long requests under way may take once the end has been asked for.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

pub async fn run(place: Place, listen: SocketAddr, secure_cookies: bool) -> Result<(), Stop> {
    let app = place.app(place.store().await?, Clock::System, Ids::Random)?;
    load::load_reference(&app).await?;
    let listener = bind(listen).await?;
    println!("地址 http://{}", listener.local_addr()?);
    site(app, &place, listener, None, secure_cookies).await
}

pub async fn bind(listen: SocketAddr) -> Result<TcpListener, Stop> {
    let bound = TcpListener::bind(listen).await;
    bound.map_err(|error| {
        Stop::new(
            format!("cannot listen on {listen}: {error}"),
            "choose another address with --listen, or end what listens there",
        )
    })
}

pub async fn site(
    app: App,
    place: &Place,
    listener: TcpListener,
    demo: Option<Demo>,
    secure_cookies: bool,
) -> Result<(), Stop> {
    let key = key::open_or_make(&app, &place.key_file())?;
    let vkey: Arc<str> = key.verifying_key().into();
    let follower = Follower::new(app.clone(), key);
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| Stop::new(error, "this is a fault of the program"))?;
    let site = Site {
        app: app.clone(),
        demo: demo.map(Arc::new),
        vkey,
        metrics,
        secure_cookies,
    };

    let following = tokio::spawn(follower.clone().follow());
    let sweeping = tokio::spawn(sweep::every_minute(app));
    let service = web::router(site).into_make_service_with_connect_info::<SocketAddr>();
    let (ending, ended) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_end().await;
        let _ = ending.send(());
    });
    let serving = tokio::spawn(async move { server.await });
    let _ = ended.await;
    // A browser that keeps its connection open does not keep the program from ending.
    let _ = tokio::time::timeout(LAST_REQUESTS, serving).await;
    sweeping.abort();
    following.abort();
    let _ = following.await;
    follower.seal_all().await?;
    follower.step_down().await?;
    Ok(())
}

async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
