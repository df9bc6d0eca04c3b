//! The door: sign-in in one or two steps, sign-out, the language switch.

use std::net::IpAddr;

use app::{
    Failure,
    session::{self, Kind, SignIn, SignedIn},
};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::PostId;
use serde::Deserialize;

use super::{bare_frame, form::Form, inside, render};
use crate::{
    address::Address,
    caller::{self, Browser, COOKIE, LANGUAGE_COOKIE},
    problem::Problem,
    site::Site,
    views::sign_in::{DemoAccount, PostChoice, PostOption, SignInError, SignInPage},
    words::{Language, Words},
};

/// Set before anyone has signed in, and sent back in the form: nobody is signed in from another site's page.
const DOOR_COOKIE: &str = "anlan_door";

#[derive(Debug, Default, Deserialize)]
pub struct Coming {
    #[serde(default)]
    then: String,
}

pub async fn sign_in_page(
    State(site): State<Site>,
    headers: HeaderMap,
    Query(coming): Query<Coming>,
) -> Response {
    let words = caller::words(&headers);
    let door = door_token(&site, &headers);
    let page = SignInPage {
        then: inside(&coming.then).to_owned(),
        ..page(&site, words, &door)
    };
    with_cookie(
        render(StatusCode::OK, &page),
        &cookie(&site, DOOR_COOKIE, &door, 3_600),
    )
}

pub async fn sign_in(
    State(site): State<Site>,
    Address(from): Address,
    headers: HeaderMap,
    form: Form,
) -> Response {
    let words = caller::words(&headers);
    let door = door_token(&site, &headers);
    let then = inside(form.get("then")).to_owned();
    let shown = |error: Option<SignInError>, status| {
        let username = form.get("username").to_owned();
        let page = SignInPage {
            error,
            username,
            then: then.clone(),
            ..page(&site, words, &door)
        };
        with_cookie(render(status, &page), &cookie(&site, DOOR_COOKIE, &door, 3_600))
    };
    if caller::cookie(&headers, DOOR_COOKIE).is_none_or(|known| known != form.get("csrf")) {
        // The page was open for too long, or the browser keeps no cookies: show it anew.
        let error = SignInError {
            happened: words.get("sign_in.expired").to_owned(),
            next_step: words.get("sign_in.expired_next").to_owned(),
        };
        return shown(Some(error), StatusCode::FORBIDDEN);
    }
    match try_sign_in(&site, &form, from).await {
        Ok(signed_in) if signed_in.kind == Kind::Ticket => {
            let page = SignInPage {
                posts: Some(choice(&site, &signed_in)),
                then,
                ..page(&site, words, &door)
            };
            render(StatusCode::OK, &page)
        }
        Ok(signed_in) => {
            let seconds = session::SESSION_LASTS / 1_000;
            with_cookie(
                Redirect::to(&then).into_response(),
                &cookie(&site, COOKIE, &signed_in.token, seconds),
            )
        }
        Err(failure) => {
            let problem = Problem::page(failure, words);
            let error = SignInError {
                happened: problem.body.detail.clone(),
                next_step: problem.body.next.clone(),
            };
            shown(Some(error), problem.status())
        }
    }
}

async fn try_sign_in(site: &Site, form: &Form, from: IpAddr) -> Result<SignedIn, Failure> {
    let post = form
        .given("post")
        .map(|post| PostId::parse(&post).ok_or(Failure::NoPost))
        .transpose()?;
    if let (Some(ticket), Some(post)) = (form.given("ticket"), post) {
        return session::choose_post(&site.app, &ticket, post).await;
    }
    let (mut username, mut password) = (form.get("username").to_owned(), form.get("password").to_owned());
    if let Some(account) = form.given("demo_account") {
        let demo = site.demo.as_ref().ok_or(Failure::WrongPassword)?;
        let known = demo.accounts.iter().any(|one| one.username == account);
        (username, password) = (
            account,
            if known {
                demo.password.clone()
            } else {
                String::new()
            },
        );
    }
    let said = SignIn {
        username,
        password,
        post,
        delegation: None,
        from: from.to_string(),
        kind: Kind::Cookie,
    };
    session::sign_in(&site.app, said).await
}

pub async fn sign_out(State(site): State<Site>, browser: Browser, form: Form) -> Result<Response, Problem> {
    if !form.proves(&browser) {
        return Err(Problem::form_expired(browser.words));
    }
    let gone = session::sign_out(&site.app, &browser.live.token_sha256).await;
    gone.map_err(|failure| Problem::page(failure, browser.words))?;
    Ok(with_cookie(
        Redirect::to("/sign-in").into_response(),
        &cookie(&site, COOKIE, "", 0),
    ))
}

/// Changes nothing but what this browser reads in.
pub async fn language(State(site): State<Site>, form: Form) -> Response {
    let language = Language::parse(form.get("language")).unwrap_or_default();
    let back = Redirect::to(inside(form.get("back"))).into_response();
    with_cookie(
        back,
        &cookie(&site, LANGUAGE_COOKIE, language.code(), 365 * 86_400),
    )
}

fn page(site: &Site, words: Words, door: &str) -> SignInPage {
    let mut frame = bare_frame(site, words);
    frame.title = words.get("sign_in.title").to_owned();
    frame.csrf = door.to_owned();
    frame.here = "/sign-in".into();
    let accounts = site.demo.iter().flat_map(|demo| &demo.accounts);
    let demo_accounts = accounts.map(|account| DemoAccount {
        account: account.username.clone(),
        person: account.person.clone(),
        post: account.post.clone(),
        agency: account.agency.clone(),
        place: account.place.clone(),
        does: words.of("demo_does", &account.role),
    });
    SignInPage {
        frame,
        demo_accounts: demo_accounts.collect(),
        ..SignInPage::default()
    }
}

fn choice(site: &Site, signed_in: &SignedIn) -> PostChoice {
    let posts = signed_in.holdings.iter().map(|holding| {
        let home = &holding.agency.home;
        PostOption {
            id: holding.appointment.post.to_string(),
            post: holding.title.clone(),
            agency: holding.agency.name.clone(),
            place: site
                .app
                .reference
                .name(home.town.as_ref().unwrap_or(&home.county)),
            note: None,
        }
    });
    PostChoice {
        person: signed_in.holding.person_name.clone(),
        ticket: signed_in.token.clone(),
        posts: posts.collect(),
    }
}

fn door_token(site: &Site, headers: &HeaderMap) -> String {
    let known = caller::cookie(headers, DOOR_COOKIE).filter(|token| token.len() == 64);
    known.map_or_else(|| site.app.ids.token(), str::to_owned)
}

pub(super) fn cookie(site: &Site, name: &str, value: &str, seconds: i64) -> String {
    let secure = if site.secure_cookies { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

pub(super) fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
