//! Every page with sample data, for the render tests and for looking at (examples/gallery.rs).
//!
//! People and units are invented; counties stand in official order; agencies are of kinds that exist today.
//! Each page is given in the language asked for, so that both are rendered and looked at.

mod acts;
mod bulk;
mod case;
mod complaints;
mod delegations;
mod desk_rows;
mod desks;
mod doors;
mod dossier;
mod ladder;
mod leader;
mod ledger;
mod persons;
mod problem_lists;
mod proxies;
mod report;
mod routes;
mod sign_off_lists;
mod stock;
mod system;

use askama::Template;
use web::{
    views::{
        frame::{Frame, Section, Viewer},
        marks::{Due, Light, Severity, Who},
    },
    words::{Language, Words},
};

pub const NOW_MS: i64 = 1_795_388_700_000; // 2026-11-23 07:05 +08:00
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A name to find it by and the page itself.
pub struct Page {
    pub name: &'static str,
    pub html: String,
}

fn page(name: &'static str, template: impl Template) -> Page {
    Page {
        name,
        html: template.render().expect("a template renders from plain data"),
    }
}

pub fn pages(language: Language) -> Vec<Page> {
    let words = Words::new(language);
    [
        doors::pages,
        desks::pages,
        ledger::pages,
        ladder::pages,
        leader::pages,
        case::pages,
        delegations::pages,
        proxies::pages,
        report::pages,
        stock::pages,
        sign_off_lists::pages,
        bulk::pages,
        complaints::pages,
        persons::pages,
        problem_lists::pages,
        system::pages,
        routes::pages,
    ]
    .iter()
    .flat_map(|pages| pages(words))
    .collect()
}

fn frame(words: Words, title: &str, section: Option<Section>, viewer: Option<Viewer>) -> Frame {
    let admin = viewer.as_ref().is_some_and(|viewer| viewer.post == "系统管理员");
    let reads = viewer.as_ref().is_some_and(|viewer| viewer.read_only);
    let mut sections = vec![Section::Desk, Section::Hazards];
    if !reads && !admin {
        sections.push(Section::Report);
    }
    if admin {
        sections.push(Section::System);
    }
    Frame {
        words,
        title: words.get(title).to_owned(),
        city: "安康市".into(),
        demo: true,
        sections: if viewer.is_some() { sections } else { Vec::new() },
        viewer,
        section,
        csrf: "c5f1".into(),
        here: "/hazards".into(),
        complain: Some("/complaints/new?page=/hazards".into()),
        as_of: "2026-11-23 07:05".into(),
        now_ms: NOW_MS,
        ..Frame::default()
    }
}

fn viewer(person: &str, agency: &str, post: &str, place: &str) -> Option<Viewer> {
    Some(Viewer {
        key: format!("{person}:{post}"),
        person: person.into(),
        post: post.into(),
        agency: agency.into(),
        place: place.into(),
        ..Viewer::default()
    })
}

fn county() -> Option<Viewer> {
    viewer("赵明远", "汉滨区应急管理局", "执法大队副大队长", "汉滨区")
}

fn city() -> Option<Viewer> {
    viewer("陈静", "市安委办", "督查科科长", "安康市")
}

fn due(words: Words, left: i64, full: &str) -> Option<Due> {
    let light = match left {
        i64::MIN..0 => Light::Red,
        0..DAY => Light::Orange,
        DAY..259_200_000 => Light::Yellow,
        259_200_000..604_800_000 => Light::Blue,
        _ => Light::Clear,
    };
    Some(Due {
        text: words.time_left(left),
        full: full.into(),
        at_ms: NOW_MS + left,
        light,
    })
}

fn severity(initial_level: &str, determination: &str) -> Severity {
    Severity {
        initial_level: initial_level.into(),
        determination: determination.into(),
    }
}

fn who(person: &str, post: &str) -> Who {
    Who {
        person: person.into(),
        post: post.into(),
    }
}
