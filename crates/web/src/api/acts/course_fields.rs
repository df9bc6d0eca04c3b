//! The fields of acts beside the stages, with the choices that make sense for this hazard.

use app::hazard::show::Dossier;
use domain::{
    authority::Act,
    hazard::{
        DismissedAs,
        course::{Fact, ToldTo},
        listing::ReportCycle,
    },
    jurisdiction::JurisdictionKind,
};

use super::{
    fields::{choice, chosen, field},
    open::FieldView,
};
use crate::{site::Site, words::Words};

pub fn fields(act: Act, dossier: &Dossier, site: &Site, words: Words) -> Vec<FieldView> {
    let hazard = &dossier.hazard;
    let of = |group: &'static str, offered: Vec<&'static str>| {
        let choices = offered.into_iter().map(|one| choice(one, words.of(group, one)));
        choices.collect::<Vec<_>>()
    };
    match act {
        Act::AskExtension => vec![field("to", "date", true), field("reason", "text", true)],
        Act::DecideExtension | Act::ReviewRestart => {
            vec![field("passed", "boolean", true), field("opinion", "text", true)]
        }
        Act::Pause | Act::Resume | Act::Decline => vec![field("reason", "text", true)],
        Act::Suspend => vec![field("order_no", "text", true), field("scope", "text", true)],
        Act::AskRestart => vec![
            field("summary", "text", true),
            FieldView {
                at_least: Some(1),
                ..field("evidence", "files", true)
            },
        ],
        Act::Assign => {
            let agencies = dossier.regulators.iter();
            let agencies =
                agencies.filter(|agency| Some(agency.id) != hazard.regulator || hazard.is_disputed());
            let agencies = agencies.map(|agency| choice(agency.id, &agency.name));
            vec![
                chosen("agency", true, agencies.collect()),
                field("reply_by", "date", true),
                field("basis", "text", hazard.is_disputed()),
            ]
        }
        Act::Transfer => {
            let elsewhere = site.app.reference.jurisdictions.iter().filter(|one| {
                matches!(one.kind, JurisdictionKind::County | JurisdictionKind::Zone)
                    && one.id != hazard.home.county
            });
            let elsewhere = elsewhere.map(|one| choice(&one.id, &one.name));
            vec![
                chosen("to", true, elsewhere.collect()),
                field("reason", "text", true),
            ]
        }
        Act::Merge => vec![field("into", "text", true), field("reason", "text", true)],
        Act::Dismiss => {
            let offered = DismissedAs::ALL.iter().map(|one| one.as_str()).collect();
            vec![
                chosen("ended_as", true, of("dismissed_as", offered)),
                field("reason", "text", true),
            ]
        }
        Act::Revisit => vec![
            field("passed", "boolean", true),
            field("opinion", "text", true),
            field("visited_at", "instant", true),
            field("evidence", "files", false),
        ],
        Act::Correct => {
            let offered = Fact::ALL.iter().map(|one| one.as_str()).collect();
            vec![
                chosen("fact", true, of("fact", offered)),
                field("value", "text", true),
                field("reason", "text", true),
            ]
        }
        Act::Tell => {
            let untold = ToldTo::ALL.iter().filter(|to| !hazard.course.is_told(**to));
            let untold = untold.map(|one| one.as_str()).collect();
            vec![
                chosen("to", true, of("told_to", untold)),
                field("on", "date", true),
                field("how", "text", true),
            ]
        }
        Act::PutInPlace => {
            let missing = hazard
                .course
                .missing()
                .into_iter()
                .map(|part| part.as_str())
                .collect();
            vec![
                chosen("part", true, of("part", missing)),
                field("note", "text", true),
                field("evidence", "files", false),
            ]
        }
        Act::NameOwner => vec![
            field("owner", "text", true),
            field("basis", "text", true),
            field("enter", "object", false),
        ],
        Act::Instruct => {
            let leaders = dossier.leaders.iter();
            let leaders = leaders.map(|one| {
                choice(
                    one.person,
                    format!("{} {}{}", one.person_name, one.agency_name, one.title),
                )
            });
            vec![
                chosen("leader", false, leaders.collect()),
                field("leader_name", "text", false),
                field("leader_office", "text", false),
                field("wording", "text", true),
                field("signed_on", "date", true),
                field("answer_by", "date", false),
                FieldView {
                    at_least: Some(1),
                    ..field("leader_page", "files", true)
                },
            ]
        }
        Act::ProposeListing => vec![
            chosen(
                "listing_level",
                true,
                of("listing_level", app::hazard::listing::free(hazard)),
            ),
            field("requirements", "text", true),
            field("overseer", "text", true),
            field("overseer_office", "text", true),
            field("plan_by", "date", true),
            chosen(
                "reports_every",
                true,
                of(
                    "report_cycle",
                    ReportCycle::ALL.iter().map(|one| one.as_str()).collect(),
                ),
            ),
        ],
        Act::ApproveListing | Act::Delist | Act::CancelListing => {
            let levels = app::hazard::listing::open_for(hazard, act);
            let mut fields = vec![chosen(
                "listing_level",
                levels.len() > 1,
                of("listing_level", levels),
            )];
            if act == Act::ApproveListing {
                fields.push(field("order_no", "text", true));
            } else {
                fields.push(field("opinion", "text", true));
                fields.push(field("published", "text", act == Act::Delist));
            }
            fields.extend([
                field("leader_name", "text", true),
                field("leader_office", "text", true),
                field("signed_on", "date", true),
                FieldView {
                    at_least: Some(1),
                    ..field("leader_page", "files", true)
                },
            ]);
            fields
        }
        Act::ServeListing => {
            let levels = app::hazard::listing::open_for(hazard, act);
            vec![
                chosen("listing_level", levels.len() > 1, of("listing_level", levels)),
                field("served_on", "date", true),
                field("receiver", "text", true),
                FieldView {
                    at_least: Some(1),
                    ..field("proof", "files", true)
                },
            ]
        }
        Act::ReportProgress => vec![field("note", "text", true), field("evidence", "files", false)],
        Act::ConfirmProxy => vec![field("code", "text", false), field("signed_page", "files", false)],
        Act::AnswerInstruction => {
            let waiting = app::hazard::instruct::unanswered(hazard).into_iter();
            vec![
                chosen(
                    "instruction",
                    true,
                    waiting.map(|(no, name)| choice(no, name)).collect(),
                ),
                field("answer", "text", true),
                field("evidence", "files", false),
            ]
        }
        _ => Vec::new(),
    }
}
