//! Pages: each reads a request, calls one use case, fills a view and renders its template.

pub mod acts;
pub mod agencies;
pub mod assets;
pub mod bulk;
pub mod changes;
pub mod complaints;
pub mod delegations;
pub mod desk;
pub mod door;
pub mod escalations;
pub mod files;
pub mod form;
pub mod hand_overs;
pub mod hazard;
pub mod hazards;
pub mod jurisdictions;
pub mod leader;
mod lines;
mod marks;
pub mod notices;
pub mod persons;
pub mod phone;
pub mod problem_lists;
pub mod proxies;
pub mod report;
pub mod routes;
pub mod shown;
pub mod sign_off_lists;
pub mod similar;
pub mod stock;
mod suggest;
pub mod system;
mod told;

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use domain::{agency::Role, authority::Act, time::Instant};

use crate::{
    caller::Browser,
    site::Site,
    views::frame::{Frame, Notice, Section, Viewer},
    words::Words,
};

/// The frame of a page for somebody who is signed in.
pub(crate) fn frame(
    site: &Site,
    browser: &Browser,
    title: String,
    section: Section,
    here: &str,
    now: Instant,
) -> Frame {
    let caller = &browser.live.caller;
    let reference = &site.app.reference;
    let seat = &caller.actor.seat;
    let place = seat.town.as_ref().or(seat.county.as_ref()).unwrap_or(&seat.city);
    let place = match (&seat.town, &seat.county) {
        (Some(town), Some(county)) => format!("{}{}", reference.name(county), reference.name(town)),
        _ => reference.name(place),
    };
    let mut sections = vec![Section::Desk, Section::Hazards];
    if reads_the_ladder(caller) {
        sections.extend([Section::ProblemLists, Section::Escalations]);
    }
    if may_report(caller) {
        sections.push(Section::Report);
    }
    if !matches!(caller.actor.role, Role::Unit) {
        sections.push(Section::Stock);
    }
    if app::stock::leader::may_see(caller) {
        sections.push(Section::Leader);
    }
    if matches!(caller.actor.role, Role::Admin | Role::CityOffice) {
        sections.push(Section::Routes);
    }
    if caller.actor.role == Role::Admin {
        sections.push(Section::System);
    }
    Frame {
        title,
        viewer: Some(Viewer {
            key: caller.name(),
            record: Some(format!("/persons/{}", caller.actor.person)),
            person: caller.person_name.clone(),
            post: caller.title.clone(),
            agency: caller.agency_name.clone(),
            place,
            principal: caller.principal_name.clone(),
            read_only: caller.actor.only_reads(),
        }),
        section: Some(section),
        sections,
        csrf: browser.live.csrf.clone(),
        here: here.to_owned(),
        complain: Some(format!("/complaints/new?page={}", encode(here))),
        as_of: now.to_minute(),
        now_ms: now.0,
        ..bare_frame(site, browser.words)
    }
}

/// The frame of a problem: of no section, since it is not what was asked for.
pub(crate) fn problem_frame(site: &Site, browser: &Browser, words: Words) -> Frame {
    let now = site.app.clock.now();
    Frame {
        words,
        section: None,
        as_of: String::new(),
        ..frame(site, browser, String::new(), Section::Desk, "/", now)
    }
}

/// The frame of a page for nobody in particular.
pub(crate) fn bare_frame(site: &Site, words: Words) -> Frame {
    Frame {
        words,
        city: site.app.reference.name(site.app.city()),
        demo: site.demo.is_some(),
        bundle: assets::bundle(),
        here: "/".into(),
        ..Frame::default()
    }
}

/// Offices oversee what is reminded of and what visits found; units and towns meet it on their desk and on the hazard itself.
fn reads_the_ladder(caller: &app::Caller) -> bool {
    use Role::*;
    matches!(
        caller.actor.role,
        CityOffice | CityDepartment | CountyOffice | CountyDepartment | Discipline
    )
}

pub(crate) fn may_report(caller: &app::Caller) -> bool {
    caller.actor.may_somewhere(Act::Report)
}

/// What the last act did, as the address of the page it led to tells.
pub(crate) fn notice(
    words: Words,
    done: Option<&str>,
    key: Option<&str>,
    next: Option<String>,
) -> Option<Notice> {
    let done = done.filter(|act| Act::parse(act).is_some() && words.has(&format!("delivered.{act}")))?;
    let key =
        key.filter(|key| key.len() <= 64 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    Some(Notice {
        text: words.of("delivered", done),
        next,
        delivered: key.map(str::to_owned),
    })
}

/// 张三（受李四委托）: who did something, and whose act it was.
pub(crate) fn signed_for(person: &str, giver: &str, words: Words) -> String {
    words.fill("viewer.signed_for", &[("name", person), ("giver", giver)])
}

pub async fn no_such_page(headers: HeaderMap) -> crate::problem::Problem {
    crate::problem::Problem::page(app::Failure::NotFound, crate::caller::words(&headers))
}

pub(crate) fn render(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A path and query as the value of a parameter.
pub(crate) fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A place inside this site, or the desk: nobody is sent elsewhere by an address.
pub(crate) fn inside(address: &str) -> &str {
    // Browsers drop tabs and line ends before they read an address: `/<tab>/elsewhere` is `//elsewhere` to them.
    let plain = address
        .bytes()
        .all(|byte| byte >= 0x20 && byte != 0x7f && byte != b'\\');
    if plain && address.starts_with('/') && !address.starts_with("//") {
        address
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn nobody_is_led_elsewhere() {
        for stays in [
            "/",
            "/hazards?q=%2F%2Fx",
            "/hazards/1#act-plan",
            "/hazards?q=通道",
        ] {
            assert_eq!(inside(stays), stays);
        }
        let elsewhere = [
            "",
            "x",
            "//x",
            "https://x",
            "/\\x",
            "\\/x",
            "/\t/x",
            "/\n/x",
            "/\r/x",
            "\t//x",
            "/\0/x",
            "/\x0b/x",
            "/\x1f/x",
            "/\x7f/x",
        ];
        for address in elsewhere {
            assert_eq!(inside(address), "/", "{address:?}");
        }
    }
}
