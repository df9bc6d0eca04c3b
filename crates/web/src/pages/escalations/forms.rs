//! The forms of a step as browsers post them. A form becomes the same saying that the API reads, and what cannot be taken comes back
//! with everything that was typed.

use app::Failure;
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::EscalationId;

use crate::{
    api::escalations::{
        EscalationExplanationSaid, EscalationLetterSaid, EscalationSettingAsideSaid, Said, path,
    },
    caller::Browser,
    pages::{
        acts::{leaves_the_form, take_files},
        encode,
        form::Form,
        hazard::{self, escalations as block},
        render,
        told::Told,
    },
    problem::Problem,
    site::Site,
};

/// What the form says, as the API reads it.
trait Typed: Said {
    fn typed(form: &Form) -> Self;
}

impl Typed for EscalationExplanationSaid {
    fn typed(form: &Form) -> Self {
        Self {
            explanation: form.get("explanation").to_owned(),
            files: form.all("files_id"),
        }
    }
}

impl Typed for EscalationLetterSaid {
    fn typed(form: &Form) -> Self {
        Self {
            addressee: form.get("addressee").to_owned(),
            title: form.get("title").to_owned(),
            letter: form.get("letter").to_owned(),
        }
    }
}

impl Typed for EscalationSettingAsideSaid {
    fn typed(form: &Form) -> Self {
        Self {
            reason: form.get("reason").to_owned(),
        }
    }
}

async fn act<T: Typed>(
    site: Site,
    browser: Browser,
    id: String,
    mut form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let id = EscalationId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let found = app::escalation::find(&site.app, &browser.live.caller, id)
        .await
        .map_err(problem)?;
    let here = format!("/hazards/{}", found.hazard);
    if !form.proves(&browser) {
        return come_back::<T>(&site, &browser, &found, &form, Told::form_expired(words)).await;
    }
    let done = match take_files(&site.app, &browser.live.caller, &mut form).await {
        Ok(()) => {
            let caller = form.caller(&browser, &path::<T>(&id.to_string()));
            let outcome = T::typed(&form).run(&site.app, &caller, id).await;
            outcome.map_err(|failure| (None, failure))
        }
        Err((file, failure)) => Err((Some(file), failure)),
    };
    match done {
        Ok(_) => {
            let key = encode(form.get("idempotency_key"));
            let to = format!("{here}?done={}&key={key}#escalation-{id}", T::ACT);
            Ok(Redirect::to(&to).into_response())
        }
        Err((_, failure)) if leaves_the_form(&failure) => Err(problem(failure).coming_from(&here)),
        Err((file, failure)) => {
            let told = Told::of(failure, file.as_ref(), words);
            come_back::<T>(&site, &browser, &found, &form, told).await
        }
    }
}

/// The page as it stands now, with the form open, what was typed in it, and what is wrong.
async fn come_back<T: Typed>(
    site: &Site,
    browser: &Browser,
    found: &domain::escalation::Escalation,
    form: &Form,
    told: Told,
) -> Result<Response, Problem> {
    let words = browser.words;
    let kept = form.kept_files(site, browser).await;
    let kept = kept.map_err(|failure| Problem::page(failure, words))?;
    let page = hazard::fill(site, browser, found.hazard, None).await;
    let mut page = page.map_err(|failure| Problem::page(failure, words))?;
    let anchor = block::anchor(T::RESOURCE, found.id);
    let Some(open) = page.escalation_acts.iter_mut().find(|one| one.act == anchor) else {
        // The act is no longer open: say so, rather than show a page without its form.
        let gone = Problem::page(Failure::Conflict, words);
        return Err(gone.coming_from(&format!("/hazards/{}", found.hazard)));
    };
    let back = hazard::CameBack {
        act: T::ACT,
        form,
        kept,
        told: &told,
    };
    hazard::forms::put_back(open, &back);
    Ok(render(told.status, &page))
}

macro_rules! acts {
    ($($name:ident: $said:ty;)+) => { $(
        pub async fn $name(State(site): State<Site>, browser: Browser, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
            act::<$said>(site, browser, id, form).await
        }
    )+ };
}

acts! {
    explanation: EscalationExplanationSaid;
    letter: EscalationLetterSaid;
    setting_aside: EscalationSettingAsideSaid;
}
