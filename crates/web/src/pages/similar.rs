//! What may have been reported already, as pages say it: in a step before a report is sent, on a phone while it is looked through
//! once more, and beside the number that a duplicate is merged into.

use app::{
    Outcome,
    hazard::{
        report::Named,
        similar::{self, Typed},
    },
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::similar::Likeness;

use super::{form::Form, report};
use crate::{
    api::{
        json,
        similar::{SimilarQuery, typed, views},
    },
    caller::{Browser, Script},
    problem::Problem,
    site::Site,
    views::report::SimilarLine,
    words::Words,
};

/// 同一单位 · 3 天前 · 文字相近 82%
pub(crate) fn why(likeness: &Likeness, words: Words) -> String {
    let mut why = Vec::new();
    if likeness.same_subject {
        why.push(words.get("similar.same_subject").to_owned());
    }
    if let Some(metres) = likeness.metres {
        why.push(words.count("similar.metres", metres));
    }
    if likeness.same_town && why.is_empty() {
        why.push(words.get("similar.same_town").to_owned());
    }
    why.push(match likeness.days {
        0 => words.get("similar.today").to_owned(),
        days => words.count("similar.days", days),
    });
    why.push(words.count("similar.text", likeness.text));
    why.join(" · ")
}

/// Nothing where the reporter has said that it is another, where this form has been taken already, and where what is typed cannot
/// be a report yet: that is told first.
pub(super) async fn to_a_form(site: &Site, browser: &Browser, form: &Form) -> Outcome<Vec<SimilarLine>> {
    if form.get("different") == "yes" {
        return Ok(Vec::new());
    }
    let caller = form.caller(browser, "/hazards");
    let taken = caller.repeated::<app::hazard::Receipt>(&site.app).await;
    if !matches!(taken, Ok(None)) {
        return Ok(Vec::new());
    }
    let Ok((_, named)) = report::subject(site, browser, form).await else {
        return Ok(Vec::new());
    };
    let typed = Typed {
        description: form.get("description").to_owned(),
        subject: match named {
            Named::Id(id) => Some(id),
            _ => None,
        },
        point: report::point(form),
    };
    let found = similar::to_a_report(&site.app, &browser.live.caller, typed).await?;
    let line = |(one, likeness): &(domain::hazard::Hazard, Likeness)| SimilarLine {
        number: one.number.clone(),
        href: format!("/hazards/{}", one.id),
        description: one.description.clone(),
        place: format!("{} {}", one.subject.name, one.location.text),
        stage: one.stage.name().to_string(),
        why: why(likeness, browser.words),
    };
    Ok(found.iter().map(line).collect())
}

/// Asked by a phone that has a signal, for its own viewer.
pub async fn to_a_phone(
    State(site): State<Site>,
    script: Script,
    query: Result<Query<SimilarQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = script.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let typed = typed(query).map_err(problem)?;
    let found = similar::to_a_report(&site.app, &script.live.caller, typed).await;
    Ok(json(StatusCode::OK, &views(&found.map_err(problem)?, words)))
}
