//! One person's record: posts held, and acts on hazards. One's own, or opened with a reason that stands on the record.

use app::{
    Failure,
    person_record::{self, MOST, PersonRecord},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{PersonId, person_opening::PersonOpening};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Body, Id, hazards::read_cursor, json, read, shape::Named};
use crate::{caller::Token, problem::Problem, site::Site, words::Words};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonOpeningSaid {
    /// Why; up to 500 characters.
    pub reason: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonOpeningView {
    pub id: String,
    pub reason: String,
    pub by: Named,
    pub at: String,
    /// The record is closed again at this instant.
    pub until: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRecordView {
    pub person: Named,
    /// Every post held, the newest first.
    pub posts: Vec<HeldPostView>,
    /// Until when it lies open; none for one's own.
    pub open_until: Option<String>,
    /// Who opened it, the newest first. Openings by discipline are told to discipline alone.
    pub openings: Vec<PersonOpeningView>,
    /// Acts on hazards that the reader may see, the newest first.
    pub items: Vec<DeedView>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct HeldPostView {
    pub title: String,
    pub role: String,
    pub agency: Named,
    pub from: String,
    /// The last day of it, once it has ended.
    pub to: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DeedView {
    /// Id of the event.
    pub event: String,
    pub act: String,
    pub at: String,
    /// Post and agency from which it was done.
    pub post: String,
    pub agency: String,
    /// Whom the person stood in for.
    pub principal: Option<Named>,
    pub hazard: String,
    pub number: String,
    pub description: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PersonQuery {
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 50; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/persons/{id}", tag = "persons", security(("token" = [])), params(("id" = String, Path), PersonQuery),
    responses((status = 200, body = PersonRecordView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// What a person held and did. Somebody else's is opened with a reason first, and refused until then.
pub async fn show(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    query: Result<Query<PersonQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let id = id_of(&id, words)?;
    let caller = &token.live.caller;
    // Not found comes before a cursor that cannot be read.
    person_record::standing(&site.app, caller, id)
        .await
        .map_err(problem)?;
    let cursor = query.cursor.as_deref().map(read_cursor);
    if cursor == Some(None) {
        return Err(problem(Failure::field("cursor", "not-a-choice")));
    }
    let limit = query.limit.unwrap_or(MOST);
    let record = person_record::show(&site.app, caller, id, cursor.flatten(), limit).await;
    Ok(json(StatusCode::OK, &view(record.map_err(problem)?)))
}

#[utoipa::path(post, path = "/api/v1/persons/{id}/opening", tag = "persons", security(("token" = [])), params(("id" = String, Path)), request_body = PersonOpeningSaid,
    responses((status = 201, body = PersonOpeningView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Open a person's record, and say why. It lies open to whoever opened it for eight hours.
pub async fn open(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let said: PersonOpeningSaid = read(&body, words)?;
    let person = id_of(&id, words)?;
    let caller = token.caller(&format!("/persons/{person}/opening"), &body);
    let opening = person_record::id_of(&site.app, &caller);
    let opened = person_record::open(&site.app, &caller, opening, person, &said.reason).await;
    let by = token.live.caller.person_name.clone();
    Ok(json(
        StatusCode::CREATED,
        &opening_view(&opened.map_err(problem)?, by),
    ))
}

fn id_of(id: &str, words: Words) -> Result<PersonId, Problem> {
    PersonId::parse(id).ok_or_else(|| Problem::api(Failure::NotFound, words))
}

fn opening_view(one: &PersonOpening, reader: String) -> PersonOpeningView {
    PersonOpeningView {
        id: one.id.to_string(),
        reason: one.reason.clone(),
        by: Named {
            id: one.by.person.to_string(),
            name: reader,
        },
        at: one.by.at.rfc3339(),
        until: one.until.rfc3339(),
    }
}

fn view(record: PersonRecord) -> PersonRecordView {
    let names = &record.names;
    let items = record.deeds.iter().map(|deed| {
        let post = deed.post.and_then(|post| names.posts.get(&post).cloned());
        let (post, agency) = post.unwrap_or_default();
        DeedView {
            event: deed.event.clone(),
            act: deed.act.clone(),
            at: deed.at.rfc3339(),
            post,
            agency,
            principal: deed.principal.map(|id| Named {
                id: id.to_string(),
                name: names.person(id),
            }),
            hazard: deed.hazard.to_string(),
            number: deed.number.clone(),
            description: deed.description.clone(),
        }
    });
    let posts = record.posts.iter().map(|held| HeldPostView {
        title: held.title.clone(),
        role: held.role.to_string(),
        agency: Named {
            id: held.agency.id.to_string(),
            name: held.agency.name.clone(),
        },
        from: held.appointment.from.to_string(),
        to: held.appointment.to.map(|day| day.to_string()),
    });
    let openings = record.openings.iter();
    let openings = openings.map(|one| opening_view(one, names.person(one.by.person)));
    PersonRecordView {
        person: Named {
            id: record.standing.person.id.to_string(),
            name: record.standing.person.name.clone(),
        },
        posts: posts.collect(),
        open_until: record.standing.opening.as_ref().map(|one| one.until.rfc3339()),
        openings: openings.collect(),
        items: items.collect(),
        next: record.next.map(|(at, id)| format!("{at}~{id}")),
    }
}
