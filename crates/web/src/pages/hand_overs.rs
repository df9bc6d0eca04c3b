//! 岗位交接: what waits for somebody who leaves a post, the form that ends the appointment, and what has passed to me.

use app::{
    Failure,
    hand_over::{self, Left, leave},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{AppointmentId, authority::Act, directory::END_AHEAD, hazard::Hazard};
use serde::Deserialize;

use super::{form::Form, frame, hazard::forms::keep, notice, render, told::Told};
use crate::{
    api::hand_overs::read_leave,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        form::{Choice, Field, FieldKind},
        frame::Section,
        hand_overs::{HandOverPage, HandOversPage, LeftGroup, LeftRow, PassedFrom, WaitingLine},
    },
    words::Words,
};

/// Rows of each kind that a page shows; the number beside says how many there are.
const ROWS: usize = 30;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: Option<String>,
}

/// What has passed to the viewer by name.
pub async fn mine(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let words = browser.words;
    let passed = hand_over::passed(&site.app, &browser.live.caller).await;
    let passed = passed.map_err(|failure| Problem::page(failure, words))?;
    let now = site.app.clock.now();
    let people = passed.iter().map(|left| PassedFrom {
        person: left.holding.person_name.clone(),
        post: post(left),
        left_on: days(left, words),
        href: format!("/hand-overs/{}", left.holding.appointment.id),
        groups: groups(left, words),
    });
    let title = words.get("hand_overs.title").to_owned();
    let page = HandOversPage {
        frame: frame(&site, &browser, title, Section::Desk, "/hand-overs", now),
        people: people.collect(),
    };
    Ok(render(StatusCode::OK, &page))
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let id = read_id(&id, words)?;
    let page = fill(&site, &browser, id).await;
    let mut page = page.map_err(|failure| Problem::page(failure, words))?;
    page.frame.notice = notice(words, asked.done.as_deref(), None, None);
    Ok(render(StatusCode::OK, &page))
}

pub async fn end(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let id = read_id(&id, words)?;
    let here = format!("/hand-overs/{id}");
    let problem = |failure| Problem::page(failure, words).coming_from(&here);
    let told = if form.proves(&browser) {
        match send(&site, &browser, id, &form).await {
            Ok(()) => {
                let to = format!("{here}?done={}", Act::EndAppointment);
                return Ok(Redirect::to(&to).into_response());
            }
            Err(failure) if super::acts::leaves_the_form(&failure) => return Err(problem(failure)),
            Err(failure) => Told::of(failure, None, words),
        }
    } else {
        Told::form_expired(words)
    };
    let mut page = fill(&site, &browser, id).await.map_err(problem)?;
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

async fn send(site: &Site, browser: &Browser, id: AppointmentId, form: &Form) -> Result<(), Failure> {
    let caller = form.caller(browser, &format!("/hand-overs/{id}/ending"));
    hand_over::may_leave(&site.app, &caller, id).await?;
    let chosen = match form.get("successor") {
        "" => return Err(Failure::field("successor", "required")),
        "agency" => "",
        chosen => chosen,
    };
    let (successor, said) = read_leave(form.get("on"), form.get("reason").to_owned(), chosen)?;
    let left = leave::leave(&site.app, &caller, id, successor, said).await;
    left.map(|_| ())
}

pub async fn back(Path(id): Path<String>) -> Response {
    let to = AppointmentId::parse(&id).map_or_else(|| "/".to_owned(), |id| format!("/hand-overs/{id}"));
    Redirect::to(&to).into_response()
}

fn read_id(id: &str, words: Words) -> Result<AppointmentId, Problem> {
    AppointmentId::parse(id).ok_or_else(|| Problem::page(Failure::NotFound, words))
}

async fn fill(site: &Site, browser: &Browser, id: AppointmentId) -> Result<HandOverPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let now = site.app.clock.now();
    let left = hand_over::show(&site.app, caller, id).await?;
    let held = &left.holding;
    let here = format!("/hand-overs/{id}");
    let title = words.fill("hand_over.title", &[("name", &held.person_name)]);
    let ends = hand_over::may_end(caller) && left.may_be_ended(now.day());
    let fields = if ends {
        fields(site, &left, words).await?
    } else {
        Vec::new()
    };
    let gone = left.is_over(now.day());
    let successor = left
        .successor
        .as_ref()
        .map(|one| format!("{} {}", one.person_name, one.title));
    let agency = held
        .appointment
        .to
        .map(|_| words.get("hand_over.agency").to_owned());
    Ok(HandOverPage {
        frame: frame(site, browser, title, Section::Desk, &here, now),
        person: held.person_name.clone(),
        post: post(&left),
        days: days(&left, words),
        successor: successor.or(agency),
        desk: if gone { Vec::new() } else { desk(&left, words) },
        items: groups(&left, words),
        delegations: delegations(site, &left, words).await?,
        action: ends.then(|| format!("{here}/ending")),
        fields,
        idempotency_key: site.app.ids.uuid(now).to_string(),
        version: held.appointment.seen.version,
        ..HandOverPage::default()
    })
}

fn post(left: &Left) -> String {
    format!("{} {}", left.holding.agency.name, left.holding.title)
}

