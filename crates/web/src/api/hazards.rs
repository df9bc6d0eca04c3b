//! Hazards: report, list, show, events.

use std::collections::HashMap;

use app::{
    App, Caller, Failure,
    hazard::{
        list,
        report::{self, Named as SubjectNamed, ReportHazard},
        show::{self, Dossier, Names},
    },
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    AgencyId, FileId, HazardId, JurisdictionId, SubjectId,
    actor::Signature,
    field::Checks,
    hazard::{
        Hazard, InitialLevel, Source, StageName, WaitsFor,
        event::Ordered,
        report::{Report, Then},
    },
    place::{Location, Point},
    route::{Ending, PlanDemand},
    subject::SubjectKind,
    time::{Day, Instant},
};
use serde::Deserialize;
use store::hazard::{HazardFilter, Order};
use utoipa::IntoParams;

use super::{
    Body, Id, json, read,
    shape::{
        AcceptanceView, ConfirmationView, EventView, Events, FileView, FixedSaid, HandView, HazardList,
        HazardReceipt, HazardSummary, HazardView, MeasureView, Named, OpinionView, OrderSaid, PlanView,
        RectificationView, ReportSaid, ReturnView, RouteView, SignatureView, VoidingView,
    },
    with_version,
};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[utoipa::path(post, path = "/api/v1/hazards", tag = "hazards", security(("token" = [])), request_body = ReportSaid,
    responses((status = 201, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body), (status = 503, body = crate::problem::Body)))]
/// Report a hazard.
pub async fn report(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    take(&site, &token.caller("/hazards", &body), &body, token.words).await
}

/// A report as JSON, from a program or from a phone's outbox.
pub(crate) async fn take(
    site: &Site,
    caller: &Caller,
    body: &[u8],
    words: Words,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::api(failure, words);
    let receipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: ReportSaid = read(body, words)?;
            let new_id = HazardId(site.app.ids.uuid(site.app.clock.now()));
            match understood(said, new_id) {
                Ok(said) => report::report(&site.app, caller, said).await.map_err(problem)?,
                Err(misread) => return Err(problem(misread.told_to(&site.app, caller).await)),
            }
        }
    };
    let version = receipt.version;
    Ok(with_version(
        json(StatusCode::CREATED, &HazardReceipt::of(receipt)),
        version,
    ))
}

/// A report in which some word, id or instant cannot be read: what is wrong, and as much of it as can be looked up.
struct Misread {
    failure: Failure,
    subject: Option<(SubjectKind, SubjectNamed)>,
    id: Option<HazardId>,
}

impl Misread {
    /// Not found, not allowed and taken come before the fields.
    async fn told_to(self, app: &App, caller: &Caller) -> Failure {
        let Some((kind, named)) = self.subject else {
            return self.failure;
        };
        report::standing(app, caller, kind, &named, self.id)
            .await
            .err()
            .unwrap_or(self.failure)
    }
}

