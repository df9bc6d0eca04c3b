//! One person's record: before it is opened, opened by an office, and one's own with nothing on it.

use web::{
    views::{
        form::{Field, FieldError, FieldKind},
        frame::Section,
        persons::{DeedLine, HeldPost, OpeningLine, PersonClosed, PersonPage},
    },
    words::Words,
};

use super::{Page, city, county, frame, page};

pub fn pages(words: Words) -> Vec<Page> {
    let closed = PersonClosed {
        frame: frame(words, "person_record.opening", Some(Section::Desk), city()),
        person: "赵明远".into(),
        action: "/persons/1/opening".into(),
        id: "0198".into(),
        errors: vec![FieldError {
            field: Some("reason".into()),
            message: words.fill(
                "field_error.required",
                &[("label", words.get("person_record.reason"))],
            ),
        }],
        reason: Field {
            name: "reason".into(),
            label: words.get("person_record.reason").into(),
            required: true,
            kind: FieldKind::Textarea {
                value: String::new(),
                rows: 3,
            },
            ..Field::default()
        },
        told: words.get("person_record.told_the_person").into(),
    };
    let held = |title: &str, days: String| HeldPost {
        title: title.into(),
        agency: "汉滨区应急管理局".into(),
        days,
    };
    let open = PersonPage {
        frame: frame(words, "person_record.opening", Some(Section::Desk), city()),
        own: false,
        open: Some(words.fill(
            "person_record.open_until",
            &[("time", "17:30"), ("reason", "核实“11·03”问题验收情况")],
        )),
        posts: vec![
            held(
                "执法大队副大队长",
                words.fill("person_record.held_still", &[("from", "2024-07-01")]),
            ),
            held(
                "执法大队队员",
                words.fill(
                    "person_record.held",
                    &[("from", "2019-03-01"), ("to", "2024-06-30")],
                ),
            ),
        ],
        deeds: vec![DeedLine {
            act: "accept".into(),
            when: "11-22 17:05".into(),
            when_full: "2026-11-22 17:05".into(),
            post: "汉滨区应急管理局 执法大队副大队长".into(),
            principal: Some(words.fill("viewer.for", &[("name", "王建国")])),
            href: "/hazards/1".into(),
            number: "汉滨-2026-01688".into(),
            description: "冷库喷淋末端压力不足，切断阀手轮缺失".into(),
        }],
        openings: vec![OpeningLine {
            who: words.fill(
                "person_record.opened_by",
                &[("who", "市安委办 督查科科长 陈静"), ("time", "09:30")],
            ),
            reason: "核实“11·03”问题验收情况".into(),
        }],
        next: Some("/persons/1?after=1~x".into()),
    };
    let own = PersonPage {
        frame: frame(words, "person_record.mine", Some(Section::Desk), county()),
        own: true,
        ..PersonPage::default()
    };
    vec![
        page("person-closed", closed),
        page("person-open", open),
        page("person-own", own),
    ]
}
