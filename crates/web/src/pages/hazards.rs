//! The ledger: filters that can be read aloud, pages by key. What is shown is one struct, [`Shown`].

use std::collections::HashMap;

use app::{Caller, Failure, hazard::list};
use axum::{
    extract::{OriginalUri, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    AgencyId,
    authority::Act,
    hazard::{Hazard, InitialLevel, Source, WaitsFor},
    stock::By,
    time::Instant,
};
use store::hazard::Order;

pub use super::shown::Shown;
use super::{bulk, frame, marks, may_report, render, stock};
use crate::{
    api::{
        acts::resource,
        hazards::{agencies, read_cursor},
    },
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption, HazardRow, HazardsPage, Parameter},
    },
    words::Words,
};

const ROWS: usize = 40;

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    OriginalUri(uri): OriginalUri,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let now = site.app.clock.now();
    let caller = &browser.live.caller;
    let filter = shown
        .filter(caller, now)
        .ok_or_else(|| problem(Failure::NotFound))?;
    let after = if shown.after.is_empty() {
        None
    } else {
        Some(read_cursor(&shown.after).ok_or_else(|| problem(Failure::NotFound))?)
    };
    // What is asked for by its date is read by its date.
    let by_due = !shown.due.is_empty() || shown.desk == "mine";
    let order = if by_due {
        Order::Due { after }
    } else {
        Order::Newest { after }
    };
    let listed = list::list(&site.app, caller, &filter, order, ROWS)
        .await
        .map_err(problem)?;
    let total = site.app.store.hazards(&caller.scope).count(&filter).await;
    let total = total.map_err(|error| problem(error.into()))?;
    let agencies = agencies(&site, &listed.items).await.map_err(problem)?;

    let department = department(&site, &shown).await.map_err(problem)?;

    let here = uri.path_and_query().map_or("/hazards", |here| here.as_str());
    let next = listed.next.map(|(at, id)| {
        let base = shown.href();
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}after={at}~{id}")
    });
    let open = listed.items.iter().map(|one| bulk::open_together(caller, one));
    let open: Vec<Vec<Act>> = open.collect();
    let page = HazardsPage {
        frame: frame(
            &site,
            &browser,
            words.get("hazards.title").to_owned(),
            Section::Hazards,
            here,
            now,
        ),
        filters: filters(&site, &shown, caller, words),
        chosen: chosen(&site, &shown, department.as_deref(), words),
        query: shown.q.clone(),
        kept: kept(&shown),
        total: marks::count(total),
        rows: listed
            .items
            .iter()
            .zip(&open)
            .map(|(hazard, open)| HazardRow {
                together: together(open),
                ..row(&site, hazard, &agencies, words, now)
            })
            .collect(),
        first: (!shown.after.is_empty()).then(|| shown.href()),
        next,
        may_report: may_report(caller),
        proxies: app::proxy::may_issue(caller),
        signs_off: app::sign_off_list::may_open(&site.app, caller),
        bulk: bulk::acts_on(&open, words),
    };
    Ok(render(StatusCode::OK, &page))
}

pub(super) fn waits_for(hazard: &Hazard, agencies: &HashMap<AgencyId, String>) -> Option<String> {
    hazard.waits_for().map(|who| match who {
        WaitsFor::Agency(id) => agencies.get(&id).cloned().unwrap_or_default(),
        WaitsFor::Unit(_) => hazard.subject.name.clone(),
    })
}

/// Town where there is one, else county: what tells places apart for the reader.
pub(super) fn place(site: &Site, hazard: &Hazard) -> String {
    let county = site.app.reference.name(&hazard.home.county);
    match &hazard.home.town {
        Some(town) => format!("{county}{}", site.app.reference.name(town)),
        None => county,
    }
}

/// As the browser reads it, to offer what fits the chosen rows.
fn together(open: &[Act]) -> String {
    let names: Vec<&str> = open.iter().filter_map(|act| resource(*act)).collect();
    names.join(" ")
}

fn row(
    site: &Site,
    hazard: &Hazard,
    agencies: &HashMap<AgencyId, String>,
    words: Words,
    now: Instant,
) -> HazardRow {
    HazardRow {
        href: format!("/hazards/{}", hazard.id),
        number: hazard.number.clone(),
        found: marks::short(hazard.found_at, now),
        found_full: hazard.found_at.to_minute(),
        source: hazard.source.to_string(),
        unit: hazard.subject.name.clone(),
        sector: site.app.reference.sector(&hazard.subject.sector),
        place: place(site, hazard),
        description: hazard.description.clone(),
        severity: marks::severity(hazard),
        due: marks::due(hazard, words, now),
        stage: hazard.stage.name().to_string(),
        waits_for: waits_for(hazard, agencies),
        stuck: marks::stuck(hazard, site.app.reference.escalation.stuck_after_days, words, now),
        id: hazard.id.to_string(),
        together: String::new(),
    }
}

