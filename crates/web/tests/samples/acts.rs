//! Forms of the acts, as first shown.

use web::{
    views::{
        act::ActForm,
        form::{Button, Choice, Field, FieldKind, Weight},
    },
    words::Words,
};

pub fn field(words: Words, name: &str, label: &str, required: bool, kind: FieldKind) -> Field {
    Field {
        name: name.into(),
        label: words.get(label).into(),
        required,
        kind,
        ..Field::default()
    }
}

pub fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: None,
        chosen,
    }
}

pub fn area(value: &str, rows: u8) -> FieldKind {
    FieldKind::Textarea {
        value: value.into(),
        rows,
    }
}

pub fn text(value: &str) -> FieldKind {
    FieldKind::Text {
        value: value.into(),
        unit: None,
    }
}

fn button(words: Words, key: &str, value: &str, weight: Weight) -> Button {
    Button {
        label: words.get(key).into(),
        name: (!value.is_empty()).then(|| "passed".into()),
        value: value.into(),
        weight,
    }
}

fn form(
    words: Words,
    act: &str,
    code: &str,
    weight: Weight,
    fields: Vec<Field>,
    buttons: Vec<Button>,
) -> ActForm {
    ActForm {
        act: act.into(),
        action: format!("/hazards/0199/{act}"),
        opener: words.get(&format!("opener.{code}")).into(),
        weight,
        first: weight == Weight::Main,
        title: words.get(&format!("title.{code}")).into(),
        hint: Some(words.get(&format!("hint.{code}")).into()),
        fields,
        buttons,
        errors: Vec::new(),
        version: 5,
        idempotency_key: format!("key-{act}"),
    }
}

pub fn confirmation(words: Words) -> ActForm {
    let levels = ["general", "serious", "suspected_major"]
        .map(|code| choice(code, &words.of("level", code), code == "serious"));
    let decisions = ["pending", "not_major", "major"]
        .map(|code| choice(code, &words.of("determination", code), code == "pending"));
    form(
        words,
        "confirmation",
        "confirm",
        Weight::Main,
        vec![
            field(
                words,
                "initial_level",
                "field.initial_level",
                true,
                FieldKind::Choice {
                    options: levels.into(),
                },
            ),
            field(
                words,
                "determination",
                "field.determination",
                true,
                FieldKind::Choice {
                    options: decisions.into(),
                },
            ),
            Field {
                hint: Some(words.get("hint.clauses").into()),
                ..field(
                    words,
                    "clauses",
                    "field.clauses",
                    false,
                    FieldKind::Clauses { value: String::new() },
                )
            },
            Field {
                hint: Some(words.get("hint.deadline").into()),
                ..field(
                    words,
                    "deadline",
                    "field.deadline",
                    true,
                    FieldKind::Date {
                        value: "2026-12-03".into(),
                        earliest: Some("2026-11-23".into()),
                        latest: None,
                    },
                )
            },
            Field {
                hint: Some(words.get("hint.order_no").into()),
                ..field(words, "order_no", "field.order_no", false, text(""))
            },
        ],
        vec![button(words, "button.confirm", "", Weight::Main)],
    )
}

pub fn determination(words: Words) -> ActForm {
    let decisions = ["not_major", "major"].map(|code| choice(code, &words.of("determination", code), false));
    form(
        words,
        "determination",
        "determine",
        Weight::Ordinary,
        vec![
            field(
                words,
                "determination",
                "field.determination",
                true,
                FieldKind::Choice {
                    options: decisions.into(),
                },
            ),
            field(
                words,
                "clauses",
                "field.clauses",
                false,
                FieldKind::Clauses { value: String::new() },
            ),
            field(words, "basis", "field.basis", true, area("", 4)),
        ],
        vec![button(words, "button.determine", "", Weight::Main)],
    )
}

