//! 意见反馈: the form that the foot of every page leads to, one's own complaints, and all of them for those who answer.

use std::collections::HashMap;

use app::{
    Failure,
    complaint::{self, MOST},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ComplaintId, PersonId,
    authority::Act,
    complaint::{Complain, Complaint, ComplaintKind},
    time::Instant,
};
use serde::Deserialize;

use super::{
    form::Form, frame, hazard::forms::choice, hazard::forms::keep, inside, marks, notice, render, told::Told,
};
use crate::{
    api::{complaints::names, hazards::read_cursor},
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        complaints::{
            AnswerForm, AnswerLine, ComplaintLine, ComplaintPage, ComplaintsPage, NewComplaint, Tab,
        },
        form::{Field, FieldKind},
        frame::Section,
    },
    words::Words,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    page: String,
    done: Option<String>,
    after: String,
    /// `open` or `answered`, for those who answer; one's own otherwise.
    show: String,
}

pub async fn new(State(site): State<Site>, browser: Browser, Query(asked): Query<Asked>) -> Response {
    let page = blank(&site, &browser, inside(&asked.page));
    render(StatusCode::OK, &page)
}

pub async fn send(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words).coming_from("/complaints/new");
    let come_back = |told: Told| {
        let mut page = blank(&site, &browser, form.get("page"));
        form.get("id").clone_into(&mut page.id);
        page.errors.clone_from(&told.errors);
        for field in [&mut page.kind, &mut page.text, &mut page.signed] {
            field.error = told.at(&field.name);
            keep(field, &form, &[]);
        }
        Ok(render(told.status, &page))
    };
    if !form.proves(&browser) {
        return come_back(Told::form_expired(words));
    }
    let id = ComplaintId::parse(form.get("id")).ok_or_else(|| problem(Failure::NotFound))?;
    let Some(kind) = ComplaintKind::parse(form.get("about")) else {
        return come_back(Told::of(Failure::field("about", "required"), None, words));
    };
    let anonymous = match form.get("signed") {
        "yes" => false,
        "no" => true,
        _ => return come_back(Told::of(Failure::field("signed", "required"), None, words)),
    };
    let said = Complain {
        id,
        kind,
        text: form.get("words").to_owned(),
        page: form.get("page").to_owned(),
        anonymous,
    };
    match complaint::complain(&site.app, &browser.live.caller, said).await {
        Ok(made) => {
            let to = format!("/complaints/{}?done={}", made.id, Act::Complain);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure @ (Failure::Fields(_) | Failure::TooOften { .. } | Failure::Full)) => {
            come_back(Told::of(failure, None, words))
        }
        Err(failure) => Err(problem(failure)),
    }
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let who = &browser.live.caller;
    let answers = complaint::may_answer(who);
    let answered = match asked.show.as_str() {
        "open" if answers => Some(false),
        "answered" if answers => Some(true),
        "" | "mine" => None,
        _ => return Err(problem(Failure::NotFound)),
    };
    let mine = answered.is_none();
    let after = if asked.after.is_empty() {
        None
    } else {
        Some(read_cursor(&asked.after).ok_or_else(|| problem(Failure::NotFound))?)
    };
    let found = complaint::list(&site.app, who, mine, answered, after, MOST).await;
    let (found, next) = found.map_err(problem)?;
    let named = names(&site, &found).await.map_err(problem)?;
    let now = site.app.clock.now();
    let href = |show: &str| format!("/complaints?show={show}");
    let tab = |show: &str, key: &str| Tab {
        label: words.get(key).to_owned(),
        href: href(show),
        chosen: asked.show == show || asked.show.is_empty() && show == "mine",
    };
    let tabs = [
        tab("open", "complaint.open"),
        tab("answered", "complaint.answered"),
        tab("mine", "complaint.mine"),
    ];
    let title = words.get(if mine { "complaint.mine" } else { "complaint.all" });
    let page = ComplaintsPage {
        frame: frame(
            &site,
            &browser,
            title.to_owned(),
            Section::Desk,
            "/complaints",
            now,
        ),
        rows: found.iter().map(|one| line(one, &named, words, now)).collect(),
        tabs: if answers { tabs.into() } else { Vec::new() },
        next: next.map(|(at, id)| {
            format!(
                "{}&after={at}~{id}",
                href(if mine { "mine" } else { &asked.show })
            )
        }),
    };
    Ok(render(StatusCode::OK, &page))
}

pub async fn one(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut page = shown(&site, &browser, &id).await?;
    page.frame.notice = notice(browser.words, asked.done.as_deref(), None, None);
    Ok(render(StatusCode::OK, &page))
}

