//! Where a request comes from, for counting tries. Behind a proxy all connections come from the proxy: where one is configured, the
//! address that it appended last to `X-Forwarded-For` is taken. Anything further left was written by whoever sent the request and is
//! never believed, nor is any of it from elsewhere.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, rejection::ExtensionRejection},
    http::{HeaderMap, request::Parts},
};

use crate::site::Site;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(pub IpAddr);

impl FromRequestParts<Site> for Address {
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let ConnectInfo(peer) = ConnectInfo::<SocketAddr>::from_request_parts(parts, site).await?;
        let peer = peer.ip().to_canonical();
        let forwarded = (site.trusted_proxy == Some(peer)).then(|| appended_last(&parts.headers));
        Ok(Self(forwarded.flatten().unwrap_or(peer)))
    }
}

fn appended_last(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let hop = last.to_str().ok()?.rsplit(',').next()?.trim();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let address = hop.parse::<IpAddr>().ok().or_else(with_port)?;
    Some(address.to_canonical())
}
