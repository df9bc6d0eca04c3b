//! Acts, as forms post them. A form becomes the same saying that the API reads, and goes through the same use case. What cannot be
//! taken comes back with everything that was typed.

use app::{
    App, Caller, Failure, Outcome, file,
    hazard::{Receipt, show},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{HazardId, money::Fen};

use super::{
    form::Form,
    hazard, render,
    told::{Told, WrongFile},
};
use crate::{
    api::acts::{
        AcceptanceSaid, AssignmentSaid, ConfirmationSaid, CorrectionSaid, DecliningSaid, DelistingSaid,
        DeterminationSaid, DismissalSaid, ExtensionDecisionSaid, ExtensionSaid, InPlaceSaid,
        InstructionAnswerSaid, InstructionSaid, InterimMeasureSaid, ListingApprovalSaid,
        ListingCancellationSaid, ListingProposalSaid, ListingServiceSaid, MergingSaid, PauseSaid, PlanSaid,
        ProgressSaid, ProxyConfirmationSaid, ReceiptSaid, RectificationSaid, RestartApplicationSaid,
        RestartReviewSaid, ResumptionSaid, RevisitSaid, Said, SignOffSaid, SuspensionSaid, TellingSaid,
        TransferSaid, VoidingSaid, path, say,
    },
    caller::Browser,
    problem::Problem,
    site::Site,
};

mod owner;

pub use owner::owner;

/// An act as a form says it.
pub(super) trait Typed: Said {
    /// What the form says; a field that cannot be read as what it is for, if there is one.
    fn typed(form: &Form) -> Outcome<Self>;

    /// What the person should look at once more before it is done: asked once, and told like an error at its field.
    fn doubts(
        _site: &Site,
        _browser: &Browser,
        _id: HazardId,
        _form: &Form,
    ) -> impl Future<Output = Outcome<Option<Told>>> + Send {
        async { Ok(None) }
    }
}

async fn act<T: Typed>(
    site: Site,
    browser: Browser,
    id: String,
    mut form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let here = format!("/hazards/{id}");
    let problem = |failure| Problem::page(failure, words).coming_from(&here);
    let id = HazardId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    if !form.proves(&browser) {
        return come_back::<T>(&site, &browser, id, &form, Told::form_expired(words)).await;
    }
    let done = match take_files(&site.app, &browser.live.caller, &mut form).await {
        Ok(()) => run::<T>(&site, &browser, id, &form)
            .await
            .map_err(|failure| (None, failure)),
        Err((file, failure)) => Err((Some(file), failure)),
    };
    match done {
        Ok(Done::Doubted(told)) => come_back::<T>(&site, &browser, id, &form, told).await,
        Ok(Done::Recorded) => {
            let key = super::encode(form.get("idempotency_key"));
            Ok(Redirect::to(&format!("{here}?done={}&key={key}", T::ACT)).into_response())
        }
        Err((_, failure)) if leaves_the_form(&failure) => Err(problem(failure)),
        Err((file, failure)) => {
            let told = Told::of(failure, file.as_ref(), words);
            come_back::<T>(&site, &browser, id, &form, told).await
        }
    }
}

/// Nothing to come back to, nobody who might send it again, or nothing that sending again could change.
pub(super) fn leaves_the_form(failure: &Failure) -> bool {
    matches!(
        failure,
        Failure::NotFound | Failure::Denied(_) | Failure::Broken(_) | Failure::Unauthenticated
    )
}

enum Done {
    Recorded,
    Doubted(Told),
}

async fn run<T: Typed>(site: &Site, browser: &Browser, id: HazardId, form: &Form) -> Outcome<Done> {
    let caller = form.caller(browser, &path::<T>(&id.to_string()));
    if caller.repeated::<Receipt>(&site.app).await?.is_some() {
        return Ok(Done::Recorded);
    }
    match T::typed(form) {
        Ok(said) => {
            if let Some(told) = T::doubts(site, browser, id, form).await? {
                show::standing(&site.app, &caller, id, T::ACT).await?;
                return Ok(Done::Doubted(told));
            }
            say(&site.app, &caller, id, said).await?;
            Ok(Done::Recorded)
        }
        // As where a word cannot be read: nobody learns of a wrong field before the right, the version and the stage.
        Err(unreadable) => {
            show::standing(&site.app, &caller, id, T::ACT).await?;
            Err(unreadable)
        }
    }
}

/// The page as it stands now, with the form open, what was typed in it, and what is wrong.
async fn come_back<T: Typed>(
    site: &Site,
    browser: &Browser,
    id: HazardId,
    form: &Form,
    told: Told,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words).coming_from("/hazards");
    let kept = form.kept_files(site, browser).await.map_err(problem)?;
    let back = hazard::CameBack {
        act: T::ACT,
        form,
        kept,
        told: &told,
    };
    let page = hazard::fill(site, browser, id, Some(back))
        .await
        .map_err(problem)?;
    Ok(render(told.status, &page))
}

