//! 个人履职记录: one's own, or another's after the form has asked why.

use app::{
    Failure,
    person_record::{self, MOST, PersonRecord, Standing},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{PersonId, PersonOpeningId, agency::Role, authority::Act, time::Instant};
use serde::Deserialize;

use super::{form::Form, frame, hazard::forms::keep, marks, notice, render, told::Told};
use crate::{
    api::hazards::read_cursor,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        form::{Field, FieldKind},
        frame::Section,
        persons::{DeedLine, HeldPost, OpeningLine, PersonClosed, PersonPage},
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
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let id = read_id(&id, words)?;
    let who = &browser.live.caller;
    let standing = person_record::standing(&site.app, who, id)
        .await
        .map_err(problem)?;
    if !standing.is_open() {
        return Ok(render(StatusCode::OK, &closed(&site, &browser, &standing)));
    }
    let after = match asked.after.as_str() {
        "" => None,
        after => Some(read_cursor(after).ok_or_else(|| problem(Failure::NotFound))?),
    };
    let record = person_record::show(&site.app, who, id, after, MOST).await;
    let mut page = open_page(&site, &browser, &record.map_err(problem)?);
    page.frame.notice = notice(words, asked.done.as_deref(), None, None);
    Ok(render(StatusCode::OK, &page))
}

pub async fn open(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let person = read_id(&id, words)?;
    let who = &browser.live.caller;
    let standing = person_record::standing(&site.app, who, person)
        .await
        .map_err(problem)?;
    let told = if form.proves(&browser) {
        let opening = PersonOpeningId::parse(form.get("id")).ok_or_else(|| problem(Failure::NotFound))?;
        match person_record::open(&site.app, who, opening, person, form.get("reason")).await {
            Ok(_) => {
                let to = format!("/persons/{person}?done={}", Act::OpenPersonRecord);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(failure @ (Failure::Fields(_) | Failure::Full)) => Told::of(failure, None, words),
            Err(failure) => return Err(problem(failure)),
        }
    } else {
        Told::form_expired(words)
    };
    let mut page = closed(&site, &browser, &standing);
    form.get("id").clone_into(&mut page.id);
    page.errors.clone_from(&told.errors);
    page.reason.error = told.at("reason");
    keep(&mut page.reason, &form, &[]);
    Ok(render(told.status, &page))
}

pub async fn back(Path(id): Path<String>) -> Response {
    let to = PersonId::parse(&id).map_or_else(|| "/".to_owned(), |id| format!("/persons/{id}"));
    Redirect::to(&to).into_response()
}

fn read_id(id: &str, words: Words) -> Result<PersonId, Problem> {
    PersonId::parse(id).ok_or_else(|| Problem::page(Failure::NotFound, words))
}

fn closed(site: &Site, browser: &Browser, standing: &Standing) -> PersonClosed {
    let words = browser.words;
    let now = site.app.clock.now();
    let person = &standing.person;
    let here = format!("/persons/{}", person.id);
    let title = words.get("person_record.opening").to_owned();
    let unseen = browser.live.caller.actor.role == Role::Discipline;
    let told = if unseen {
        "person_record.told_nobody"
    } else {
        "person_record.told_the_person"
    };
    PersonClosed {
        frame: frame(site, browser, title, Section::Desk, &here, now),
        person: person.name.clone(),
        action: format!("{here}/opening"),
        id: site.app.ids.uuid(now).to_string(),
        errors: Vec::new(),
        reason: Field {
            name: "reason".to_owned(),
            label: words.get("person_record.reason").to_owned(),
            required: true,
            kind: FieldKind::Textarea {
                value: String::new(),
                rows: 3,
            },
            ..Field::default()
        },
        told: words.get(told).to_owned(),
    }
}

fn open_page(site: &Site, browser: &Browser, record: &PersonRecord) -> PersonPage {
    let words = browser.words;
    let now = site.app.clock.now();
    let person = &record.standing.person;
    let here = format!("/persons/{}", person.id);
    let title = words.fill("person_record.title", &[("name", &person.name)]);
    let open = record.standing.opening.as_ref().map(|one| {
        let until = marks::short(one.until, now);
        words.fill(
            "person_record.open_until",
            &[("time", &until), ("reason", &one.reason)],
        )
    });
    let posts = record.posts.iter().map(|held| {
        let from = held.appointment.from.to_string();
        let days = match held.appointment.to {
            Some(to) => words.fill("person_record.held", &[("from", &from), ("to", &to.to_string())]),
            None => words.fill("person_record.held_still", &[("from", &from)]),
        };
        HeldPost {
            title: held.title.clone(),
            agency: held.agency.short.clone(),
            days,
        }
    });
    PersonPage {
        frame: frame(site, browser, title, Section::Desk, &here, now),
        own: record.standing.own,
        open,
        posts: posts.collect(),
        deeds: deeds(record, words, now),
        openings: openings(record, words, now),
        next: record
            .next
            .as_ref()
            .map(|(at, id)| format!("{here}?after={at}~{id}")),
    }
}

fn deeds(record: &PersonRecord, words: Words, now: Instant) -> Vec<DeedLine> {
    let names = &record.names;
    let line = |deed: &store::person_opening::Deed| {
        let post = deed.post.and_then(|post| names.posts.get(&post).cloned());
        let (title, agency) = post.unwrap_or_default();
        DeedLine {
            act: deed.act.clone(),
            when: marks::short(deed.at, now),
            when_full: deed.at.to_minute(),
            post: format!("{agency} {title}").trim().to_owned(),
            principal: deed
                .principal
                .map(|id| words.fill("viewer.for", &[("name", &names.person(id))])),
            href: format!("/hazards/{}", deed.hazard),
            number: deed.number.clone(),
            description: deed.description.clone(),
        }
    };
    record.deeds.iter().map(line).collect()
}

fn openings(record: &PersonRecord, words: Words, now: Instant) -> Vec<OpeningLine> {
    let names = &record.names;
    let line = |one: &domain::person_opening::PersonOpening| {
        let (title, agency) = names.posts.get(&one.by.post).cloned().unwrap_or_default();
        let who = format!("{agency} {title} {}", names.person(one.by.person));
        let time = marks::short(one.by.at, now);
        OpeningLine {
            who: words.fill("person_record.opened_by", &[("who", &who), ("time", &time)]),
            reason: one.reason.clone(),
        }
    };
    record.openings.iter().map(line).collect()
}
