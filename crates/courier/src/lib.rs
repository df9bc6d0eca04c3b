//! The courier: takes a text to where people read it, by e-mail and by a signed webhook, and brings back what the other side
//! answered.
//!
//! It knows neither hazards nor people nor a database; it keeps nothing and tries nothing twice. Where it may go is said once, at the
//! start of the program, by whoever runs it: never by a request. It follows no redirect and waits for nobody without end.

mod mail;
mod webhook;

use std::time::Duration;

pub use mail::{Letter, address_is_readable};
pub use webhook::{Parcel, sign};

/// As long as one delivery may take in all.
const PATIENCE: Duration = Duration::from_secs(20);
/// As much of an answer as is kept as a receipt.
const KEPT: usize = 300;

/// Where texts may be taken to, as the person who runs the program says it.
#[derive(Clone, Default)]
pub struct Settings {
    /// `smtp://HOST:PORT` inside a network of its own, `smtp://USER:PASSWORD@HOST?tls=required`, `smtps://…`.
    pub smtp_url: Option<String>,
    pub mail_from: Option<String>,
    pub webhook_url: Option<String>,
    /// `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it.
    pub webhook_secret: Option<String>,
}

/// A setting that cannot be used, without the secret that it may hold.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{setting}: {why}")]
pub struct Unusable {
    pub setting: &'static str,
    pub why: String,
}

/// It was not taken there.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("{why}")]
pub struct Undelivered {
    pub why: String,
    /// The other side said that trying again is of no use.
    pub for_good: bool,
}

impl Undelivered {
    fn yet(why: impl std::fmt::Display) -> Self {
        Self {
            why: kept(&why.to_string()),
            for_good: false,
        }
    }
}

#[derive(Clone, Default)]
pub struct Courier {
    mail: Option<mail::Mail>,
    webhook: Option<webhook::Webhook>,
}

impl Courier {
    /// Nothing is asked of the network here: a server that is down at the start may be up when it is needed.
    pub fn of(settings: &Settings) -> Result<Self, Unusable> {
        let both = |one: &Option<String>, other: &Option<String>, missing: &'static str| match (one, other) {
            (Some(one), Some(other)) => Ok(Some((one.clone(), other.clone()))),
            (None, None) => Ok(None),
            _ => Err(Unusable {
                setting: missing,
                why: "one of the two is said without the other".into(),
            }),
        };
        let mail = both(
            &settings.smtp_url,
            &settings.mail_from,
            "ANLAN_SMTP_URL and ANLAN_MAIL_FROM",
        )?;
        let webhook = both(
            &settings.webhook_url,
            &settings.webhook_secret,
            "ANLAN_WEBHOOK_URL and ANLAN_WEBHOOK_SECRET",
        )?;
        Ok(Self {
            mail: mail.map(|(url, from)| mail::Mail::of(&url, &from)).transpose()?,
            webhook: webhook
                .map(|(url, secret)| webhook::Webhook::of(&url, &secret))
                .transpose()?,
        })
    }

    pub fn mails(&self) -> bool {
        self.mail.is_some()
    }

    pub fn posts(&self) -> bool {
        self.webhook.is_some()
    }

    /// What the mail server answered.
    pub async fn mail(&self, letter: &Letter) -> Result<String, Undelivered> {
        let Some(mail) = &self.mail else {
            return Err(Undelivered::yet("no mail server is set"));
        };
        in_time(mail.send(letter)).await
    }

    /// What the other side answered.
    pub async fn post(&self, parcel: &Parcel) -> Result<String, Undelivered> {
        let Some(webhook) = &self.webhook else {
            return Err(Undelivered::yet("no webhook is set"));
        };
        in_time(webhook.send(parcel)).await
    }
}

async fn in_time(
    delivering: impl Future<Output = Result<String, Undelivered>>,
) -> Result<String, Undelivered> {
    let out_of_time = |_| Undelivered::yet(format!("no answer within {} seconds", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, delivering)
        .await
        .map_err(out_of_time)?
}

/// One line, without what cannot be printed, no longer than a receipt is kept.
fn kept(text: &str) -> String {
    let line = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(KEPT).collect::<String>().trim().to_owned()
}
