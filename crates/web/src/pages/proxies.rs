//! 镇代录: the small units that a town records for, entering one, and the slip of codes, which is shown once.

use app::{
    Failure,
    proxy::{self, end, issue},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{SubjectId, proxy::Issue};
use serde::Deserialize;

use super::{encode, form::Form, frame, render, told::Told};
use crate::{
    api::proxies::read_cursor,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        form::{Field, FieldKind},
        frame::Section,
        proxies::{ProxiesPage, ProxyRow, Slip},
    },
    words::Words,
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
    let page = fill(&site, &browser, &shown.after).await;
    let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(render(StatusCode::OK, &page))
}

/// The slip is the answer to the form itself: no address leads to it again.
pub async fn issue(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/proxies");
    let mut page = fill(&site, &browser, "").await.map_err(problem)?;
    if !form.proves(&browser) {
        put_back(&mut page, &form, &Told::form_expired(words));
        return Ok(render(StatusCode::FORBIDDEN, &page));
    }
    match enter(&site, &browser, &form).await {
        Ok(slip) => {
            let mut page = fill(&site, &browser, "").await.map_err(problem)?;
            page.slip = Some(slip);
            Ok(render(StatusCode::OK, &page))
        }
        Err(failure) if super::acts::leaves_the_form(&failure) => Err(problem(failure)),
        Err(failure) => {
            let told = Told::of(failure, None, words);
            put_back(&mut page, &form, &told);
            Ok(render(told.status, &page))
        }
    }
}

async fn enter(site: &Site, browser: &Browser, form: &Form) -> Result<Slip, Failure> {
    let caller = form.caller(browser, "/proxies");
    let unit = issue::named(&site.app, &caller, form.get("unit")).await?;
    let said = Issue {
        head: form.get("head").to_owned(),
        reason: form.get("reason").to_owned(),
    };
    let issued = issue::issue(&site.app, &caller, unit, said).await?;
    Ok(Slip {
        unit: issued.receipt.unit,
        head: issued.receipt.head,
        until: issued.receipt.until,
        by: browser.live.caller.person_name.clone(),
        codes: issued.codes,
    })
}

pub async fn end(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/proxies");
    let unit = SubjectId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let ending = format!("/proxies/{unit}/ending");
    let told = if form.proves(&browser) {
        let caller = form.caller(&browser, &ending);
        match end::end(&site.app, &caller, unit, form.get("reason")).await {
            Ok(_) => return Ok(Redirect::to("/proxies").into_response()),
            Err(failure) if super::acts::leaves_the_form(&failure) => return Err(problem(failure)),
            Err(failure) => Told::of(failure, None, words),
        }
    } else {
        Told::form_expired(words)
    };
    let mut page = fill(&site, &browser, form.get("after")).await.map_err(problem)?;
    let row = page
        .rows
        .iter_mut()
        .find(|row| row.ending.as_ref() == Some(&ending));
    match row {
        Some(row) => {
            form.get("reason").clone_into(&mut row.typed);
            row.error = told.errors.first().map(|error| error.message.clone());
        }
        None => page.errors = told.errors,
    }
    Ok(render(told.status, &page))
}

async fn fill(site: &Site, browser: &Browser, shown: &str) -> Result<ProxiesPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let after = match shown {
        "" => None,
        after => Some(read_cursor(after).ok_or(Failure::NotFound)?),
    };
    let (found, next) = proxy::list(&site.app, caller, after, proxy::MOST).await?;
    let may_issue = proxy::may_issue(caller);
    let rows = found.iter().map(|one| {
        let in_force = one.is_in_force(now.day());
        let state = match (&one.ended, in_force) {
            (Some(ended), _) => words.fill("proxies.ended", &[("reason", &ended.reason)]),
            (None, true) => words.fill("proxies.until", &[("day", &one.until.to_string())]),
            (None, false) => words.fill("proxies.expired", &[("day", &one.until.to_string())]),
        };
        ProxyRow {
            href: format!("/hazards?subject={}", one.subject),
            unit: one.unit_name.clone(),
            head: one.head_name.clone(),
            reason: one.reason.clone(),
            state,
            unused: one.unused(),
            in_force,
            ending: (may_issue && one.ended.is_none()).then(|| format!("/proxies/{}/ending", one.subject)),
            idempotency_key: site.app.ids.uuid(now).to_string(),
            ..ProxyRow::default()
        }
    });
    Ok(ProxiesPage {
        frame: frame(
            site,
            browser,
            words.get("proxies.title").to_owned(),
            Section::Hazards,
            "/proxies",
            now,
        ),
        rows: rows.collect(),
        after: shown.to_owned(),
        next: next.map(|(name, id)| format!("/proxies?after={id}~{}", encode(&name))),
        may_issue,
        fields: fields(words),
        idempotency_key: site.app.ids.uuid(now).to_string(),
        ..ProxiesPage::default()
    })
}

fn fields(words: Words) -> Vec<Field> {
    let text = |name: &str, label: &str, hint: &str| Field {
        name: name.to_owned(),
        label: words.get(label).to_owned(),
        hint: Some(words.get(hint).to_owned()),
        required: true,
        error: None,
        kind: FieldKind::default(),
    };
    vec![
        text("unit", "field.proxy_unit", "hint.proxy_unit"),
        text("head", "field.proxy_head", "hint.proxy_head"),
        text("reason", "field.proxy_reason", "hint.proxy_reason"),
    ]
}

fn put_back(page: &mut ProxiesPage, form: &Form, told: &Told) {
    page.errors.clone_from(&told.errors);
    for field in &mut page.fields {
        field.error = told.at(&field.name);
        super::hazard::forms::keep(field, form, &[]);
    }
    let key = form.get("idempotency_key");
    if !told.needs_a_new_key && !key.is_empty() {
        key.clone_into(&mut page.idempotency_key);
    }
}
