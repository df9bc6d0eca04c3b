//! The fields of each act, with the choices that make sense for this hazard and this caller.

use app::hazard::show::Dossier;
use domain::{
    authority::Act,
    hazard::{Cause, Determination, InitialLevel},
    route::PlanDemand,
};

use super::open::{Choice, FieldView};
use crate::{
    site::Site,
    words::{Language, Words},
};

pub(super) fn field(name: &str, kind: &str, required: bool) -> FieldView {
    FieldView {
        name: name.into(),
        kind: kind.into(),
        required,
        at_least: None,
        latest: None,
        choices: Vec::new(),
    }
}

pub(super) fn choice(value: impl ToString, label: impl ToString) -> Choice {
    Choice {
        value: value.to_string(),
        label: label.to_string(),
    }
}

pub(super) fn chosen(name: &str, required: bool, choices: Vec<Choice>) -> FieldView {
    FieldView {
        choices,
        ..field(name, "choice", required)
    }
}

pub fn fields(act: Act, dossier: &Dossier, site: &Site, words: Words) -> Vec<FieldView> {
    let hazard = &dossier.hazard;
    match act {
        Act::Confirm => {
            let levels = InitialLevel::ALL
                .iter()
                .map(|level| choice(level, words.of("level", level.as_str())));
            let regulators = dossier
                .regulators
                .iter()
                .map(|agency| choice(agency.id, &agency.name));
            vec![
                chosen("initial_level", true, levels.collect()),
                chosen("determination", true, determinations(Determination::ALL, words)),
                field("clauses", "texts", false),
                field("deadline", "date", true),
                chosen("regulator", false, regulators.collect()),
                field("order_no", "text", false),
            ]
        }
        Act::Determine => vec![
            chosen(
                "determination",
                true,
                determinations(&[Determination::NotMajor, Determination::Major], words),
            ),
            field("clauses", "texts", false),
            field("basis", "text", true),
        ],
        Act::Plan => {
            let latest = hazard
                .stage
                .confirmation()
                .map(|confirmation| confirmation.deadline.to_string());
            let full = hazard
                .stage
                .confirmation()
                .is_none_or(|c| c.route.plan == PlanDemand::Full);
            vec![
                field("target", "text", full),
                field("measures", "text", true),
                field("funds_fen", "integer", full),
                FieldView {
                    latest,
                    ..field("deadline", "date", true)
                },
                field("responsible_person", "text", true),
                field("responsible_unit", "text", full),
                field("emergency_plan", "text", full),
            ]
        }
        Act::Rectify => vec![field("summary", "text", true), {
            let wanted = hazard.stage.confirmation().is_none_or(|c| c.route.evidence);
            FieldView {
                at_least: wanted.then_some(1),
                ..field("evidence", "files", wanted)
            }
        }],
        Act::Accept => {
            let demanded = hazard
                .stage
                .confirmation()
                .map_or(0, |confirmation| confirmation.route.inspectors);
            let certified = dossier.inspectors.iter();
            let certified = certified.map(|office| choice(office.person, &office.person_name));
            vec![
                field("passed", "boolean", true),
                field("opinion", "text", true),
                field("visited_at", "instant", false),
                field("place", "text", false),
                {
                    let asked = hazard.stage.confirmation().is_some_and(|c| c.route.cause);
                    let causes = Cause::ALL
                        .iter()
                        .map(|one| choice(one, words.of("cause", one.as_str())));
                    chosen("cause", asked, causes.collect())
                },
                FieldView {
                    at_least: Some(demanded),
                    choices: certified.collect(),
                    ..field("inspectors", "choices", demanded > 0)
                },
            ]
        }
        Act::SignOff => vec![field("passed", "boolean", true), field("opinion", "text", true)],
        Act::InterimMeasure => {
            let english = words.language() == Language::English;
            let measures = site.app.reference.measures.iter();
            let offered =
                measures.map(|one| choice(&one.id, if english { &one.name_en } else { &one.name_zh }));
            vec![
                chosen("kind", true, offered.collect()),
                field("text", "text", true),
            ]
        }
        Act::Void => vec![field("reason", "text", true)],
        other => super::course_fields::fields(other, dossier, site, words),
    }
}

fn determinations(offered: &[Determination], words: Words) -> Vec<Choice> {
    offered
        .iter()
        .map(|one| choice(one, words.of("determination", one.as_str())))
        .collect()
}
