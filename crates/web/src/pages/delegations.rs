//! 授权委托: what I gave and took, giving one, ending one, and acting under one. Acting under one is another session than one's own.

use app::{
    Failure,
    delegation::{self, Listed, MOST, end, give},
    session::{self, SESSION_LASTS},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{DelegationId, authority::Act, delegation::MOST_DAYS};
use serde::Deserialize;
use store::directory::Holding;

use super::{door, form::Form, frame, hazard::forms::keep, notice, render, told::Told};
use crate::{
    api::{delegations::read_give, hazards::read_cursor},
    caller::{Browser, COOKIE},
    problem::Problem,
    site::Site,
    views::{
        delegations::{DelegationRow, DelegationsPage},
        form::{Choice, Field, FieldKind},
        frame::Section,
    },
    words::Words,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: Option<String>,
    after: String,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let page = fill(&site, &browser, &asked.after).await;
    let mut page = page.map_err(|failure| Problem::page(failure, words))?;
    page.frame.notice = notice(words, asked.done.as_deref(), None, None);
    Ok(render(StatusCode::OK, &page))
}

pub async fn give(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/delegations");
    let told = if form.proves(&browser) {
        match send(&site, &browser, &form).await {
            Ok(()) => return Ok(done(Act::Delegate)),
            Err(failure) if super::acts::leaves_the_form(&failure) => return Err(problem(failure)),
            Err(failure) => Told::of(failure, None, words),
        }
    } else {
        Told::form_expired(words)
    };
    let mut page = fill(&site, &browser, "").await.map_err(problem)?;
    page.errors.clone_from(&told.errors);
    for field in &mut page.fields {
        field.error = told.at(&field.name);
        keep(field, &form, &[]);
    }
    let key = form.get("idempotency_key");
    if !told.needs_a_new_key && !key.is_empty() {
        key.clone_into(&mut page.idempotency_key);
    }
    Ok(render(told.status, &page))
}

async fn send(site: &Site, browser: &Browser, form: &Form) -> Result<(), Failure> {
    let caller = form.caller(browser, "/delegations");
    caller.actor.may_at_all(Act::Delegate)?;
    let days = (form.get("first_day"), form.get("last_day"));
    let reason = form.get("reason").to_owned();
    let (taker, said) = read_give(form.get("taker"), &form.all("acts"), days, reason)?;
    give::give(&site.app, &caller, taker, said).await.map(|_| ())
}

pub async fn end(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words).coming_from("/delegations");
    if !form.proves(&browser) {
        return Err(Problem::form_expired(browser.words));
    }
    let id = DelegationId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let caller = form.caller(&browser, &format!("/delegations/{id}/ending"));
    let ended = end::end(&site.app, &caller, id, form.get("reason")).await;
    ended.map_err(problem)?;
    Ok(done(Act::EndDelegation))
}

fn done(act: Act) -> Response {
    Redirect::to(&format!("/delegations?done={act}")).into_response()
}

/// From here on under this delegation.
pub async fn take_up(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id = DelegationId::parse(&id).ok_or_else(|| Problem::page(Failure::NotFound, browser.words))?;
    change_over(&site, &browser, &form, Some(id)).await
}

/// Oneself again.
pub async fn own(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    change_over(&site, &browser, &form, None).await
}

async fn change_over(
    site: &Site,
    browser: &Browser,
    form: &Form,
    under: Option<DelegationId>,
) -> Result<Response, Problem> {
    if !form.proves(browser) {
        return Err(Problem::form_expired(browser.words));
    }
    let opened = session::change_over(&site.app, &browser.live, under).await;
    let opened = opened.map_err(|failure| Problem::page(failure, browser.words))?;
    let cookie = door::cookie(site, COOKIE, &opened.token, SESSION_LASTS / 1_000);
    Ok(door::with_cookie(Redirect::to("/").into_response(), &cookie))
}

