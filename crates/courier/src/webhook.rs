//! A webhook, signed as Standard Webhooks 1.0 has it: `webhook-id`, `webhook-timestamp`, and `webhook-signature: v1,BASE64` of
//! HMAC-SHA256 over `id.timestamp.body`. One POST on one connection; whatever is not 2xx is no delivery, a redirect included.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Request, Uri,
    body::{Buf, Bytes},
    client::conn::http1,
    header,
};
use hyper_util::rt::TokioIo;
use sha2::Sha256;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};

use crate::{KEPT, Undelivered, Unusable, kept};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The same for every try, so that the other side can tell what it has had.
    pub id: String,
    /// Of this try, in seconds UTC.
    pub at: i64,
    /// JSON.
    pub body: String,
}

#[derive(Clone)]
pub struct Webhook {
    host: String,
    port: u16,
    /// As the `Host` header has it.
    authority: String,
    path: String,
    tls: Option<TlsConnector>,
    secret: Arc<[u8]>,
}

/// `v1,BASE64`.
pub fn sign(secret: &[u8], id: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

impl Webhook {
    pub fn of(url: &str, secret: &str) -> Result<Self, Unusable> {
        let wrong = |why: &str| Unusable {
            setting: "ANLAN_WEBHOOK_URL",
            why: why.to_owned(),
        };
        let uri: Uri = url.parse().map_err(|_| wrong("not an address"))?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => {
                return Err(wrong(
                    "an address begins with https:// or, inside a network of its own, http://",
                ));
            }
        };
        let authority = uri.authority().ok_or_else(|| wrong("no host is named"))?;
        if authority.as_str().contains('@') {
            return Err(wrong(
                "no password belongs in the address: the signature proves who sends",
            ));
        }
        Ok(Self {
            host: authority.host().trim_matches(['[', ']']).to_owned(),
            port: authority.port_u16().unwrap_or(if secure { 443 } else { 80 }),
            authority: authority.to_string(),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            tls: secure.then(connector).transpose()?,
            secret: read_secret(secret)?.into(),
        })
    }

    pub async fn send(&self, parcel: &Parcel) -> Result<String, Undelivered> {
        let stream = TcpStream::connect((&*self.host, self.port))
            .await
            .map_err(|error| Undelivered::yet(format!("{}:{}: {error}", self.host, self.port)))?;
        match &self.tls {
            None => self.post(stream, parcel).await,
            Some(tls) => {
                let name = ServerName::try_from(self.host.clone()).map_err(Undelivered::yet)?;
                let stream = tls.connect(name, stream).await.map_err(Undelivered::yet)?;
                self.post(stream, parcel).await
            }
        }
    }

    async fn post(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        parcel: &Parcel,
    ) -> Result<String, Undelivered> {
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(Undelivered::yet)?;
        let request = Request::post(&self.path)
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONNECTION, "close")
            .header("webhook-id", &parcel.id)
            .header("webhook-timestamp", parcel.at)
            .header(
                "webhook-signature",
                sign(&self.secret, &parcel.id, parcel.at, &parcel.body),
            )
            .body(Full::new(Bytes::from(parcel.body.clone())))
            .map_err(Undelivered::yet)?;
        let asking = async {
            let answer = sender.send_request(request).await.map_err(Undelivered::yet)?;
            let status = answer.status();
            // An answer that is too long or breaks off is an answer all the same: its status has come.
            let body = Limited::new(answer.into_body(), 16 * 1024).collect().await;
            let body = body.map_or_else(|_| Bytes::new(), |body| body.to_bytes());
            let told = String::from_utf8_lossy(&body.chunk()[..body.len().min(KEPT)]).into_owned();
            let told = kept(&format!("{status} {told}"));
            match status.as_u16() {
                200..300 => Ok(told),
                // The spec: the other side wants no more of these.
                410 => Err(Undelivered {
                    why: told,
                    for_good: true,
                }),
                _ => Err(Undelivered::yet(told)),
            }
        };
        // The connection is driven here, so that it ends with this delivery.
        let mut connection = std::pin::pin!(connection);
        let mut asking = std::pin::pin!(asking);
        tokio::select! {
            answer = &mut asking => answer,
            ended = &mut connection => match ended {
                Ok(()) => asking.await,
                Err(error) => Err(Undelivered::yet(error)),
            },
        }
    }
}

fn connector() -> Result<TlsConnector, Unusable> {
    let fault = |why: String| Unusable {
        setting: "ANLAN_WEBHOOK_URL",
        why,
    };
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err(fault(
            "this machine trusts no certificates, so https cannot be checked".into(),
        ));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| fault(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn read_secret(secret: &str) -> Result<Vec<u8>, Unusable> {
    let bytes = secret
        .trim()
        .strip_prefix("whsec_")
        .and_then(|encoded| STANDARD.decode(encoded).ok());
    bytes
        .filter(|bytes| (24..=64).contains(&bytes.len()))
        .ok_or_else(|| Unusable {
            setting: "ANLAN_WEBHOOK_SECRET",
            why: "written whsec_ and 24 to 64 random bytes in base64".into(),
        })
}
