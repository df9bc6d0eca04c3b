//! OpenAPI 3.1, from the code. docs/openapi.json is made from this and compared with it in every test run.

use axum::{Json, response::IntoResponse};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use super::{acts, files, hazards, sessions, subjects};

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
        files::receive,
        files::show,
        subjects::list,
    ),
    components(schemas(crate::problem::Body)),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

pub async fn document() -> impl IntoResponse {
    Json(openapi())
}
