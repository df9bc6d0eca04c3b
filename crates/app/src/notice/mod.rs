//! Notices: one digest a day for each person who has something to be told, to the desk, by e-mail and by the city's webhook.
//!
//! No reminder one by one, none without something new, none on a free day; who has read what is nobody's business and is not
//! counted. A digest names numbers, subjects and dates, and nobody who gave a tip.

pub mod deliver;
pub mod digest;
pub mod plan;

use domain::{agency::Role, time::Day};
use store::notice::{Channel, Notice};

use crate::{App, Caller, Failure, Outcome};

/// Digests and their receipts are kept this long.
pub const KEPT_DAYS: i64 = 90;
/// More than this many wait only when the other side has been away for long; nothing is put in then.
pub const MOST_WAITING: i64 = 20_000;
const SHOWN: usize = 40;

/// The digests of the caller, the newest first; each day's is shown once, as it came to the desk, with what became of the others.
pub async fn mine(app: &App, who: &Caller) -> Outcome<Vec<Notice>> {
    Ok(app.store.notices().of(who.actor.person, 3 * SHOWN).await?)
}

/// The digest that came to the caller's desk on a day, if one did.
pub async fn on_the_desk(app: &App, who: &Caller, day: Day) -> Outcome<Option<digest::Digest>> {
    for notice in app
        .store
        .notices()
        .of(who.actor.person, Channel::ALL.len())
        .await?
    {
        if notice.day == day
            && let Some(digest) = opened(&notice)?
        {
            return Ok(Some(digest));
        }
    }
    Ok(None)
}

/// What the desk shows of a notice, where it is one of the desk.
pub fn opened(notice: &Notice) -> Outcome<Option<digest::Digest>> {
    if notice.channel != Channel::Desk {
        return Ok(None);
    }
    let read = serde_json::from_str(&notice.body);
    read.map(Some)
        .map_err(|error| Failure::Broken(format!("notice {} is damaged: {error}", notice.id)))
}

/// Where the person of an account wants to be mailed; nowhere, with an empty address.
pub async fn set_mail_address(app: &App, account: &str, address: &str) -> Outcome<()> {
    let address = address.trim();
    if address.chars().count() > 200 || !(address.is_empty() || courier::address_is_readable(address)) {
        return Err(Failure::field("mail_address", "not-an-address"));
    }
    let now = app.clock.now();
    Ok(app.store.door.set_mail_address(account, address, now).await?)
}

/// The administrator has put right what was wrong: all that was given up is tried again.
pub async fn retry(app: &App, who: &Caller) -> Outcome<()> {
    if who.actor.role != Role::Admin {
        return Err(Failure::NotFound);
    }
    app.store.door.retry_failed_notices(app.clock.now()).await?;
    app.nudged.notify_one();
    Ok(())
}
