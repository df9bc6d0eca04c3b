//! What is known of a hazard: facts, the plan as five boxes, photos before and after.

use domain::{
    FileId,
    evidence::EvidenceFile,
    hazard::{Plan, course::Part},
};

use super::{Showing, marks};
use crate::{
    pages::hazards::place,
    views::{
        hazard::{Fact, PlanElement, PlanView},
        marks::{FileLink, Photo},
    },
};

pub fn facts(showing: &Showing) -> Vec<Fact> {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let names = &showing.dossier.names;
    let fact = |key: &str, value: String| Fact {
        label: words.get(key).to_owned(),
        value,
        href: None,
        note: None,
    };
    let mut facts = vec![Fact {
        note: Some(words.of("subject_kind", hazard.subject.kind.as_str())),
        href: Some(format!("/hazards?subject={}", hazard.subject.id)),
        ..fact("table.unit", hazard.subject.name.clone())
    }];
    facts.push(Fact {
        note: Some(hazard.location.text.clone()),
        ..fact("table.place", place(showing.site, hazard))
    });
    if let Some(point) = hazard.location.point {
        facts.push(fact(
            "hazard.position",
            format!("{:.5}, {:.5}", point.lon, point.lat),
        ));
    }
    if !hazard.subject.sector.is_empty() {
        facts.push(fact(
            "table.sector",
            showing.site.app.reference.sector(&hazard.subject.sector),
        ));
    }
    facts.push(fact("table.source", words.of("source", hazard.source.as_str())));
    facts.push(fact("hazard.found_at", hazard.found_at.to_minute()));
    if let Some(by) = hazard.reporter() {
        let who = showing.who(by);
        facts.push(Fact {
            note: Some(who.post).filter(|post| !post.is_empty()),
            ..fact("hazard.reported_by", who.person)
        });
    }
    facts.push(fact("hazard.reported_at", hazard.reported_at.to_minute()));
    facts.push(fact("hazard.regulator", names.agency(hazard.supervisor())));
    if let Some(steward) = hazard.subject.steward {
        facts.push(fact("hazard.steward", names.agency(steward)));
    }
    if let Some(confirmation) = hazard.stage.confirmation() {
        let english = words.language() == crate::words::Language::English;
        let route = &confirmation.route;
        facts.push(fact(
            "hazard.route",
            if english {
                route.name_en.clone()
            } else {
                route.name_zh.clone()
            },
        ));
        facts.extend(
            confirmation
                .order_no
                .clone()
                .map(|no| fact("hazard.order_no", no)),
        );
    }
    facts.extend(super::course::facts(showing));
    facts
}

pub fn plan(showing: &Showing) -> Option<PlanView> {
    let words = showing.words;
    let plan = showing.dossier.hazard.stage.plan()?;
    let by = showing.who(&plan.by);
    let filed = words.fill(
        "plan.filed",
        &[
            ("name", &by.person),
            ("time", &marks::short(plan.by.at, showing.now)),
        ],
    );
    let other = |key: &str, value: &str| Fact {
        label: words.get(key).to_owned(),
        value: value.to_owned(),
        href: None,
        note: None,
    };
    Some(PlanView {
        filed,
        elements: elements(showing, plan),
        others: [
            other("plan.responsible_unit", &plan.responsible_unit),
            other("plan.emergency_plan", &plan.emergency_plan),
        ]
        .into_iter()
        .filter(|fact| !fact.value.is_empty())
        .collect(),
    })
}

/// Planned is what the plan says; in place is what was put in place, and proven what a file or an acceptance shows.
pub fn elements(showing: &Showing, plan: &Plan) -> Vec<PlanElement> {
    let yuan = format!(
        "{} {}",
        plan.funds.yuan().trim_end_matches(".00"),
        showing.words.get("money.yuan")
    );
    let shown = &showing.dossier.hazard.course.in_place;
    let element = |name: &str, part: Part, text: String| {
        let newest = shown.iter().rev().find(|one| one.part == part);
        PlanElement {
            element: name.to_owned(),
            planned: !text.is_empty(),
            in_place: newest.is_some(),
            proven: newest.is_some_and(|one| !one.evidence.is_empty() || one.accepted_by.is_some()),
            text,
        }
    };
    let mut deadline = plan.deadline.to_string();
    if plan.late {
        deadline = showing.words.fill("plan.promised", &[("day", &deadline)]);
    }
    vec![
        element("target", Part::Target, plan.target.clone()),
        element("measures", Part::Measures, plan.measures.clone()),
        element("deadline", Part::Deadline, deadline),
        element(
            "funds",
            Part::Funds,
            if plan.funds.0 > 0 || !plan.target.is_empty() {
                yuan
            } else {
                String::new()
            },
        ),
        element(
            "responsible_person",
            Part::Person,
            plan.responsible_person.clone(),
        ),
    ]
}

pub fn before(showing: &Showing) -> Vec<Photo> {
    pictures(showing, &showing.dossier.photos)
}

/// Of the newest rectification, whether it has been accepted or not; older rounds stand in the timeline.
pub fn after(showing: &Showing) -> Vec<Photo> {
    let stage = &showing.dossier.hazard.stage;
    stage
        .rectification()
        .map(|done| pictures(showing, &done.evidence))
        .unwrap_or_default()
}

fn pictures(showing: &Showing, ids: &[FileId]) -> Vec<Photo> {
    let files = ids
        .iter()
        .filter_map(|id| showing.dossier.files.iter().find(|file| file.id == *id));
    files
        .filter(|file| file.media_type.starts_with("image/"))
        .map(|file| photo(showing, file))
        .collect()
}

fn photo(showing: &Showing, file: &EvidenceFile) -> Photo {
    let words = showing.words;
    let key = if file.captured_at.is_some() {
        "photo.taken"
    } else {
        "photo.received"
    };
    let at = file.captured_at.unwrap_or(file.received_at);
    let href = format!("/files/{}", file.id);
    Photo {
        thumbnail: href.clone(),
        href,
        caption: file.name.clone(),
        taken: Some(words.fill(key, &[("time", &marks::short(at, showing.now))])),
    }
}

pub fn link(file: &EvidenceFile) -> FileLink {
    FileLink {
        href: format!("/files/{}", file.id),
        name: file.name.clone(),
        size: marks::size(file.size),
    }
}
