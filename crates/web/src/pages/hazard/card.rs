//! 隐患档案卡: one hazard on A4.

use app::{Failure, hazard::show};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::HazardId;

use super::{Showing, facts, marks, record, timeline};
use crate::{
    caller::Browser,
    pages::{frame, render},
    problem::Problem,
    site::Site,
    views::{
        card::{CardHand, CardPage, CardPhoto},
        frame::Section,
        marks::Photo,
    },
};

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let id = HazardId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let dossier = show::dossier(&site.app, &browser.live.caller, id)
        .await
        .map_err(problem)?;
    let now = site.app.clock.now();
    let showing = Showing {
        site: &site,
        dossier: &dossier,
        words,
        now,
    };
    let hazard = &dossier.hazard;
    let hands = timeline::events(&showing)
        .into_iter()
        .rev()
        .map(|event| CardHand {
            who: format!("{} {}", event.who.post, event.who.person)
                .trim()
                .to_owned(),
            when: event.when_full,
            opinion: event.opinion.unwrap_or_default(),
            act: event.act,
        });
    let here = format!("/hazards/{id}/card");
    let page = CardPage {
        frame: frame(
            &site,
            &browser,
            hazard.number.clone(),
            Section::Hazards,
            &here,
            now,
        ),
        number: hazard.number.clone(),
        description: hazard.description.clone(),
        stage: hazard.stage.name().to_string(),
        severity: marks::severity(hazard),
        facts: facts::facts(&showing),
        clauses: hazard
            .stage
            .confirmation()
            .map(|confirmation| confirmation.clauses.clone())
            .unwrap_or_default(),
        plan: hazard
            .stage
            .plan()
            .map(|plan| facts::elements(&showing, plan))
            .unwrap_or_default(),
        hands: hands.collect(),
        before: first(facts::before(&showing)),
        after: first(facts::after(&showing)),
        record: record(&showing),
        back: format!("/hazards/{id}"),
    };
    Ok(render(StatusCode::OK, &page))
}

fn first(photos: Vec<Photo>) -> CardPhoto {
    CardPhoto {
        more: photos.len().saturating_sub(1),
        photo: photos.into_iter().next(),
    }
}
