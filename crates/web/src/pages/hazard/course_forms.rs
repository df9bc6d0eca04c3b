//! The fields of acts beside the stages: extension, hand-over, suspension, ends that are no rectification, revisit, correction.

use app::hazard::listing;
use domain::{
    authority::Act,
    hazard::{
        DismissedAs,
        course::{Fact, Part, ToldTo},
        listing::ReportCycle,
    },
    jurisdiction::JurisdictionKind,
    subject::SubjectKind,
    time::Day,
};

use super::{
    Showing,
    forms::{Fields, choice},
};
use crate::{
    pages::similar,
    views::form::{Choice, FieldKind},
    words::Words,
};

pub(super) fn fields(showing: &Showing, act: Act, fields: &mut Fields) {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let today = showing.now.day();
    match act {
        Act::AskExtension => {
            let from = hazard.deadline().unwrap_or(today);
            let date = FieldKind::Date {
                value: String::new(),
                earliest: Some(from.plus_days(1).to_string()),
                latest: None,
            };
            fields.add("to", true, date).hint = hazard
                .extension_until(&showing.site.app.reference.timetable)
                .map(|day| words.fill("hint.ask_until", &[("day", &day.to_string())]));
            fields.area("reason", true, "");
        }
        Act::DecideExtension | Act::ReviewRestart => {
            fields.area("opinion", true, "");
        }
        Act::Pause | Act::Resume | Act::Decline => {
            fields.area("reason", true, "");
        }
        Act::Suspend => {
            fields.text("order_no", true, "");
            fields.area("scope", true, "");
        }
        Act::AskRestart => {
            fields.area("summary", true, "");
            fields.files("evidence", true);
        }
        Act::Assign => {
            let agencies = showing.dossier.regulators.iter();
            let agencies = agencies
                .filter(|agency| Some(agency.id) != hazard.regulator || hazard.is_disputed())
                .map(|agency| choice(agency.id, agency.name.clone(), false));
            fields.add(
                "agency",
                true,
                FieldKind::Select {
                    options: agencies.collect(),
                },
            );
            let times = &showing.site.app.reference.timetable;
            let (reply_by, _) = times.calendar.working_days_after(today, times.answer.length);
            fields.add(
                "reply_by",
                true,
                FieldKind::Date {
                    value: reply_by.to_string(),
                    earliest: Some(today.to_string()),
                    latest: None,
                },
            );
            fields.area("basis", hazard.is_disputed(), "");
        }
        Act::Acknowledge => {}
        Act::Transfer => {
            let elsewhere = showing.site.app.reference.jurisdictions.iter().filter(|one| {
                matches!(one.kind, JurisdictionKind::County | JurisdictionKind::Zone)
                    && one.id != hazard.home.county
            });
            let options = elsewhere.map(|one| choice(&one.id, one.name.clone(), false));
            let options = FieldKind::Select {
                options: options.collect(),
            };
            words
                .of("field", "transfer_to")
                .clone_into(&mut fields.add("to", true, options).label);
            fields.area("reason", true, "");
        }
        Act::Merge => {
            // The most alike stands there already, with why; the person who merges says whether it is so.
            let alike = showing.dossier.similar.first();
            let number = alike.map_or("", |(one, _)| &one.number);
            fields.text("into", true, number);
            if let (Some((one, likeness)), Some(field)) = (alike, fields.last()) {
                let why = similar::why(likeness, words);
                let hint = [
                    ("number", one.number.as_str()),
                    ("what", &one.description),
                    ("why", &why),
                ];
                field.hint = Some(words.fill("hint.into_similar", &hint));
            }
            fields.area("reason", true, "");
        }
        Act::Dismiss => {
            words_of(
                showing,
                fields,
                "ended_as",
                "dismissed_as",
                DismissedAs::ALL.iter().map(|one| one.as_str()),
            );
            fields.area("reason", true, "");
        }
        Act::Revisit => {
            let latest = showing.now.rfc3339().get(..16).map(str::to_owned);
            fields.add(
                "visited_at",
                true,
                FieldKind::DateTime {
                    value: latest.clone().unwrap_or_default(),
                    latest,
                },
            );
            fields.area("opinion", true, "");
            fields.files("evidence", false);
        }
        Act::Correct => {
            words_of(
                showing,
                fields,
                "fact",
                "fact",
                Fact::ALL.iter().map(|one| one.as_str()),
            );
            fields.area("value", true, "");
            fields.area("reason", true, "");
        }
        Act::Tell => {
            let untold = ToldTo::ALL.iter().filter(|to| !hazard.course.is_told(**to));
            words_of(showing, fields, "to", "told_to", untold.map(|one| one.as_str()));
            fields.add(
                "on",
                true,
                FieldKind::Date {
                    value: today.to_string(),
                    earliest: Some(hazard.found_at.day().to_string()),
                    latest: Some(today.to_string()),
                },
            );
            fields.area("how", true, "");
        }
        Act::PutInPlace => {
            let missing = hazard.course.missing();
            let offered = if missing.is_empty() {
                Part::ALL.to_vec()
            } else {
                missing
            };
            words_of(
                showing,
                fields,
                "part",
                "part",
                offered.iter().map(|one| one.as_str()),
            );
            fields.area("note", true, "");
            fields.files("evidence", false);
        }
        Act::NameOwner => {
            let owners = showing.dossier.owners.iter();
            let offered = owners.map(|one| {
                let kind = words.of("subject_kind", one.kind.as_str());
                choice(&one.name, format!("{kind} {}", one.address), false)
            });
            let kind = FieldKind::Suggested {
                value: String::new(),
                offered: offered.collect(),
            };
            fields.add("owner", true, kind);
            // On no list: entered here, so that the case does not wait for a register.
            let listed = choice("", words.get("owner.listed").to_owned(), true);
            let kinds = SubjectKind::ALL
                .iter()
                .filter(|kind| **kind != SubjectKind::Unowned);
            let kinds = kinds.map(|kind| {
                let kind_word = words.of("subject_kind", kind.as_str());
                choice(kind, words.fill("owner.enters", &[("kind", &kind_word)]), false)
            });
            let options = std::iter::once(listed).chain(kinds).collect();
            fields.add("enter_kind", false, FieldKind::Select { options });
            for name in ["enter_credit_code", "enter_address", "enter_principal_head"] {
                fields.text(name, false, "");
            }
            fields.area("basis", true, "").hint = Some(words.get("hint.owner_basis").to_owned());
            let sure = choice("yes", words.get("owner.sure").to_owned(), false);
            fields.add(
                "enter_sure",
                false,
                FieldKind::MultiChoice { options: vec![sure] },
            );
        }
        // The unit's own people are signed in as themselves.
        Act::ConfirmProxy if !showing.dossier.for_unit => {}
        Act::ConfirmProxy => {
            fields.add("code", false, FieldKind::Secret);
            fields.files("signed_page", false);
        }
        Act::Instruct => instruction(showing, fields),
        Act::ProposeListing => {
            let levels = levels(listing::free(hazard), words);
            fields.add("listing_level", true, FieldKind::Choice { options: levels });
            fields.area("requirements", true, "");
            fields.text("overseer", true, "");
            fields.text("overseer_office", true, "");
            let plan_by = FieldKind::Date {
                value: today.plus_days(10).to_string(),
                earliest: Some(today.to_string()),
                latest: None,
            };
            fields.add("plan_by", true, plan_by);
            let cycles = ReportCycle::ALL.iter().map(|one| {
                let label = words.of("report_cycle", one.as_str());
                choice(one, label, *one == ReportCycle::Quarter)
            });
            let options = cycles.collect();
            fields.add("reports_every", true, FieldKind::Choice { options });
        }
        Act::ApproveListing | Act::Delist | Act::CancelListing => {
            which_listing(showing, act, fields);
            if act == Act::ApproveListing {
                let hint = words.get("hint.listing_number").to_owned();
                fields.add("order_no", true, FieldKind::default()).hint = Some(hint);
            } else {
                fields.area("opinion", true, "");
                fields.text("published", act == Act::Delist, "");
            }
            fields.text("leader_name", true, "");
            fields.text("leader_office", true, "");
            fields.add("signed_on", true, until(today));
            fields.files("leader_page", true);
        }
        Act::ServeListing => {
            which_listing(showing, act, fields);
            fields.add("served_on", true, until(today));
            fields.text("receiver", true, "");
            fields.files("proof", true);
        }
        Act::ReportProgress => {
            fields.area("note", true, "");
            fields.files("evidence", false);
        }
        Act::AnswerInstruction => {
            let waiting = app::hazard::instruct::unanswered(hazard);
            let only = waiting.len() == 1;
            let options = waiting.into_iter().map(|(no, name)| choice(no, name, only));
            let options = FieldKind::Choice {
                options: options.collect(),
            };
            fields.add("instruction", true, options);
            fields.area("answer", true, "");
            fields.files("evidence", false);
        }
        _ => {}
    }
}

