//! 问题清单: the lists of visits that one may see, and opening one.

pub mod acts;
pub mod list;
pub mod papers;
pub mod report;
mod steps;

use app::{
    Failure,
    problem_list::{self, open},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{JurisdictionId, authority::Act, problem_list::ProblemList};
use serde::Deserialize;
use store::problem_list::ProblemListFilter;

use super::{acts::leaves_the_form, encode, form::Form, frame, render, told::Told};
use crate::{
    api::{
        hazards::read_cursor,
        problem_lists::{ProblemListSaid, visit_of},
    },
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        problem_list::{ProblemListLine, ProblemListsPage},
    },
    words::Words,
};

const HERE: &str = "/problem-lists";

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
    let page = fill(&site, &browser, &shown.after, None).await;
    let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(render(StatusCode::OK, &page))
}

async fn fill(
    site: &Site,
    browser: &Browser,
    after: &str,
    back: Option<(&Form, &Told)>,
) -> Result<ProblemListsPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let after = if after.is_empty() {
        None
    } else {
        Some(read_cursor(after).ok_or(Failure::NotFound)?)
    };
    let all = ProblemListFilter::default();
    let (lists, next) = problem_list::lists(&site.app, caller, &all, after, problem_list::MOST).await?;
    let mut agencies: Vec<_> = lists.iter().map(|list| list.opened.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let names = site.app.store.directory().agency_names(&agencies).await?;
    let line = |list: &ProblemList| ProblemListLine {
        href: format!("{HERE}/{}", list.id),
        county: site.app.reference.name(&list.home.county),
        days: days(list, words),
        kind: list.visit.kind.to_string(),
        opened_by: names.get(&list.opened.agency).cloned().unwrap_or_default(),
        items: list.items.len(),
        state: list.state_name().to_string(),
        reply_by: list.sending().map(|sending| sending.reply_by.to_string()),
        late: list.is_late(now),
    };
    let counties = problem_list::counties(&site.app, caller);
    let title = words.get("problems.title").to_owned();
    Ok(ProblemListsPage {
        frame: frame(site, browser, title, Section::ProblemLists, HERE, now),
        lists: lists.iter().map(line).collect(),
        next: next.map(|(at, id)| format!("{HERE}?after={at}~{id}")),
        open: (!counties.is_empty()).then(|| steps::opening(site, &counties, back, words)),
    })
}

fn days(list: &ProblemList, words: Words) -> String {
    let visit = &list.visit;
    if visit.from == visit.until {
        return visit.from.to_string();
    }
    let days = [
        ("from", visit.from.to_string()),
        ("until", visit.until.to_string()),
    ];
    let days: Vec<(&str, &str)> = days.iter().map(|(name, day)| (*name, day.as_str())).collect();
    words.fill("problems.from_until", &days)
}

pub async fn open(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let come_back = async |told: &Told| {
        let page = fill(&site, &browser, "", Some((&form, told))).await;
        let page = page.map_err(|failure| Problem::page(failure, words))?;
        Ok(render(told.status, &page))
    };
    if !form.proves(&browser) {
        return come_back(&Told::form_expired(words)).await;
    }
    let caller = form.caller(&browser, HERE);
    let county = JurisdictionId(form.get("county").to_owned());
    let said = ProblemListSaid {
        county: county.to_string(),
        visit_kind: form.get("visit_kind").to_owned(),
        visit_from: form.get("visit_from").to_owned(),
        visit_until: form.get("visit_until").to_owned(),
        team: form.lines("team"),
        basis: form.get("basis").to_owned(),
        items: Vec::new(),
    };
    let opened = async {
        if let Some(kept) = caller.repeated(&site.app).await? {
            return Ok(kept);
        }
        open::standing(&site.app, &caller, &county)?;
        let (visit, items) = visit_of(&said)?;
        open::open(&site.app, &caller, &county, &visit, &items).await
    };
    match opened.await {
        Ok(receipt) => {
            let receipt: app::sign_off_list::ListReceipt = receipt;
            let key = encode(form.get("idempotency_key"));
            let to = format!("{HERE}/{}?done={}&key={key}", receipt.id, Act::OpenProblemList);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) if leaves_the_form(&failure) => Err(Problem::page(failure, words).coming_from(HERE)),
        Err(failure) => come_back(&Told::of(failure, None, words)).await,
    }
}
