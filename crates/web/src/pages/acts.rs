//! Acts, as forms post them. A form becomes the same saying that the API reads, and goes through the same use case. What cannot be
//! taken comes back with everything that was typed.

use app::{App, Caller, Failure, Outcome, file, hazard::Receipt};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{HazardId, money::Fen};

use super::{form::Form, hazard, render};
use crate::{
    api::acts::{
        AcceptanceSaid, AssignmentSaid, ConfirmationSaid, CorrectionSaid, DecliningSaid, DeterminationSaid,
        DismissalSaid, ExtensionDecisionSaid, ExtensionSaid, InPlaceSaid, InterimMeasureSaid, MergingSaid,
        PauseSaid, PlanSaid, ReceiptSaid, RectificationSaid, RestartApplicationSaid, RestartReviewSaid,
        ResumptionSaid, RevisitSaid, Said, SignOffSaid, SuspensionSaid, TellingSaid, TransferSaid,
        VoidingSaid, path, say,
    },
    caller::Browser,
    problem::Problem,
    site::Site,
    views::form::FieldError,
};

/// An act as a form says it.
trait Typed: Said {
    /// What the form says; a field that cannot be read as what it is for, if there is one.
    fn typed(form: &Form) -> Outcome<Self>;
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
    form.proves(&browser)?;
    let id = HazardId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let done = match take_files(&site.app, &browser.live.caller, &mut form).await {
        Ok(()) => run::<T>(&site, &browser, id, &form).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(_) => {
            let key = super::encode(form.get("idempotency_key"));
            Ok(Redirect::to(&format!("{here}?done={}&key={key}", T::ACT)).into_response())
        }
        Err(
            failure @ (Failure::Fields(_)
            | Failure::Stale { .. }
            | Failure::KeyReused
            | Failure::Full
            | Failure::UnsupportedFile),
        ) => come_back::<T>(&site, &browser, id, &form, failure).await,
        Err(failure) => Err(problem(failure)),
    }
}

async fn run<T: Typed>(site: &Site, browser: &Browser, id: HazardId, form: &Form) -> Outcome<Receipt> {
    let caller = form.caller(browser, &path::<T>(&id.to_string()));
    if let Some(kept) = caller.repeated(&site.app).await? {
        return Ok(kept);
    }
    say(&site.app, &caller, id, T::typed(form)?).await
}

/// The page as it stands now, with the form open, what was typed in it, and what is wrong.
async fn come_back<T: Typed>(
    site: &Site,
    browser: &Browser,
    id: HazardId,
    form: &Form,
    failure: Failure,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = Problem::page(failure, words);
    let status = problem.status();
    let fields = problem.body.errors.clone();
    let mut errors: Vec<FieldError> = fields
        .iter()
        .map(|error| FieldError {
            field: Some(error.field.replace('.', "_").trim_end_matches("_fen").to_owned()),
            message: error.message.clone(),
        })
        .collect();
    if errors.is_empty() {
        errors.push(FieldError {
            field: None,
            message: format!("{} {}", problem.body.detail, problem.body.next),
        });
    }
    let back = hazard::CameBack {
        act: T::ACT,
        form,
        errors,
        fields,
    };
    let page = hazard::fill(site, browser, id, Some(back)).await;
    let page = page.map_err(|failure| Problem::page(failure, words))?;
    if page.acts.iter().all(|form| form.errors.is_empty()) {
        // The act is no longer open: say so, rather than show a page without its form.
        return Err(problem.coming_from(&format!("/hazards/{id}")));
    }
    Ok(render(status, &page))
}

/// Files that came with the form are received first, under keys made from the form's own, so that sending it again finds the same
/// files; afterwards they stand in the form by id.
pub(super) async fn take_files(app: &App, who: &Caller, form: &mut Form) -> Outcome<()> {
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
        let received = file::receive::receive(app, &caller, &name, bytes).await?;
        form.fields.push((format!("{field}_id"), received.id));
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
}

/// For pages that only a form leads to: their address alone leads back to the record.
pub async fn back_to_record(Path(id): Path<String>) -> Response {
    let to = HazardId::parse(&id).map_or_else(|| "/hazards".to_owned(), |id| format!("/hazards/{id}"));
    (StatusCode::SEE_OTHER, [("location", to)]).into_response()
}
