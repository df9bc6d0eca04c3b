//! Acts on a hazard: each is a resource posted below it, and stands in the file of its name. What the caller may do now, and with
//! which fields, is asked at `acts`.

mod acceptance;
mod confirmation;
mod determination;
mod fields;
mod interim_measure;
mod open;
mod plan;
mod rectification;
mod sign_off;
mod voiding;

use app::{
    App, Caller, Outcome,
    hazard::{Receipt, show},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{HazardId, authority::Act, field::Checks, time::Day};
use serde::de::DeserializeOwned;

use super::{Body, Id, hazards::id_of, json, read, shape::HazardReceipt, with_version};
use crate::{caller::Token, problem::Problem, site::Site};

pub use acceptance::AcceptanceSaid;
pub use confirmation::ConfirmationSaid;
pub use determination::DeterminationSaid;
pub use interim_measure::InterimMeasureSaid;
pub use open::*;
pub use plan::PlanSaid;
pub use rectification::RectificationSaid;
pub use sign_off::SignOffSaid;
pub use voiding::VoidingSaid;

/// What is said in an act, and what is done with it.
pub trait Said: DeserializeOwned + Send {
    const ACT: Act;
    /// The words, days and ids in it, read as what they are.
    type Understood: Send;

    /// Which fields cannot be read as what they are for.
    fn understood(self) -> Outcome<Self::Understood>;

    fn run(
        app: &App,
        who: &Caller,
        id: HazardId,
        said: Self::Understood,
    ) -> impl Future<Output = Outcome<Receipt>> + Send;
}

/// Does what is said. A field that cannot be read is only told once the record was found, the right checked, the version and the
/// stage compared, as the use case would have done.
pub(crate) async fn say<T: Said>(app: &App, who: &Caller, id: HazardId, said: T) -> Outcome<Receipt> {
    match said.understood() {
        Ok(understood) => T::run(app, who, id, understood).await,
        Err(failure) => {
            show::standing(app, who, id, T::ACT).await?;
            Err(failure)
        }
    }
}

/// Reads, runs and answers one act. A repeated request is answered before anything else is looked at.
async fn act<T: Said>(site: &Site, token: &Token, id: &str, body: &[u8]) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let caller = token.caller(&path::<T>(id), body);
    let receipt = match caller.repeated(&site.app).await.map_err(problem)? {
        Some(kept) => kept,
        None => {
            token.version_is_readable()?;
            let said: T = read(body, words)?;
            let id = id_of(id, words)?;
            let outcome = say(&site.app, &caller, id, said).await;
            caller
                .unless_repeated(&site.app, outcome)
                .await
                .map_err(problem)?
        }
    };
    let version = receipt.version;
    Ok(with_version(
        json(StatusCode::OK, &HazardReceipt::of(receipt)),
        version,
    ))
}

/// Where an act is posted, by which a repeated request is known.
pub(crate) fn path<T: Said>(id: &str) -> String {
    format!("/hazards/{id}/{}", resource(T::ACT).unwrap_or_default())
}

/// One handler for each act, with its place in the document.
macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident at $path:literal says $said:ident;)+) => { $(
        #[utoipa::path(post, path = $path, tag = "acts", security(("token" = [])), params(("id" = String, Path)), request_body = $said,
            responses((status = 200, body = HazardReceipt), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
        $(#[$doc])*
        pub async fn $name(State(site): State<Site>, token: Token, Id(id): Id, Body(body): Body) -> Result<Response, Problem> {
            act::<$said>(&site, &token, &id, &body).await
        }
    )+ };
}

acts! {
    /// Confirm a report: level, determination, clauses, deadline, regulator.
    confirmation at "/api/v1/hazards/{id}/confirmation" says ConfirmationSaid;
    /// Decide whether it is major, where confirmation left that open.
    determination at "/api/v1/hazards/{id}/determination" says DeterminationSaid;
    /// File the plan. A complete plan starts rectification.
    plan at "/api/v1/hazards/{id}/plan" says PlanSaid;
    /// Report that it is rectified, with evidence.
    rectification at "/api/v1/hazards/{id}/rectification" says RectificationSaid;
    /// Accept the rectification, or return it with the reason as opinion.
    acceptance at "/api/v1/hazards/{id}/acceptance" says AcceptanceSaid;
    /// Sign off, or send back.
    sign_off at "/api/v1/hazards/{id}/sign-off" says SignOffSaid;
    /// Take an interim measure, at once and at any open stage.
    interim_measure at "/api/v1/hazards/{id}/interim-measure" says InterimMeasureSaid;
    /// Void a record that should never have been entered.
    voiding at "/api/v1/hazards/{id}/voiding" says VoidingSaid;
}

/// The resource that an act is posted to, for acts on a hazard.
pub(crate) fn resource(act: Act) -> Option<&'static str> {
    Some(match act {
        Act::Confirm => "confirmation",
        Act::Determine => "determination",
        Act::Plan => "plan",
        Act::Rectify => "rectification",
        Act::Accept => "acceptance",
        Act::SignOff => "sign-off",
        Act::InterimMeasure => "interim-measure",
        Act::Void => "voiding",
        _ => return None,
    })
}

fn word<T>(
    checks: &mut Checks,
    field: &'static str,
    word: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let parsed = parse(word);
    if parsed.is_none() {
        checks.fail(
            field,
            if word.trim().is_empty() {
                "required"
            } else {
                "not-a-choice"
            },
        );
    }
    parsed
}

fn day(checks: &mut Checks, field: &'static str, text: &str) -> Option<Day> {
    let day = Day::parse(text.trim());
    if day.is_none() {
        checks.fail(
            field,
            if text.trim().is_empty() {
                "required"
            } else {
                "not-a-date"
            },
        );
    }
    day
}
