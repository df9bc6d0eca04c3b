//! A further problem, reported while the list of the visit is open: the ordinary report with its look at what may be the same, and
//! then the hazard stands on the list. What cannot be put there is reported all the same, and told with the reason.

use app::{
    Failure,
    problem_list::{self, list_problems},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{HazardId, authority::Act};

use super::{
    super::{
        acts::{leaves_the_form, take_files},
        encode,
        form::Form,
        render,
        report::{come_back, empty, run},
        similar,
        told::Told,
    },
    list,
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::report::{OnList, ReportPage},
};

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let about = on_list(&site, &browser, &id).await?;
    let mut page = empty(&site, &browser).await.map_err(problem)?;
    put_on_list(&mut page, about);
    Ok(render(StatusCode::OK, &page))
}

fn put_on_list(page: &mut ReportPage, about: OnList) {
    page.frame.here.clone_from(&about.action);
    page.on_list = Some(about);
}

/// The list, when this person may put something on it now.
async fn on_list(site: &Site, browser: &Browser, id: &str) -> Result<OnList, Problem> {
    let words = browser.words;
    let problem = |failure| Problem::page(failure, words);
    let id = list::read_id(id, words)?;
    let caller = &browser.live.caller;
    let standing = problem_list::standing(&site.app, caller, id, Act::ListProblems).await;
    standing.map_err(problem)?;
    let listed = problem_list::show(&site.app, caller, id).await.map_err(problem)?;
    let back = format!("{}/{id}", super::HERE);
    Ok(OnList {
        action: format!("{back}/report"),
        title: list::title(site, &listed, words),
        back,
    })
}

pub async fn send(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    mut form: Form,
) -> Result<Response, Problem> {
    let words = browser.words;
    let about = on_list(&site, &browser, &id).await?;
    let problem = |failure| Problem::page(failure, words).coming_from(&about.action);
    if !form.proves(&browser) {
        let told = Told::form_expired(words);
        return came_back(&site, &browser, &form, &told, about).await;
    }
    let taken = take_files(&site.app, &browser.live.caller, &mut form).await;
    if taken.is_ok() {
        let similar = similar::to_a_form(&site, &browser, &form).await;
        let similar = similar.map_err(problem)?;
        if !similar.is_empty() {
            let mut page = come_back(&site, &browser, &form, &Told::nothing()).await?;
            page.similar = similar;
            put_on_list(&mut page, about);
            return Ok(render(StatusCode::OK, &page));
        }
    }
    let done = match taken {
        Ok(()) => run(&site, &browser, &form)
            .await
            .map_err(|failure| (None, failure)),
        Err((file, failure)) => Err((Some(file), failure)),
    };
    let receipt = match done {
        Ok(receipt) => receipt,
        Err((_, failure)) if leaves_the_form(&failure) && !matches!(failure, Failure::NotFound) => {
            return Err(problem(failure));
        }
        Err((file, failure)) => {
            let failure = match failure {
                Failure::NotFound => Failure::field("subject", "no-such-subject"),
                other => other,
            };
            let told = Told::of(failure, file.as_ref(), words);
            return came_back(&site, &browser, &form, &told, about).await;
        }
    };
    let id = list::read_id(&id, words)?;
    let hazard = HazardId::parse(&receipt.id).ok_or_else(|| problem(Failure::NotFound))?;
    let caller = &browser.live.caller;
    let key = encode(form.get("idempotency_key"));
    let listed = list_problems::list_problems(&site.app, caller, id, &[hazard], &[]).await;
    let aside = match listed {
        Ok(_) => String::new(),
        Err(
            failure @ (Failure::Fields(_) | Failure::Refused(_) | Failure::Denied(_) | Failure::Conflict),
        ) => {
            let found = problem_list::show(&site.app, caller, id).await.map_err(problem)?;
            match found.list.item(hazard) {
                // Sent twice: the first time put it there.
                Some(_) => String::new(),
                None => format!("&aside={hazard}&why={}", list::why_aside(failure, words)),
            }
        }
        Err(failure) => return Err(problem(failure)),
    };
    let to = format!("{}?done=report&key={key}{aside}", about.back);
    Ok(Redirect::to(&to).into_response())
}

async fn came_back(
    site: &Site,
    browser: &Browser,
    form: &Form,
    told: &Told,
    about: OnList,
) -> Result<Response, Problem> {
    let mut page = come_back(site, browser, form, told).await?;
    put_on_list(&mut page, about);
    Ok(render(told.status, &page))
}