async fn fill(site: &Site, browser: &Browser, after: &str) -> Result<DelegationsPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let after = match after {
        "" => None,
        after => Some(read_cursor(after).ok_or(Failure::NotFound)?),
    };
    let (found, next) = delegation::list(&site.app, caller, after, MOST).await?;
    let offered = delegation::offered(&site.app, caller).await?;
    let title = words.get("delegations.title").to_owned();
    Ok(DelegationsPage {
        frame: frame(site, browser, title, Section::Desk, "/delegations", now),
        rows: found.iter().map(|one| row(site, one, words)).collect(),
        next: next.map(|(at, id)| format!("/delegations?after={at}~{id}")),
        alone: offered
            .as_ref()
            .is_some_and(|offered| offered.colleagues.is_empty()),
        fields: offered
            .map(|offered| fields(&offered, now.day(), words))
            .unwrap_or_default(),
        idempotency_key: site.app.ids.uuid(now).to_string(),
        under: caller.principal_name.clone(),
        ..DelegationsPage::default()
    })
}

fn row(site: &Site, listed: &Listed, words: Words) -> DelegationRow {
    let one = &listed.delegation;
    let name = |held: &Option<Holding>| {
        held.as_ref()
            .map(|held| held.person_name.clone())
            .unwrap_or_default()
    };
    let post = |held: &Option<Holding>| {
        let text = held
            .as_ref()
            .map(|held| format!("{} {}", held.agency.short, held.title));
        text.unwrap_or_default()
    };
    let days = [("from", one.from.to_string()), ("to", one.until.to_string())];
    let days: Vec<(&str, &str)> = days.iter().map(|(name, day)| (*name, day.as_str())).collect();
    let ended = one.ended.as_ref().map(|ended| {
        let who = [&listed.giver, &listed.taker].into_iter().flatten();
        let mut who = who.filter(|held| held.appointment.person == ended.by.person);
        let who = who.next().map(|held| held.person_name.clone());
        let who = who.unwrap_or_else(|| words.of("role", "admin"));
        words.fill(
            "delegations.ended_by",
            &[
                ("name", &who),
                ("time", &ended.by.at.to_minute()),
                ("reason", &ended.reason),
            ],
        )
    });
    DelegationRow {
        giver: name(&listed.giver),
        giver_post: post(&listed.giver),
        taker: name(&listed.taker),
        taker_post: post(&listed.taker),
        acts: one.acts.iter().map(ToString::to_string).collect(),
        days: words.fill("person_record.held", &days),
        reason: one.reason.clone(),
        standing: listed.standing.as_str().to_owned(),
        in_force: listed.standing == delegation::Standing::InForce,
        note: ended,
        taking_up: listed
            .may_take_up
            .then(|| format!("/delegations/{}/acting", one.id)),
        ending: listed.may_end.then(|| format!("/delegations/{}/ending", one.id)),
        idempotency_key: site.app.ids.uuid(site.app.clock.now()).to_string(),
    }
}

fn fields(offered: &delegation::Offered, today: domain::time::Day, words: Words) -> Vec<Field> {
    let field = |name: &str, kind: FieldKind| {
        let hint = format!("hint.delegation_{name}");
        Field {
            name: name.to_owned(),
            label: words.get(&format!("field.{name}")).to_owned(),
            hint: words.has(&hint).then(|| words.get(&hint).to_owned()),
            required: true,
            error: None,
            kind,
        }
    };
    let colleagues = offered.colleagues.iter().map(|one| Choice {
        value: one.appointment.to_string(),
        label: one.person_name.clone(),
        hint: Some(one.title.clone()),
        chosen: false,
    });
    let colleagues: Vec<Choice> = colleagues.collect();
    let taker = if colleagues.len() > 6 {
        let options = colleagues.into_iter().map(|one| Choice {
            label: format!("{} {}", one.label, one.hint.unwrap_or_default()),
            hint: None,
            ..one
        });
        FieldKind::Select {
            options: options.collect(),
        }
    } else {
        FieldKind::Choice { options: colleagues }
    };
    let acts = offered.acts.iter().map(|act| Choice {
        value: act.to_string(),
        label: words.of("act", act.as_str()),
        hint: None,
        chosen: false,
    });
    let day = |earliest: domain::time::Day, value: domain::time::Day| FieldKind::Date {
        value: value.to_string(),
        earliest: Some(earliest.to_string()),
        latest: Some(
            today
                .plus_days(MOST_DAYS + domain::delegation::DAYS_AHEAD)
                .to_string(),
        ),
    };
    vec![
        field("taker", taker),
        field(
            "acts",
            FieldKind::MultiChoice {
                options: acts.collect(),
            },
        ),
        field("first_day", day(today, today)),
        field("last_day", day(today, today.plus_days(6))),
        field("reason", FieldKind::default()),
    ]
}