fn days(left: &Left, words: Words) -> String {
    let held = &left.holding.appointment;
    let from = held.from.to_string();
    match held.to {
        Some(to) => words.fill("person_record.held", &[("from", &from), ("to", &to.to_string())]),
        None => words.fill("person_record.held_still", &[("from", &from)]),
    }
}

/// With the agency: whoever sits there sees the same.
fn desk(left: &Left, words: Words) -> Vec<WaitingLine> {
    let waiting = &left.waiting;
    let line = |kind: &str, count: i64, href: Option<String>| WaitingLine {
        label: words.of("waiting", kind),
        count,
        href: href.filter(|_| count > 0),
    };
    let agency = left.holding.agency.id;
    vec![
        line(
            "desk",
            waiting.desk,
            Some(format!("/hazards?only=open&department={agency}"))
                .filter(|_| left.holding.role == domain::agency::Role::CountyDepartment),
        ),
        line("letters", waiting.letters, Some("/escalations".to_owned())),
        line(
            "instructions",
            waiting.instructions,
            Some("/hazards?only=instructed".to_owned()),
        ),
        line("delegations_given", waiting.delegations_given, None),
        line("delegations_taken", waiting.delegations_taken, None),
    ]
}

fn groups(left: &Left, words: Words) -> Vec<LeftGroup> {
    let group = |kind: &str, count: i64, rows: Vec<LeftRow>| LeftGroup {
        label: words.of("waiting", kind),
        count,
        rows,
    };
    let waiting = &left.waiting;
    let hazards = |all: &[Hazard]| -> Vec<LeftRow> {
        let shown = all.iter().take(ROWS);
        shown
            .map(|one| LeftRow {
                href: format!("/hazards/{}", one.id),
                title: format!("{} {}", one.number, one.subject.name),
                note: format!(
                    "{} · {}",
                    words.of("stage", one.stage.name().as_str()),
                    one.description
                ),
            })
            .collect()
    };
    let problems = left.problem_lists.iter().take(ROWS).map(|one| LeftRow {
        href: format!("/problem-lists/{}", one.id),
        title: words.fill(
            "hand_over.problem_list",
            &[("day", &one.opened.at.day().to_string())],
        ),
        note: words.count("hand_over.items", one.items.len()),
    });
    let sign_offs = left.sign_off_lists.iter().take(ROWS).map(|one| LeftRow {
        href: format!("/sign-off-lists/{}", one.id),
        title: words.fill(
            "hand_over.sign_off_list",
            &[("day", &one.opened.at.day().to_string())],
        ),
        note: words.count("hand_over.items", one.items.len()),
    });
    let all = vec![
        group("cases", waiting.cases, hazards(&left.cases)),
        group("plans", waiting.plans, hazards(&left.plans)),
        group("problem_lists", waiting.problem_lists, problems.collect()),
        group("sign_off_lists", waiting.sign_off_lists, sign_offs.collect()),
    ];
    all.into_iter().filter(|group| group.count > 0).collect()
}

async fn delegations(site: &Site, left: &Left, words: Words) -> Result<Vec<String>, Failure> {
    let ids: Vec<_> = left
        .delegations
        .iter()
        .flat_map(|one| [one.giver.person, one.taker.person])
        .collect();
    let names = app::delegation::names(&site.app, &ids).await?;
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let line = |one: &domain::delegation::Delegation| {
        let (giver, taker) = (name(one.giver.person), name(one.taker.person));
        let day = one.until.to_string();
        words.fill(
            "hand_over.delegation",
            &[("giver", &giver), ("taker", &taker), ("day", &day)],
        )
    };
    Ok(left.delegations.iter().map(line).collect())
}

async fn fields(site: &Site, left: &Left, words: Words) -> Result<Vec<Field>, Failure> {
    let today = site.app.clock.now().day();
    let held = &left.holding.appointment;
    let colleagues = hand_over::successors(&site.app, left).await?;
    let mut options: Vec<Choice> = colleagues
        .iter()
        .map(|one| Choice {
            value: one.appointment.to_string(),
            label: format!("{} {}", one.person_name, one.title),
            hint: None,
            chosen: held.successor == Some(one.appointment),
        })
        .collect();
    options.push(Choice {
        value: "agency".to_owned(),
        label: words.get("hand_over.agency").to_owned(),
        hint: None,
        chosen: held.to.is_some() && held.successor.is_none(),
    });
    let field = |name: &str, hint: &str, kind: FieldKind| Field {
        name: name.to_owned(),
        label: words.get(&format!("field.{name}")).to_owned(),
        hint: words.has(hint).then(|| words.get(hint).to_owned()),
        required: true,
        error: None,
        kind,
    };
    let successor = if options.len() > 6 {
        FieldKind::Select { options }
    } else {
        FieldKind::Choice { options }
    };
    Ok(vec![
        field(
            "on",
            "hint.leave_on",
            FieldKind::Date {
                value: held.to.unwrap_or(today).to_string(),
                earliest: Some(held.from.to_string()),
                latest: Some(today.plus_days(END_AHEAD).to_string()),
            },
        ),
        field("reason", "hint.leave_reason", FieldKind::default()),
        field("successor", "hint.leave_successor", successor),
    ])
}