pub fn plan(words: Words) -> ActForm {
    form(
        words,
        "plan",
        "plan",
        Weight::Main,
        vec![
            field(words, "target", "field.target", true, area("", 2)),
            field(words, "measures", "field.measures", true, area("", 4)),
            field(
                words,
                "funds",
                "field.funds",
                true,
                FieldKind::Money {
                    value: "1.2".into(),
                    wan: true,
                },
            ),
            Field {
                hint: Some(words.fill("hint.latest_deadline", &[("day", "2026-11-27")])),
                ..field(
                    words,
                    "deadline",
                    "field.deadline",
                    true,
                    FieldKind::Date {
                        value: "2026-11-27".into(),
                        earliest: None,
                        latest: Some("2026-11-27".into()),
                    },
                )
            },
            field(
                words,
                "responsible_person",
                "field.responsible_person",
                true,
                text(""),
            ),
            field(
                words,
                "responsible_unit",
                "field.responsible_unit",
                true,
                text("示例恒昌机械制造有限公司"),
            ),
            field(words, "emergency_plan", "field.emergency_plan", true, area("", 3)),
        ],
        vec![button(words, "button.plan", "", Weight::Main)],
    )
}

pub fn rectification(words: Words) -> ActForm {
    form(
        words,
        "rectification",
        "rectify",
        Weight::Main,
        vec![
            field(words, "summary", "field.summary", true, area("", 4)),
            Field {
                hint: Some(words.get("hint.evidence").into()),
                ..field(
                    words,
                    "evidence",
                    "field.evidence",
                    true,
                    FieldKind::Files {
                        kept: Vec::new(),
                        accept: "image/*,application/pdf".into(),
                        camera: true,
                    },
                )
            },
        ],
        vec![button(words, "button.rectify", "", Weight::Main)],
    )
}

pub fn acceptance(words: Words) -> ActForm {
    let inspector = |id: &str, name: &str, note: &str, chosen| Choice {
        hint: Some(note.into()),
        ..choice(id, name, chosen)
    };
    form(
        words,
        "acceptance",
        "accept",
        Weight::Main,
        vec![
            Field {
                hint: Some(words.count("hint.inspectors", 2)),
                ..field(
                    words,
                    "inspectors",
                    "field.inspectors",
                    true,
                    FieldKind::MultiChoice {
                        options: vec![
                            inspector(
                                "p1",
                                "赵明远",
                                "汉滨区应急管理局 执法大队副大队长 · 证号 演示-0217",
                                true,
                            ),
                            inspector(
                                "p2",
                                "王海燕",
                                "汉滨区应急管理局 执法大队队员 · 证号 演示-0233",
                                false,
                            ),
                            inspector("p3", "李文斌", "汉滨区安委办 综合股股长 · 证号 演示-0241", false),
                        ],
                    },
                )
            },
            field(
                words,
                "visited_at",
                "field.visited_at",
                true,
                FieldKind::DateTime {
                    value: "2026-11-22T15:30".into(),
                    latest: Some("2026-11-23T07:05".into()),
                },
            ),
            field(words, "place", "field.place", true, text("二号车间东侧配电室")),
            Field {
                hint: Some(words.get("hint.return_opinion").into()),
                ..field(words, "opinion", "field.opinion", true, area("", 4))
            },
        ],
        vec![
            button(words, "button.accept_pass", "yes", Weight::Main),
            button(words, "button.accept_return", "no", Weight::Grave),
        ],
    )
}

pub fn sign_off(words: Words) -> ActForm {
    form(
        words,
        "sign-off",
        "sign_off",
        Weight::Main,
        vec![field(words, "opinion", "field.opinion", true, area("", 4))],
        vec![
            button(words, "button.sign_off_pass", "yes", Weight::Main),
            button(words, "button.sign_off_return", "no", Weight::Grave),
        ],
    )
}

pub fn interim_measure(words: Words) -> ActForm {
    let kinds = [
        "stop_work",
        "evacuate",
        "cordon",
        "isolate",
        "watch",
        "start_work",
        "other",
    ];
    let options = kinds.map(|code| choice(code, &words.of("measure", code), false));
    form(
        words,
        "interim-measure",
        "interim_measure",
        Weight::Ordinary,
        vec![
            field(
                words,
                "kind",
                "field.kind",
                true,
                FieldKind::Select {
                    options: options.into(),
                },
            ),
            field(words, "text", "field.text", true, area("", 3)),
        ],
        vec![button(words, "button.interim_measure", "", Weight::Main)],
    )
}

pub fn voiding(words: Words) -> ActForm {
    form(
        words,
        "voiding",
        "void",
        Weight::Grave,
        vec![field(words, "reason", "field.reason", true, area("", 3))],
        vec![button(words, "button.void", "", Weight::Grave)],
    )
}