/// Files that came with the form are received first, under keys made from the form's own, so that sending it again finds the same
/// files; afterwards they stand in the form by id. What is wrong with one is told with its field and its name.
pub(super) async fn take_files(app: &App, who: &Caller, form: &mut Form) -> Result<(), (WrongFile, Failure)> {
    let key = form.get("idempotency_key").to_owned();
    for (at, (field, name, bytes)) in std::mem::take(&mut form.files).into_iter().enumerate() {
        let mut caller = who.clone();
        if !key.is_empty() && key.len() <= 100 {
            let sha256 = app::ids::sha256_hex(&bytes);
            caller.request = Some(app::Request {
                key: format!("{key}:file:{at}:{}", &sha256[..16]),
                sha256,
            });
        }
        match file::receive::receive(app, &caller, &name, bytes).await {
            Ok(received) => form.fields.push((format!("{field}_id"), received.id)),
            Err(failure) => return Err((WrongFile { field, name }, failure)),
        }
    }
    Ok(())
}

/// 元 or 万元, as typed beside the amount, in fen.
fn money(form: &Form, name: &str) -> Outcome<i64> {
    let typed = form.get(name);
    if typed.is_empty() {
        return Ok(0);
    }
    let Some(Fen(fen)) = Fen::from_yuan_in(typed, form.get(&format!("{name}_unit")) == "wan") else {
        return Err(Failure::field("funds_fen", "not-a-number"));
    };
    Ok(fen)
}

/// `2026-11-30T09:30`, as browsers send it, is Beijing time.
fn instant(form: &Form, name: &str) -> Option<String> {
    form.given(name).map(|local| {
        if local.len() == 16 {
            format!("{local}:00+08:00")
        } else {
            local
        }
    })
}

fn passed(form: &Form) -> Outcome<bool> {
    match form.get("passed") {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Failure::field("passed", "required")),
    }
}

