//! 问题清单: the lists of visits that one may see, and opening one.

pub mod acts;
pub mod list;
pub mod papers;
pub mod report;
mod steps;

use app::{
    Caller, Failure,
    problem_list::{self, open},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    JurisdictionId,
    authority::Act,
    problem_list::{ProblemList, StateName},
    time::Instant,
};
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

/// Which lists an address shows: a number of a desk is counted by the filter of the list that it opens.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// `unreceived`, or `unanswered` although its day is over; all of them otherwise.
    pub only: String,
    /// `us`: sent to my agency.
    pub to: String,
    after: String,
}

impl Shown {
    pub fn of(only: &str, to: &str) -> Self {
        Self {
            only: only.to_owned(),
            to: to.to_owned(),
            after: String::new(),
        }
    }

    pub fn href(&self) -> String {
        let given = [("only", &self.only), ("to", &self.to)];
        let given = given.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() {
            HERE.to_owned()
        } else {
            format!("{HERE}?{}", query.join("&"))
        }
    }

    /// A word that is not known shows nothing rather than everything.
    pub fn filter(&self, who: &Caller, now: Instant) -> Option<ProblemListFilter> {
        let (state, reply_before) = match self.only.as_str() {
            "" => (None, None),
            "unreceived" => (Some(StateName::Sent), None),
            "unanswered" => (Some(StateName::Received), Some(now.day())),
            _ => return None,
        };
        let addressee = match self.to.as_str() {
            "" => None,
            "us" => Some(who.actor.agency),
            _ => return None,
        };
        Some(ProblemListFilter {
            state,
            addressee,
            reply_before,
            ..ProblemListFilter::default()
        })
    }
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let page = fill(&site, &browser, &shown, None).await;
    let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(render(StatusCode::OK, &page))
}

async fn fill(
    site: &Site,
    browser: &Browser,
    shown: &Shown,
    back: Option<(&Form, &Told)>,
) -> Result<ProblemListsPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let after = if shown.after.is_empty() {
        None
    } else {
        Some(read_cursor(&shown.after).ok_or(Failure::NotFound)?)
    };
    let filter = shown.filter(caller, now).ok_or(Failure::NotFound)?;
    let (lists, next) = problem_list::lists(&site.app, caller, &filter, after, problem_list::MOST).await?;
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
    // Where some lists are looked for, none is opened.
    let all = shown.href() == HERE;
    let counties = if all {
        problem_list::counties(&site.app, caller)
    } else {
        Vec::new()
    };
    let narrowed = (!shown.only.is_empty()).then(|| words.of("problems_only", &shown.only));
    let onwards = if all { "?" } else { "&" };
    let title = words.get("problems.title").to_owned();
    Ok(ProblemListsPage {
        frame: frame(site, browser, title, Section::ProblemLists, HERE, now),
        lists: lists.iter().map(line).collect(),
        next: next.map(|(at, id)| format!("{}{onwards}after={at}~{id}", shown.href())),
        narrowed,
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
        let page = fill(&site, &browser, &Shown::default(), Some((&form, told))).await;
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
