//! Post hand-over: what waits when somebody leaves a post, ending the appointment, and what has passed to the caller.

use app::{
    Failure,
    hand_over::{self, Left, leave},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    AppointmentId,
    directory::{Leave, Waiting},
    time::Day,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Body, Id,
    delegations::{ColleagueView, colleague},
    json, read,
    shape::Named,
    with_version,
};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeavingSaid {
    /// The last day in office; ahead, it is an announced end that can be set anew until it has come.
    pub on: String,
    pub reason: String,
    /// An appointment of the same agency; none where the agency itself goes on.
    pub successor: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingView {
    pub desk: i64,
    pub letters: i64,
    pub instructions: i64,
    pub cases: i64,
    pub plans: i64,
    pub problem_lists: i64,
    pub sign_off_lists: i64,
    pub delegations_given: i64,
    pub delegations_taken: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LeftItem {
    /// `case`, `plan`, `problem_list`, `sign_off_list`.
    pub kind: String,
    pub id: String,
    pub label: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HandOverView {
    pub appointment: String,
    pub person: Named,
    pub post: String,
    pub agency: Named,
    pub from: String,
    /// The last day, once it is set.
    pub to: Option<String>,
    pub successor: Option<ColleagueView>,
    pub waiting: WaitingView,
    /// What stands by the person's name, at most 100 of each kind.
    pub items: Vec<LeftItem>,
    /// Who may be named as successor, for those who end appointments.
    pub successors: Vec<ColleagueView>,
    pub version: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HandOvers {
    pub items: Vec<HandOverView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LeavingDone {
    pub appointment: String,
    pub on: String,
    pub successor: Option<String>,
    pub waiting: WaitingView,
    pub version: i64,
    pub event: String,
}

#[utoipa::path(get, path = "/api/v1/hand-overs", tag = "hand-overs", security(("token" = [])),
    responses((status = 200, body = HandOvers), (status = 401, body = crate::problem::Body)))]
/// What has passed to the caller by name from those who left, and is not done.
pub async fn passed(State(site): State<Site>, token: Token) -> Result<Response, Problem> {
    let passed = hand_over::passed(&site.app, &token.live.caller).await;
    let passed = passed.map_err(|failure| Problem::api(failure, token.words))?;
    let items = passed.iter().map(|left| view(left, Vec::new())).collect();
    Ok(json(StatusCode::OK, &HandOvers { items }))
}

#[utoipa::path(get, path = "/api/v1/appointments/{id}/hand-over", tag = "hand-overs", security(("token" = [])), params(("id" = String, Path)),
    responses((status = 200, body = HandOverView), (status = 401, body = crate::problem::Body), (status = 404, body = crate::problem::Body)))]
/// What waits for whoever holds or held this appointment: for the administrator, themselves, and whoever it passed to.
pub async fn show(State(site): State<Site>, token: Token, Id(id): Id) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = &token.live.caller;
    let left = hand_over::show(&site.app, caller, id_of(&id, words)?).await;
    let left = left.map_err(problem)?;
    let successors = if hand_over::may_end(caller) {
        let found = hand_over::successors(&site.app, &left).await.map_err(problem)?;
        found.iter().map(colleague).collect()
    } else {
        Vec::new()
    };
    let version = left.holding.appointment.seen.version;
    Ok(with_version(
        json(StatusCode::OK, &view(&left, successors)),
        version,
    ))
}

#[utoipa::path(post, path = "/api/v1/appointments/{id}/ending", tag = "hand-overs", security(("token" = [])), params(("id" = String, Path)), request_body = LeavingSaid,
    responses((status = 200, body = LeavingDone), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// End an appointment, and name who goes on. What waited is told in the event.
pub async fn end(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&format!("/appointments/{id}/ending"), &body);
    let receipt: leave::LeaveReceipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            let said: LeavingSaid = read(&body, words)?;
            let id = id_of(&id, words)?;
            token.version_is_readable()?;
            let standing = hand_over::may_leave(&site.app, &caller, id).await;
            standing.map_err(problem)?;
            let successor = said.successor.unwrap_or_default();
            let (successor, leave) = read_leave(&said.on, said.reason, &successor).map_err(problem)?;
            leave::leave(&site.app, &caller, id, successor, leave)
                .await
                .map_err(problem)?
        }
    };
    let done = LeavingDone {
        appointment: receipt.id,
        on: receipt.on,
        successor: receipt.successor,
        waiting: waiting(receipt.waiting),
        version: receipt.version,
        event: receipt.event,
    };
    Ok(with_version(json(StatusCode::OK, &done), receipt.version))
}

/// What was said, as words of the field; by API and form alike.
pub(crate) fn read_leave(
    on: &str,
    reason: String,
    successor: &str,
) -> Result<(Option<AppointmentId>, Leave), Failure> {
    let on = Day::parse(on.trim()).ok_or_else(|| Failure::field("on", "not-a-date"))?;
    let successor = match successor.trim() {
        "" => None,
        id => Some(AppointmentId::parse(id).ok_or_else(|| Failure::field("successor", "not-a-choice"))?),
    };
    Ok((successor, Leave { on, reason }))
}

fn id_of(id: &str, words: Words) -> Result<AppointmentId, Problem> {
    AppointmentId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}

fn waiting(one: Waiting) -> WaitingView {
    WaitingView {
        desk: one.desk,
        letters: one.letters,
        instructions: one.instructions,
        cases: one.cases,
        plans: one.plans,
        problem_lists: one.problem_lists,
        sign_off_lists: one.sign_off_lists,
        delegations_given: one.delegations_given,
        delegations_taken: one.delegations_taken,
    }
}

fn view(left: &Left, successors: Vec<ColleagueView>) -> HandOverView {
    let held = &left.holding;
    let item = |kind: &str, id: String, label: String| LeftItem {
        kind: kind.to_owned(),
        id,
        label,
    };
    let mut items = Vec::new();
    for (kind, hazards) in [("case", &left.cases), ("plan", &left.plans)] {
        let of = hazards.iter().map(|one| {
            item(
                kind,
                one.id.to_string(),
                format!("{} {}", one.number, one.description),
            )
        });
        items.extend(of);
    }
    let lists = left.problem_lists.iter();
    items.extend(lists.map(|one| item("problem_list", one.id.to_string(), one.opened.at.to_minute())));
    let lists = left.sign_off_lists.iter();
    items.extend(lists.map(|one| item("sign_off_list", one.id.to_string(), one.opened.at.to_minute())));
    HandOverView {
        appointment: held.appointment.id.to_string(),
        person: Named {
            id: held.appointment.person.to_string(),
            name: held.person_name.clone(),
        },
        post: held.title.clone(),
        agency: Named {
            id: held.agency.id.to_string(),
            name: held.agency.name.clone(),
        },
        from: held.appointment.from.to_string(),
        to: held.appointment.to.map(|day| day.to_string()),
        successor: left.successor.as_ref().map(|one| ColleagueView {
            appointment: one.appointment.id.to_string(),
            person: Named {
                id: one.appointment.person.to_string(),
                name: one.person_name.clone(),
            },
            post: one.title.clone(),
        }),
        waiting: waiting(left.waiting),
        items,
        successors,
        version: held.appointment.seen.version,
    }
}
