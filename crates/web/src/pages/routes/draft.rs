//! A change of the routes: begun from a version or a preset, changed rule by rule, looked at in a preview, saved with a reason and a day.
//!
//! The whole draft travels in the form; nothing is kept on the server before it is saved, and nothing is saved that was not looked at
//! as it is.

use app::{
    Failure,
    routes::{self, preview, set},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    authority::Act,
    refusal::Refusal,
    route::{RouteTable, version::SetRoutes},
    time::Day,
};
use serde::Deserialize;

use super::{
    super::{encode, form::Form, frame, render, told::Told},
    fields::{Asked, Draft},
    told,
};
use crate::{
    caller::Browser,
    problem::{Problem, field_problem},
    site::Site,
    views::{form::FieldError, frame::Section, routes::DraftPage},
    words::Words,
};

#[derive(Debug, Default, Deserialize)]
pub struct From {
    #[serde(default)]
    from: String,
}

/// A form to begin from.
pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(From { from }): Query<From>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    may_set(&browser)?;
    let start = start(&site, &from).await.map_err(problem)?;
    let draft = Draft {
        routes: start.routes,
        rules: start.rules,
        unread: Vec::new(),
    };
    let page = fill(&site, &browser, &draft, Typed::default()).await;
    Ok(render(StatusCode::OK, &page.map_err(problem)?))
}

/// The same form, changed by one button or looked at in a preview. Nothing is kept.
pub async fn change(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    may_set(&browser)?;
    if !form.proves(&browser) {
        return expired(&site, &browser, &form).await;
    }
    let mut draft = Draft::read(&form);
    let asked = Asked::read(form.get("do"));
    draft.change(asked);
    let typed = Typed {
        looks: asked == Asked::Preview,
        ..Typed::of(&form)
    };
    let page = fill(&site, &browser, &draft, typed).await;
    Ok(render(StatusCode::OK, &page.map_err(problem)?))
}

/// The draft as it was sent, on a page of the session that is on now.
async fn expired(site: &Site, browser: &Browser, form: &Form) -> Result<Response, Problem> {
    let told = Told::form_expired(browser.words);
    let typed = Typed {
        errors: told.errors,
        ..Typed::of(form)
    };
    let page = fill(site, browser, &Draft::read(form), typed).await;
    let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(render(told.status, &page))
}

