//! E-mail: one message on one connection, by SMTP.

use std::time::{Duration, UNIX_EPOCH};

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use crate::{PATIENCE, Undelivered, Unusable, kept};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same for every try, so that whoever gets it twice can tell.
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    /// Milliseconds UTC.
    pub at: i64,
}

#[derive(Clone)]
pub struct Mail {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

pub fn address_is_readable(address: &str) -> bool {
    address.parse::<Address>().is_ok()
}

impl Mail {
    pub fn of(url: &str, from: &str) -> Result<Self, Unusable> {
        // The error of the address would repeat it, with the password in it.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| Unusable {
            setting: "ANLAN_SMTP_URL",
            why: "written smtp://HOST:PORT, smtp://USER:PASSWORD@HOST:PORT?tls=required or smtps://USER:PASSWORD@HOST".into(),
        })?;
        let from = from.parse().map_err(|_| Unusable {
            setting: "ANLAN_MAIL_FROM",
            why: format!("{from:?} is no e-mail address"),
        })?;
        Ok(Self {
            transport: transport.timeout(Some(PATIENCE)).build(),
            from,
        })
    }

    pub async fn send(&self, letter: &Letter) -> Result<String, Undelivered> {
        let for_good = |why: String| Undelivered {
            why: kept(&why),
            for_good: true,
        };
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| for_good(format!("{:?} is no e-mail address", letter.to)))?;
        let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at).unwrap_or_default());
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .date(at)
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .subject(letter.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|error| for_good(error.to_string()))?;
        match self.transport.send(message).await {
            Ok(answer) => {
                let said: Vec<&str> = answer.message().collect();
                Ok(kept(&format!("{} {}", answer.code(), said.join(" "))))
            }
            Err(error) => Err(Undelivered {
                for_good: error.is_permanent(),
                why: kept(&whole(&error)),
            }),
        }
    }
}

/// An error with what lies behind it: "Connection error" alone tells nobody what to do.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        behind = cause.source();
    }
    text
}
