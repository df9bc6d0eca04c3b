//! The forms of the acts: their fields with defaults from what is known, and the same forms when they come back with errors.

use domain::{
    authority::Act,
    evidence::EvidenceFile,
    hazard::{Cause, Determination, Hazard, InitialLevel},
    route::PlanDemand,
    subject::SubjectKind,
    time::DAY,
};

use super::{CameBack, Showing};
use crate::{
    api::acts::resource,
    pages::{form::Form, marks},
    views::{
        act::ActForm,
        form::{Button, Choice, Field, FieldKind, KeptFile, Weight},
    },
    words::Words,
};

/// On the button that opens the form.
pub fn opener(act: Act, words: Words) -> String {
    words.of("opener", act.as_str())
}

pub(super) fn form(showing: &Showing, act: Act) -> Option<ActForm> {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let name = resource(act)?;
    let weight = match act {
        Act::Void | Act::Dismiss | Act::Merge | Act::Transfer | Act::CancelListing => Weight::Grave,
        Act::DecideExtension
        | Act::ReviewRestart
        | Act::Acknowledge
        | Act::AnswerInstruction
        | Act::ConfirmProxy => Weight::Main,
        act if !act.is_a_step() => Weight::Ordinary,
        // A plan in hand may be changed, but the next thing to do is the work.
        Act::Plan if hazard.stage.plan().is_some() => Weight::Ordinary,
        _ => Weight::Main,
    };
    Some(ActForm {
        act: name.to_owned(),
        action: format!("/hazards/{}/{name}", hazard.id),
        opener: opener(act, words),
        weight,
        first: matches!(weight, Weight::Main) || is_at_hand(act, hazard),
        title: words.of("title", act.as_str()),
        hint: Some(hint(showing, act)),
        fields: fields(showing, act),
        buttons: buttons(act, words),
        errors: Vec::new(),
        version: hazard.seen.version,
        idempotency_key: showing.site.app.ids.uuid(showing.now).to_string(),
    })
}

/// What is no step and still looked for first.
fn is_at_hand(act: Act, hazard: &Hazard) -> bool {
    match act {
        Act::InterimMeasure | Act::Decline => true,
        Act::NameOwner => hazard.subject.kind == SubjectKind::Unowned,
        _ => false,
    }
}

/// What the act is about; with it, that it is another's act, where the town records for the unit.
fn hint(showing: &Showing, act: Act) -> String {
    let words = showing.words;
    let hint = words.of("hint", act.as_str());
    let for_unit = matches!(act, Act::Plan | Act::Rectify | Act::Tell | Act::PutInPlace);
    if !showing.dossier.for_unit || !for_unit {
        return hint;
    }
    let unit = &showing.dossier.hazard.subject.name;
    format!("{} {hint}", words.fill("hint.for_unit", &[("unit", unit)]))
}

pub(crate) fn buttons(act: Act, words: Words) -> Vec<Button> {
    let button = |key: &str, name: Option<&str>, value: &str, weight| Button {
        label: words.get(key).to_owned(),
        name: name.map(str::to_owned),
        value: value.to_owned(),
        weight,
    };
    let passed = Some("passed");
    match act {
        Act::Accept => vec![
            button("button.accept_pass", passed, "yes", Weight::Main),
            button("button.accept_return", passed, "no", Weight::Grave),
        ],
        Act::SignOff => vec![
            button("button.sign_off_pass", passed, "yes", Weight::Main),
            button("button.sign_off_return", passed, "no", Weight::Grave),
        ],
        Act::DecideExtension | Act::ReviewRestart | Act::Revisit => vec![
            button(&format!("button.{act}_pass"), passed, "yes", Weight::Main),
            button(&format!("button.{act}_fail"), passed, "no", Weight::Grave),
        ],
        Act::Void => vec![button("button.void", None, "", Weight::Grave)],
        act => vec![button(&format!("button.{act}"), None, "", Weight::Main)],
    }
}

pub(crate) struct Fields(pub Words, pub Vec<Field>);

impl Fields {
    pub(crate) fn add(&mut self, name: &str, required: bool, kind: FieldKind) -> &mut Field {
        let words = self.0;
        let hint = format!("hint.{name}");
        self.1.push(Field {
            name: name.to_owned(),
            label: words.of("field", name),
            hint: words.has(&hint).then(|| words.get(&hint).to_owned()),
            required,
            error: None,
            kind,
        });
        self.1.last_mut().expect("a field was just added")
    }

    pub(crate) fn text(&mut self, name: &str, required: bool, value: &str) {
        self.add(
            name,
            required,
            FieldKind::Text {
                value: value.to_owned(),
                unit: None,
            },
        );
    }

    pub(super) fn last(&mut self) -> Option<&mut Field> {
        self.1.last_mut()
    }

