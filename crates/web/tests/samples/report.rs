//! 上报隐患: empty, come back with errors, and by a unit about itself.

use web::{
    views::{
        form::{Field, FieldError, FieldKind, KeptFile},
        frame::Section,
        report::{CommonItem, ReportPage, SimilarLine, SubjectField, SubjectSuggestion},
    },
    words::Words,
};

use super::acts::{area, choice, field, text};
use super::{Page, frame, page, viewer};

fn report(words: Words) -> ReportPage {
    let suggestion = |id: &str, name: &str, note: &str| SubjectSuggestion {
        id: id.into(),
        name: name.into(),
        note: note.into(),
        kind: "enterprise".into(),
        sector: "C30".into(),
        address: "张滩镇".into(),
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
        common: vec![CommonItem {
            text: "安全出口上锁或被堵塞".into(),
            kinds: "enterprise venue".into(),
            sectors: String::new(),
        }],
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
    let asked = ReportPage {
        similar: vec![SimilarLine {
            number: "汉滨-2026-01842".into(),
            href: "/hazards/1".into(),
            description: "二号车间配电箱无门，导线裸露，地面积水".into(),
            place: "示例恒昌机械制造有限公司 二号车间".into(),
            stage: "submitted".into(),
            why: "同一单位 · 3 天前 · 文字相近 82%".into(),
        }],
        ..report(words)
    };
    vec![
        page("report-similar", asked),
        page("report", report(words)),
        page("report-wrong", wrong),
        page("report-own", own),
    ]
}
