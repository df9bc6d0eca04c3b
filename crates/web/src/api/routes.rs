//! The city's routes over the API: what is in force, what was set, what a change would mean, and setting one.

use app::{
    Failure,
    routes::{self, preview, set},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    hazard::{Determination, InitialLevel, Source},
    route::{
        Ending, PlanDemand, Recheck, Route, RouteRule, RouteTable, Visit,
        preview::{Cost, Endings, Went},
        version::{RouteVersion, SetRoutes},
    },
    time::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Body, json, read, with_version};
use crate::{caller::Token, problem::Problem, site::Site};

/// A route: what is demanded between the report and the end. Words as in data/routes.toml.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteShape {
    /// Lower-case letters, digits, hyphens.
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    /// Somebody else than the finder confirms before anything is ordered.
    pub confirm: bool,
    #[schema(value_type = String)]
    pub plan: PlanDemand,
    pub evidence: bool,
    #[schema(value_type = String)]
    pub recheck: Recheck,
    pub inspectors: u8,
    #[schema(value_type = String)]
    pub visit: Visit,
    pub in_place: bool,
    pub cause: bool,
    #[schema(value_type = String)]
    pub ending: Ending,
    /// Per cent.
    pub sample: u8,
}

/// The first rule that fits decides; an absent condition matches anything.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleShape {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub initial_level: Option<InitialLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub determination: Option<Determination>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub source: Option<Source>,
    /// At least so many times it has come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<u8>,
    /// Id of a route of the same table.
    pub route: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutesView {
    /// Number of the version in force; 1 is what was loaded.
    pub no: i64,
    /// Absent for what was loaded.
    pub holds_from: Option<String>,
    /// Of routes and rules.
    pub sha256: String,
    pub routes: Vec<RouteShape>,
    pub rules: Vec<RuleShape>,
    /// Set already and not in force yet, the newest first.
    pub coming: Vec<RoutesVersion>,
    /// Rules to begin a change from; their routes are those that were loaded.
    pub presets: Vec<PresetView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PresetView {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    pub rules: Vec<RuleShape>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutesVersion {
    pub no: i64,
    pub holds_from: String,
    pub reason: String,
    /// Who set it, and when.
    pub person: String,
    pub at: String,
    pub sha256: String,
    pub routes: Vec<RouteShape>,
    pub rules: Vec<RuleShape>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutesVersions {
    pub items: Vec<RoutesVersion>,
    pub next: Option<String>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VersionsQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewSaid {
    pub routes: Vec<RouteShape>,
    pub rules: Vec<RuleShape>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutesSaid {
    pub routes: Vec<RouteShape>,
    pub rules: Vec<RuleShape>,
    pub reason: String,
    /// The first day on which decisions are made by them.
    pub holds_from: String,
}

/// How many end how.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndingsView {
    /// Closed by the unit itself.
    pub unit: u64,
    pub town: u64,
    /// Closed by acceptance of the county, or of whoever ordered it.
    pub county: u64,
    /// Signed off by the city on lists; `drawn` of them are looked at by themselves.
    pub lists: u64,
    pub drawn: u64,
    /// Signed off by the city item by item.
    pub items: u64,
    /// `items` and `drawn`.
    pub looked_at: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CostView {
    pub counted: EndingsView,
    pub a_year: EndingsView,
    /// Working days that the office needs in a year for what it looks at.
    pub working_days: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FindingView {
    /// `never_matches`, `gap`, `major_untold` and others.
    pub code: String,
    /// Counted from 1.
    pub rule: Option<usize>,
    pub route: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PastView {
    pub from: String,
    pub to: String,
    pub days: u64,
    /// Hazards that went down a route, were rectified on the spot, and ended without having been rectified.
    pub on_a_route: u64,
    pub on_the_spot: u64,
    pub elsewhere: u64,
    /// There were more, and only the newest were counted.
    pub only_newest: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MovedView {
    pub from: String,
    pub to: String,
    pub n: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutesPreview {
    /// What keeps such routes from being set; empty when they may be.
    pub findings: Vec<FindingView>,
    /// Absent where no hazard was reported in the last twelve months.
    pub past: Option<PastView>,
    pub in_force: Option<CostView>,
    pub wanted: Option<CostView>,
    pub moved: Vec<MovedView>,
    pub files_per_working_day: u32,
    /// What that figure rests on.
    pub figure_source: String,
    pub working_days_a_year: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoutesSet {
    pub no: i64,
    pub holds_from: String,
    pub sha256: String,
    pub event: String,
    pub at: String,
}

impl From<&Route> for RouteShape {
    fn from(route: &Route) -> Self {
        Self {
            id: route.id.to_string(),
            name_zh: route.name_zh.clone(),
            name_en: route.name_en.clone(),
            confirm: route.confirm,
            plan: route.plan,
            evidence: route.evidence,
            recheck: route.recheck,
            inspectors: route.inspectors,
            visit: route.visit,
            in_place: route.in_place,
            cause: route.cause,
            ending: route.ending,
            sample: route.sample,
        }
    }
}

impl From<RouteShape> for Route {
    fn from(said: RouteShape) -> Self {
        Self {
            id: said.id.as_str().into(),
            name_zh: said.name_zh,
            name_en: said.name_en,
            confirm: said.confirm,
            plan: said.plan,
            evidence: said.evidence,
            recheck: said.recheck,
            inspectors: said.inspectors,
            visit: said.visit,
            in_place: said.in_place,
            cause: said.cause,
            ending: said.ending,
            sample: said.sample,
        }
    }
}

impl From<&RouteRule> for RuleShape {
    fn from(rule: &RouteRule) -> Self {
        Self {
            initial_level: rule.initial_level,
            determination: rule.determination,
            source: rule.source,
            returns: rule.returns,
            route: rule.route.to_string(),
        }
    }
}

impl From<RuleShape> for RouteRule {
    fn from(said: RuleShape) -> Self {
        Self {
            initial_level: said.initial_level,
            determination: said.determination,
            source: said.source,
            returns: said.returns,
            route: said.route.as_str().into(),
        }
    }
}

fn shapes<'a, T: 'a, S: From<&'a T>>(all: &'a [T]) -> Vec<S> {
    all.iter().map(S::from).collect()
}

fn meant<S, T: From<S>>(all: Vec<S>) -> Vec<T> {
    all.into_iter().map(T::from).collect()
}

impl From<&RouteVersion> for RoutesVersion {
    fn from(one: &RouteVersion) -> Self {
        Self {
            no: one.no,
            holds_from: one.holds_from.to_string(),
            reason: one.reason.clone(),
            person: one.by.person.to_string(),
            at: one.by.at.rfc3339(),
            sha256: one.sha256.clone(),
            routes: shapes(&one.routes),
            rules: shapes(&one.rules),
        }
    }
}

impl From<&Endings> for EndingsView {
    fn from(ends: &Endings) -> Self {
        Self {
            unit: ends.unit,
            town: ends.town,
            county: ends.county,
            lists: ends.lists,
            drawn: ends.drawn,
            items: ends.items,
            looked_at: ends.looked_at(),
        }
    }
}

#[utoipa::path(get, path = "/api/v1/routes", tag = "routes", security(("token" = [])),
    responses((status = 200, body = RoutesView), (status = 401, body = crate::problem::Body)))]
/// The routes and rules that decisions are made by today, with what comes and what a change can begin from.
pub async fn show(State(site): State<Site>, token: Token) -> Result<Response, Problem> {
    let standing = routes::show(&site.app).await;
    let standing = standing.map_err(|failure| Problem::api(failure, token.words))?;
    let RouteTable {
        no, routes, rules, ..
    } = &standing.in_force;
    let presets = site.app.reference.presets.iter().map(|preset| PresetView {
        id: preset.id.clone(),
        name_zh: preset.name_zh.clone(),
        name_en: preset.name_en.clone(),
        rules: shapes(&preset.rule),
    });
    let view = RoutesView {
        no: *no,
        holds_from: standing.set.as_ref().map(|set| set.holds_from.to_string()),
        sha256: routes::sha256_of(routes, rules),
        routes: shapes(routes),
        rules: shapes(rules),
        coming: shapes(&standing.coming),
        presets: presets.collect(),
    };
    Ok(with_version(json(StatusCode::OK, &view), standing.version()))
}

#[utoipa::path(get, path = "/api/v1/routes/versions", tag = "routes", params(VersionsQuery), security(("token" = [])),
    responses((status = 200, body = RoutesVersions), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Versions that were set, the newest first.
pub async fn versions(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<VersionsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let before = query.cursor.map(|cursor| cursor.parse()).transpose();
    let before = before.map_err(|_| Problem::api(Failure::field("cursor", "not-a-choice"), words))?;
    let found = routes::history(&site.app, before).await;
    let (found, next) = found.map_err(|failure| Problem::api(failure, words))?;
    let page = RoutesVersions {
        items: shapes(&found),
        next: next.map(|next| next.to_string()),
    };
    Ok(json(StatusCode::OK, &page))
}

#[utoipa::path(post, path = "/api/v1/routes/preview", tag = "routes", security(("token" = [])), request_body = PreviewSaid,
    responses((status = 200, body = RoutesPreview), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// What such routes would mean: the hazards of the last twelve months, sent down those in force and down these. Changes nothing.
pub async fn preview(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let said: PreviewSaid = read(&body, words)?;
    let in_force = routes::show(&site.app).await.map_err(problem)?.in_force;
    let wanted = routes::draft(&site.app, meant(said.routes), meant(said.rules));
    let looked = preview::preview(&site.app, &token.live.caller, &in_force, &wanted).await;
    let looked = looked.map_err(problem)?;
    let cost = |cost: &Cost| CostView {
        counted: (&cost.counted).into(),
        a_year: (&cost.a_year).into(),
        working_days: looked.pace.days_for(cost.a_year.looked_at()),
    };
    let workload = &site.app.reference.workload;
    let view = RoutesPreview {
        findings: looked
            .findings
            .iter()
            .map(|one| FindingView {
                code: one.flaw.to_string(),
                rule: one.rule,
                route: one.route.as_ref().map(ToString::to_string),
            })
            .collect(),
        past: looked.past.as_ref().map(|past| PastView {
            from: past.from.to_string(),
            to: past.to.to_string(),
            days: past.days(),
            on_a_route: past.went(Went::OnARoute),
            on_the_spot: past.went(Went::OnTheSpot),
            elsewhere: past.went(Went::Elsewhere),
            only_newest: past.only_newest,
        }),
        in_force: looked.before.as_ref().map(cost),
        wanted: looked.after.as_ref().map(cost),
        moved: looked
            .moved
            .iter()
            .map(|(from, to, n)| MovedView {
                from: from.to_string(),
                to: to.to_string(),
                n: *n,
            })
            .collect(),
        files_per_working_day: looked.pace.files_per_day,
        figure_source: format!("{} {}", workload.note_zh, workload.source),
        working_days_a_year: looked.working_days,
    };
    Ok(json(StatusCode::OK, &view))
}

#[utoipa::path(post, path = "/api/v1/routes", tag = "routes", security(("token" = [])), request_body = RoutesSaid,
    responses((status = 201, body = RoutesSet), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Set routes and rules from a day on. Hazards on their way keep the route they are on.
pub async fn set(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller("/routes", &body);
    let receipt: set::RoutesReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: RoutesSaid = read(&body, words)?;
            // Whoever may not set them is told so before anything is said about a field.
            set::may(&site.app, &caller).await.map_err(problem)?;
            let day = Day::parse(said.holds_from.trim());
            let holds_from = day.ok_or_else(|| problem(Failure::field("holds_from", "not-a-date")))?;
            let said = SetRoutes {
                routes: meant(said.routes),
                rules: meant(said.rules),
                reason: said.reason,
                holds_from,
            };
            set::set(&site.app, &caller, said).await.map_err(problem)?
        }
    };
    let view = RoutesSet {
        no: receipt.no,
        holds_from: receipt.holds_from,
        sha256: receipt.sha256,
        event: receipt.event,
        at: domain::time::Instant(receipt.at).rfc3339(),
    };
    Ok(with_version(json(StatusCode::CREATED, &view), receipt.no))
}
