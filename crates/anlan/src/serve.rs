//! Serving: pages, API, the follower and the sweeps; and an orderly end, with the tail of the record sealed.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

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

/// What stands between the program and the browser.
#[derive(Debug, Clone, Copy, Default)]
pub struct Front {
    /// Send the session cookie over HTTPS only.
    pub secure_cookies: bool,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxy: Option<IpAddr>,
}

pub async fn run(place: Place, listen: SocketAddr, front: Front) -> Result<(), Stop> {
    let app = place.with_courier(place.app(place.store().await?, Clock::System, Ids::Random)?)?;
    load::load_reference(&app).await?;
    let listener = bind(listen).await?;
    let address = listener.local_addr()?;
    let announce = || println!("地址 http://{address}");
    site(app, &place, listener, None, front, announce).await
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
    front: Front,
    announce: impl FnOnce(),
) -> Result<(), Stop> {
    let key = key::open_or_make(&app, &place.key_file())?;
    let vkey: Arc<str> = key.verifying_key().into();
    let follower = Follower::new(app.clone(), key, place.last_signed());
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|error| Stop::new(error, "this is a fault of the program"))?;
    let site = Site {
        app: app.clone(),
        demo: demo.map(Arc::new),
        vkey,
        metrics,
        secure_cookies: front.secure_cookies,
        trusted_proxy: front.trusted_proxy,
    };

    // Whoever reads the address may ask for the end in the next moment.
    let end = End::listen()?;
    announce();
    let following = tokio::spawn(follower.clone().follow());
    let wakes = app.wakes.clone();
    let mut sweeping = tokio::spawn(sweep::every_minute(app.clone()));
    let service = web::router(site).into_make_service_with_connect_info::<SocketAddr>();
    let (ending, ended) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        end.asked_for().await;
        wakes.end();
        let _ = ending.send(());
    });
    let serving = tokio::spawn(async move { server.await });
    let _ = ended.await;
    // A browser that keeps its connection open does not keep the program from ending.
    let _ = tokio::time::timeout(LAST_REQUESTS, serving).await;
    app.end();
    // A delivery may take longer: it is no evidence, and is made again under the same id.
    if tokio::time::timeout(LAST_REQUESTS, &mut sweeping).await.is_err() {
        sweeping.abort();
    }
    following.abort();
    let _ = following.await;
    let sealed = follower.seal_the_tail().await;
    follower.step_down().await?;
    Ok(sealed?)
}

/// The wish that the program end: Ctrl+C or SIGTERM. From the moment it listens, neither ends the program by itself.
pub struct End {
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupted: tokio::signal::unix::Signal,
}

impl End {
    #[cfg(unix)]
    pub fn listen() -> Result<Self, Stop> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminated: signal(SignalKind::terminate())?,
            interrupted: signal(SignalKind::interrupt())?,
        })
    }

    #[cfg(unix)]
    async fn asked_for(mut self) {
        tokio::select! {
            _ = self.terminated.recv() => {}
            _ = self.interrupted.recv() => {}
        }
    }

    #[cfg(not(unix))]
    pub fn listen() -> Result<Self, Stop> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn asked_for(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
