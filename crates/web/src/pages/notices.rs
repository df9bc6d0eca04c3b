//! 催办摘要: my digests with their receipts, and where I want to be mailed.

use app::{Failure, notice};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::time::{HOUR, Instant};
use store::notice::{Channel, Notice, NoticeState};

use super::{form::Form, frame, marks, render, told::Told};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        notices::{NoticeDay, NoticeLine, NoticeSection, NoticesPage},
    },
    words::Words,
};

pub async fn page(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let page = fill(&site, &browser).await;
    let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(render(StatusCode::OK, &page))
}

async fn fill(site: &Site, browser: &Browser) -> Result<NoticesPage, Failure> {
    let words = browser.words;
    let now = site.app.clock.now();
    let notices = notice::mine(&site.app, &browser.live.caller).await?;
    let mut days = Vec::new();
    for one in &notices {
        let Some(digest) = notice::opened(one)? else {
            continue;
        };
        let sections = digest.sections.iter().map(|section| NoticeSection {
            title: section.title.clone(),
            lines: section
                .lines
                .iter()
                .map(|line| NoticeLine {
                    text: line.text.clone(),
                    href: line.path.clone(),
                })
                .collect(),
            more: (section.more > 0).then_some(section.more as u64),
        });
        let same_day = notices.iter().filter(|other| other.day == one.day);
        days.push(NoticeDay {
            day: one.day.to_string(),
            count: digest.len() as u64,
            sections: sections.collect(),
            receipts: same_day.map(|one| receipt(one, words, now)).collect(),
        });
    }
    let mail_address = site
        .app
        .store
        .notices()
        .mail_address(&browser.live.account)
        .await?;
    Ok(NoticesPage {
        frame: frame(
            site,
            browser,
            words.get("notices.title").to_owned(),
            Section::Desk,
            "/notices",
            now,
        ),
        when: when(site, words),
        days,
        mail_address: mail_address.unwrap_or_default(),
        mail_error: None,
        mails: site.app.courier.mails(),
    })
}

fn when(site: &Site, words: Words) -> String {
    let at = site.app.reference.escalation.digest.time_of_day();
    let time = format!("{:02}:{:02}", at / HOUR, at % HOUR / 60_000);
    words.fill("notices.when", &[("time", &time)])
}

/// 邮件 11-23 08:31 已送达（250 queued）.
pub(super) fn receipt(one: &Notice, words: Words, now: Instant) -> String {
    let at = match one.state {
        NoticeState::Waiting => one.next_at,
        NoticeState::Delivered | NoticeState::Failed => one.done_at.unwrap_or(one.made_at),
    };
    let channel = words.of("channel", one.channel.as_str());
    let state = words.of("notice_state", one.state.as_str());
    let text = words.fill(
        "notices.receipt",
        &[
            ("channel", &channel),
            ("time", &marks::short(at, now)),
            ("state", &state),
        ],
    );
    if one.channel == Channel::Desk || one.answer.is_empty() {
        text
    } else {
        words.fill("notices.answer", &[("receipt", &text), ("answer", &one.answer)])
    }
}

pub async fn mail_address(
    State(site): State<Site>,
    browser: Browser,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let typed = form.get("mail_address");
    let told = if form.proves(&browser) {
        match notice::set_mail_address(&site.app, &browser.live.account, typed).await {
            Ok(()) => return Ok(Redirect::to("/notices").into_response()),
            Err(failure @ Failure::Fields(_)) => Told::of(failure, None, words),
            Err(failure) => return Err(Problem::page(failure, words)),
        }
    } else {
        Told::form_expired(words)
    };
    let page = fill(&site, &browser).await;
    let mut page = page.map_err(|failure| Problem::page(failure, words))?;
    page.mail_address = typed.to_owned();
    page.mail_error = told.errors.first().map(|error| error.message.clone());
    Ok(render(told.status, &page))
}