pub async fn save(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    may_set(&browser)?;
    if !form.proves(&browser) {
        return expired(&site, &browser, &form).await;
    }
    let draft = Draft::read(&form);
    let mut typed = Typed {
        looks: true,
        ..Typed::of(&form)
    };
    let seen = form.get("previewed") == routes::sha256_of(&draft.routes, &draft.rules);
    let day = Day::parse(&typed.holds_from);
    if !seen {
        typed.errors.push(FieldError {
            field: None,
            message: words.get("routes.look_again").to_owned(),
        });
    }
    let Some(holds_from) = day.filter(|_| seen && draft.unread.is_empty()) else {
        if day.is_none() {
            typed.fails("holds_from", "not-a-date", words);
        }
        let page = fill(&site, &browser, &draft, typed).await.map_err(problem)?;
        return Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page));
    };
    let caller = form.caller(&browser, "/system/routes");
    let said = SetRoutes {
        routes: draft.routes.clone(),
        rules: draft.rules.clone(),
        reason: typed.reason.clone(),
        holds_from,
    };
    match set::set(&site.app, &caller, said).await {
        Ok(_) => {
            let key = encode(form.get("idempotency_key"));
            let to = format!("/system/routes?done={}&key={key}", Act::SetRoutes);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Failure::Fields(errors)) => {
            for error in &errors {
                let told = field_problem(error, words);
                let here = matches!(error.field, "reason" | "holds_from");
                typed.errors.push(FieldError {
                    field: here.then(|| told.field.clone()),
                    message: told.message,
                });
            }
            let page = fill(&site, &browser, &draft, typed).await.map_err(problem)?;
            Ok(render(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        // Somebody else has set routes since this form was opened: it comes back against what stands now.
        Err(Failure::Stale { .. }) => {
            typed.version = None;
            typed.errors.push(FieldError {
                field: None,
                message: words.get("routes.changed_meanwhile").to_owned(),
            });
            let page = fill(&site, &browser, &draft, typed).await.map_err(problem)?;
            Ok(render(StatusCode::PRECONDITION_FAILED, &page))
        }
        Err(failure) => Err(problem(failure)),
    }
}

/// What stood in the form beside routes and rules.
#[derive(Debug, Default)]
struct Typed {
    reason: String,
    holds_from: String,
    /// The version that the form was opened against; `None` for the one that stands.
    version: Option<i64>,
    errors: Vec<FieldError>,
    looks: bool,
}

impl Typed {
    fn of(form: &Form) -> Self {
        Self {
            reason: form.get("reason").to_owned(),
            holds_from: form.get("holds_from").to_owned(),
            version: form.get("version").parse().ok(),
            ..Self::default()
        }
    }

    fn fails(&mut self, field: &'static str, code: &'static str, words: Words) {
        let error = domain::field::FieldError {
            field,
            code,
            limit: None,
        };
        self.errors.push(FieldError {
            field: Some(field.to_owned()),
            message: field_problem(&error, words).message,
        });
    }
}

fn may_set(browser: &Browser) -> Result<(), Problem> {
    let may: Result<(), Refusal> = browser.live.caller.actor.may_at_all(Act::SetRoutes);
    may.map_err(|refusal| Problem::page(refusal.into(), browser.words))
}

/// What a change begins from: what is in force, a preset, or a version of the past.
async fn start(site: &Site, from: &str) -> Result<RouteTable, Failure> {
    if from.is_empty() || from == "current" {
        return Ok(routes::show(&site.app).await?.in_force);
    }
    let reference = &site.app.reference;
    if from == "graded" {
        return Ok(reference.routes.clone());
    }
    if let Some(preset) = reference.presets.iter().find(|preset| preset.id == from) {
        return Ok(RouteTable {
            rules: preset.rule.clone(),
            ..reference.routes.clone()
        });
    }
    let no = from.parse().map_err(|_| Failure::NotFound)?;
    routes::version(&site.app, no).await
}

async fn fill(site: &Site, browser: &Browser, draft: &Draft, typed: Typed) -> Result<DraftPage, Failure> {
    let words = browser.words;
    let now = site.app.clock.now();
    let standing = routes::show(&site.app).await?;
    let mut errors = typed.errors;
    for (name, label) in &draft.unread {
        errors.push(FieldError {
            field: Some(name.clone()),
            message: words.fill("field_error.not-a-number", &[("label", words.get(label))]),
        });
    }
    let wanted = routes::draft(&site.app, draft.routes.clone(), draft.rules.clone());
    let looks = typed.looks && draft.unread.is_empty();
    let (mut preview, mut previewed) = (None, None);
    if looks {
        let caller = &browser.live.caller;
        let looked = preview::preview(&site.app, caller, &standing.in_force, &wanted).await?;
        let sound = looked.findings.is_empty();
        previewed = sound.then(|| routes::sha256_of(&draft.routes, &draft.rules));
        preview = Some(told::preview(site, &standing.in_force, &wanted, &looked, words));
    }
    let tomorrow = now.day().plus_days(1).to_string();
    Ok(DraftPage {
        frame: frame(
            site,
            browser,
            words.get("routes.draft_title").to_owned(),
            Section::Routes,
            "/system/routes/draft",
            now,
        ),
        errors,
        rules: draft.rule_fields(words),
        routes: draft.route_fields(words),
        preview,
        previewed,
        idempotency_key: site.app.ids.uuid(now).to_string(),
        version: typed.version.unwrap_or_else(|| standing.version()),
        reason: typed.reason,
        holds_from: if typed.holds_from.is_empty() {
            tomorrow
        } else {
            typed.holds_from
        },
        earliest: now.day().to_string(),
    })
}
