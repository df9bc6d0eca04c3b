//! Several at once: the form, what became of each, the question which act, and nothing to do.

use web::{
    views::{
        bulk::{BulkAct, BulkDone, BulkForm, BulkPage, BulkResult, BulkRow},
        form::{Button, Field, FieldError, FieldKind, Weight},
        frame::Section,
    },
    words::Words,
};

use super::{DAY, Page, city, due, frame, page};

fn row(words: Words, number: &str, why: Option<&str>, open: bool) -> BulkRow {
    BulkRow {
        value: open.then(|| format!("{number}:7")),
        number: number.into(),
        href: "/hazards/1".into(),
        unit: "示例月河烟花爆竹批发有限公司".into(),
        place: "汉阴县涧池镇".into(),
        description: "仓库防雷检测超期，值班室与库房间距不足".into(),
        stage: "accepted".into(),
        due: due(words, 8 * DAY, "2026-12-01 24:00"),
        why: why.map(str::to_owned),
        ..BulkRow::default()
    }
}

fn form(words: Words, errors: Vec<FieldError>) -> BulkForm {
    let button = |key: &str, value: &str, weight| Button {
        label: words.get(key).into(),
        name: Some("passed".into()),
        value: value.into(),
        weight,
    };
    BulkForm {
        act: "sign-off".into(),
        hint: words.get("bulk.each").into(),
        fields: vec![Field {
            name: "opinion".into(),
            label: words.get("field.opinion").into(),
            required: true,
            kind: FieldKind::Textarea {
                value: String::new(),
                rows: 3,
            },
            ..Field::default()
        }],
        buttons: vec![
            button("button.sign_off_pass", "yes", Weight::Main),
            button("button.sign_off_return", "no", Weight::Grave),
        ],
        errors,
        rows: vec![
            row(words, "汉阴-2026-00518", None, true),
            row(
                words,
                "汉阴-2026-00519",
                Some(words.get("refusal.one-by-one")),
                false,
            ),
        ],
        idempotency_key: "0197".into(),
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let bare = || BulkPage {
        frame: frame(words, "bulk.title", Some(Section::Hazards), city()),
        ids: vec!["1".into(), "2".into()],
        back: "/hazards".into(),
        ..BulkPage::default()
    };
    let asked = BulkPage {
        form: Some(form(words, Vec::new())),
        unseen: 1,
        ..bare()
    };
    let error = FieldError {
        field: Some("opinion".into()),
        message: words.fill("field_error.required", &[("label", words.get("field.opinion"))]),
    };
    let told = BulkPage {
        result: Some(BulkResult {
            done: vec![BulkDone {
                number: "汉阴-2026-00517".into(),
                href: "/hazards/1".into(),
                stage: "signed_off".into(),
            }],
            refused: 2,
        }),
        form: Some(form(words, vec![error])),
        ..bare()
    };
    let which = BulkPage {
        acts: vec![BulkAct {
            act: "sign-off".into(),
            label: words.get("opener.sign_off").into(),
            n: 2,
        }],
        ..bare()
    };
    vec![
        page("bulk", asked),
        page("bulk-told", told),
        page("bulk-which", which),
        page("bulk-none", bare()),
    ]
}
