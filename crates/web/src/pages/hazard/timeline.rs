//! The timeline, read from events alone: who, when, what was said, which files.

use domain::{FileId, PersonId, actor::Signature, hazard::HazardEvent};
use store::event::EventRow;

use super::{Showing, facts::link, marks};
use crate::views::{
    hazard::{Fact, Outcome, TimelineEvent},
    marks::{FileLink, Who},
};

pub fn events(showing: &Showing) -> Vec<TimelineEvent> {
    showing
        .dossier
        .events
        .iter()
        .rev()
        .filter(|event| !event.body.is_null())
        .map(|event| entry(showing, event))
        .collect()
}

fn entry(showing: &Showing, event: &EventRow) -> TimelineEvent {
    // What the system did by itself left no hand, so hands are not counted off against versions. The first is whoever brought it here.
    let hands = &showing.dossier.hazard.hands;
    let by = if event.version == 1 {
        hands.first()
    } else {
        let mut theirs = hands.iter().filter(|_| event.person.is_some());
        theirs.find(|hand| hand.by.at == event.at && hand.act.as_str() == event.act)
    };
    let by = by.map(|hand| &hand.by);
    let names = &showing.dossier.names;
    let person = by
        .map(|by| by.person)
        .or_else(|| event.person.as_deref().and_then(PersonId::parse));
    let readable = person.filter(|id| showing.dossier.readable.contains(id));
    let mut entry = TimelineEvent {
        act: event.act.clone(),
        when: marks::short(event.at, showing.now),
        when_full: event.at.to_minute(),
        who: by.map(|by: &Signature| showing.who(by)).unwrap_or_else(|| Who {
            person: event.person.as_deref().and_then(PersonId::parse).map_or_else(
                || showing.words.get("who.system").to_owned(),
                |id| names.person(id),
            ),
            post: String::new(),
        }),
        record: readable.map(|id| format!("/persons/{id}")),
        sealed_as: showing.dossier.sealed.get(&event.version).copied(),
        principal: by
            .filter(|by| is_by_proxy(showing, by))
            .and_then(|by| by.principal)
            .map(|id| {
                showing
                    .words
                    .fill("viewer.proxy_for", &[("name", &names.person(id))])
            }),
        ..TimelineEvent::default()
    };
    if let Ok(told) = serde_json::from_value::<HazardEvent>(event.body.clone()) {
        tell(showing, told, &mut entry);
    }
    entry
}

