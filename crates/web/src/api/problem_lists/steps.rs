//! The steps of a problem list: what goes on it, its letter, its receipt, acceptance of several items, its answer, and the list that
//! the city signs off; or its withdrawal. A field that cannot be read is only told once the list was found, the right, the version and the state fit.

use app::{
    Caller, Failure, Outcome,
    problem_list::{
        Done, accept, answer as answering, list_problems, receive, send, sign_off, standing, withdraw,
    },
    sign_off_list::{self, ListReceipt},
};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    AgencyId, HazardId, PersonId, ProblemListId, SignOffListId,
    authority::Act,
    field::Checks,
    hazard::accept::Accept,
    problem_list::{Remark, SendList},
};
use serde::de::DeserializeOwned;

use super::{
    AnswerSaid, LetterSaid, ListAcceptanceSaid, ListWithdrawalSaid, ProblemListView, ProblemsSaid, answer,
    hazards, id_of,
};
use crate::{
    api::{
        Body, Id,
        acts::{AcceptanceSaid, ReceiptSaid, Said as _, day},
        read,
        sign_off_lists::{self as signing, SignOffListView},
    },
    caller::Token,
    problem::Problem,
    site::Site,
};

/// Reads what is said below a list. Another request under the same key comes before what it says.
async fn said<T: DeserializeOwned>(
    site: &Site,
    token: &Token,
    id: &str,
    resource: &str,
    body: &[u8],
) -> Result<(Caller, ProblemListId, T), Problem> {
    let words = token.words;
    let caller = token.caller(&format!("/problem-lists/{id}/{resource}"), body);
    let kept = caller.repeated::<ListReceipt>(&site.app).await;
    let _repeated = kept.map_err(|failure| Problem::api(failure, words))?;
    token.version_is_readable()?;
    let said = read(body, words)?;
    Ok((caller, id_of(id, words)?, said))
}

/// What was understood, or why it cannot be, once it is known that nothing else refuses it.
pub(crate) async fn understood<T>(
    site: &Site,
    who: &Caller,
    id: ProblemListId,
    act: Act,
    read: Outcome<T>,
) -> Outcome<T> {
    if read.is_err() && who.repeated::<ListReceipt>(&site.app).await?.is_none() {
        standing(&site.app, who, id, act).await?;
    }
    read
}

async fn told(site: &Site, token: &Token, done: Outcome<Done>) -> Result<Response, Problem> {
    let words = token.words;
    let done = done.map_err(|failure| Problem::api(failure, words))?;
    let refused = done.refused.into_iter();
    let refused = refused.map(|(id, failure)| (id, *Problem::api(failure, words).body));
    answer(site, StatusCode::OK, &done.listed, refused.collect(), words).await
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/items", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ProblemsSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Put hazards on a list that is not sent yet, or take them off.
pub async fn items(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, said) = said::<ProblemsSaid>(&site, &token, &id, "items", &body).await?;
    let problem = |failure| Problem::api(failure, token.words);
    let mut checks = Checks::default();
    let add = hazards(&mut checks, "add", &said.add);
    let remove = hazards(&mut checks, "remove", &said.remove);
    let read = checks.done().map_err(Failure::from);
    let read = understood(&site, &caller, id, Act::ListProblems, read).await;
    read.map_err(problem)?;
    let listed = list_problems::list_problems(&site.app, &caller, id, &add, &remove).await;
    let listed = listed.map_err(problem)?;
    answer(&site, StatusCode::OK, &listed, Default::default(), token.words).await
}

/// The addressee and what the letter says. Pages say the same.
pub(crate) fn letter_of(said: LetterSaid) -> Outcome<(SendList, AgencyId)> {
    let mut checks = Checks::default();
    let reply_by = day(&mut checks, "reply_by", &said.reply_by);
    let to = AgencyId::parse(said.addressee.trim());
    if to.is_none() {
        checks.fail("addressee", "not-a-regulator-here");
    }
    checks.done()?;
    let (Some(reply_by), Some(to)) = (reply_by, to) else {
        return Err(Failure::field("reply_by", "not-a-date"));
    };
    let said = SendList {
        reply_by,
        number: said.letter_no.unwrap_or_default(),
        demands: said.demands.unwrap_or_default(),
        contact: said.contact.unwrap_or_default(),
        telephone: said.telephone.unwrap_or_default(),
    };
    Ok((said, to))
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/letter", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = LetterSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Send the list with one letter, and hand over each item. Sent again with the same addressee and day, it goes on with what is left.
pub async fn letter(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, said) = said::<LetterSaid>(&site, &token, &id, "letter", &body).await?;
    let read = understood(&site, &caller, id, Act::SendProblemList, letter_of(said)).await;
    let done = match read {
        Ok((said, to)) => send::send(&site.app, &caller, id, &said, to).await,
        Err(failure) => Err(failure),
    };
    told(&site, &token, done).await
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/receipt", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ReceiptSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Receive the list, and with it each item. An item that is not one's own is declined by itself, before.
pub async fn receipt(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, _) = said::<ReceiptSaid>(&site, &token, &id, "receipt", &body).await?;
    let done = receive::receive(&site.app, &caller, id).await;
    told(&site, &token, done).await
}

