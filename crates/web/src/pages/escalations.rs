//! 催办: the list for offices; the forms of a step stand in [`forms`].

mod forms;

use std::collections::HashMap;

use app::{Caller, Failure, escalation::list, escalation::list::Seen};
use axum::{
    extract::{OriginalUri, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{AgencyId, EscalationId, JurisdictionId, authority::Act, hazard::WaitsFor, time::Instant};
use serde::Deserialize;
use store::{escalation::EscalationFilter, hazard::COUNT_LIMIT};

use super::{encode, frame, hazard::escalations as block, hazards::place, marks, render};
use crate::{
    api::escalations::{read_cursor, step_name},
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        escalations::{EscalationRow, EscalationsPage},
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption},
    },
    words::{Language, Words},
};

pub use forms::{explanation, letter, setting_aside};

const ROWS: usize = 40;

/// What the list shows, as its address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Shown {
    #[serde(default)]
    step: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    county: String,
    /// `mine`, `asked`, `past`; what still applies, if nothing is said.
    #[serde(default)]
    only: String,
    #[serde(default)]
    after: String,
}

const STATES: [&str; 4] = ["drafted", "sent", "set_aside", "told"];

impl Shown {
    fn parameters(&self) -> [(&'static str, &str); 4] {
        [
            ("only", &self.only),
            ("step", &self.step),
            ("state", &self.state),
            ("county", &self.county),
        ]
    }

    fn href(&self) -> String {
        let given = self
            .parameters()
            .into_iter()
            .filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() {
            "/escalations".into()
        } else {
            format!("/escalations?{}", query.join("&"))
        }
    }

    fn set(&self, name: &str, value: &str) -> Self {
        let mut shown = Self {
            after: String::new(),
            ..self.clone()
        };
        let field = match name {
            "only" => &mut shown.only,
            "step" => &mut shown.step,
            "state" => &mut shown.state,
            _ => &mut shown.county,
        };
        value.clone_into(field);
        shown
    }

    /// The rows that this address stands for. A word that is not known shows nothing rather than everything.
    fn filter(&self, who: &Caller) -> Option<EscalationFilter> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let base = match self.only.as_str() {
            "" => EscalationFilter {
                applies: Some(true),
                ..EscalationFilter::default()
            },
            "past" => EscalationFilter {
                applies: Some(false),
                ..EscalationFilter::default()
            },
            "mine" => who.drafts_to_decide()?,
            "asked" => who.explanations_asked()?,
            _ => return None,
        };
        if !(self.state.is_empty() || STATES.contains(&self.state.as_str())) {
            return None;
        }
        Some(EscalationFilter {
            step: given(&self.step),
            state: given(&self.state),
            county: given(&self.county).map(JurisdictionId),
            ..base
        })
    }
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    OriginalUri(uri): OriginalUri,
    Query(shown): Query<Shown>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let not_found = || problem(Failure::NotFound);
    let now = site.app.clock.now();
    let caller = &browser.live.caller;
    let filter = shown.filter(caller).ok_or_else(not_found)?;
    let after = match shown.after.as_str() {
        "" => None,
        cursor => Some(read_cursor(cursor).ok_or_else(not_found)?),
    };
    let listed = list::list(&site.app, caller, &filter, after, ROWS)
        .await
        .map_err(problem)?;
    let total = list::count(&site.app, caller, &filter).await.map_err(problem)?;
    let agencies = waited_for(&site, &listed.items).await.map_err(problem)?;
    let rows = listed
        .items
        .iter()
        .map(|seen| row(&site, caller, seen, &agencies, words, now));
    let next = listed.next.map(|(at, id)| {
        let base = shown.href();
        let joint = if base.contains('?') { '&' } else { '?' };
        format!("{base}{joint}after={at}~{id}")
    });
    let page = EscalationsPage {
        frame: frame(
            &site,
            &browser,
            words.get("section.escalations").to_owned(),
            Section::Escalations,
            uri.path_and_query().map_or("/escalations", |here| here.as_str()),
            now,
        ),
        filters: filters(&site, &shown, caller, words),
        chosen: chosen(&site, &shown, words),
        total: (total < COUNT_LIMIT).then(|| u64::try_from(total).unwrap_or_default()),
        rows: rows.collect(),
        first: (!shown.after.is_empty()).then(|| shown.href()),
        next,
    };
    Ok(render(StatusCode::OK, &page))
}

