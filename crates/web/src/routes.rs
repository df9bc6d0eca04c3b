//! Every URL of the program. Resources, not verbs: an act on a hazard is a thing posted below it.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer};

use crate::{api, pages, patience, problem, request, site::Site};

/// Bodies of forms and JSON; files have a limit of their own.
const LARGEST_BODY: usize = 1024 * 1024;

pub fn router(site: Site) -> Router {
    let api = Router::new()
        .route("/sessions", post(api::sessions::open))
        .route("/session", get(api::sessions::mine).delete(api::sessions::close))
        .route("/hazards", get(api::hazards::list).post(api::hazards::report))
        .route("/hazards/{id}", get(api::hazards::show))
        .route("/hazards/{id}/events", get(api::hazards::events))
        .route("/hazards/{id}/acts", get(api::acts::open_to_me))
        .route("/hazards/{id}/confirmation", post(api::acts::confirmation))
        .route("/hazards/{id}/determination", post(api::acts::determination))
        .route("/hazards/{id}/plan", post(api::acts::plan))
        .route("/hazards/{id}/rectification", post(api::acts::rectification))
        .route("/hazards/{id}/acceptance", post(api::acts::acceptance))
        .route("/hazards/{id}/sign-off", post(api::acts::sign_off))
        .route("/hazards/{id}/interim-measure", post(api::acts::interim_measure))
        .route("/hazards/{id}/voiding", post(api::acts::voiding))
        .route("/hazards/{id}/extension", post(api::acts::extension))
        .route(
            "/hazards/{id}/extension-decision",
            post(api::acts::extension_decision),
        )
        .route("/hazards/{id}/pause", post(api::acts::pause))
        .route("/hazards/{id}/resumption", post(api::acts::resumption))
        .route("/hazards/{id}/suspension", post(api::acts::suspension))
        .route(
            "/hazards/{id}/restart-application",
            post(api::acts::restart_application),
        )
        .route("/hazards/{id}/restart-review", post(api::acts::restart_review))
        .route("/hazards/{id}/assignment", post(api::acts::assignment))
        .route("/hazards/{id}/receipt", post(api::acts::receipt))
        .route("/hazards/{id}/declining", post(api::acts::declining))
        .route("/hazards/{id}/transfer", post(api::acts::transfer))
        .route("/hazards/{id}/merging", post(api::acts::merging))
        .route("/hazards/{id}/dismissal", post(api::acts::dismissal))
        .route("/hazards/{id}/revisit", post(api::acts::revisit))
        .route("/hazards/{id}/correction", post(api::acts::correction))
        .route("/hazards/{id}/telling", post(api::acts::telling))
        .route("/hazards/{id}/in-place", post(api::acts::in_place))
        .route("/hazards/{id}/owner", post(api::acts::owner))
        .route("/hazards/{id}/instruction", post(api::acts::instruction))
        .route("/hazards/{id}/listing", post(api::acts::listing))
        .route(
            "/hazards/{id}/listing-approval",
            post(api::acts::listing_approval),
        )
        .route("/hazards/{id}/listing-service", post(api::acts::listing_service))
        .route("/hazards/{id}/progress", post(api::acts::progress))
        .route("/hazards/{id}/delisting", post(api::acts::delisting))
        .route(
            "/hazards/{id}/listing-cancellation",
            post(api::acts::listing_cancellation),
        )
        .route(
            "/hazards/{id}/instruction-answer",
            post(api::acts::instruction_answer),
        )
        .route("/files", post(api::files::receive).layer(with_files()))
        .route(
            "/hazards/{id}/proxy-confirmation",
            post(api::acts::proxy_confirmation),
        )
        .route("/proxies", get(api::proxies::list))
        .route("/subjects/{id}/proxy", post(api::proxies::issue))
        .route("/subjects/{id}/proxy-ending", post(api::proxies::end))
        .route("/files/{id}", get(api::files::show))
        .route("/subjects", get(api::subjects::list))
        .route("/stock", get(api::stock::table))
        .route("/escalations", get(api::escalations::list))
        .route(
            "/escalations/{id}/explanation",
            post(api::escalations::explanation),
        )
        .route("/escalations/{id}/letter", post(api::escalations::letter))
        .route(
            "/escalations/{id}/setting-aside",
            post(api::escalations::setting_aside),
        )
        .route("/routes", get(api::routes::show).post(api::routes::set))
        .route("/routes/versions", get(api::routes::versions))
        .route("/routes/preview", post(api::routes::preview))
        .route(
            "/sign-off-lists",
            get(api::sign_off_lists::list).post(api::sign_off_lists::open),
        )
        .route("/sign-off-lists/{id}", get(api::sign_off_lists::show))
        .route(
            "/sign-off-lists/{id}/decision",
            post(api::sign_off_lists::decision),
        )
        .route("/hazards/bulk", post(api::bulk::several))
        .route("/hazards/similar", get(api::similar::alike))
        .route(
            "/complaints",
            get(api::complaints::list).post(api::complaints::make),
        )
        .route("/complaints/{id}/answer", post(api::complaints::answer))
        .route(
            "/problem-lists",
            get(api::problem_lists::list).post(api::problem_lists::open),
        )
        .route("/problem-lists/{id}", get(api::problem_lists::show))
        .route("/problem-lists/{id}/items", post(api::problem_lists::items))
        .route("/problem-lists/{id}/letter", post(api::problem_lists::letter))
        .route("/problem-lists/{id}/receipt", post(api::problem_lists::receipt))
        .route(
            "/problem-lists/{id}/acceptance",
            post(api::problem_lists::acceptance),
        )
        .route("/problem-lists/{id}/answer", post(api::problem_lists::answered))
        .route(
            "/problem-lists/{id}/sign-off-list",
            post(api::problem_lists::sign_off_list),
        )
        .route(
            "/problem-lists/{id}/withdrawal",
            post(api::problem_lists::withdrawal),
        )
        .route("/persons/{id}", get(api::persons::show))
        .route("/persons/{id}/opening", post(api::persons::open))
        .route(
            "/delegations",
            get(api::delegations::list).post(api::delegations::give),
        )
        .route("/delegations/{id}/ending", post(api::delegations::end))
        .route("/hand-overs", get(api::hand_overs::passed))
        .route("/appointments/{id}/hand-over", get(api::hand_overs::show))
        .route("/appointments/{id}/ending", post(api::hand_overs::end))
        .fallback(api::no_such_resource)
        .method_not_allowed_fallback(api::no_such_method);

    Router::new()
        .nest("/api/v1", api)
        .route("/", get(pages::desk::page))
        .route("/sign-in", get(pages::door::sign_in_page).post(pages::door::sign_in))
        .route("/sign-out", post(pages::door::sign_out))
        .route("/language", post(pages::door::language))
        .route("/hazards", get(pages::hazards::page).post(pages::report::send).layer(with_files()))
        .route("/report", get(pages::report::page))
        .route("/s/{id}", get(pages::phone::subject))
        .route("/phone/session", get(pages::phone::session))
        .route("/phone/report", get(pages::phone::shell))
        .route("/phone/hazards", post(pages::phone::report))
        .route("/phone/hazards/{id}", get(pages::phone::standing))
        .route("/service-worker.js", get(pages::assets::service_worker))
        .route("/hazards/{id}", get(pages::hazard::page))
        .route("/hazards/{id}/card", get(pages::hazard::card::page))
        .route("/hazards/{id}/card.docx", get(pages::hazard::papers::card_docx))
        .route("/hazards/{id}/sign-off-sheet", get(pages::hazard::papers::sheet))
        .route("/hazards/{id}/sign-off-sheet.docx", get(pages::hazard::papers::sheet_docx))
        .route("/hazards/{id}/confirmation", post(pages::acts::confirmation).get(pages::acts::back_to_record))
        .route("/hazards/{id}/determination", post(pages::acts::determination).get(pages::acts::back_to_record))
        .route("/hazards/{id}/plan", post(pages::acts::plan).get(pages::acts::back_to_record))
        .route(
            "/hazards/{id}/rectification",
            post(pages::acts::rectification).get(pages::acts::back_to_record).layer(with_files()),
        )
        .route("/hazards/{id}/acceptance", post(pages::acts::acceptance).get(pages::acts::back_to_record))
        .route("/hazards/{id}/sign-off", post(pages::acts::sign_off).get(pages::acts::back_to_record))
        .route("/hazards/{id}/interim-measure", post(pages::acts::interim_measure).get(pages::acts::back_to_record))
        .route("/hazards/{id}/voiding", post(pages::acts::voiding).get(pages::acts::back_to_record))
        .route("/hazards/{id}/extension", post(pages::acts::extension).get(pages::acts::back_to_record))
        .route("/hazards/{id}/extension-decision", post(pages::acts::extension_decision).get(pages::acts::back_to_record))
        .route("/hazards/{id}/pause", post(pages::acts::pause).get(pages::acts::back_to_record))
        .route("/hazards/{id}/resumption", post(pages::acts::resumption).get(pages::acts::back_to_record))
        .route("/hazards/{id}/suspension", post(pages::acts::suspension).get(pages::acts::back_to_record))
        .route("/hazards/{id}/restart-application", post(pages::acts::restart_application).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/restart-review", post(pages::acts::restart_review).get(pages::acts::back_to_record))
        .route("/hazards/{id}/assignment", post(pages::acts::assignment).get(pages::acts::back_to_record))
        .route("/hazards/{id}/receipt", post(pages::acts::receipt).get(pages::acts::back_to_record))
        .route("/hazards/{id}/declining", post(pages::acts::declining).get(pages::acts::back_to_record))
        .route("/hazards/{id}/transfer", post(pages::acts::transfer).get(pages::acts::back_to_record))
        .route("/hazards/{id}/merging", post(pages::acts::merging).get(pages::acts::back_to_record))
        .route("/hazards/{id}/dismissal", post(pages::acts::dismissal).get(pages::acts::back_to_record))
        .route("/hazards/{id}/revisit", post(pages::acts::revisit).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/correction", post(pages::acts::correction).get(pages::acts::back_to_record))
        .route("/hazards/{id}/telling", post(pages::acts::telling).get(pages::acts::back_to_record))
        .route("/hazards/{id}/in-place", post(pages::acts::in_place).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/owner", post(pages::acts::owner).get(pages::acts::back_to_record))
        .route("/hazards/{id}/listing", post(pages::acts::listing).get(pages::acts::back_to_record))
        .route("/hazards/{id}/listing-approval", post(pages::acts::listing_approval).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/listing-service", post(pages::acts::listing_service).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/progress", post(pages::acts::progress).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/delisting", post(pages::acts::delisting).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/listing-cancellation", post(pages::acts::listing_cancellation).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/instruction", post(pages::acts::instruction).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/instruction-answer", post(pages::acts::instruction_answer).get(pages::acts::back_to_record).layer(with_files()))
        .route("/hazards/{id}/proxy-confirmation", post(pages::acts::proxy_confirmation).get(pages::acts::back_to_record).layer(with_files()))
        .route("/proxies", get(pages::proxies::page).post(pages::proxies::issue))
        .route("/proxies/{id}/ending", post(pages::proxies::end))
        .route("/escalations", get(pages::escalations::page))
        .route("/escalations/{id}", get(pages::escalations::to_record))
        .route(
            "/escalations/{id}/explanation",
            post(pages::escalations::explanation).get(pages::escalations::to_record).layer(with_files()),
        )
        .route("/escalations/{id}/letter", post(pages::escalations::letter).get(pages::escalations::to_record))
        .route("/escalations/{id}/setting-aside", post(pages::escalations::setting_aside).get(pages::escalations::to_record))
        .route("/notices", get(pages::notices::page))
        .route("/notices/mail-address", post(pages::notices::mail_address))
        .route("/system/notices", post(pages::system::retry_notices))
        .route("/files", post(pages::files::receive).layer(with_files()))
        .route("/files/{id}", get(pages::files::show))
        .route("/changes", get(pages::changes::stream))
        .route("/stock", get(pages::stock::page))
        .route("/stock/print", get(pages::stock::print))
        .route("/stock/table.xlsx", get(pages::stock::xlsx))
        .route("/stock/table.csv", get(pages::stock::csv))
        .route("/jurisdictions/{id}", get(pages::jurisdictions::page))
        .route("/agencies/{id}", get(pages::agencies::page))
        .route("/system", get(pages::system::page))
        .route("/system/routes", get(pages::routes::page).post(pages::routes::draft::save))
        .route("/system/routes/draft", get(pages::routes::draft::page).post(pages::routes::draft::change))
        .route("/sign-off-lists", get(pages::sign_off_lists::page).post(pages::sign_off_lists::open))
        .route("/sign-off-lists/{id}", get(pages::sign_off_lists::list::page))
        .route("/sign-off-lists/{id}/print", get(pages::sign_off_lists::list::print))
        .route("/sign-off-lists/{id}/decision", post(pages::sign_off_lists::list::decision))
        .route("/hazards/bulk", get(pages::bulk::page).post(pages::bulk::send))
        .route("/complaints", get(pages::complaints::page).post(pages::complaints::send))
        .route("/complaints/new", get(pages::complaints::new))
        .route("/complaints/{id}", get(pages::complaints::one))
        .route("/complaints/{id}/answer", post(pages::complaints::answer).get(pages::complaints::back))
        .route("/phone/similar", get(pages::similar::to_a_phone))
        .route("/leader", get(pages::leader::page))
        .route("/leader/print", get(pages::leader::print))
        .route("/problem-lists", get(pages::problem_lists::page).post(pages::problem_lists::open))
        .route("/problem-lists/{id}", get(pages::problem_lists::list::page))
        .route(
            "/problem-lists/{id}/report",
            get(pages::problem_lists::report::page).post(pages::problem_lists::report::send).layer(with_files()),
        )
        .route("/problem-lists/{id}/items", post(pages::problem_lists::acts::items).get(pages::problem_lists::list::to_list))
        .route("/problem-lists/{id}/letter", get(pages::problem_lists::papers::letter).post(pages::problem_lists::acts::letter))
        .route("/problem-lists/{id}/letter.docx", get(pages::problem_lists::papers::letter_docx))
        .route("/problem-lists/{id}/receipt", post(pages::problem_lists::acts::receipt).get(pages::problem_lists::list::to_list))
        .route("/problem-lists/{id}/acceptance", post(pages::problem_lists::acts::acceptance).get(pages::problem_lists::list::to_list))
        .route("/problem-lists/{id}/answer", post(pages::problem_lists::acts::answer).get(pages::problem_lists::list::to_list))
        .route(
            "/problem-lists/{id}/sign-off-list",
            post(pages::problem_lists::acts::sign_off_list).get(pages::problem_lists::list::to_list),
        )
        .route("/problem-lists/{id}/withdrawal", post(pages::problem_lists::acts::withdrawal).get(pages::problem_lists::list::to_list))
        .route("/problem-lists/{id}/recheck-opinion", get(pages::problem_lists::papers::recheck))
        .route("/problem-lists/{id}/recheck-opinion.docx", get(pages::problem_lists::papers::recheck_docx))
        .route("/hazards/{id}/recheck-opinion", get(pages::hazard::papers::recheck))
        .route("/hazards/{id}/recheck-opinion.docx", get(pages::hazard::papers::recheck_docx))
        .route("/persons/{id}", get(pages::persons::page))
        .route("/persons/{id}/opening", post(pages::persons::open).get(pages::persons::back))
        .route("/delegations", get(pages::delegations::page).post(pages::delegations::give))
        .route("/delegations/own", post(pages::delegations::own))
        .route("/delegations/{id}/acting", post(pages::delegations::take_up))
        .route("/delegations/{id}/ending", post(pages::delegations::end))
        .route("/hand-overs", get(pages::hand_overs::mine))
        .route("/hand-overs/{id}", get(pages::hand_overs::page))
        .route("/hand-overs/{id}/ending", post(pages::hand_overs::end).get(pages::hand_overs::back))
        .route("/assets/{name}", get(pages::assets::asset))
        .route("/api/{*nothing}", any(api::no_such_resource))
        .route("/api/v1/", any(api::no_such_resource))
        .fallback(pages::no_such_page)
        .route("/api/openapi.json", get(api::openapi::document))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .route("/metrics", get(api::health::metrics))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CompressionLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header(
            "content-security-policy",
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ))
        .layer(from_fn(patience::answers_in_time))
        .layer(from_fn_with_state(site.clone(), problem::framed))
        .layer(from_fn_with_state(site.clone(), request::named))
        .with_state(site)
}

/// A few photos in one form, where the browser could not send them one by one. [`patience`] gives whoever posts there more time.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(3 * app::file::receive::LARGEST)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
}
