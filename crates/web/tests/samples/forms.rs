//! Forms of the acts, and the report page: as first shown and as they come back with errors.

use web::{
    views::{
        act::ActForm,
        form::{Button, Choice, Field, FieldError, FieldKind, KeptFile, Weight},
        frame::Section,
        report::{ReportPage, SubjectField, SubjectSuggestion},
    },
    words::Words,
};

use super::{Page, frame, page, viewer};

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

fn area(value: &str, rows: u8) -> FieldKind {
    FieldKind::Textarea {
        value: value.into(),
        rows,
    }
}

fn text(value: &str) -> FieldKind {
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
    let clause = |value: &str, label: &str| Choice {
        hint: Some("2023-05-15 起施行".into()),
        ..choice(value, label, false)
    };
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
                    FieldKind::Clauses {
                        value: String::new(),
                        suggestions: vec![
                            clause(
                                "应急管理部令第10号 第三条",
                                "应急管理部令第10号 第三条：工贸企业通用情形",
                            ),
                            clause(
                                "应急管理部令第10号 第十三条",
                                "应急管理部令第10号 第十三条：有限空间作业",
                            ),
                        ],
                    },
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
                FieldKind::Clauses {
                    value: String::new(),
                    suggestions: Vec::new(),
                },
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

/// The acceptance as it comes back: too few inspectors, no opinion.
pub fn acceptance_with_errors(words: Words) -> ActForm {
    let mut form = acceptance(words);
    let error = |field: &str, code: &str, label: &str| FieldError {
        field: Some(field.into()),
        message: words.fill(
            &format!("field_error.{code}"),
            &[("label", words.get(label)), ("limit", "2")],
        ),
    };
    form.errors = vec![
        error("inspectors", "too-few", "field.inspectors"),
        error("opinion", "required", "field.opinion"),
    ];
    for wrong in form.errors.clone() {
        for field in form
            .fields
            .iter_mut()
            .filter(|field| wrong.field.as_deref() == Some(&field.name))
        {
            field.error = Some(wrong.message.clone());
        }
    }
    form
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

fn report(words: Words) -> ReportPage {
    let suggestion = |id: &str, name: &str, note: &str| SubjectSuggestion {
        id: id.into(),
        name: name.into(),
        note: note.into(),
    };
    let kinds = [
        "enterprise",
        "project",
        "venue",
        "household",
        "public_asset",
        "unowned",
    ];
    let levels = ["general", "serious", "suspected_major"]
        .map(|code| choice(code, &words.of("level", code), code == "general"));
    let sources = [
        "patrol",
        "county_check",
        "handed_down",
        "transfer",
        "tip",
        "media",
        "expert_service",
        "warning",
    ];
    ReportPage {
        frame: frame(
            words,
            "report.title",
            Some(Section::Report),
            viewer("周小兰", "张滩镇应急管理办公室", "安全专干", "汉滨区张滩镇"),
        ),
        photos: Field {
            hint: Some(words.get("hint.photos").into()),
            ..field(
                words,
                "photos",
                "field.photos",
                false,
                FieldKind::Files {
                    kept: Vec::new(),
                    accept: "image/*".into(),
                    camera: true,
                },
            )
        },
        subject: SubjectField {
            suggestions: vec![
                suggestion("s1", "示例张滩砂石料场", "企业 · 汉滨区张滩镇"),
                suggestion("s2", "示例张滩中心小学", "场所 · 汉滨区张滩镇"),
                suggestion("s3", "汉王大桥", "公共设施 · 汉滨区张滩镇"),
            ],
            kinds: kinds
                .map(|code| choice(code, &words.of("subject_kind", code), false))
                .into(),
            hint: Some(words.get("report.subject_hint").into()),
            ..SubjectField::default()
        },
        place: Field {
            hint: Some(words.get("hint.location_text").into()),
            ..field(words, "location_text", "field.location_text", true, text(""))
        },
        fields: vec![
            Field {
                hint: Some(words.get("hint.description").into()),
                ..field(words, "description", "field.description", true, area("", 3))
            },
            Field {
                hint: Some(words.get("hint.initial_level").into()),
                ..field(
                    words,
                    "initial_level",
                    "field.initial_level",
                    true,
                    FieldKind::Choice {
                        options: levels.into(),
                    },
                )
            },
            field(
                words,
                "source",
                "field.source",
                true,
                FieldKind::Select {
                    options: sources
                        .map(|code| choice(code, &words.of("source", code), false))
                        .into(),
                },
            ),
            Field {
                hint: Some(words.get("hint.found_at").into()),
                ..field(
                    words,
                    "found_at",
                    "field.found_at",
                    false,
                    FieldKind::DateTime {
                        value: String::new(),
                        latest: Some("2026-11-23T07:05".into()),
                    },
                )
            },
        ],
        idempotency_key: "key-report".into(),
        goes_to: Some(words.fill("report.goes_to", &[("whom", "汉滨区安委办")])),
        ..ReportPage::default()
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let mut wrong = report(words);
    let missing = |label: &str| words.fill("field_error.required", &[("label", words.get(label))]);
    wrong.errors = vec![
        FieldError {
            field: Some("subject".into()),
            message: words.get("field_error.no-such-subject").into(),
        },
        FieldError {
            field: Some("description".into()),
            message: missing("field.description"),
        },
    ];
    wrong.subject.value = "张滩料场".into();
    wrong.subject.error = Some(words.get("field_error.no-such-subject").into());
    wrong.subject.kinds[5].chosen = true;
    wrong.subject.new_name = "316 国道 K12 边坡".into();
    wrong.fields[0].error = Some(missing("field.description"));
    wrong.photos.kind = FieldKind::Files {
        kept: vec![KeptFile {
            id: "f1".into(),
            name: "IMG_2201.jpg".into(),
            size: "1.8 MB".into(),
        }],
        accept: "image/*".into(),
        camera: true,
    };
    let own = ReportPage {
        frame: frame(
            words,
            "report.title",
            Some(Section::Report),
            viewer("刘志刚", "示例恒昌机械制造有限公司", "安全部部长", "汉滨区五里镇"),
        ),
        subject: SubjectField {
            value: "示例恒昌机械制造有限公司".into(),
            value_id: "s9".into(),
            fixed: true,
            ..SubjectField::default()
        },
        position: "109.028771,32.684512".into(),
        ..report(words)
    };
    vec![
        page("report", report(words)),
        page("report-wrong", wrong),
        page("report-own", own),
    ]
}