macro_rules! acts {
    ($($(#[$doc:meta])* $handler:ident: $said:ty, |$form:ident| $read:expr;)+) => { $(
        impl Typed for $said {
            fn typed($form: &Form) -> Outcome<Self> {
                $read
            }
        }

        $(#[$doc])*
        pub async fn $handler(State(site): State<Site>, browser: Browser, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
            act::<$said>(site, browser, id, form).await
        }
    )+ };
}

acts! {
    confirmation: ConfirmationSaid, |form| Ok(Self {
        initial_level: form.get("initial_level").to_owned(),
        determination: form.get("determination").to_owned(),
        clauses: form.lines("clauses"),
        deadline: form.get("deadline").to_owned(),
        regulator: form.given("regulator"),
        order_no: form.given("order_no"),
    });
    determination: DeterminationSaid, |form| Ok(Self {
        determination: form.get("determination").to_owned(),
        clauses: form.lines("clauses"),
        basis: form.get("basis").to_owned(),
    });
    plan: PlanSaid, |form| Ok(Self {
        target: form.get("target").to_owned(),
        measures: form.get("measures").to_owned(),
        funds_fen: money(form, "funds")?,
        deadline: form.get("deadline").to_owned(),
        responsible_person: form.get("responsible_person").to_owned(),
        responsible_unit: form.get("responsible_unit").to_owned(),
        emergency_plan: form.get("emergency_plan").to_owned(),
    });
    rectification: RectificationSaid, |form| Ok(Self {
        summary: form.get("summary").to_owned(),
        evidence: form.all("evidence_id"),
    });
    acceptance: AcceptanceSaid, |form| Ok(Self {
        passed: passed(form)?,
        opinion: form.get("opinion").to_owned(),
        visited_at: instant(form, "visited_at"),
        place: form.given("place"),
        inspectors: form.all("inspectors"),
        cause: form.given("cause"),
    });
    sign_off: SignOffSaid, |form| Ok(Self {
        passed: passed(form)?,
        opinion: form.get("opinion").to_owned(),
    });
    interim_measure: InterimMeasureSaid, |form| Ok(Self {
        kind: form.get("kind").to_owned(),
        text: form.get("text").to_owned(),
    });
    voiding: VoidingSaid, |form| Ok(Self {
        reason: form.get("reason").to_owned(),
    });
    extension: ExtensionSaid, |form| Ok(Self {
        to: form.get("to").to_owned(),
        reason: form.get("reason").to_owned(),
    });
    extension_decision: ExtensionDecisionSaid, |form| Ok(Self {
        passed: passed(form)?,
        opinion: form.get("opinion").to_owned(),
    });
    pause: PauseSaid, |form| Ok(Self {
        reason: form.get("reason").to_owned(),
    });
    resumption: ResumptionSaid, |form| Ok(Self {
        reason: form.get("reason").to_owned(),
    });
    suspension: SuspensionSaid, |form| Ok(Self {
        order_no: form.get("order_no").to_owned(),
        scope: form.get("scope").to_owned(),
    });
    restart_application: RestartApplicationSaid, |form| Ok(Self {
        summary: form.get("summary").to_owned(),
        evidence: form.all("evidence_id"),
    });
    restart_review: RestartReviewSaid, |form| Ok(Self {
        passed: passed(form)?,
        opinion: form.get("opinion").to_owned(),
    });
    assignment: AssignmentSaid, |form| Ok(Self {
        agency: form.get("agency").to_owned(),
        reply_by: form.get("reply_by").to_owned(),
        basis: form.given("basis"),
    });
    receipt: ReceiptSaid, |_form| Ok(Self {});
    declining: DecliningSaid, |form| Ok(Self {
        reason: form.get("reason").to_owned(),
    });
    transfer: TransferSaid, |form| Ok(Self {
        to: form.get("to").to_owned(),
        reason: form.get("reason").to_owned(),
    });
    merging: MergingSaid, |form| Ok(Self {
        into: form.get("into").to_owned(),
        reason: form.get("reason").to_owned(),
    });
    dismissal: DismissalSaid, |form| Ok(Self {
        ended_as: form.get("ended_as").to_owned(),
        reason: form.get("reason").to_owned(),
    });
    revisit: RevisitSaid, |form| Ok(Self {
        passed: passed(form)?,
        opinion: form.get("opinion").to_owned(),
        visited_at: instant(form, "visited_at").unwrap_or_default(),
        evidence: form.all("evidence_id"),
    });
    correction: CorrectionSaid, |form| Ok(Self {
        fact: form.get("fact").to_owned(),
        value: form.get("value").to_owned(),
        reason: form.get("reason").to_owned(),
    });
    telling: TellingSaid, |form| Ok(Self {
        to: form.get("to").to_owned(),
        on: form.get("on").to_owned(),
        how: form.get("how").to_owned(),
    });
    in_place: InPlaceSaid, |form| Ok(Self {
        part: form.get("part").to_owned(),
        note: form.get("note").to_owned(),
        evidence: form.all("evidence_id"),
    });
    instruction: InstructionSaid, |form| Ok(Self {
        leader: form.given("leader"),
        leader_name: form.get("leader_name").to_owned(),
        leader_office: form.get("leader_office").to_owned(),
        wording: form.get("wording").to_owned(),
        signed_on: form.get("signed_on").to_owned(),
        answer_by: form.given("answer_by"),
        leader_page: form.all("leader_page_id"),
    });
    proxy_confirmation: ProxyConfirmationSaid, |form| Ok(Self {
        code: form.given("code"),
        signed_page: form.all("signed_page_id"),
    });
    listing: ListingProposalSaid, |form| Ok(Self {
        listing_level: form.get("listing_level").to_owned(),
        requirements: form.get("requirements").to_owned(),
        overseer: form.get("overseer").to_owned(),
        overseer_office: form.get("overseer_office").to_owned(),
        plan_by: form.get("plan_by").to_owned(),
        reports_every: form.get("reports_every").to_owned(),
    });
    listing_approval: ListingApprovalSaid, |form| Ok(Self {
        listing_level: form.given("listing_level"),
        order_no: form.get("order_no").to_owned(),
        leader_name: form.get("leader_name").to_owned(),
        leader_office: form.get("leader_office").to_owned(),
        signed_on: form.get("signed_on").to_owned(),
        leader_page: form.all("leader_page_id"),
    });
    listing_service: ListingServiceSaid, |form| Ok(Self {
        listing_level: form.given("listing_level"),
        served_on: form.get("served_on").to_owned(),
        receiver: form.get("receiver").to_owned(),
        proof: form.all("proof_id"),
    });
    progress: ProgressSaid, |form| Ok(Self {
        note: form.get("note").to_owned(),
        evidence: form.all("evidence_id"),
    });
    delisting: DelistingSaid, |form| Ok(Self {
        listing_level: form.given("listing_level"),
        opinion: form.get("opinion").to_owned(),
        published: form.get("published").to_owned(),
        leader_name: form.get("leader_name").to_owned(),
        leader_office: form.get("leader_office").to_owned(),
        signed_on: form.get("signed_on").to_owned(),
        leader_page: form.all("leader_page_id"),
    });
    listing_cancellation: ListingCancellationSaid, |form| Ok(Self {
        listing_level: form.given("listing_level"),
        opinion: form.get("opinion").to_owned(),
        published: form.get("published").to_owned(),
        leader_name: form.get("leader_name").to_owned(),
        leader_office: form.get("leader_office").to_owned(),
        signed_on: form.get("signed_on").to_owned(),
        leader_page: form.all("leader_page_id"),
    });
    instruction_answer: InstructionAnswerSaid, |form| Ok(Self {
        instruction: form.get("instruction").to_owned(),
        answer: form.get("answer").to_owned(),
        evidence: form.all("evidence_id"),
    });
}

/// For pages that only a form leads to: their address alone leads back to the record.
pub async fn back_to_record(Path(id): Path<String>) -> Response {
    let to = HazardId::parse(&id).map_or_else(|| "/hazards".to_owned(), |id| format!("/hazards/{id}"));
    (StatusCode::SEE_OTHER, [("location", to)]).into_response()
}