async fn waited_for(site: &Site, seen: &[Seen]) -> Result<HashMap<AgencyId, String>, Failure> {
    let mut ids: Vec<AgencyId> = seen
        .iter()
        .filter_map(|one| match one.hazard.waits_for() {
            Some(WaitsFor::Agency(agency)) => Some(agency),
            _ => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(site.app.store.directory().agency_names(&ids).await?)
}

fn row(
    site: &Site,
    caller: &Caller,
    seen: &Seen,
    agencies: &HashMap<AgencyId, String>,
    words: Words,
    now: Instant,
) -> EscalationRow {
    let Seen { escalation, hazard } = seen;
    let table = &site.app.reference.escalation;
    let explained = escalation.explanations.len();
    let acts = app::escalation::acts(caller, escalation, seen.applies());
    EscalationRow {
        href: format!("/hazards/{}#escalation-{}", hazard.id, escalation.id),
        step: step_name(site, &escalation.step, words.language() == Language::English),
        light: block::light(escalation),
        number: hazard.number.clone(),
        description: hazard.description.clone(),
        unit: hazard.subject.name.clone(),
        place: place(site, hazard),
        severity: marks::severity(hazard),
        due: marks::due(hazard, words, now),
        stage: hazard.stage.name().to_string(),
        waits_for: hazard.waits_for().map(|desk| match desk {
            WaitsFor::Agency(id) => agencies.get(&id).cloned().unwrap_or_default(),
            WaitsFor::Unit(_) => hazard.subject.name.clone(),
        }),
        state: block::state(site, words, escalation),
        waits_for_me: acts.contains(&Act::SendLetter),
        explained: (explained > 0).then(|| words.count("escalations.explained", explained)),
        raised: marks::short(escalation.raised_at, now),
        raised_full: escalation.raised_at.to_minute(),
        stuck: marks::stuck(hazard, table.stuck_after_days, words, now),
        applies: seen.applies(),
    }
}

/// The scopes that this person has: what still applies, what is theirs to do, what has moved on.
fn scopes(who: &Caller, words: Words) -> Vec<(String, String)> {
    let mut scopes = Vec::new();
    if who.drafts_to_decide().is_some() {
        scopes.push("mine");
    }
    if who.explanations_asked().is_some() {
        scopes.push("asked");
    }
    scopes.push("past");
    let named = scopes
        .into_iter()
        .map(|only| (only.to_owned(), words.of("escalation_only", only)));
    named.collect()
}

fn filters(site: &Site, shown: &Shown, who: &Caller, words: Words) -> Vec<Filter> {
    let english = words.language() == Language::English;
    let filter = |label: &str, name: &str, present: &str, all: &str, offered: Vec<(String, String)>| {
        let option = |value: &str, label: String| FilterOption {
            label,
            href: shown.set(name, value).href(),
            chosen: present == value,
        };
        let rest = offered.into_iter().map(|(value, label)| option(&value, label));
        Filter {
            label: words.get(label).to_owned(),
            options: std::iter::once(option("", words.get(all).to_owned()))
                .chain(rest)
                .collect(),
        }
    };
    let steps = site.app.reference.escalation.steps.iter();
    let steps = steps.map(|step| (step.id.clone(), step_name(site, &step.id, english)));
    let states = STATES.map(|state| (state.to_owned(), words.of("escalation_filter", state)));
    let mut filters = vec![
        filter(
            "filter.only",
            "only",
            &shown.only,
            "escalation_only.applies",
            scopes(who, words),
        ),
        filter(
            "escalations.step",
            "step",
            &shown.step,
            "filter.all",
            steps.collect(),
        ),
        filter(
            "escalations.state",
            "state",
            &shown.state,
            "filter.all",
            states.to_vec(),
        ),
    ];
    if who.actor.seat.county.is_none() {
        let counties = site.app.reference.counties();
        let counties = counties
            .map(|county| (county.id.to_string(), county.short.clone()))
            .collect();
        filters.push(filter(
            "filter.county",
            "county",
            &shown.county,
            "filter.all",
            counties,
        ));
    }
    filters
}

fn chosen(site: &Site, shown: &Shown, words: Words) -> Vec<ChosenFilter> {
    let english = words.language() == Language::English;
    let given = shown
        .parameters()
        .into_iter()
        .filter(|(_, value)| !value.is_empty());
    given
        .map(|(name, value)| {
            let (key, value) = match name {
                "only" => ("filter.only", words.of("escalation_only", value)),
                "step" => ("escalations.step", step_name(site, value, english)),
                "state" => ("escalations.state", words.of("escalation_filter", value)),
                _ => ("filter.county", site.app.reference.name(&value.into())),
            };
            ChosenFilter {
                label: words.fill("filter.joined", &[("label", words.get(key)), ("value", &value)]),
                without: shown.set(name, "").href(),
            }
        })
        .collect()
}

/// A step is read on the page of its hazard.
pub async fn to_record(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let id = EscalationId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let found = app::escalation::find(&site.app, &browser.live.caller, id)
        .await
        .map_err(problem)?;
    Ok(Redirect::to(&format!("/hazards/{}#escalation-{id}", found.hazard)).into_response())
}
