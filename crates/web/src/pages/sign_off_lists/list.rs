//! One list: the drawn items first, each with its link and how it stands, then the rest, the decision, and the same on paper.

use std::collections::HashMap;

use app::{
    Caller, Failure,
    sign_off_list::{self, Listed, decide},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    AgencyId, PersonId, SignOffListId,
    authority::Act,
    sign_off_list::{Item, ListState, Standing},
};
use serde::Deserialize;

use super::super::{encode, form::Form, frame, notice, render, signed_for, told::Told};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        sign_off_list::{DecideForm, ListFacts, ListPage, ListPrint, ListRow},
    },
    words::Words,
};

#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
    key: Option<String>,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let mut page = fill(&site, &browser, &id, None).await?;
    page.frame.notice = notice(browser.words, done.done.as_deref(), done.key.as_deref(), None);
    Ok(render(StatusCode::OK, &page))
}

pub async fn print(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let page = fill(&site, &browser, &id, None).await?;
    let print = ListPrint {
        back: page.frame.here.clone(),
        frame: page.frame,
        list: page.list,
    };
    Ok(render(StatusCode::OK, &print))
}

pub async fn decision(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let list = read_id(&id, words)?;
    let back = |sentence: String| (form.get("opinion").to_owned(), sentence);
    if !form.proves(&browser) {
        let told = Told::form_expired(words);
        let sentence = told.errors.first().map(|error| error.message.clone());
        let page = fill(&site, &browser, &id, Some(back(sentence.unwrap_or_default()))).await?;
        return Ok(render(told.status, &page));
    }
    let caller = form.caller(&browser, &format!("/sign-off-lists/{id}/decision"));
    // Refusing a list is final: nothing is taken for it but its own button.
    let passed = match form.get("passed") {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Failure::field("decision", "required")),
    };
    let decided = match passed {
        Ok(passed) => decide::decide(&site.app, &caller, list, passed, form.get("opinion")).await,
        Err(failure) => Err(failure),
    };
    match decided {
        Ok(_) => {
            let key = encode(form.get("idempotency_key"));
            let to = format!("/sign-off-lists/{id}?done={}&key={key}", Act::DecideList);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure @ Failure::Fields(_)) => {
            let problem = Problem::page(failure, words);
            let page = fill(&site, &browser, &id, Some(back(problem.body.detail.clone()))).await?;
            Ok(render(problem.status(), &page))
        }
        Err(failure) => Err(Problem::page(failure, words)),
    }
}

fn read_id(id: &str, words: Words) -> Result<SignOffListId, Problem> {
    SignOffListId::parse(id).ok_or_else(|| Problem::page(Failure::NotFound, words))
}

/// `back` is what was typed as the opinion and what is wrong with it.
async fn fill(
    site: &Site,
    browser: &Browser,
    id: &str,
    back: Option<(String, String)>,
) -> Result<ListPage, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let caller = &browser.live.caller;
    let listed = sign_off_list::show(&site.app, caller, read_id(id, words)?).await;
    let listed = listed.map_err(problem)?;
    let names = Names::of(site, &listed).await.map_err(problem)?;
    let list = facts(site, caller, &listed, &names, words);
    let now = site.app.clock.now();
    let here = format!("/sign-off-lists/{id}");
    let may = caller
        .actor
        .may_about(Act::DecideList, &listed.list.about())
        .is_ok();
    let goes_on = matches!(listed.list.state, ListState::Passed(_));
    let something = match listed.list.state {
        ListState::Open => list.undecided == 0,
        ListState::Passed(_) => list.left > 0,
        ListState::Refused(_) => false,
    };
    let (opinion, error) = back.map_or_else(Default::default, |(opinion, error)| (opinion, Some(error)));
    Ok(ListPage {
        frame: frame(site, browser, list.title.clone(), Section::Hazards, &here, now),
        list,
        decide: (may && something).then(|| DecideForm {
            action: format!("{here}/decision"),
            idempotency_key: site.app.ids.uuid(now).to_string(),
            goes_on,
            opinion,
            error,
        }),
        print: format!("{here}/print"),
    })
}

/// Whoever is named on the page.
struct Names {
    persons: HashMap<PersonId, String>,
    agencies: HashMap<AgencyId, String>,
}

