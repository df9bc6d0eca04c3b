//! Once a day, at the city's time: everybody's digest is gathered and put into the outbox, person by person, a bounded number in one
//! run. How far it has come is kept with the database, so that a process that was killed is carried on from where it was.

use domain::{
    person::Account,
    time::{DAY, Day, Instant, SECOND},
};
use serde::{Deserialize, Serialize};
use store::notice::{Channel, Notice, NoticeState};

use super::{
    MOST_WAITING,
    digest::{self, Digest, Window},
};
use crate::{App, Failure, Outcome, directory::load::named, reference::DigestDays, session};

const LEASE: &str = "digests";
/// A batch takes a few seconds; whoever was killed over one is waited for no longer than this.
const LEASE_LASTS: i64 = 60 * SECOND;
const PROGRESS: &str = "digests";
/// So long after its end the window is read: whatever was signed before has been committed by then.
const SETTLES: i64 = 50 * SECOND;
const BATCH: usize = 50;
const BATCHES: usize = 10;

/// How far the digests of a day have come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    day: Day,
    #[serde(flatten)]
    window: Window,
    /// Id of the account that was last gathered for.
    after: String,
    done: bool,
}

/// How many digests were put into the outbox; none before the time of day, on a free day, or while another process does it.
pub async fn plan(app: &App) -> Outcome<usize> {
    let now = app.clock.now();
    if !is_time(app, now) {
        return Ok(0);
    }
    let door = &app.store.door;
    let progress = progress(app, now).await?;
    if progress.done {
        return Ok(0);
    }
    let holder = app.ids.uuid(now).to_string();
    if door
        .take_lease(LEASE, &holder, now.plus(LEASE_LASTS), now)
        .await?
        .is_none()
    {
        return Ok(0);
    }
    let planned = go_on(app, &holder).await;
    door.leave_lease(LEASE, &holder).await?;
    planned
}

fn is_time(app: &App, now: Instant) -> bool {
    let table = &app.reference.escalation.digest;
    let day = now.day();
    let works =
        table.days == DigestDays::CalendarDays || app.reference.timetable.calendar.is_working_day(day);
    works && now >= day.start().plus(table.time_of_day())
}

/// As it stands, or the beginning of a new day's. A day that was not finished is caught up with: its window stays open.
async fn progress(app: &App, now: Instant) -> Outcome<Progress> {
    let kept = app.store.door.setting(PROGRESS).await?;
    let kept: Option<Progress> = kept
        .map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| Failure::Broken(format!("setting {PROGRESS}: {error}")))?;
    let day = now.day();
    let first = now.plus(-app.reference.escalation.digest.first_looks_back_days * DAY);
    Ok(match kept {
        Some(kept) if kept.day == day => kept,
        kept => Progress {
            day,
            window: Window {
                from: kept.map_or(first, |kept| {
                    if kept.done {
                        kept.window.upto
                    } else {
                        kept.window.from
                    }
                }),
                upto: now,
            },
            after: String::new(),
            done: false,
        },
    })
}

async fn go_on(app: &App, holder: &str) -> Outcome<usize> {
    let door = &app.store.door;
    let mut put = 0;
    for _ in 0..BATCHES {
        let now = app.clock.now();
        // Read anew under the lease: another process may have gone on meanwhile.
        let mut progress = progress(app, now).await?;
        if progress.done || app.is_ending() {
            break;
        }
        if now < progress.window.upto.plus(SETTLES) {
            keep(app, &progress).await?;
            break;
        }
        if app.store.notices().waiting(MOST_WAITING).await? >= MOST_WAITING {
            tracing::warn!(
                most = MOST_WAITING,
                "the outbox is full; no digest is put in before it has emptied"
            );
            break;
        }
        let accounts = app
            .store
            .directory()
            .open_accounts(app.city(), &progress.after, BATCH)
            .await?;
        for account in &accounts {
            let notices = for_one(app, account, &progress, now).await?;
            put += usize::from(!notices.is_empty());
            door.put_notices(&notices).await?;
        }
        progress.done = accounts.len() < BATCH;
        if let Some(last) = accounts.last() {
            progress.after = last.id.to_string();
        }
        keep(app, &progress).await?;
        if progress.done
            || door
                .take_lease(LEASE, holder, now.plus(LEASE_LASTS), now)
                .await?
                .is_none()
        {
            break;
        }
    }
    Ok(put)
}

async fn keep(app: &App, progress: &Progress) -> Outcome<()> {
    let text = serde_json::to_string(progress).map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(app.store.door.set_setting(PROGRESS, &text).await?)
}

/// The digest of one person on each of their channels; none where there is nothing to be told.
async fn for_one(app: &App, account: &Account, progress: &Progress, now: Instant) -> Outcome<Vec<Notice>> {
    let holdings = app
        .store
        .directory()
        .holdings(account.person, progress.day)
        .await?;
    let callers: Vec<_> = holdings.iter().map(session::caller).collect();
    let digest = digest::gather(app, &callers, progress.day, progress.window).await?;
    if digest.is_empty() {
        return Ok(Vec::new());
    }
    let id =
        |channel: Channel| named("notice", &format!("{}:{}:{channel}", account.id, progress.day)).to_string();
    let subject = digest::subject(app, &digest);
    let notice = |channel: Channel, address: String, body: String| Notice {
        id: id(channel),
        account: account.id.to_string(),
        person: account.person,
        day: progress.day,
        channel,
        address,
        subject: subject.clone(),
        body,
        state: NoticeState::Waiting,
        tries: 0,
        next_at: now,
        made_at: now,
        done_at: None,
        answer: String::new(),
    };
    let written = serde_json::to_string(&digest).map_err(|error| Failure::Broken(error.to_string()))?;
    let mut notices = vec![Notice {
        state: NoticeState::Delivered,
        done_at: Some(now),
        ..notice(Channel::Desk, String::new(), written)
    }];
    let address = app.store.notices().mail_address(&account.id.to_string()).await?;
    if let Some(address) = address.filter(|_| app.courier.mails()) {
        notices.push(notice(Channel::Mail, address, digest::as_text(app, &digest)));
    }
    if app.courier.posts() {
        let body = for_the_webhook(app, account, &digest, &subject, now);
        notices.push(notice(Channel::Webhook, String::new(), body));
    }
    Ok(notices)
}

/// What a gateway for short messages or an office messenger needs: whom, what, and where to look. The gateway knows its people by
/// their account; no telephone number is kept here.
fn for_the_webhook(app: &App, account: &Account, digest: &Digest, subject: &str, now: Instant) -> String {
    let items = digest.sections.iter().flat_map(|section| {
        section.lines.iter().map(|line| {
            serde_json::json!({
                "kind": section.kind,
                "kind_name": section.title,
                "number": line.number,
                "subject": line.subject,
                "due": line.due,
                "link": digest::link(app, &line.path).unwrap_or_else(|| line.path.clone()),
            })
        })
    });
    let body = serde_json::json!({
        "type": "digest.made",
        "timestamp": now.rfc3339(),
        "data": {
            "day": digest.day,
            "recipient": { "account": account.username, "name": digest.person, "agency": digest.agency },
            "subject": subject,
            "text": digest::as_text(app, digest),
            "count": digest.len(),
            "items": items.collect::<Vec<_>>(),
        },
    });
    body.to_string()
}
