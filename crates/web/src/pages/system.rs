//! System, for the administrator: the record, the people in office, the authority table as the program has it.

use app::{Failure, notice};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    agency::Role,
    authority::{Act, TABLE},
    time::Instant,
};
use seal::Checkpoint;
use store::notice::{Channel, Notice, NoticeState};

use super::{form::Form, frame, render};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        system::{
            AuthorityCell, AuthorityMatrix, AuthorityRow, DeliveryChannel, DeliveryStatus, FailedNotice,
            PersonRow, RecordStatus, SystemPage,
        },
    },
    words::Words,
};

pub async fn page(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let caller = &browser.live.caller;
    if caller.actor.role != Role::Admin {
        return Err(problem(Failure::NotFound));
    }
    let now = site.app.clock.now();
    let people = site
        .app
        .store
        .directory()
        .everybody(&caller.actor.seat.city, now.day())
        .await;
    let people = people.map_err(|error| problem(error.into()))?;
    let people = people
        .into_iter()
        .filter(|office| office.username.is_some())
        .map(|office| PersonRow {
            hand_over: format!("/hand-overs/{}", office.appointment),
            person: office.person_name,
            account: office.username.unwrap_or_default(),
            post: office.title,
            role: office.role.to_string(),
            agency: office.agency_name,
            place: site.app.reference.name(&office.place),
            period: words.fill("system.since", &[("day", &office.from.to_string())]),
        });
    let page = SystemPage {
        frame: frame(
            &site,
            &browser,
            words.get("section.system").to_owned(),
            Section::System,
            "/system",
            now,
        ),
        people: people.collect(),
        matrix: matrix(words),
        record: record(&site).await.map_err(problem)?,
        delivery: delivery(&site, words, now).await.map_err(problem)?,
    };
    Ok(render(StatusCode::OK, &page))
}

/// All that was given up is tried again, after the administrator has put right what was wrong.
pub async fn retry_notices(
    State(site): State<Site>,
    browser: Browser,
    form: Form,
) -> Result<Response, Problem> {
    if !form.proves(&browser) {
        return Err(Problem::form_expired(browser.words));
    }
    let done = notice::retry(&site.app, &browser.live.caller).await;
    done.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(Redirect::to("/system#delivery").into_response())
}

async fn delivery(site: &Site, words: Words, now: Instant) -> Result<DeliveryStatus, Failure> {
    const FAILED: usize = 20;
    let notices = site.app.store.notices();
    let counts = notices.counts().await?;
    let failed = notices.failed(FAILED).await?;
    let people: Vec<_> = failed.iter().map(|one| one.person).collect();
    let people = site.app.store.directory().persons(&people).await?;
    let name = |one: &Notice| {
        let person = people.iter().find(|person| person.id == one.person);
        person.map(|person| person.name.clone()).unwrap_or_default()
    };
    let channels = Channel::ALL.iter().map(|channel| {
        let of = |state: NoticeState| {
            let mut counted = counts
                .iter()
                .filter(|one| one.channel == *channel && one.state == state);
            counted
                .next()
                .map_or(0, |one| u64::try_from(one.n).unwrap_or_default())
        };
        let set = match channel {
            Channel::Desk => true,
            Channel::Mail => site.app.courier.mails(),
            Channel::Webhook => site.app.courier.posts(),
        };
        let note = if set { "delivery_on" } else { "delivery_off" };
        DeliveryChannel {
            name: words.of("channel", channel.as_str()),
            set,
            note: words.of(note, channel.as_str()),
            waiting: of(NoticeState::Waiting),
            delivered: of(NoticeState::Delivered),
            failed: of(NoticeState::Failed),
        }
    });
    Ok(DeliveryStatus {
        channels: channels.collect(),
        failed: failed
            .iter()
            .map(|one| FailedNotice {
                person: name(one),
                receipt: super::notices::receipt(one, words, now),
            })
            .collect(),
        tries: notice::deliver::most_tries(&site.app) as u64,
    })
}

fn matrix(words: Words) -> AuthorityMatrix {
    let shown: Vec<Act> = Act::ALL
        .iter()
        .copied()
        .filter(|act| TABLE.iter().any(|row| row.1 == *act))
        .collect();
    let rows = shown.iter().map(|act| AuthorityRow {
        act: act.to_string(),
        cells: Role::ALL
            .iter()
            .map(|role| {
                let relations = TABLE.iter().filter(|row| row.0 == *role && row.1 == *act);
                let names: Vec<String> = relations
                    .map(|row| words.of("relation", row.2.as_str()))
                    .collect();
                AuthorityCell {
                    allowed: !names.is_empty(),
                    condition: names.join(words.get("list.comma")),
                }
            })
            .collect(),
    });
    AuthorityMatrix {
        roles: Role::ALL.iter().map(ToString::to_string).collect(),
        rows: rows.collect(),
    }
}

async fn record(site: &Site) -> Result<RecordStatus, Failure> {
    let standing = store::event::standing(&site.app.store.door).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    // The newest head, opened with the public key: a wrong signature is seen here, a changed row by a whole verification.
    let opened = Checkpoint::open(&standing.note, &site.vkey).ok();
    let agrees = opened
        .as_ref()
        .is_some_and(|note| Some(note.root) == standing.root && note.size == count(standing.sealed));
    let stopped = site.app.sealing.stopped();
    Ok(RecordStatus {
        events: count(standing.sealed + standing.pending),
        unsealed: count(standing.pending),
        checkpoint_at: standing.at.map(|at| at.to_minute()),
        checkpoint_size: opened.as_ref().map(|note| note.size),
        checkpoint_root: opened.as_ref().map(|note| note.root.to_string()[..16].to_owned()),
        signer: site.vkey.split('+').next().map(str::to_owned),
        sound: stopped.is_none() && (agrees || standing.sealed == 0),
        stopped: stopped.map(|why| why.code().to_owned()),
    })
}
