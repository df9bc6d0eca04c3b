//! 部门一页纸: what one agency's people did this year, month by month.

use app::{
    Failure,
    stock::{self, agency::Work},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{AgencyId, stock::Period};

use super::{
    frame,
    hazards::Shown,
    render,
    stock::{number, percent, period_name},
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{frame::Section, one_page::AgencyPage, stock::Cell},
};

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let id = AgencyId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let found = stock::agency::one_page(&site.app, &browser.live.caller, id)
        .await
        .map_err(problem)?;
    let now = site.app.clock.now();
    let here = format!("/agencies/{id}");
    let title = words.fill("one_page.of", &[("name", &found.agency.name)]);
    let page = AgencyPage {
        frame: frame(&site, &browser, title, Section::Stock, &here, now),
        name: found.agency.name.clone(),
        place: site.app.reference.name(&found.agency.home.county),
        year: period_name(&found.year.to_string(), words),
        rows: found
            .lines
            .iter()
            .map(|(period, work)| (period_name(&period.to_string(), words), cells(id, *period, work)))
            .collect(),
        as_of: found.standing.as_of.to_minute(),
        uncounted: found.standing.uncounted,
    };
    Ok(render(StatusCode::OK, &page))
}

/// In the order of [`AgencyPage::columns`]. What was found has rows behind it; the others are acts, of which one hazard may have
/// seen several.
fn cells(agency: AgencyId, period: Period, work: &Work) -> Vec<Cell> {
    let found = || {
        let shown = Shown {
            agency: agency.to_string(),
            period: period.to_string(),
            ..Shown::default()
        };
        shown.href()
    };
    let plain = |n: i64| Cell {
        text: n.to_string(),
        ..Cell::default()
    };
    let revisits = work.revisits;
    vec![
        number(work.found, found),
        plain(work.ordered),
        plain(work.returned),
        plain(work.accepted),
        plain(work.signed_off),
        plain(revisits.all),
        Cell {
            text: percent(stock::rate(revisits.passed, revisits.all)),
            ..Cell::default()
        },
    ]
}