fn tell(showing: &Showing, told: HazardEvent, entry: &mut TimelineEvent) {
    let words = showing.words;
    let detail = |key: &str, value: String| Fact {
        label: words.get(key).to_owned(),
        value,
        href: None,
        note: None,
    };
    let passed = |passed: bool| {
        if passed {
            Outcome::Passed
        } else {
            Outcome::SentBack
        }
    };
    match told {
        HazardEvent::Reported {
            description,
            initial_level,
            photos,
            order,
            fixed,
            ..
        } => {
            entry.opinion = Some(description);
            if let Some(order) = order {
                entry.details.push(detail("field.measures", order.measures));
                entry
                    .details
                    .push(detail("field.responsible_person", order.responsible_person));
                entry
                    .details
                    .push(detail("field.deadline", order.deadline.to_string()));
            }
            entry
                .details
                .extend(fixed.map(|how| detail("field.fixed_summary", how)));
            entry.details.push(detail(
                "field.initial_level",
                words.of("level", initial_level.as_str()),
            ));
            entry.files = files(showing, &photos);
        }
        HazardEvent::Confirmed {
            initial_level,
            determination,
            clauses,
            deadline,
            order_no,
            ..
        } => {
            entry.details.push(detail(
                "field.initial_level",
                words.of("level", initial_level.as_str()),
            ));
            entry.details.push(detail(
                "field.determination",
                words.of("determination", determination.as_str()),
            ));
            entry.details.push(detail("field.deadline", deadline.to_string()));
            entry
                .details
                .extend(clauses.into_iter().map(|clause| detail("field.clauses", clause)));
            entry
                .details
                .extend(order_no.map(|no| detail("field.order_no", no)));
        }
        HazardEvent::Determined {
            determination,
            clauses,
            basis,
            ..
        } => {
            entry.opinion = Some(basis);
            entry.details.push(detail(
                "field.determination",
                words.of("determination", determination.as_str()),
            ));
            entry
                .details
                .extend(clauses.into_iter().map(|clause| detail("field.clauses", clause)));
        }
        HazardEvent::Planned {
            target,
            deadline,
            responsible_person,
            late,
            ..
        } => {
            entry.opinion = Some(target);
            let label = if late { "field.promised" } else { "field.deadline" };
            entry.details.push(detail(label, deadline.to_string()));
            entry
                .details
                .push(detail("field.responsible_person", responsible_person));
        }
        HazardEvent::Rectified { summary, evidence } => {
            entry.opinion = Some(summary);
            entry.files = files(showing, &evidence);
        }
        HazardEvent::Accepted {
            passed: good,
            opinion,
            visited_at,
            place,
            inspectors,
            cause,
            ..
        } => {
            entry.outcome = passed(good);
            entry.opinion = Some(opinion);
            let names: Vec<String> = inspectors
                .iter()
                .map(|id| showing.dossier.names.person(*id))
                .collect();
            if !names.is_empty() {
                entry
                    .details
                    .push(detail("field.inspectors", names.join(words.get("list.comma"))));
            }
            entry
                .details
                .extend(visited_at.map(|at| detail("field.visited_at", at.to_minute())));
            entry
                .details
                .extend(place.map(|place| detail("field.place", place)));
            let cause = cause.map(|cause| words.of("cause", cause.as_str()));
            entry
                .details
                .extend(cause.map(|cause| detail("field.cause", cause)));
        }
        HazardEvent::SignedOff {
            passed: good,
            opinion,
            ..
        } => {
            entry.outcome = passed(good);
            entry.opinion = Some(opinion);
        }
        HazardEvent::InterimMeasureTaken { kind, text } => {
            entry.opinion = Some(text);
            entry.details.push(detail("field.kind", showing.measure(&kind)));
        }
        HazardEvent::Voided { reason, .. }
        | HazardEvent::Paused { reason }
        | HazardEvent::Declined { reason }
        | HazardEvent::Dismissed { reason, .. } => entry.opinion = Some(reason),
        HazardEvent::Resumed { reason, days } => {
            entry.opinion = Some(reason);
            entry
                .details
                .push(detail("field.paused_days", words.count("time.days", days)));
        }
        HazardEvent::ExtensionAsked { from, to, reason } => {
            entry.opinion = Some(reason);
            entry
                .details
                .push(detail("field.extension", format!("{from} → {to}")));
        }
        HazardEvent::ExtensionDecided {
            passed: good,
            opinion,
            to,
        } => {
            entry.outcome = passed(good);
            entry.opinion = Some(opinion);
            entry.details.push(detail("field.extension", to.to_string()));
        }
        HazardEvent::Suspended { order_no, scope } => {
            entry.opinion = Some(scope);
            entry.details.push(detail("field.order_no", order_no));
        }
        HazardEvent::RestartAsked { summary, evidence } => {
            entry.opinion = Some(summary);
            entry.files = files(showing, &evidence);
        }
        HazardEvent::RestartReviewed {
            passed: good,
            opinion,
        } => {
            entry.outcome = passed(good);
            entry.opinion = Some(opinion);
        }
        HazardEvent::Assigned {
            to, reply_by, basis, ..
        } => {
            entry.opinion = basis;
            entry
                .details
                .push(detail("field.agency", showing.dossier.names.agency(to)));
            entry.details.push(detail("field.reply_by", reply_by.to_string()));
        }
        HazardEvent::Acknowledged {} => {}
        HazardEvent::Merged { number, reason, .. } => {
            entry.opinion = Some(reason);
            entry.details.push(detail("field.into", number));
        }
        HazardEvent::Transferred { to, reason, .. } => {
            entry.opinion = Some(reason);
            entry
                .details
                .push(detail("field.transfer_to", showing.site.app.reference.name(&to)));
        }
        HazardEvent::Opened {
            from_number, reason, ..
        } => {
            entry.opinion = Some(reason);
            entry.details.push(detail("field.from", from_number));
        }
        HazardEvent::Revisited {
            passed: good,
            opinion,
            visited_at,
            evidence,
            ..
        } => {
            entry.outcome = passed(good);
            entry.opinion = Some(opinion);
            entry
                .details
                .push(detail("field.visited_at", visited_at.to_minute()));
            entry.files = files(showing, &evidence);
        }
        HazardEvent::Corrected {
            fact,
            was,
            is,
            reason,
        } => {
            entry.opinion = Some(reason);
            entry.details.push(Fact {
                note: Some(was),
                ..detail("field.value", is)
            });
            entry
                .details
                .push(detail("field.fact", words.of("fact", fact.as_str())));
        }
        HazardEvent::Told { to, on, how } => {
            entry.opinion = Some(how);
            entry
                .details
                .push(detail("field.told_to", words.of("told_to", to.as_str())));
            entry.details.push(detail("field.on", on.to_string()));
        }
        HazardEvent::Recounted {
            from,
            to,
            days,
            source,
            ..
        } => {
            entry.opinion = Some(super::why::calendar(from, to, &days, &source, words));
        }
        HazardEvent::PutInPlace { part, note, evidence } => {
            entry.opinion = Some(note);
            entry
                .details
                .push(detail("field.part", words.of("part", part.as_str())));
            entry.files = files(showing, &evidence);
        }
        HazardEvent::OwnerNamed {
            name,
            was,
            basis,
            entered,
            ..
        } => {
            entry.opinion = Some(basis);
            let name = if entered {
                words.fill("owner.entered", &[("name", &name)])
            } else {
                name
            };
            entry.details.push(Fact {
                note: Some(was),
                ..detail("field.owner", name)
            });
        }
        HazardEvent::Instructed {
            leader,
            wording,
            signed_on,
            answer_by,
            page,
        } => {
            entry.principal = Some(words.fill("viewer.recorded_for", &[("name", &leader.name)]));
            entry.opinion = Some(wording);
            let who = format!("{} {}", leader.name, leader.office);
            entry.details.push(detail("field.leader", who));
            entry
                .details
                .push(detail("field.signed_on", signed_on.to_string()));
            let answer_by = answer_by.map(|day| detail("field.answer_by", day.to_string()));
            entry.details.extend(answer_by);
            entry.files = files(showing, &page);
        }
        HazardEvent::ListingProposed {
            level,
            requirements,
            leader,
            plan_by,
            reports_every,
        } => {
            entry.opinion = Some(requirements);
            entry.details.extend([
                detail("field.listing_level", words.of("listing_level", level.as_str())),
                detail("field.overseer", format!("{} {}", leader.name, leader.office)),
                detail("field.plan_by", plan_by.to_string()),
                detail(
                    "field.reports_every",
                    words.of("report_cycle", reports_every.as_str()),
                ),
            ]);
        }
        HazardEvent::ListingApproved {
            level,
            number,
            leader,
            signed_on,
            page,
        } => {
            entry.principal = Some(words.fill("viewer.recorded_for", &[("name", &leader.name)]));
            entry.details.extend([
                detail("field.listing_level", words.of("listing_level", level.as_str())),
                detail("field.order_no", number),
                detail("field.leader", format!("{} {}", leader.name, leader.office)),
                detail("field.signed_on", signed_on.to_string()),
            ]);
            entry.files = files(showing, &page);
        }
        HazardEvent::ListingServed {
            level,
            on,
            receiver,
            proof,
        } => {
            entry.details.extend([
                detail("field.listing_level", words.of("listing_level", level.as_str())),
                detail("field.served_on", on.to_string()),
                detail("field.receiver", receiver),
            ]);
            entry.files = files(showing, &proof);
        }
        HazardEvent::ProgressReported { note, evidence } => {
            entry.opinion = Some(note);
            entry.files = files(showing, &evidence);
        }
        HazardEvent::ListingEnded {
            level,
            opinion,
            leader,
            published,
            page,
            ..
        } => {
            entry.principal = Some(words.fill("viewer.recorded_for", &[("name", &leader.name)]));
            entry.opinion = Some(opinion);
            entry.details.extend([
                detail("field.listing_level", words.of("listing_level", level.as_str())),
                detail("field.leader", format!("{} {}", leader.name, leader.office)),
            ]);
            if !published.is_empty() {
                entry.details.push(detail("field.published", published));
            }
            entry.files = files(showing, &page);
        }
        HazardEvent::ProxyConfirmed { how, acts, page } => {
            entry.opinion = Some(words.of("proxy_confirmed", how.as_str()));
            let acts = acts.iter().map(|act| words.of("act", act.as_str()));
            let acts = acts.collect::<Vec<_>>().join(words.get("list.comma"));
            entry.details.push(detail("hazard.proxied", acts));
            entry.files = files(showing, &page);
        }
        HazardEvent::InstructionAnswered {
            leader,
            answer,
            evidence,
            ..
        } => {
            entry.opinion = Some(answer);
            let who = format!("{} {}", leader.name, leader.office);
            entry.details.push(detail("field.instruction", who));
            entry.files = files(showing, &evidence);
        }
    }
}

/// Recorded by the town for the unit, or its confirmation.
pub(super) fn is_by_proxy(showing: &Showing, by: &Signature) -> bool {
    let mut proxied = showing.dossier.hazard.course.proxied.iter();
    proxied.any(|one| {
        one.by == *by
            || one
                .confirmed
                .as_ref()
                .is_some_and(|confirmed| confirmed.by == *by)
    })
}

fn files(showing: &Showing, ids: &[FileId]) -> Vec<FileLink> {
    let found = ids
        .iter()
        .filter_map(|id| showing.dossier.files.iter().find(|file| file.id == *id));
    found.map(link).collect()
}