pub async fn answer(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let told = if form.proves(&browser) {
        let caller = form.caller(&browser, "/complaints");
        let complaint = read_id(&id, words)?;
        match complaint::answer(&site.app, &caller, complaint, form.get("answer")).await {
            Ok(_) => {
                let to = format!("/complaints/{complaint}?done={}", Act::AnswerComplaint);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(failure @ (Failure::NotFound | Failure::Denied(_) | Failure::Broken(_))) => {
                return Err(Problem::page(failure, words));
            }
            Err(failure) => Told::of(failure, None, words),
        }
    } else {
        Told::form_expired(words)
    };
    let mut page = shown(&site, &browser, &id).await?;
    if let Some(back) = &mut page.answer {
        back.errors.clone_from(&told.errors);
        back.text.error = told.at("answer");
        keep(&mut back.text, &form, &[]);
    }
    Ok(render(told.status, &page))
}

pub async fn back(Path(id): Path<String>) -> Response {
    let to =
        ComplaintId::parse(&id).map_or_else(|| "/complaints".to_owned(), |id| format!("/complaints/{id}"));
    Redirect::to(&to).into_response()
}

fn read_id(id: &str, words: Words) -> Result<ComplaintId, Problem> {
    ComplaintId::parse(id).ok_or_else(|| Problem::page(Failure::NotFound, words))
}

async fn shown(site: &Site, browser: &Browser, id: &str) -> Result<ComplaintPage, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let who = &browser.live.caller;
    let id = read_id(id, words)?;
    let found = complaint::find(&site.app, who, id).await.map_err(problem)?;
    let found = [found];
    let named = names(site, &found).await.map_err(problem)?;
    let now = site.app.clock.now();
    let [one] = &found;
    let here = format!("/complaints/{id}");
    let answer = AnswerForm {
        action: format!("{here}/answer"),
        version: one.seen.version,
        errors: Vec::new(),
        text: field(words, "answer", area()),
    };
    let title = words.get("complaint.title").to_owned();
    Ok(ComplaintPage {
        frame: frame(site, browser, title, Section::Desk, &here, now),
        complaint: line(one, &named, words, now),
        nameless: one.by.is_none(),
        answer: (complaint::may_answer(who) && one.answer.is_none()).then_some(answer),
    })
}

fn line(one: &Complaint, named: &HashMap<PersonId, String>, words: Words, now: Instant) -> ComplaintLine {
    let name = |id: &PersonId| named.get(id).map_or("", String::as_str);
    let signed = |key: &str, who: &str, at: Instant| {
        words.fill(key, &[("who", who), ("time", &marks::short(at, now))])
    };
    let who = one
        .by
        .as_ref()
        .map_or(words.get("complaint.nobody"), |by| name(&by.person));
    ComplaintLine {
        href: format!("/complaints/{}", one.id),
        kind: one.kind.to_string(),
        text: one.text.clone(),
        made: signed("complaint.made_by", who, one.at),
        page: one.page.clone(),
        answer: one.answer.as_ref().map(|answer| AnswerLine {
            text: answer.text.clone(),
            by: signed("complaint.answered_by", name(&answer.by.person), answer.by.at),
        }),
    }
}

fn blank(site: &Site, browser: &Browser, about: &str) -> NewComplaint {
    let words = browser.words;
    let now = site.app.clock.now();
    let kinds = ComplaintKind::ALL.iter();
    let kinds = kinds.map(|kind| choice(kind, words.of("complaint_kind", kind.as_str()), false));
    let signed = [("yes", "complaint.signed"), ("no", "complaint.anonymous")];
    let signed = signed.map(|(value, key)| choice(value, words.get(key).to_owned(), value == "yes"));
    let title = words.get("complaint.new").to_owned();
    let mut frame = frame(site, browser, title, Section::Desk, "/complaints/new", now);
    // It is here already.
    frame.complain = None;
    NewComplaint {
        frame,
        errors: Vec::new(),
        kind: field(
            words,
            "about",
            FieldKind::Choice {
                options: kinds.collect(),
            },
        ),
        text: field(words, "words", area()),
        signed: field(
            words,
            "signed",
            FieldKind::Choice {
                options: signed.into(),
            },
        ),
        page: about.chars().take(200).collect(),
        id: site.app.ids.uuid(now).to_string(),
    }
}

fn area() -> FieldKind {
    FieldKind::Textarea {
        value: String::new(),
        rows: 4,
    }
}

fn field(words: Words, name: &str, kind: FieldKind) -> Field {
    Field {
        name: name.to_owned(),
        label: words.of("field", name),
        required: true,
        kind,
        ..Field::default()
    }
}
