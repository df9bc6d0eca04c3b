//! What happened to a case beside its stages, as facts: what became of it, what it hangs together with, who was asked what, what was
//! corrected.

use domain::hazard::{
    Stage,
    course::{OpeningKind, Revisit},
};

use super::{Showing, marks};
use crate::views::hazard::Fact;

pub fn facts(showing: &Showing) -> Vec<Fact> {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let course = &hazard.course;
    let mut facts = Vec::new();
    let mut add = |key: &str, value: String, note: Option<String>, href: Option<String>| {
        facts.push(Fact {
            label: words.get(key).to_owned(),
            value,
            note,
            href,
        });
    };
    if let Some(ended_as) = hazard.stage.ended_as() {
        add(
            "hazard.ended_as",
            words.of("ended_as", ended_as.as_str()),
            None,
            None,
        );
    }
    match &hazard.stage {
        Stage::Merged { merging, .. } => {
            let href = format!("/hazards/{}", merging.into);
            add(
                "hazard.merged_into",
                merging.number.clone(),
                Some(merging.reason.clone()),
                Some(href),
            );
        }
        Stage::Transferred { transfer, .. } => {
            let to = showing.site.app.reference.name(&transfer.to);
            add("hazard.transferred_to", to, Some(transfer.reason.clone()), None);
        }
        _ => {}
    }
    if let Some(origin) = &course.origin {
        let key = match origin.kind {
            OpeningKind::Transfer => "hazard.transferred_from",
            OpeningKind::Reopening => "hazard.reopened_from",
        };
        let from = showing.site.app.reference.name(&origin.county);
        add(
            key,
            format!("{from} {}", origin.number),
            None,
            Some(format!("/hazards/{}", origin.hazard)),
        );
    }
    for linked in &showing.dossier.linked {
        let href = Some(format!("/hazards/{}", linked.id));
        add(
            "hazard.linked",
            linked.number.clone(),
            Some(linked.description.clone()),
            href,
        );
    }
    if let Some(cause) = hazard.stage.acceptance().and_then(|acceptance| acceptance.cause) {
        add("hazard.cause", words.of("cause", cause.as_str()), None, None);
    }
    if let Some(assignment) = course.assignments.last() {
        let to = showing.dossier.names.agency(assignment.to);
        let how = match (&assignment.receipt, &assignment.declined) {
            (Some(receipt), _) => words.fill(
                "hazard.assigned_received",
                &[("time", &marks::short(receipt.at, showing.now))],
            ),
            (_, Some(declined)) => words.fill("hazard.assigned_declined", &[("reason", &declined.reason)]),
            _ => words.fill(
                "hazard.assigned_waits",
                &[("day", &assignment.reply_by.to_string())],
            ),
        };
        add("hazard.assigned", to, Some(how), None);
    }
    for named in &course.owners {
        let spot = named.was.name.clone();
        add("hazard.found_as", spot, Some(named.basis.clone()), None);
    }
    for one in &course.proxied {
        let who = showing.who(&one.by);
        let state = match &one.confirmed {
            None => words.get("hazard.proxy_waits").to_owned(),
            Some(confirmed) => words.of("proxy_confirmed", confirmed.how.as_str()),
        };
        let note = format!("{} {} · {state}", who.person, who.post);
        add(
            "hazard.proxied",
            words.of("act", one.act.as_str()),
            Some(note),
            None,
        );
    }
    for instruction in &course.instructions {
        let leader = format!("{} {}", instruction.leader.name, instruction.leader.office);
        let how = match (&instruction.answer, instruction.answer_by) {
            (Some(answer), _) => words.fill(
                "hazard.instruction_answered",
                &[("time", &marks::short(answer.by.at, showing.now))],
            ),
            (None, Some(day)) => words.fill("hazard.instruction_waits_until", &[("day", &day.to_string())]),
            (None, None) => words.get("hazard.instruction_waits").to_owned(),
        };
        let note = format!("{} · {how}", instruction.wording);
        add("hazard.instruction", leader, Some(note), None);
    }
    for listing in &course.listings {
        let level = words.of("listing_level", listing.level.as_str());
        let state = match (&listing.end, &listing.service, &listing.approval) {
            (Some(end), ..) => {
                let key = if end.delisted {
                    "hazard.delisted"
                } else {
                    "hazard.listing_cancelled"
                };
                words.fill(key, &[("time", &marks::short(end.by.at, showing.now))])
            }
            (None, Some(service), _) => words.fill(
                "hazard.listing_served",
                &[("day", &service.on.to_string()), ("name", &service.receiver)],
            ),
            (None, None, Some(_)) => words.get("hazard.listing_unserved").to_owned(),
            (None, None, None) => words.get("hazard.listing_proposed").to_owned(),
        };
        let number = listing.approval.as_ref().map_or("", |one| one.number.as_str());
        let overseer = words.fill(
            "hazard.listing_overseer",
            &[("name", &listing.leader.name), ("office", &listing.leader.office)],
        );
        let reports = match listing.progress.last() {
            Some(last) => words.fill(
                "hazard.listing_reported",
                &[
                    ("n", &listing.progress.len().to_string()),
                    ("time", &marks::short(last.by.at, showing.now)),
                ],
            ),
            None => words.fill("hazard.listing_plan_by", &[("day", &listing.plan_by.to_string())]),
        };
        let note = [state, overseer, reports].join(" · ");
        add("hazard.listing", format!("{level} {number}"), Some(note), None);
    }
    if let Some(extension) = course.extension_asked() {
        let note = Some(extension.reason.clone());
        add("hazard.extension_asked", extension.to.to_string(), note, None);
    }
    if let Some(pause) = &course.pause {
        add(
            "hazard.paused",
            marks::short(pause.by.at, showing.now),
            Some(pause.reason.clone()),
            None,
        );
    }
    if let Some(suspension) = course.suspensions.last() {
        let key = if suspension.is_over() {
            "hazard.restarted"
        } else {
            "hazard.suspended"
        };
        add(
            key,
            suspension.order_no.clone(),
            Some(suspension.scope.clone()),
            None,
        );
    }
    for told in &course.told {
        let value = format!("{} {}", words.of("told_to", told.to.as_str()), told.on);
        add("hazard.told", value, Some(told.how.clone()), None);
    }
    for Revisit {
        passed,
        opinion,
        visited_at,
        ..
    } in &course.revisits
    {
        let result = if *passed { "revisit.true" } else { "revisit.untrue" };
        let value = format!("{} {}", visited_at.day(), words.get(result));
        add("hazard.revisited", value, Some(opinion.clone()), None);
    }
    if course.drawn && course.revisits.is_empty() {
        add(
            "hazard.revisited",
            words.get("revisit.drawn").to_owned(),
            None,
            None,
        );
    }
    for correction in &course.corrections {
        let was = words.fill(
            "hazard.was",
            &[("was", &correction.was), ("reason", &correction.reason)],
        );
        let value = words.of("fact", correction.fact.as_str());
        add("hazard.corrected", value, Some(was), None);
    }
    facts
}