fn options(
    shown: &Shown,
    name: &str,
    present: &str,
    all: &str,
    offered: Vec<(String, String)>,
) -> Vec<FilterOption> {
    let option = |value: &str, label: String| FilterOption {
        label,
        href: shown.set(name, value).href(),
        chosen: present == value,
    };
    let rest = offered.into_iter().map(|(value, label)| option(&value, label));
    std::iter::once(option("", all.to_owned())).chain(rest).collect()
}

fn filters(site: &Site, shown: &Shown, who: &Caller, words: Words) -> Vec<Filter> {
    let all = words.get("filter.all");
    let filter = |key: &str, name: &str, present: &str, offered| Filter {
        label: words.of("filter", key),
        options: options(shown, name, present, all, offered),
    };
    let named = |family: &str, codes: &[&str]| {
        codes
            .iter()
            .map(|code| ((*code).to_owned(), words.of(family, code)))
            .collect::<Vec<_>>()
    };
    let stages = [
        "reported",
        "confirmed",
        "rectifying",
        "submitted",
        "accepted",
        "signed_off",
        "closed",
        "void",
    ];
    let sources: Vec<&str> = Source::ALL.iter().map(|source| source.as_str()).collect();
    let levels: Vec<&str> = InitialLevel::ALL.iter().map(|level| level.as_str()).collect();
    let mut filters = vec![
        filter("stage", "stage", &shown.stage, named("stage", &stages)),
        filter(
            "due",
            "due",
            &shown.due,
            ["overdue", "today", "week"]
                .map(|due| due_option(due, words))
                .to_vec(),
        ),
    ];
    if who.actor.seat.county.is_none() {
        let counties = site.app.reference.counties();
        let counties = counties
            .map(|county| (county.id.to_string(), county.short.clone()))
            .collect();
        filters.push(filter("county", "county", &shown.county, counties));
    }
    filters.push(filter("level", "level", &shown.level, named("level", &levels)));
    filters.push(filter(
        "source",
        "source",
        &shown.source,
        named("source", &sources),
    ));
    filters
}

fn due_option(due: &str, words: Words) -> (String, String) {
    let key = match due {
        "overdue" => "filter.overdue",
        "today" => "filter.due_today",
        "soon" => "desk.late_here",
        _ => "filter.due_week",
    };
    (due.to_owned(), words.get(key).to_owned())
}

/// The name of the agency that the list is narrowed to the cases of.
async fn department(site: &Site, shown: &Shown) -> Result<Option<String>, Failure> {
    let said = AgencyId::parse(&shown.department).or_else(|| AgencyId::parse(&shown.line));
    let Some(id) = said else { return Ok(None) };
    Ok(site
        .app
        .store
        .directory()
        .agency(id)
        .await?
        .map(|agency| agency.name))
}

fn chosen(site: &Site, shown: &Shown, department: Option<&str>, words: Words) -> Vec<ChosenFilter> {
    let given = shown
        .parameters()
        .into_iter()
        .filter(|(name, value)| !value.is_empty() && *name != "by")
        .filter(|(name, _)| *name != "period" || shown.part.is_empty());
    given
        .map(|(name, value)| {
            let (key, value) = match name {
                "stage" => ("filter.stage", words.of("stage", value)),
                "county" => ("filter.county", site.app.reference.name(&value.into())),
                "town" => ("filter.county", stock::line_name(site, By::Town, value, words)),
                "level" => ("filter.level", words.of("level", value)),
                "source" => ("filter.source", words.of("source", value)),
                "due" => ("filter.due", due_option(value, words).1),
                "desk" => ("filter.desk", words.of("desk_filter", value)),
                "only" => ("filter.only", words.of("only", value)),
                "subject" => ("table.unit", words.get("filter.this_one").to_owned()),
                "sector" => ("by.sector", stock::line_name(site, By::Sector, value, words)),
                "determination" => ("by.determination", words.of("determination", value)),
                "part" => {
                    let period = stock::period_name(&shown.period, words);
                    ("stock.title", format!("{period} {}", words.of("part", value)))
                }
                "period" => ("filter.reported", stock::period_name(value, words)),
                "department" | "line" => {
                    let name = department.unwrap_or_else(|| words.get("desk.no_department"));
                    ("filter.department", name.to_owned())
                }
                "agency" => ("filter.agency", words.get("filter.this_one").to_owned()),
                _ => ("filter.text", value.to_owned()),
            };
            let label = words.fill("filter.joined", &[("label", words.get(key)), ("value", &value)]);
            ChosenFilter {
                label,
                without: shown.set(name, "").href(),
            }
        })
        .collect()
}

fn kept(shown: &Shown) -> Vec<Parameter> {
    let given = shown
        .parameters()
        .into_iter()
        .filter(|(name, value)| *name != "q" && !value.is_empty());
    given
        .map(|(name, value)| Parameter {
            name: name.to_owned(),
            value: value.to_owned(),
        })
        .collect()
}
