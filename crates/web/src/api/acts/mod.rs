//! Acts on a hazard: each is a resource posted below it, and stands in the file of its name. What the caller may do now, and with
//! which fields, is asked at `acts`.

mod acceptance;
mod assignment;
mod confirm_proxy;
mod confirmation;
mod correction;
mod course_fields;
mod determination;
mod ending;
mod extension;
mod fields;
mod in_place;
mod instruction;
mod interim_measure;
mod listing;
mod open;
mod owner;
mod pause;
mod plan;
mod rectification;
mod revisit;
mod sign_off;
mod suspension;
mod voiding;

use app::{
    App, Caller, Failure, Outcome,
    hazard::{Receipt, show},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{FileId, HazardId, authority::Act, field::Checks, time::Day};
use serde::de::DeserializeOwned;

use super::{Body, Id, hazards::id_of, json, read, shape::HazardReceipt, with_version};
use crate::{caller::Token, problem::Problem, site::Site};

pub use acceptance::AcceptanceSaid;
pub use assignment::{AssignmentSaid, DecliningSaid, ReceiptSaid};
pub use confirm_proxy::ProxyConfirmationSaid;
pub use confirmation::ConfirmationSaid;
pub use correction::CorrectionSaid;
pub use determination::DeterminationSaid;
pub use ending::{DismissalSaid, MergingSaid, TransferSaid};
pub use extension::{ExtensionDecisionSaid, ExtensionSaid};
pub use in_place::{InPlaceSaid, TellingSaid};
pub use instruction::{InstructionAnswerSaid, InstructionSaid};
pub use interim_measure::InterimMeasureSaid;
pub use listing::{
    DelistingSaid, ListingApprovalSaid, ListingCancellationSaid, ListingProposalSaid, ListingServiceSaid,
    ProgressSaid,
};
pub use open::*;
pub use owner::{NewOwnerSaid, OwnerSaid};
pub use pause::{PauseSaid, ResumptionSaid};
pub use plan::PlanSaid;
pub use rectification::RectificationSaid;
pub use revisit::RevisitSaid;
pub use sign_off::SignOffSaid;
pub use suspension::{RestartApplicationSaid, RestartReviewSaid, SuspensionSaid};
pub use voiding::VoidingSaid;

/// What is said in an act, and what is done with it.
pub trait Said: DeserializeOwned + Send {
    const ACT: Act;
    /// The words, days and ids in it, read as what they are.
    type Understood: Send;

    /// Which fields cannot be read as what they are for.
    fn understood(self) -> Outcome<Self::Understood>;

    /// Whether it may be said of several at once, where the act as such may.
    fn fits_several(&self) -> Outcome<()> {
        Ok(())
    }

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
    /// Ask for an extension, in time.
    extension at "/api/v1/hazards/{id}/extension" says ExtensionSaid;
    /// Grant or refuse the extension that was asked for.
    extension_decision at "/api/v1/hazards/{id}/extension-decision" says ExtensionDecisionSaid;
    /// Let the clock of rectification stand still.
    pause at "/api/v1/hazards/{id}/pause" says PauseSaid;
    /// Let it go on, with the days it had left.
    resumption at "/api/v1/hazards/{id}/resumption" says ResumptionSaid;
    /// Note that operation was ordered to stop, by the number of the order.
    suspension at "/api/v1/hazards/{id}/suspension" says SuspensionSaid;
    /// Apply to start again.
    restart_application at "/api/v1/hazards/{id}/restart-application" says RestartApplicationSaid;
    /// Review the application.
    restart_review at "/api/v1/hazards/{id}/restart-review" says RestartReviewSaid;
    /// Hand it to an agency, with a day to reply by.
    assignment at "/api/v1/hazards/{id}/assignment" says AssignmentSaid;
    /// Acknowledge the hand-over.
    receipt at "/api/v1/hazards/{id}/receipt" says ReceiptSaid;
    /// Say that it is not one's own duty.
    declining at "/api/v1/hazards/{id}/declining" says DecliningSaid;
    /// Transfer it to another jurisdiction; a linked record is opened there.
    transfer at "/api/v1/hazards/{id}/transfer" says TransferSaid;
    /// It is the same as another record, which goes on.
    merging at "/api/v1/hazards/{id}/merging" says MergingSaid;
    /// It is no hazard, or its site is gone.
    dismissal at "/api/v1/hazards/{id}/dismissal" says DismissalSaid;
    /// Look again at what ended as rectified.
    revisit at "/api/v1/hazards/{id}/revisit" says RevisitSaid;
    /// Put a wrong fact right; what stood before stays visible.
    correction at "/api/v1/hazards/{id}/correction" says CorrectionSaid;
    /// Of a major hazard: regulator or workers' congress were told.
    telling at "/api/v1/hazards/{id}/telling" says TellingSaid;
    /// Of a major hazard: one of the five is in place.
    in_place at "/api/v1/hazards/{id}/in-place" says InPlaceSaid;
    /// Name the unit that answers for what was found as nobody's.
    owner at "/api/v1/hazards/{id}/owner" says OwnerSaid;
    /// Record what a leader wrote on it, with the signed page.
    instruction at "/api/v1/hazards/{id}/instruction" says InstructionSaid;
    /// Answer an instruction.
    instruction_answer at "/api/v1/hazards/{id}/instruction-answer" says InstructionAnswerSaid;
    /// A small unit confirms what its town recorded for it, by a code or by the signed page.
    proxy_confirmation at "/api/v1/hazards/{id}/proxy-confirmation" says ProxyConfirmationSaid;
    /// Propose that a major hazard is put on the list of a safety committee.
    listing at "/api/v1/hazards/{id}/listing" says ListingProposalSaid;
    /// Record that a leader of the committee approved its listing, with the signed page.
    listing_approval at "/api/v1/hazards/{id}/listing-approval" says ListingApprovalSaid;
    /// The notice of its listing was served.
    listing_service at "/api/v1/hazards/{id}/listing-service" says ListingServiceSaid;
    /// Report how the rectification of a listed hazard goes on.
    progress at "/api/v1/hazards/{id}/progress" says ProgressSaid;
    /// Take it off a list: it has ended as rectified.
    delisting at "/api/v1/hazards/{id}/delisting" says DelistingSaid;
    /// Cancel a listing that should not have been, or whose case has ended otherwise.
    listing_cancellation at "/api/v1/hazards/{id}/listing-cancellation" says ListingCancellationSaid;
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
        Act::AskExtension => "extension",
        Act::DecideExtension => "extension-decision",
        Act::Pause => "pause",
        Act::Resume => "resumption",
        Act::Suspend => "suspension",
        Act::AskRestart => "restart-application",
        Act::ReviewRestart => "restart-review",
        Act::Assign => "assignment",
        Act::Acknowledge => "receipt",
        Act::Decline => "declining",
        Act::Transfer => "transfer",
        Act::Merge => "merging",
        Act::Dismiss => "dismissal",
        Act::Revisit => "revisit",
        Act::Correct => "correction",
        Act::Tell => "telling",
        Act::PutInPlace => "in-place",
        Act::NameOwner => "owner",
        Act::Instruct => "instruction",
        Act::AnswerInstruction => "instruction-answer",
        Act::ConfirmProxy => "proxy-confirmation",
        Act::ProposeListing => "listing",
        Act::ApproveListing => "listing-approval",
        Act::ServeListing => "listing-service",
        Act::ReportProgress => "progress",
        Act::Delist => "delisting",
        Act::CancelListing => "listing-cancellation",
        _ => return None,
    })
}

pub(crate) fn word<T>(
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

pub(crate) fn day(checks: &mut Checks, field: &'static str, text: &str) -> Option<Day> {
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

/// One's own uploads, by id.
fn files_of(field: &'static str, ids: &[String]) -> Outcome<Vec<FileId>> {
    let files: Option<Vec<FileId>> = ids.iter().map(|id| FileId::parse(id)).collect();
    files.ok_or_else(|| Failure::field(field, "not-attachable"))
}