/// Which of several lists; where there is but one, that is it.
fn which_listing(showing: &Showing, act: Act, fields: &mut Fields) {
    let open = listing::open_for(&showing.dossier.hazard, act);
    if open.len() > 1 {
        let options = levels(open, showing.words);
        fields.add("listing_level", true, FieldKind::Choice { options });
    }
}

fn levels(levels: Vec<&'static str>, words: Words) -> Vec<Choice> {
    let only = levels.len() == 1;
    let levels = levels.into_iter();
    levels
        .map(|level| choice(level, words.of("listing_level", level), only))
        .collect()
}

fn until(today: Day) -> FieldKind {
    FieldKind::Date {
        value: String::new(),
        earliest: None,
        latest: Some(today.to_string()),
    }
}

/// The leader is chosen from the directory, or named where it has no such person.
fn instruction(showing: &Showing, fields: &mut Fields) {
    let words = showing.words;
    let today = showing.now.day();
    let nobody = choice("", words.get("instruction.not_listed").to_owned(), true);
    let leaders = showing.dossier.leaders.iter().map(|one| {
        let label = format!("{} {}{}", one.person_name, one.agency_name, one.title);
        choice(one.person, label, false)
    });
    let options = std::iter::once(nobody).chain(leaders).collect();
    fields.add("leader", false, FieldKind::Select { options });
    fields.text("leader_name", false, "");
    fields.text("leader_office", false, "");
    fields.area("wording", true, "");
    fields.add(
        "signed_on",
        true,
        FieldKind::Date {
            value: String::new(),
            earliest: None,
            latest: Some(today.to_string()),
        },
    );
    fields.add(
        "answer_by",
        false,
        FieldKind::Date {
            value: String::new(),
            earliest: None,
            latest: None,
        },
    );
    fields.files("leader_page", true);
}

/// A closed list of words, the first chosen where there is no other.
fn words_of<'a>(
    showing: &Showing,
    fields: &mut Fields,
    field: &str,
    group: &str,
    offered: impl Iterator<Item = &'a str>,
) {
    let mut options: Vec<Choice> = offered
        .map(|one| choice(one, showing.words.of(group, one), false))
        .collect();
    if let [only] = options.as_mut_slice() {
        only.chosen = true;
    }
    let field = fields.add(field, true, FieldKind::Choice { options });
    showing.words.of("field", group).clone_into(&mut field.label);
}
