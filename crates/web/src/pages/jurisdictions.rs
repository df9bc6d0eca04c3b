//! 县区一页纸: what a liaison officer brings to a meeting about one county.

use app::{
    Failure,
    stock::{self, jurisdiction::OnePage},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    hazard::{Hazard, StageName},
    stock::{By, Part, Period},
    time::Instant,
};

use super::{
    frame,
    hazards::Shown,
    lines::lines,
    render,
    stock::{line_name, number, percent, period_name, rows_behind},
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        one_page::{Figure, JurisdictionPage, List},
    },
    words::Words,
};

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let here = format!("/jurisdictions/{id}");
    let found = stock::jurisdiction::one_page(&site.app, &browser.live.caller, &id.as_str().into())
        .await
        .map_err(problem)?;
    let now = site.app.clock.now();
    let showing = Showing {
        site: &site,
        found: &found,
        words,
        now,
    };
    let title = words.fill("one_page.of", &[("name", &found.place.name)]);
    let mut page = showing.fill().await.map_err(problem)?;
    page.frame = frame(&site, &browser, title, Section::Stock, &here, now);
    Ok(render(StatusCode::OK, &page))
}

struct Showing<'a> {
    site: &'a Site,
    found: &'a OnePage,
    words: Words,
    now: Instant,
}

impl Showing<'_> {
    async fn fill(&self) -> Result<JurisdictionPage, Failure> {
        let found = self.found;
        let before = found.period.plus(-1).unwrap_or(found.period);
        let month = |part: Part| (found.figures.of(part), self.behind(part, found.period));
        let sectors = found.by_sector.lines.iter().map(|line| {
            let cell = |part| {
                number(line.figures.of(part), || {
                    rows_behind(&found.by_sector, part, Some(&line.value))
                })
            };
            let name = line_name(self.site, By::Sector, &line.value, self.words);
            let parts = [Part::Closing, Part::Major, Part::Overdue, Part::New, Part::Closed];
            (name, parts.map(cell).to_vec())
        });
        let in_last = (found.last.of(Part::Closed), self.behind(Part::Closed, before));
        Ok(JurisdictionPage {
            name: found.place.name.clone(),
            period: period_name(&found.period.to_string(), self.words),
            figures: self.figures(),
            overdue: self.list(&found.overdue, month(Part::Overdue)).await?,
            returned: self.list(&found.returned, month(Part::Returned)).await?,
            closed_last: self.list(&found.closed_last, in_last).await?,
            sectors: sectors.collect(),
            as_of: found.standing.as_of.to_minute(),
            uncounted: found.standing.uncounted,
            stock: format!("/stock?by=town&county={}", found.place.id),
            agencies: found
                .agencies
                .iter()
                .map(|agency| (agency.short.clone(), format!("/agencies/{}", agency.id)))
                .collect(),
            ..JurisdictionPage::default()
        })
    }

    fn behind(&self, part: Part, period: Period) -> String {
        let shown = Shown {
            part: part.to_string(),
            period: period.to_string(),
            county: self.found.place.id.to_string(),
            ..Shown::default()
        };
        shown.href()
    }

    async fn list(&self, hazards: &[Hazard], all: (i64, String)) -> Result<List, Failure> {
        let rows = lines(self.site, hazards, self.words, self.now).await?;
        let shown = i64::try_from(rows.len()).unwrap_or_default();
        Ok(List {
            rows,
            all: (all.0 > shown).then_some(all),
        })
    }

    fn figures(&self) -> Vec<Figure> {
        let found = self.found;
        let figure = |part: Part, alarm: bool| {
            let n = found.figures.of(part);
            Figure {
                label: self.words.of("one_page", part.as_str()),
                number: n.to_string(),
                note: None,
                href: (n > 0).then(|| self.behind(part, found.period)),
                alarm: alarm && n > 0,
            }
        };
        let accepted = Shown {
            stage: StageName::Accepted.to_string(),
            county: found.place.id.to_string(),
            ..Shown::default()
        };
        let n = found.waits_for_sign_off;
        let sign_off = Figure {
            label: self.words.get("tile.pending_sign_off").to_owned(),
            number: n.to_string(),
            href: (n > 0).then(|| accepted.href()),
            ..Figure::default()
        };
        let revisits = found.revisits.unwrap_or_default();
        let truth = Figure {
            label: self.words.get("one_page.true_rate").to_owned(),
            number: percent(stock::rate(revisits.passed, revisits.all)),
            note: Some(match revisits.all {
                0 => self.words.get("one_page.no_revisit").to_owned(),
                _ => self.words.fill(
                    "one_page.revisits",
                    &[
                        ("passed", &revisits.passed.to_string()),
                        ("all", &revisits.all.to_string()),
                    ],
                ),
            }),
            ..Figure::default()
        };
        vec![
            figure(Part::Closing, false),
            figure(Part::Major, true),
            figure(Part::Overdue, true),
            figure(Part::New, false),
            figure(Part::Closed, false),
            figure(Part::Returned, false),
            sign_off,
            truth,
        ]
    }
}
