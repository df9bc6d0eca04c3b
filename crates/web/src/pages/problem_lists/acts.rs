//! The steps of a list, as forms post them. They say what the API says and go through the same use cases. What cannot be taken comes
//! back with everything that was typed; why single items were not acted on is told in their rows.

use app::{
    Caller, Failure, Outcome,
    problem_list::{Done, accept, answer as answering, list_problems, receive, send, sign_off, withdraw},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{HazardId, ProblemListId, authority::Act, field::Checks, problem_list::Remark};

use super::{
    super::{acts::leaves_the_form, encode, form::Form, render, told::Told},
    list::{self, Shown},
};
use crate::{
    api::problem_lists::{LetterSaid, ListAcceptanceSaid, acceptance_of, hazards, letter_of, understood},
    caller::Browser,
    problem::Problem,
    site::Site,
};

/// A form that was posted below a list.
struct Posted {
    site: Site,
    browser: Browser,
    id: ProblemListId,
    form: Form,
    caller: Caller,
}

/// Nothing was done: the page with what was typed, or a problem.
#[derive(Debug)]
pub enum Refused {
    CameBack(Box<Response>),
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::CameBack(page) => *page,
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl Posted {
    async fn of(site: Site, browser: Browser, id: &str, step: &str, form: Form) -> Result<Self, Refused> {
        let id = list::read_id(id, browser.words)?;
        if !form.proves(&browser) {
            let told = Told::form_expired(browser.words);
            let shown = Shown {
                step,
                back: Some((&form, &told)),
                ..Shown::default()
            };
            let page = list::fill(&site, &browser, id, shown).await;
            let page = page.map_err(|failure| Problem::page(failure, browser.words))?;
            return Err(Refused::CameBack(Box::new(render(told.status, &page))));
        }
        let caller = form.caller(&browser, &format!("/problem-lists/{id}/{step}"));
        Ok(Self {
            site,
            browser,
            id,
            form,
            caller,
        })
    }

    /// To the list with word of what was done, or the list with what is wrong.
    async fn ends(
        self,
        step: &str,
        act: Act,
        done: Outcome<Vec<(HazardId, Failure)>>,
    ) -> Result<Response, Refused> {
        let words = self.browser.words;
        let here = format!("{}/{}", super::HERE, self.id);
        let problem = |failure| Problem::page(failure, words).coming_from(&here);
        let mut shown = Shown {
            step,
            ..Shown::default()
        };
        let told;
        let status = match done {
            Ok(refused) if refused.is_empty() => {
                let key = encode(self.form.get("idempotency_key"));
                return Ok(Redirect::to(&format!("{here}?done={act}&key={key}")).into_response());
            }
            Ok(refused) => {
                let sentence = |failure| Problem::page(failure, words).body.detail.clone();
                let refused = refused.into_iter();
                shown.refused = refused.map(|(id, failure)| (id, sentence(failure))).collect();
                StatusCode::OK
            }
            Err(failure) if leaves_the_form(&failure) => return Err(problem(failure).into()),
            Err(failure) => {
                told = Told::of(failure, None, words);
                shown.back = Some((&self.form, &told));
                told.status
            }
        };
        let page = list::fill(&self.site, &self.browser, self.id, shown).await;
        Ok(render(status, &page.map_err(problem)?))
    }

    async fn read<T>(&self, act: Act, read: Outcome<T>) -> Outcome<T> {
        understood(&self.site, &self.caller, self.id, act, read).await
    }
}

pub async fn items(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "items", form).await?;
    let act = Act::ListProblems;
    let mut checks = Checks::default();
    let add = hazards(&mut checks, "items", &posted.form.all("items"));
    let remove = hazards(&mut checks, "items", &posted.form.all("remove"));
    let read = posted.read(act, checks.done().map_err(Failure::from)).await;
    let done = match read {
        Ok(()) => {
            list_problems::list_problems(&posted.site.app, &posted.caller, posted.id, &add, &remove).await
        }
        Err(failure) => Err(failure),
    };
    posted.ends("items", act, done.map(|_| Vec::new())).await
}

pub async fn letter(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "letter", form).await?;
    let said = LetterSaid {
        addressee: posted.form.get("addressee").to_owned(),
        reply_by: posted.form.get("reply_by").to_owned(),
        letter_no: posted.form.given("letter_no"),
        demands: posted.form.given("demands"),
        contact: posted.form.given("contact"),
        telephone: posted.form.given("telephone"),
    };
    let act = Act::SendProblemList;
    let done = match posted.read(act, letter_of(said)).await {
        Ok((said, to)) => send::send(&posted.site.app, &posted.caller, posted.id, &said, to).await,
        Err(failure) => Err(failure),
    };
    posted.ends("letter", act, done.map(refused)).await
}

pub async fn receipt(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "receipt", form).await?;
    let done = receive::receive(&posted.site.app, &posted.caller, posted.id).await;
    let done = done.map(refused);
    posted.ends("receipt", Act::ReceiveProblemList, done).await
}

pub async fn acceptance(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "acceptance", form).await?;
    let form = &posted.form;
    let said = ListAcceptanceSaid {
        items: form.all("items"),
        opinion: form.get("opinion").to_owned(),
        visited_at: form.given("visited_at").map(|local| format!("{local}:00+08:00")),
        place: form.given("place"),
        inspectors: form.all("inspectors"),
        cause: form.given("cause"),
    };
    let act = Act::Accept;
    let done = match posted.read(act, acceptance_of(said)).await {
        Ok((items, said, people)) => {
            accept::accept(
                &posted.site.app,
                &posted.caller,
                posted.id,
                &items,
                &said,
                &people,
            )
            .await
        }
        Err(failure) => Err(failure),
    };
    posted.ends("acceptance", act, done.map(refused)).await
}

pub async fn answer(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "answer", form).await?;
    let fields = posted.form.fields.iter();
    let remarks = fields.filter_map(|(name, text)| {
        let hazard = HazardId::parse(name.strip_prefix("remark-")?)?;
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(Remark { hazard, text })
    });
    let remarks: Vec<Remark> = remarks.collect();
    let note = posted.form.get("answer_note");
    let done = answering::answer(&posted.site.app, &posted.caller, posted.id, &remarks, note).await;
    let done = done.map(|_| Vec::new());
    posted.ends("answer", Act::AnswerProblemList, done).await
}

pub async fn withdrawal(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "withdrawal", form).await?;
    let reason = posted.form.get("reason");
    let done = withdraw::withdraw(&posted.site.app, &posted.caller, posted.id, reason).await;
    let done = done.map(|_| Vec::new());
    posted.ends("withdrawal", Act::WithdrawProblemList, done).await
}

/// Leads to the sign-off list, where the drawn items are looked at.
pub async fn sign_off_list(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Refused> {
    let posted = Posted::of(site, browser, &id, "sign-off-list", form).await?;
    match sign_off::sign_off(&posted.site.app, &posted.caller, posted.id).await {
        Ok(receipt) => {
            let key = encode(posted.form.get("idempotency_key"));
            let to = format!("/sign-off-lists/{}?done={}&key={key}", receipt.id, Act::OpenList);
            Ok(Redirect::to(&to).into_response())
        }
        Err(failure) => posted.ends("sign-off-list", Act::OpenList, Err(failure)).await,
    }
}

fn refused(done: Done) -> Vec<(HazardId, Failure)> {
    done.refused
}