impl Names {
    async fn of(site: &Site, listed: &Listed) -> Result<Self, Failure> {
        let accepted = listed
            .hazards
            .iter()
            .filter_map(|hazard| hazard.stage.acceptance());
        let signed = [
            Some(&listed.list.opened),
            listed.list.decision().map(|one| &one.by),
        ];
        let signed: Vec<_> = accepted
            .map(|one| &one.by)
            .chain(signed.into_iter().flatten())
            .collect();
        let mut persons: Vec<PersonId> = signed.iter().flat_map(|by| by.persons()).collect();
        let mut agencies: Vec<AgencyId> = signed.iter().map(|by| by.agency).collect();
        persons.sort_unstable();
        persons.dedup();
        agencies.sort_unstable();
        agencies.dedup();
        let directory = site.app.store.directory();
        let mut named = HashMap::new();
        for batch in persons.chunks(200) {
            let found = directory.persons(batch).await?;
            named.extend(found.into_iter().map(|person| (person.id, person.name)));
        }
        Ok(Self {
            persons: named,
            agencies: directory.agency_names(&agencies).await?,
        })
    }

    fn who(&self, by: &domain::actor::Signature, words: Words) -> String {
        let agency = self.agencies.get(&by.agency).cloned().unwrap_or_default();
        let name = |id: &PersonId| self.persons.get(id).cloned().unwrap_or_default();
        let person = name(&by.person);
        match &by.principal {
            Some(giver) => format!("{agency} {}", signed_for(&person, &name(giver), words)),
            None => format!("{agency} {person}"),
        }
    }
}

fn facts(site: &Site, caller: &Caller, listed: &Listed, names: &Names, words: Words) -> ListFacts {
    let list = &listed.list;
    let waiting = |items: Vec<&Item>| {
        let n = items
            .iter()
            .filter(|item| listed.standing(item) == Standing::Waiting)
            .count();
        i64::try_from(n).unwrap_or(i64::MAX)
    };
    let state = store::sign_off_list::word(&list.state);
    let opened = [
        ("who", names.who(&list.opened, words)),
        ("time", list.opened.at.to_minute()),
        ("n", list.items.len().to_string()),
        ("drawn", list.drawn().count().to_string()),
    ];
    let decided = list.decision().map(|decision| {
        let told = [
            ("decision", words.of("list_state", state)),
            ("who", names.who(&decision.by, words)),
            ("time", decision.by.at.to_minute()),
            ("opinion", decision.opinion.clone()),
        ];
        fill_with(words, "list.decided", &told)
    });
    let passed = matches!(list.state, ListState::Passed(_));
    let rows = |items: Vec<&Item>| -> Vec<ListRow> {
        let of = |item: &Item| row(caller, listed, item, names, passed && !item.drawn, words);
        items.into_iter().map(of).collect()
    };
    ListFacts {
        title: words.fill(
            "list.title",
            &[("county", &site.app.reference.name(&list.home.county))],
        ),
        opened: fill_with(words, "list.opened_by", &opened),
        state: state.to_owned(),
        decided,
        seed: list.seed.clone(),
        sample: rows(list.drawn().collect()),
        rest: rows(list.rest().collect()),
        undecided: if list.state == ListState::Open {
            waiting(list.drawn().collect())
        } else {
            0
        },
        left: if passed { waiting(list.rest().collect()) } else { 0 },
    }
}

fn fill_with(words: Words, key: &str, told: &[(&str, String)]) -> String {
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.fill(key, &told)
}

/// `left` is what should have been signed off and may not have been: then it says why this viewer cannot.
fn row(caller: &Caller, listed: &Listed, item: &Item, names: &Names, left: bool, words: Words) -> ListRow {
    let standing = listed.standing(item);
    let mut row = ListRow {
        number: item.number.clone(),
        accepted: item.accepted_at.to_minute(),
        standing: standing.to_string(),
        ..ListRow::default()
    };
    let Some(hazard) = listed.hazard(item) else {
        return row;
    };
    row.href = format!("/hazards/{}", hazard.id);
    row.description.clone_from(&hazard.description);
    row.unit.clone_from(&hazard.subject.name);
    let acceptance = hazard.stage.acceptance();
    row.acceptor = acceptance
        .map(|one| names.who(&one.by, words))
        .unwrap_or_default();
    let cause = acceptance.and_then(|one| one.cause);
    row.cause = cause.map(|cause| cause.to_string()).unwrap_or_default();
    let shown = hazard.stage.rectification().map_or(0, |done| done.evidence.len());
    row.evidence = hazard.photos.len() + shown;
    if left && standing == Standing::Waiting {
        let refused = caller.actor.may(Act::SignOff, hazard).err();
        row.problem = refused.map(|refusal| Problem::page(refusal.into(), words).body.detail);
    }
    row
}
