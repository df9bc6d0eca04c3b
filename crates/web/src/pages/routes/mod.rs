//! 整改路线: what is in force, what comes and what was. Everybody who is signed in may read it; the change stands in [`draft`].

pub mod draft;
mod fields;
mod told;

use app::{Failure, routes};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use domain::authority::Act;
use serde::Deserialize;

use super::{frame, notice, render};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        routes::{RoutesPage, Start},
    },
    words::{Language, Words},
};

#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    /// The number before which the page of versions begins.
    #[serde(default)]
    before: Option<i64>,
    done: Option<String>,
    key: Option<String>,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let page = fill(&site, &browser, &shown).await;
    let page = page.map_err(|failure| Problem::page(failure, words))?;
    Ok(render(StatusCode::OK, &page))
}

async fn fill(site: &Site, browser: &Browser, shown: &Shown) -> Result<RoutesPage, Failure> {
    let words = browser.words;
    let may_set = may_set(browser);
    let standing = routes::show(&site.app).await?;
    let in_force = &standing.in_force;
    let (versions, next) = routes::history(&site.app, shown.before).await?;
    let now = site.app.clock.now();
    let mut page = RoutesPage {
        frame: frame(
            site,
            browser,
            words.get("routes.title").to_owned(),
            Section::Routes,
            "/system/routes",
            now,
        ),
        title: told::title(in_force.no, standing.set.as_ref(), words),
        reason: standing.set.as_ref().map(|set| set.reason.clone()),
        rules: in_force
            .rules
            .iter()
            .map(|rule| told::rule(rule, in_force, words))
            .collect(),
        routes: told::all_routes(in_force, words),
        warnings: in_force
            .findings()
            .iter()
            .map(|one| told::finding(one, in_force, words))
            .collect(),
        next: next.map(|before| format!("/system/routes?before={before}#history")),
        starts: if may_set { starts(site, words) } else { Vec::new() },
        ..RoutesPage::default()
    };
    page.frame.notice = notice(words, shown.done.as_deref(), shown.key.as_deref(), None);
    for one in &standing.coming {
        page.coming.push(told::version(site, one, may_set, words).await?);
    }
    for one in &versions {
        page.history.push(told::version(site, one, may_set, words).await?);
    }
    Ok(page)
}

fn may_set(browser: &Browser) -> bool {
    browser.live.caller.actor.may_at_all(Act::SetRoutes).is_ok()
}

fn starts(site: &Site, words: Words) -> Vec<Start> {
    let start = |from: &str, name: &str, note: &str| Start {
        href: format!("/system/routes/draft?from={from}"),
        name: name.to_owned(),
        note: note.to_owned(),
    };
    let english = words.language() == Language::English;
    let own = [
        start(
            "current",
            words.get("routes.from_current"),
            words.get("routes.from_current_note"),
        ),
        start(
            "graded",
            words.get("routes.from_graded"),
            words.get("routes.from_graded_note"),
        ),
    ];
    let presets = site.app.reference.presets.iter().map(|preset| {
        if english {
            start(&preset.id, &preset.name_en, &preset.note_en)
        } else {
            start(&preset.id, &preset.name_zh, &preset.note_zh)
        }
    });
    own.into_iter().chain(presets).collect()
}