    /// One's own files, photographed or chosen.
    pub(crate) fn files(&mut self, name: &str, required: bool) {
        let kind = FieldKind::Files {
            kept: Vec::new(),
            accept: "image/*,application/pdf,.docx,.xlsx,video/mp4".into(),
            camera: true,
        };
        self.add(name, required, kind);
    }

    pub(crate) fn area(&mut self, name: &str, required: bool, value: &str) -> &mut Field {
        self.add(
            name,
            required,
            FieldKind::Textarea {
                value: value.to_owned(),
                rows: 3,
            },
        )
    }
}

pub(crate) fn choice(value: impl ToString, label: String, chosen: bool) -> Choice {
    Choice {
        value: value.to_string(),
        label,
        hint: None,
        chosen,
    }
}

pub(crate) fn fields(showing: &Showing, act: Act) -> Vec<Field> {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let today = showing.now.day();
    let mut fields = Fields(words, Vec::new());
    match act {
        Act::Confirm => {
            let levels = InitialLevel::ALL.iter();
            let levels = levels.map(|level| {
                choice(
                    level,
                    words.of("level", level.as_str()),
                    *level == hazard.initial_level,
                )
            });
            fields
                .add(
                    "initial_level",
                    true,
                    FieldKind::Choice {
                        options: levels.collect(),
                    },
                )
                .hint = None;
            fields.add(
                "determination",
                true,
                determinations(hazard, words, Determination::ALL),
            );
            fields.add("clauses", false, FieldKind::Clauses { value: String::new() });
            let suggested = showing.now.plus(15 * DAY).day();
            fields.add(
                "deadline",
                true,
                FieldKind::Date {
                    value: suggested.to_string(),
                    earliest: Some(today.to_string()),
                    latest: None,
                },
            );
            let regulators = showing.dossier.regulators.iter();
            let regulators = regulators
                .map(|agency| choice(agency.id, agency.name.clone(), agency.id == hazard.supervisor()));
            fields.add(
                "regulator",
                false,
                FieldKind::Select {
                    options: regulators.collect(),
                },
            );
            fields.text("order_no", false, "");
        }
        Act::Determine => {
            fields.add(
                "determination",
                true,
                determinations(hazard, words, &[Determination::NotMajor, Determination::Major]),
            );
            fields.add("clauses", false, FieldKind::Clauses { value: String::new() });
            fields.area("basis", true, "");
        }
        Act::Plan => plan(showing, &mut fields),
        Act::Rectify => {
            fields.area("summary", true, "");
            let wanted = hazard.stage.confirmation().is_some_and(|c| c.route.evidence);
            fields.files("evidence", wanted);
        }
        Act::Accept => acceptance(showing, &mut fields),
        Act::SignOff => {
            fields.area("opinion", true, "").hint = Some(words.get("hint.return_opinion").to_owned());
        }
        Act::InterimMeasure => {
            let english = words.language() == crate::words::Language::English;
            let measures = showing.site.app.reference.measures.iter();
            let measures = measures.map(|one| {
                let name = if english {
                    one.name_en.clone()
                } else {
                    one.name_zh.clone()
                };
                choice(&one.id, name, false)
            });
            fields.add(
                "kind",
                true,
                FieldKind::Select {
                    options: measures.collect(),
                },
            );
            fields.area("text", true, "");
        }
        Act::Void => {
            fields.area("reason", true, "");
        }
        other => super::course_forms::fields(showing, other, &mut fields),
    }
    fields.1
}

/// What was reported as general or serious is not major unless somebody says so; what was suspected is left for a person to decide.
fn determinations(hazard: &Hazard, words: Words, offered: &[Determination]) -> FieldKind {
    let suspected = hazard.initial_level == InitialLevel::SuspectedMajor;
    let options = offered.iter().map(|one| {
        let chosen = *one == Determination::NotMajor && !suspected && offered.len() > 2;
        choice(one, words.of("determination", one.as_str()), chosen)
    });
    FieldKind::Choice {
        options: options.collect(),
    }
}