/// The items, what is said of each of them, and who looked. Pages say the same.
pub(crate) fn acceptance_of(said: ListAcceptanceSaid) -> Outcome<(Vec<HazardId>, Accept, Vec<PersonId>)> {
    let mut checks = Checks::default();
    let items = hazards(&mut checks, "items", &said.items);
    checks.done()?;
    let each = AcceptanceSaid {
        passed: true,
        opinion: said.opinion,
        visited_at: said.visited_at,
        place: said.place,
        inspectors: said.inspectors,
        cause: said.cause,
    };
    let (accept, inspectors) = each.understood()?;
    Ok((items, accept, inspectors))
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/acceptance", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ListAcceptanceSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Accept several items that were reported as rectified, each by an act of its own.
pub async fn acceptance(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, said) = said::<ListAcceptanceSaid>(&site, &token, &id, "acceptance", &body).await?;
    let read = understood(&site, &caller, id, Act::Accept, acceptance_of(said)).await;
    let done = match read {
        Ok((items, said, people)) => accept::accept(&site.app, &caller, id, &items, &said, &people).await,
        Err(failure) => Err(failure),
    };
    told(&site, &token, done).await
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/answer", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = AnswerSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Answer the list, once, with a result for each item as it stands.
pub async fn answered(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, said) = said::<AnswerSaid>(&site, &token, &id, "answer", &body).await?;
    let problem = |failure| Problem::api(failure, token.words);
    let remark = |one: &super::RemarkSaid| {
        let hazard = HazardId::parse(one.id.trim())?;
        let text = one.remark.clone();
        Some(Remark { hazard, text })
    };
    let remarks: Option<Vec<Remark>> = said.remarks.iter().map(remark).collect();
    let remarks = remarks.ok_or_else(|| Failure::field("remarks", "not-on-this-list"));
    let read = understood(&site, &caller, id, Act::AnswerProblemList, remarks).await;
    let remarks = read.map_err(problem)?;
    let note = said.answer_note.unwrap_or_default();
    let listed = answering::answer(&site.app, &caller, id, &remarks, &note).await;
    let listed = listed.map_err(problem)?;
    answer(&site, StatusCode::OK, &listed, Default::default(), token.words).await
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/sign-off-list", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ReceiptSaid,
    responses((status = 201, body = SignOffListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Open a sign-off list of what was accepted of it, and draw the sample. What is not accepted yet stays for a later one.
pub async fn sign_off_list(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, _) = said::<ReceiptSaid>(&site, &token, &id, "sign-off-list", &body).await?;
    let problem = |failure| Problem::api(failure, token.words);
    let receipt = sign_off::sign_off(&site.app, &caller, id)
        .await
        .map_err(problem)?;
    let opened = SignOffListId::parse(&receipt.id).ok_or_else(|| problem(Failure::NotFound))?;
    let listed = sign_off_list::show(&site.app, &caller, opened)
        .await
        .map_err(problem)?;
    Ok(signing::answer(
        &site,
        StatusCode::CREATED,
        &listed,
        Default::default(),
    ))
}

#[utoipa::path(post, path = "/api/v1/problem-lists/{id}/withdrawal", tag = "problem-lists", security(("token" = [])), params(("id" = String, Path)), request_body = ListWithdrawalSaid,
    responses((status = 200, body = ProblemListView), (status = 401, body = crate::problem::Body), (status = 403, body = crate::problem::Body), (status = 404, body = crate::problem::Body), (status = 409, body = crate::problem::Body), (status = 412, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Withdraw a list that was opened by mistake and is not sent. What stood on it can go on another.
pub async fn withdrawal(
    State(site): State<Site>,
    token: Token,
    Id(id): Id,
    Body(body): Body,
) -> Result<Response, Problem> {
    let (caller, id, said) = said::<ListWithdrawalSaid>(&site, &token, &id, "withdrawal", &body).await?;
    let listed = withdraw::withdraw(&site.app, &caller, id, &said.reason).await;
    let listed = listed.map_err(|failure| Problem::api(failure, token.words))?;
    answer(&site, StatusCode::OK, &listed, Default::default(), token.words).await
}
