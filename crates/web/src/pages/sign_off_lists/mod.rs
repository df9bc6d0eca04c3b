//! 清单销号: what waits in each county, the lists so far, and opening one.

pub mod list;

use std::collections::BTreeMap;

use app::{
    Failure,
    sign_off_list::{self, LOOKED_THROUGH},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{JurisdictionId, authority::Act};
use serde::Deserialize;

use super::{encode, form::Form, frame, render};
use crate::{
    api::hazards::read_cursor,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        sign_off_list::{CountyWaiting, ListLine, ListsPage},
    },
};

#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    #[serde(default)]
    after: String,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let after = if shown.after.is_empty() {
        None
    } else {
        Some(read_cursor(&shown.after).ok_or_else(|| problem(Failure::NotFound))?)
    };
    let (lists, next) = sign_off_list::lists(&site.app, caller, after, sign_off_list::MOST)
        .await
        .map_err(problem)?;
    let may_open = sign_off_list::may_open(&site.app, caller);
    let counties = if may_open {
        counties(&site, &browser).await.map_err(problem)?
    } else {
        Vec::new()
    };
    let line = |list: &domain::sign_off_list::SignOffList| ListLine {
        href: format!("/sign-off-lists/{}", list.id),
        county: site.app.reference.name(&list.home.county),
        opened: list.opened.at.to_minute(),
        items: list.items.len(),
        drawn: list.drawn().count(),
        state: store::sign_off_list::word(&list.state).to_owned(),
    };
    let title = words.get("lists.title").to_owned();
    let page = ListsPage {
        frame: frame(&site, &browser, title, Section::Hazards, "/sign-off-lists", now),
        counties,
        lists: lists.iter().map(line).collect(),
        next: next.map(|(at, id)| format!("/sign-off-lists?after={at}~{id}")),
        may_open,
    };
    Ok(render(StatusCode::OK, &page))
}

/// Counties in which something waits for a list, each with the list that has to be decided first.
async fn counties(site: &Site, browser: &Browser) -> Result<Vec<CountyWaiting>, Failure> {
    let caller = &browser.live.caller;
    let waiting = sign_off_list::waiting(&site.app, caller, None, LOOKED_THROUGH).await?;
    let mut counted: BTreeMap<JurisdictionId, i64> = BTreeMap::new();
    for hazard in &waiting {
        *counted.entry(hazard.home.county.clone()).or_default() += 1;
    }
    let now = site.app.clock.now();
    let mut counties = Vec::new();
    for county in site.app.reference.counties() {
        let n = counted.get(&county.id).copied().unwrap_or_default();
        let open = site
            .app
            .store
            .sign_off_lists(&caller.scope)
            .open_in(&county.id)
            .await?;
        if n == 0 && open.is_none() {
            continue;
        }
        counties.push(CountyWaiting {
            id: county.id.to_string(),
            name: county.name.clone(),
            n,
            more: waiting.len() >= LOOKED_THROUGH,
            open: open.map(|list| format!("/sign-off-lists/{}", list.id)),
            idempotency_key: site.app.ids.uuid(now).to_string(),
        });
    }
    Ok(counties)
}

pub async fn open(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    if !form.proves(&browser) {
        return Err(Problem::form_expired(browser.words));
    }
    let caller = form.caller(&browser, "/sign-off-lists");
    let county = JurisdictionId(form.get("county").to_owned());
    let opened = sign_off_list::open::open(&site.app, &caller, &county).await;
    let receipt = opened.map_err(|failure| Problem::page(failure, browser.words))?;
    let key = encode(form.get("idempotency_key"));
    let to = format!("/sign-off-lists/{}?done={}&key={key}", receipt.id, Act::OpenList);
    Ok(Redirect::to(&to).into_response())
}
