//! OpenAPI 3.1, from the code. docs/openapi.json is made from this and compared with it in every test run.

use axum::{Json, response::IntoResponse};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        ObjectBuilder, RefOr, Required,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn},
        schema::Type,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{
    acts, bulk, complaints, delegations, escalations, files, hand_overs, hazards, persons, problem_lists,
    proxies, routes, sessions, sign_off_lists, similar, stock, subjects,
};
use crate::words::{Language, Words};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Anlan 安澜",
        version = "1",
        description = "Hazards round their closed loop. Instants are RFC 3339, days YYYY-MM-DD in +08:00, money whole fen. Lists are {items, next}. Problems are application/problem+json with a stable code. Answers come in this order: 401, a repeated key, 422 unreadable, 404, 403, 412, 409, 422 fields."
    ),
    paths(
        sessions::open,
        sessions::mine,
        sessions::close,
        hazards::report,
        hazards::list,
        hazards::show,
        hazards::events,
        acts::open_to_me,
        acts::confirmation,
        acts::determination,
        acts::plan,
        acts::rectification,
        acts::acceptance,
        acts::sign_off,
        acts::interim_measure,
        acts::voiding,
        acts::extension,
        acts::extension_decision,
        acts::pause,
        acts::resumption,
        acts::suspension,
        acts::restart_application,
        acts::restart_review,
        acts::assignment,
        acts::receipt,
        acts::declining,
        acts::transfer,
        acts::merging,
        acts::dismissal,
        acts::revisit,
        acts::correction,
        acts::telling,
        acts::in_place,
        acts::owner,
        acts::instruction,
        acts::instruction_answer,
        acts::listing,
        acts::listing_approval,
        acts::listing_service,
        acts::progress,
        acts::delisting,
        acts::listing_cancellation,
        acts::proxy_confirmation,
        files::receive,
        files::show,
        subjects::list,
        stock::table,
        escalations::list,
        escalations::explanation,
        escalations::letter,
        escalations::setting_aside,
        sign_off_lists::open,
        sign_off_lists::list,
        sign_off_lists::show,
        sign_off_lists::decision,
        routes::show,
        routes::versions,
        routes::preview,
        routes::set,
        bulk::several,
        similar::alike,
        complaints::make,
        complaints::list,
        complaints::answer,
        problem_lists::open,
        problem_lists::list,
        problem_lists::show,
        problem_lists::items,
        problem_lists::letter,
        problem_lists::receipt,
        problem_lists::acceptance,
        problem_lists::answered,
        problem_lists::sign_off_list,
        problem_lists::withdrawal,
        proxies::list,
        proxies::issue,
        proxies::end,
        persons::show,
        persons::open,
        delegations::list,
        delegations::give,
        delegations::end,
        hand_overs::passed,
        hand_overs::show,
        hand_overs::end,
    ),
    components(schemas(crate::problem::Body)),
    modifiers(&Bearer, &Common)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// What holds for every operation and is said once, here.
struct Common;

impl Modify for Common {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for item in document.paths.paths.values_mut() {
            let reads = [&mut item.get];
            let writes = [&mut item.post, &mut item.delete];
            reads.into_iter().flatten().for_each(common);
            for operation in writes.into_iter().flatten() {
                common(operation);
                if operation.request_body.is_some() {
                    repeatable(operation);
                }
            }
        }
    }
}

/// Names of operations are unique, problems have their own type of content, and every answer says what it is.
fn common(operation: &mut Operation) {
    let tag = operation
        .tags
        .iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_default();
    operation.operation_id = operation
        .operation_id
        .as_ref()
        .map(|name| format!("{tag}_{name}"));
    let words = Words::new(Language::English);
    for (status, answer) in &mut operation.responses.responses {
        let RefOr::T(answer) = answer else { continue };
        if status.starts_with('2') {
            answer.description = "Done.".into();
            continue;
        }
        answer.description = words.of("problem", &format!("happened_{status}"));
        if let Some(content) = answer.content.shift_remove("application/json") {
            answer.content.insert("application/problem+json".into(), content);
        }
    }
}

/// Bodies may be too large. Whoever has signed in may send the same again under a key, and acts may name the version they are about.
fn repeatable(operation: &mut Operation) {
    let unreadable = operation.responses.responses.get("422").cloned();
    if let Some(RefOr::T(mut too_large)) = unreadable {
        too_large.description = Words::new(Language::English)
            .get("problem.happened_413")
            .to_owned();
        operation
            .responses
            .responses
            .insert("413".into(), RefOr::T(too_large));
    }
    if operation.security.is_none() {
        return;
    }
    let mut headers = vec![header(
        "Idempotency-Key",
        "The same key with the same request is answered as the first time; with another it is refused.",
    )];
    if operation
        .tags
        .iter()
        .flatten()
        .any(|tag| tag == "acts" || tag == "escalations" || tag == "routes")
    {
        headers.push(header(
            "If-Match",
            "The version that was seen, as `ETag` gave it; another one is answered with 412.",
        ));
    }
    operation
        .parameters
        .get_or_insert_default()
        .extend(headers.into_iter().map(RefOr::T));
}

fn header(name: &str, description: &str) -> Parameter {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let header = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False);
    header.description(Some(description)).schema(Some(text)).build()
}

pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

pub async fn document() -> impl IntoResponse {
    Json(openapi())
}