fn plan(showing: &Showing, fields: &mut Fields) {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let before = hazard.stage.plan();
    let of = |get: fn(&domain::hazard::Plan) -> &str| before.map(get).unwrap_or_default().to_owned();
    let ordered = hazard
        .stage
        .confirmation()
        .map(|confirmation| confirmation.deadline);
    let ordered = hazard.course.at_the_latest.or(ordered);
    let today = showing.now.day();
    let is_late = hazard.course.pause.is_none() && ordered.is_some_and(|day| day < today);
    // After the ordered day a plan promises one of its own.
    let latest = ordered.filter(|_| !is_late).map(|day| day.to_string());
    let full = hazard
        .stage
        .confirmation()
        .is_none_or(|c| c.route.plan == PlanDemand::Full);
    fields.area("target", full, &of(|plan| &plan.target));
    fields.area("measures", true, &of(|plan| &plan.measures));
    let funds = before
        .map(|plan| plan.funds.yuan().replace(',', ""))
        .unwrap_or_default();
    fields.add(
        "funds",
        full,
        FieldKind::Money {
            value: funds.trim_end_matches(".00").to_owned(),
            wan: false,
        },
    );
    let value = before
        .filter(|plan| !is_late || plan.deadline >= today)
        .map(|plan| plan.deadline.to_string())
        .or_else(|| latest.clone())
        .unwrap_or_default();
    let key = if is_late {
        "hint.late_plan"
    } else {
        "hint.latest_deadline"
    };
    let hint = ordered.map(|day| words.fill(key, &[("day", &day.to_string())]));
    fields
        .add(
            "deadline",
            true,
            FieldKind::Date {
                value,
                earliest: is_late.then(|| today.to_string()),
                latest,
            },
        )
        .hint = hint;
    fields.text("responsible_person", true, &of(|plan| &plan.responsible_person));
    let unit = before.map_or_else(
        || hazard.subject.name.clone(),
        |plan| plan.responsible_unit.clone(),
    );
    fields.text("responsible_unit", full, &unit);
    fields.area("emergency_plan", full, &of(|plan| &plan.emergency_plan));
}

fn acceptance(showing: &Showing, fields: &mut Fields) {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    let demanded = hazard
        .stage
        .confirmation()
        .map_or(0, |confirmation| confirmation.route.inspectors);
    let certified = showing.dossier.inspectors.iter();
    let options = certified.map(|office| Choice {
        hint: Some(format!(
            "{} {} {}",
            office.agency_name, office.title, office.certificate_no
        )),
        ..choice(office.person, office.person_name.clone(), false)
    });
    let hint = if demanded > 0 {
        words.count("hint.inspectors", demanded)
    } else {
        words.get("hint.inspectors_none").to_owned()
    };
    fields
        .add(
            "inspectors",
            demanded > 0,
            FieldKind::MultiChoice {
                options: options.collect(),
            },
        )
        .hint = Some(hint);
    if hazard
        .stage
        .confirmation()
        .is_some_and(|confirmation| confirmation.route.cause)
    {
        let causes = Cause::ALL.iter();
        let options = causes
            .map(|cause| choice(cause, words.of("cause", cause.as_str()), false))
            .collect();
        // A failed acceptance needs none, so the browser is not told that it is needed.
        fields.add("cause", false, FieldKind::Choice { options });
    }
    let latest = showing.now.rfc3339().get(..16).map(str::to_owned);
    fields.add(
        "visited_at",
        false,
        FieldKind::DateTime {
            value: String::new(),
            latest,
        },
    );
    fields.text("place", false, "");
    fields.area("opinion", true, "").hint = Some(words.get("hint.return_opinion").to_owned());
}

/// Everything that was typed, at its field, with what is wrong there.
pub fn put_back(form: &mut ActForm, back: &CameBack) {
    form.errors = back.told.errors.clone();
    for field in &mut form.fields {
        field.error = back.told.at(&field.name);
        keep(field, back.form, &back.kept);
    }
    // The draft on the device goes by this key: what arrives under it is then known to be that draft.
    let key = back.form.get("idempotency_key");
    if !back.told.needs_a_new_key && !key.is_empty() {
        key.clone_into(&mut form.idempotency_key);
    }
}

pub(crate) fn keep(field: &mut Field, form: &Form, files: &[EvidenceFile]) {
    let typed = form.get(&field.name);
    match &mut field.kind {
        FieldKind::Text { value, .. }
        | FieldKind::Textarea { value, .. }
        | FieldKind::Date { value, .. }
        | FieldKind::DateTime { value, .. }
        | FieldKind::Suggested { value, .. }
        | FieldKind::Clauses { value } => typed.clone_into(value),
        FieldKind::Money { value, wan } => {
            typed.clone_into(value);
            *wan = form.get(&format!("{}_unit", field.name)) == "wan";
        }
        FieldKind::Choice { options } | FieldKind::Select { options } => {
            options
                .iter_mut()
                .for_each(|option| option.chosen = option.value == typed);
        }
        FieldKind::MultiChoice { options } => {
            let chosen = form.all(&field.name);
            options
                .iter_mut()
                .for_each(|option| option.chosen = chosen.contains(&option.value));
        }
        // Never given back.
        FieldKind::Secret => {}
        FieldKind::Files { kept, .. } => {
            let ids = form.all(&format!("{}_id", field.name));
            *kept = files
                .iter()
                .filter(|file| ids.contains(&file.id.to_string()))
                .map(|file| KeptFile {
                    id: file.id.to_string(),
                    name: file.name.clone(),
                    size: marks::size(file.size),
                })
                .collect();
        }
    }
}
