//! Delegations: one's own, giving one to a colleague, ending one. Acting under one is a matter of signing in.

use app::{
    Failure,
    delegation::{self, DelegationReceipt, Listed, MOST, end, give},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{AppointmentId, DelegationId, authority::Act, delegation::Give, time::Day};
use serde::{Deserialize, Serialize};
use store::directory::{Holding, Office};
use utoipa::{IntoParams, ToSchema};

use super::{Body, Id, hazards::read_cursor, json, read, shape::Named, with_version};
use crate::{caller::Token, problem::Problem, site::Site};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationSaid {
    /// The colleague's appointment, as `offered` has it.
    pub taker: String,
    /// Acts of one's own post, as `offered` has them.
    pub acts: Vec<String>,
    pub first_day: String,
    /// At most 92 days in all.
    pub last_day: String,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationEndingSaid {
    pub reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DelegationView {
    pub id: String,
    pub giver: Named,
    pub giver_post: String,
    pub taker: Named,
    pub taker_post: String,
    pub agency: String,
    pub acts: Vec<String>,
    pub first_day: String,
    pub last_day: String,
    pub reason: String,
    pub given_at: String,
    /// `ahead`, `in_force`, `expired`, `ended`, `post_left`.
    pub standing: String,
    /// Why it ended before its last day, where somebody ended it.
    pub ended_reason: Option<String>,
    /// The caller could sign in under it now.
    pub may_take_up: bool,
    pub version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ColleagueView {
    pub appointment: String,
    pub person: Named,
    pub post: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OfferedView {
    pub colleagues: Vec<ColleagueView>,
    pub acts: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Delegations {
    pub items: Vec<DelegationView>,
    pub next: Option<String>,
    /// To whom and what the caller may delegate; none for those who delegate nothing.
    pub offered: Option<OfferedView>,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DelegationsQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 50; 50 if not said.
    pub limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DelegationDone {
    pub id: String,
    /// Id of the person.
    pub giver: String,
    pub taker: String,
    pub acts: Vec<String>,
    pub first_day: String,
    pub last_day: String,
    pub ended: bool,
    pub version: i64,
    /// Id of the event.
    pub event: String,
}

#[utoipa::path(get, path = "/api/v1/delegations", tag = "delegations", params(DelegationsQuery), security(("token" = [])),
    responses((status = 200, body = Delegations), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Delegations given and taken by the caller, the newest first; all of the city's for the administrator and discipline.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<DelegationsQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let cursor = query.cursor.as_deref().map(read_cursor);
    if cursor == Some(None) {
        return Err(problem(Failure::field("cursor", "not-a-choice")));
    }
    let caller = &token.live.caller;
    let limit = query.limit.unwrap_or(MOST);
    let found = delegation::list(&site.app, caller, cursor.flatten(), limit).await;
    let (found, next) = found.map_err(problem)?;
    let offered = delegation::offered(&site.app, caller).await.map_err(problem)?;
    let body = Delegations {
        items: found.iter().map(view).collect(),
        next: next.map(|(at, id)| format!("{at}~{id}")),
        offered: offered.map(|offered| OfferedView {
            colleagues: offered.colleagues.iter().map(colleague).collect(),
            acts: offered.acts.iter().map(ToString::to_string).collect(),
        }),
    };
    Ok(json(StatusCode::OK, &body))
}

#[utoipa::path(post, path = "/api/v1/delegations", tag = "delegations", security(("token" = [])), request_body = DelegationSaid,
    responses((status = 201, body = DelegationDone), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Let a colleague of one's own agency do some acts of one's post, for some days.
pub async fn give(State(site): State<Site>, token: Token, Body(body): Body) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller("/delegations", &body);
    let receipt: DelegationReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: DelegationSaid = read(&body, words)?;
            let allowed = caller.actor.may_at_all(Act::Delegate);
            allowed.map_err(|refusal| problem(refusal.into()))?;
            let (taker, give) = read_give(
                &said.taker,
                &said.acts,
                (&said.first_day, &said.last_day),
                said.reason,
            )
            .map_err(problem)?;
            give::give(&site.app, &caller, taker, give)
                .await
                .map_err(problem)?
        }
    };
    Ok(answer(StatusCode::CREATED, &receipt))
}

#[utoipa::path(post, path = "/api/v1/delegations/{id}/ending", tag = "delegations", security(("token" = [])), params(("id" = String, Path)), request_body = DelegationEndingSaid,
    responses((status = 200, body = DelegationDone), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// End it at once: whoever gave it, whoever has it, or the administrator. Sessions under it are over with it.
pub async fn end(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/delegations/{id}/ending"), &body);
    let receipt: DelegationReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: DelegationEndingSaid = read(&body, words)?;
            let id = DelegationId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
            end::end(&site.app, &caller, id, &said.reason)
                .await
                .map_err(problem)?
        }
    };
    Ok(answer(StatusCode::OK, &receipt))
}

fn answer(status: StatusCode, receipt: &DelegationReceipt) -> Response {
    let done = DelegationDone {
        id: receipt.id.clone(),
        giver: receipt.giver.clone(),
        taker: receipt.taker.clone(),
        acts: receipt.acts.clone(),
        first_day: receipt.from.clone(),
        last_day: receipt.until.clone(),
        ended: receipt.ended,
        version: receipt.version,
        event: receipt.event.clone(),
    };
    with_version(json(status, &done), receipt.version)
}

/// What was said, as words of the field; by API and form alike.
pub(crate) fn read_give(
    taker: &str,
    acts: &[String],
    (first, last): (&str, &str),
    reason: String,
) -> Result<(AppointmentId, Give), Failure> {
    let mut checks = domain::field::Checks::default();
    let appointment = AppointmentId::parse(taker.trim());
    if appointment.is_none() {
        checks.fail(
            "taker",
            if taker.trim().is_empty() {
                "required"
            } else {
                "not-a-choice"
            },
        );
    }
    let known: Option<Vec<Act>> = acts.iter().map(|act| Act::parse(act)).collect();
    if known.is_none() {
        checks.fail("acts", "not-a-choice");
    }
    let (from, until) = (Day::parse(first.trim()), Day::parse(last.trim()));
    if from.is_none() {
        checks.fail("first_day", "not-a-date");
    }
    if until.is_none() {
        checks.fail("last_day", "not-a-date");
    }
    checks.done().map_err(Failure::from)?;
    match (appointment, known, from, until) {
        (Some(appointment), Some(acts), Some(from), Some(until)) => Ok((
            appointment,
            Give {
                acts,
                from,
                until,
                reason,
            },
        )),
        _ => Err(Failure::field("taker", "required")),
    }
}

pub(crate) fn colleague(one: &Office) -> ColleagueView {
    ColleagueView {
        appointment: one.appointment.to_string(),
        person: Named {
            id: one.person.to_string(),
            name: one.person_name.clone(),
        },
        post: one.title.clone(),
    }
}

fn view(listed: &Listed) -> DelegationView {
    let one = &listed.delegation;
    let party = |id: domain::PersonId, held: &Option<Holding>| Named {
        id: id.to_string(),
        name: held
            .as_ref()
            .map(|held| held.person_name.clone())
            .unwrap_or_default(),
    };
    let post = |held: &Option<Holding>| held.as_ref().map(|held| held.title.clone()).unwrap_or_default();
    DelegationView {
        id: one.id.to_string(),
        giver: party(one.giver.person, &listed.giver),
        giver_post: post(&listed.giver),
        taker: party(one.taker.person, &listed.taker),
        taker_post: post(&listed.taker),
        agency: listed
            .giver
            .as_ref()
            .map(|held| held.agency.name.clone())
            .unwrap_or_default(),
        acts: one.acts.iter().map(ToString::to_string).collect(),
        first_day: one.from.to_string(),
        last_day: one.until.to_string(),
        reason: one.reason.clone(),
        given_at: one.given.at.rfc3339(),
        standing: listed.standing.as_str().to_owned(),
        ended_reason: one.ended.as_ref().map(|ended| ended.reason.clone()),
        may_take_up: listed.may_take_up,
        version: one.seen.version,
    }
}