/// Words of closed lists, ids and instants, all looked at before anything is refused.
fn understood(said: ReportSaid, new_id: HazardId) -> Result<ReportHazard, Misread> {
    let mut checks = Checks::default();
    let said_id = said.id.as_deref().map(HazardId::parse);
    if said_id == Some(None) {
        checks.fail("id", "unreadable-id");
    }
    let said_id = said_id.flatten();
    let kind = SubjectKind::parse(&said.subject.kind);
    let level = InitialLevel::parse(&said.initial_level);
    let source = Source::parse(&said.source);
    for (field, known) in [
        ("subject.kind", kind.is_some()),
        ("initial_level", level.is_some()),
        ("source", source.is_some()),
    ] {
        if !known {
            checks.fail(field, "not-a-choice");
        }
    }
    let named = match (said.subject.id, said.subject.credit_code, said.subject.name) {
        (Some(id), None, None) => SubjectId::parse(&id).map(SubjectNamed::Id),
        (None, Some(code), None) if !code.trim().is_empty() => {
            Some(SubjectNamed::CreditCode(code.trim().to_owned()))
        }
        (None, None, Some(name)) => Some(SubjectNamed::Name(name)),
        _ => None,
    };
    if named.is_none() {
        checks.fail("subject", "one-name");
    }
    let point = Point::read(said.location.lon, said.location.lat).unwrap_or_else(|_| {
        checks.fail("location", "not-a-point");
        None
    });
    let found_at = said.found_at.as_deref().map(Instant::parse);
    if found_at == Some(None) {
        checks.fail("found_at", "not-an-instant");
    }
    let photos: Vec<Option<FileId>> = said.photos.iter().map(|id| FileId::parse(id)).collect();
    if photos.iter().any(Option::is_none) {
        checks.fail("photos", "not-attachable");
    }
    let then = then(&mut checks, said.order, said.fixed);
    let (kind, subject, level, source) = match (checks.done(), kind, named, level, source) {
        (Ok(()), Some(kind), Some(subject), Some(level), Some(source)) => (kind, subject, level, source),
        (refused, kind, named, ..) => {
            let failure = refused
                .err()
                .map_or_else(|| Failure::field("body", "not-a-choice"), Failure::from);
            return Err(Misread {
                failure,
                subject: kind.zip(named),
                id: said_id,
            });
        }
    };
    Ok(ReportHazard {
        kind,
        subject,
        report: Report {
            id: said_id.unwrap_or(new_id),
            description: said.description,
            location: Location {
                text: said.location.text,
                point,
            },
            initial_level: level,
            source,
            found_at: found_at.flatten(),
            then,
        },
        photos: photos.into_iter().flatten().collect(),
    })
}

fn then(checks: &mut Checks, order: Option<OrderSaid>, fixed: Option<FixedSaid>) -> Then {
    match (order, fixed) {
        (None, None) => Then::Waits,
        (Some(_), Some(_)) => {
            checks.fail("fixed", "one-of-both");
            Then::Waits
        }
        (None, Some(fixed)) => Then::Fixed {
            summary: fixed.summary,
        },
        (Some(order), None) => match Day::parse(order.deadline.trim()) {
            Some(deadline) => Then::Orders(Ordered {
                measures: order.measures,
                responsible_person: order.responsible_person,
                deadline,
                order_no: order.order_no,
            }),
            None => {
                checks.fail("order.deadline", "not-a-date");
                Then::Waits
            }
        },
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HazardQuery {
    /// `reported`, `confirmed`, `rectifying`, `submitted`, `accepted`, `signed_off`, `closed`, `transferred`, `merged` or `void`.
    pub stage: Option<String>,
    /// Id of a county or zone.
    pub county: Option<String>,
    /// Id of a subject.
    pub subject: Option<String>,
    /// `true` for those past what the next step is due by, `false` for the others.
    pub overdue: Option<bool>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 200; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/hazards", tag = "hazards", params(HazardQuery), security(("token" = [])),
    responses((status = 200, body = HazardList), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Hazards that the caller may see, the newest report first.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<HazardQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let now = site.app.clock.now();
    let limit = query.limit.unwrap_or(50);
    let after = match query.cursor.as_deref() {
        Some(cursor) => {
            Some(read_cursor(cursor).ok_or_else(|| problem(Failure::field("cursor", "not-a-choice")))?)
        }
        None => None,
    };
    let filter = filter(query, now).map_err(problem)?;
    let page = list::list(
        &site.app,
        &token.live.caller,
        &filter,
        Order::Newest { after },
        limit,
    )
    .await
    .map_err(problem)?;
    let agencies = agencies(&site, &page.items).await.map_err(problem)?;
    let items = page
        .items
        .iter()
        .map(|hazard| HazardSummary::of(hazard, waits_for(hazard, &agencies), &site.app.reference, now))
        .collect();
    let next = page.next.map(|(at, id)| format!("{at}~{id}"));
    Ok(json(StatusCode::OK, &HazardList { items, next }))
}

pub(crate) fn read_cursor(cursor: &str) -> Option<(i64, String)> {
    let (at, id) = cursor.split_once('~')?;
    HazardId::parse(id)?;
    Some((at.parse().ok()?, id.to_owned()))
}

fn filter(query: HazardQuery, now: Instant) -> Result<HazardFilter, Failure> {
    let wrong = |field: &'static str| Failure::field(field, "not-a-choice");
    let stage = query
        .stage
        .as_deref()
        .map(|stage| StageName::parse(stage).ok_or_else(|| wrong("stage")))
        .transpose()?;
    let subject = query
        .subject
        .as_deref()
        .map(|id| SubjectId::parse(id).ok_or_else(|| wrong("subject")))
        .transpose()?;
    Ok(HazardFilter {
        stage,
        subject,
        county: query.county.map(JurisdictionId),
        overdue_at: (query.overdue == Some(true)).then_some(now),
        not_overdue_at: (query.overdue == Some(false)).then_some(now),
        ..HazardFilter::default()
    })
}

/// Names of the agencies that a list waits for, in one question.
pub(crate) async fn agencies(site: &Site, hazards: &[Hazard]) -> Result<HashMap<AgencyId, String>, Failure> {
    let waited = hazards.iter().filter_map(|hazard| match hazard.waits_for() {
        Some(WaitsFor::Agency(agency)) => Some(agency),
        _ => None,
    });
    let mut ids: Vec<AgencyId> = waited.collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(site.app.store.directory().agency_names(&ids).await?)
}

fn waits_for(hazard: &Hazard, agencies: &HashMap<AgencyId, String>) -> Option<Named> {
    hazard.waits_for().map(|who| match who {
        WaitsFor::Agency(id) => Named {
            id: id.to_string(),
            name: agencies.get(&id).cloned().unwrap_or_default(),
        },
        WaitsFor::Unit(id) => Named {
            id: id.to_string(),
            name: hazard.subject.name.clone(),
        },
    })
}

#[utoipa::path(get, path = "/api/v1/hazards/{id}", tag = "hazards", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = HazardView), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// One hazard in full. Its version stands in `ETag`; send it as `If-Match` with an act to make sure that nothing has changed.
pub async fn show(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    shown(&site, &token.live.caller, &id, token.words).await
}

pub(crate) async fn shown(site: &Site, caller: &Caller, id: &str, words: Words) -> Result<Response, Problem> {
    let id = id_of(id, words)?;
    let dossier = show::dossier(&site.app, caller, id).await;
    let dossier = dossier.map_err(|failure| Problem::api(failure, words))?;
    let version = dossier.hazard.seen.version;
    Ok(with_version(json(StatusCode::OK, &view(site, &dossier)), version))
}

/// An id that is none is not found.
pub(crate) fn id_of(id: &str, words: Words) -> Result<HazardId, Problem> {
    HazardId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}

fn view(site: &Site, dossier: &Dossier) -> HazardView {
    let (hazard, names) = (&dossier.hazard, &dossier.names);
    let signed = |by: &Signature| signature(by, names);
    let agency = |id: AgencyId| Named {
        id: id.to_string(),
        name: names.agency(id),
    };
    let waits_for = hazard.waits_for().map(|who| match who {
        WaitsFor::Agency(id) => agency(id),
        WaitsFor::Unit(id) => Named {
            id: id.to_string(),
            name: hazard.subject.name.clone(),
        },
    });
    let stage = &hazard.stage;
    let confirmation = stage.confirmation();
    HazardView {
        summary: HazardSummary::of(hazard, waits_for, &site.app.reference, site.app.clock.now()),
        regulator: hazard.regulator.map(agency),
        route: confirmation.map(|confirmation| RouteView {
            id: confirmation.route.id.to_string(),
            plan: confirmation.route.plan != PlanDemand::None,
            recheck: confirmation.route.recheck.to_string(),
            inspectors: confirmation.route.inspectors,
            sign_off: confirmation.route.ending != Ending::Close,
            ending: confirmation.route.ending.to_string(),
        }),
        confirmation: confirmation.map(|confirmation| ConfirmationView {
            clauses: confirmation.clauses.clone(),
            deadline: confirmation.deadline.to_string(),
            order_no: confirmation.order_no.clone(),
            by: signed(&confirmation.by),
        }),
        plan: stage.plan().map(|plan| PlanView {
            target: plan.target.clone(),
            measures: plan.measures.clone(),
            funds_fen: plan.funds.0,
            deadline: plan.deadline.to_string(),
            responsible_person: plan.responsible_person.clone(),
            responsible_unit: plan.responsible_unit.clone(),
            emergency_plan: plan.emergency_plan.clone(),
            late: plan.late,
            by: signed(&plan.by),
        }),
        rectification: stage.rectification().map(|done| RectificationView {
            summary: done.summary.clone(),
            evidence: done.evidence.iter().map(ToString::to_string).collect(),
            by: signed(&done.by),
        }),
        acceptance: stage.acceptance().map(|accepted| AcceptanceView {
            opinion: accepted.opinion.clone(),
            visited_at: accepted.visited_at.map(Instant::rfc3339),
            place: accepted.place.clone(),
            inspectors: accepted
                .inspectors
                .iter()
                .map(|id| Named {
                    id: id.to_string(),
                    name: names.person(*id),
                })
                .collect(),
            by: signed(&accepted.by),
        }),
        sign_off: stage.sign_off().map(|off| OpinionView {
            opinion: off.opinion.clone(),
            by: signed(&off.by),
        }),
        voiding: stage.voiding().map(|voided| VoidingView {
            from: voided.from.to_string(),
            reason: voided.reason.clone(),
            by: signed(&voided.by),
        }),
        interim_measures: hazard
            .interim_measures
            .iter()
            .map(|taken| MeasureView {
                kind: taken.kind.clone(),
                text: taken.text.clone(),
                by: signed(&taken.by),
            })
            .collect(),
        returned: hazard
            .returns
            .iter()
            .map(|back| ReturnView {
                from: back.from.to_string(),
                reason: back.reason.clone(),
                by: signed(&back.by),
            })
            .collect(),
        files: dossier
            .files
            .iter()
            .map(|file| FileView {
                id: file.id.to_string(),
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                size: file.size,
                sha256: file.sha256.clone(),
                captured_at: file.captured_at.map(Instant::rfc3339),
                received_at: file.received_at.rfc3339(),
            })
            .collect(),
        hands: hazard
            .hands
            .iter()
            .map(|hand| HandView {
                act: hand.act.to_string(),
                by: signed(&hand.by),
            })
            .collect(),
    }
}

fn signature(by: &Signature, names: &Names) -> SignatureView {
    let (post, agency) = names.posts.get(&by.post).cloned().unwrap_or_default();
    SignatureView {
        person: (!by.is_withheld()).then(|| Named {
            id: by.person.to_string(),
            name: names.person(by.person),
        }),
        principal: by.principal.filter(|_| !by.is_withheld()).map(|id| Named {
            id: id.to_string(),
            name: names.person(id),
        }),
        post,
        agency,
        at: by.at.rfc3339(),
    }
}

#[utoipa::path(get, path = "/api/v1/hazards/{id}/events", tag = "hazards", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = Events), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// Every event of one hazard, oldest first, each with its digest.
pub async fn events(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let problem = |failure| Problem::api(failure, token.words);
    let id = id_of(&id, token.words)?;
    let dossier = show::dossier(&site.app, &token.live.caller, id)
        .await
        .map_err(problem)?;
    let items = dossier
        .events
        .iter()
        .map(|event| EventView {
            id: event.id.clone(),
            version: event.version,
            act: event.act.clone(),
            at: event.at.rfc3339(),
            person: event
                .person
                .as_deref()
                .and_then(domain::PersonId::parse)
                .map(|id| Named {
                    id: id.to_string(),
                    name: dossier.names.person(id),
                }),
            body: event.body.clone(),
            digest: event.digest.to_string(),
            prev: event.prev.to_string(),
        })
        .collect();
    Ok(json(StatusCode::OK, &Events { items, next: None }))
}
