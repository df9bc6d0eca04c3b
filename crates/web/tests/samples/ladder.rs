//! 催办: the list, the block on a hazard with an explanation, a draft and a letter, and the digests of one person.

use web::{
    views::{
        act::ActForm,
        escalations::{
            CardButton, EscalationCard, EscalationRow, EscalationsPage, Explained, SentLetter, SetAside,
            StepLight,
        },
        form::{Button, Choice, Field, FieldKind, Weight},
        frame::Section,
        hazard::HazardPage,
        hazards::{Filter, FilterOption},
        marks::FileLink,
        notices::{NoticeDay, NoticeLine, NoticeSection, NoticesPage},
    },
    words::Words,
};

use super::{DAY, HOUR, Page, city, county, due, frame, page, severity, who};

fn option(label: &str, chosen: bool) -> FilterOption {
    FilterOption {
        label: label.into(),
        href: "escalations.html".into(),
        chosen,
    }
}

fn list(words: Words) -> EscalationsPage {
    let row = |step: &str, light, unit: &str, description: &str, left: i64, state: &str| EscalationRow {
        href: "hazard-ladder.html".into(),
        step: step.into(),
        light,
        number: "610902-2026-00417".into(),
        description: description.into(),
        unit: unit.into(),
        place: "汉滨区张滩镇".into(),
        severity: severity("serious", "not_major"),
        due: due(words, left, "2026-11-20 24:00"),
        stage: "rectifying".into(),
        waits_for: Some(unit.into()),
        state: words.fill(&format!("escalation_state.{state}"), &[("letter", "督办函")]),
        waits_for_me: state == "drafted",
        explained: (state != "told").then(|| words.count("escalations.explained", 1)),
        raised: "11-21 00:01".into(),
        raised_full: "2026-11-21 00:01".into(),
        stuck: (state == "drafted").then(|| words.count("mark.stuck", 12)),
        applies: state != "set_aside",
    };
    let unit = "示例汉水食品冷链有限公司";
    EscalationsPage {
        frame: frame(words, "section.escalations", Some(Section::Escalations), city()),
        filters: vec![Filter {
            label: words.get("escalations.step").into(),
            options: vec![
                option(words.get("filter.all"), true),
                option("黄灯", false),
                option("红灯", false),
            ],
        }],
        total: Some(4),
        rows: vec![
            row(
                "红灯",
                StepLight::Red,
                unit,
                "制冷机房氨气报警器失效",
                -3 * DAY - 7 * HOUR,
                "drafted",
            ),
            row(
                "报领导",
                StepLight::Red,
                unit,
                "液氨储罐安全阀超期未检",
                -9 * DAY,
                "sent",
            ),
            row(
                "黄灯",
                StepLight::Yellow,
                "示例恒昌机械制造有限公司",
                "冲床光电保护装置被短接",
                20 * HOUR,
                "set_aside",
            ),
            row(
                "到期提醒",
                StepLight::Clear,
                "示例恒昌机械制造有限公司",
                "疏散通道堆放纸箱",
                2 * DAY,
                "told",
            ),
        ],
        ..EscalationsPage::default()
    }
}

fn form(words: Words, act: &str, resource: &str, fields: Vec<Field>) -> ActForm {
    ActForm {
        act: format!("{resource}-0199a"),
        action: format!("/escalations/0199a/{resource}"),
        opener: words.of("opener", act),
        weight: Weight::Main,
        title: words.of("title", act),
        hint: Some(words.of("hint", act)),
        fields,
        buttons: vec![Button {
            label: words.of("button", act),
            ..Button::default()
        }],
        version: 2,
        idempotency_key: "0195-7f".into(),
        ..ActForm::default()
    }
}

fn case(words: Words) -> HazardPage {
    let letter = vec![
        Field {
            name: "addressee".into(),
            label: words.get("field.addressee").into(),
            required: true,
            kind: FieldKind::Choice {
                options: vec![Choice {
                    value: "a".into(),
                    label: "汉滨区应急管理局".into(),
                    chosen: true,
                    ..Choice::default()
                }],
            },
            ..Field::default()
        },
        Field {
            name: "letter".into(),
            label: words.get("field.letter").into(),
            required: true,
            kind: FieldKind::Textarea {
                value: "汉滨区应急管理局：\n\n编号610902-2026-00417的较大隐患……".into(),
                rows: 12,
            },
            ..Field::default()
        },
    ];
    let base = EscalationCard {
        id: "0199a".into(),
        step: "红灯".into(),
        light: StepLight::Red,
        raised: "11-21 00:01".into(),
        raised_full: "2026-11-21 00:01".into(),
        saw: "整改中，超期 3 天，12 天没有办理记录，等待示例汉水食品冷链有限公司".into(),
        reaches: words.fill(
            "escalation.reaches",
            &[("whom", "示例汉水食品冷链有限公司、汉滨区应急管理局")],
        ),
        state: words.fill("escalation_state.drafted", &[("letter", "督办函")]),
        applies: true,
        source: "市设，非法定".into(),
        explanations: vec![Explained {
            who: who("郑伟", "示例汉水食品冷链有限公司 安全部部长"),
            when: "11-21 10:12".into(),
            text: "报警器已订货，24 日到货；机房已专人值守。".into(),
            files: vec![FileLink {
                href: "/files/f1".into(),
                name: "订货单.pdf".into(),
                size: "120 KB".into(),
            }],
        }],
        buttons: vec![CardButton {
            label: words.get("opener.send_letter").into(),
            href: "#act-letter-0199a".into(),
            main: true,
        }],
        ..EscalationCard::default()
    };
    let sent = EscalationCard {
        id: "0199b".into(),
        step: "黄灯".into(),
        light: StepLight::Yellow,
        state: words.fill("escalation_state.sent", &[("letter", "提醒函")]),
        letter: Some(SentLetter {
            number: "汉滨安委办提〔2026〕7号".into(),
            title: "关于示例汉水食品冷链有限公司安全隐患整改临近期限的提醒函".into(),
            text: "示例汉水食品冷链有限公司：\n\n请抓紧办理。".into(),
            to: "示例汉水食品冷链有限公司".into(),
            who: who("李文斌", "汉滨区安委办 科员"),
            when: "11-19 09:20".into(),
            attached: 1,
        }),
        explanations: Vec::new(),
        buttons: Vec::new(),
        ..base.clone()
    };
    let aside = EscalationCard {
        id: "0199c".into(),
        applies: false,
        state: words.fill("escalation_state.set_aside", &[("letter", "督办函")]),
        set_aside: Some(SetAside {
            reason: "已现场约谈，不另发函。".into(),
            who: who("李文斌", "汉滨区安委办 科员"),
            when: "10-12 15:40".into(),
        }),
        explanations: Vec::new(),
        buttons: Vec::new(),
        ..base.clone()
    };
    HazardPage {
        frame: frame(words, "section.hazards", Some(Section::Hazards), county()),
        id: "0199".into(),
        number: "610902-2026-00417".into(),
        description: "制冷机房氨气报警器失效".into(),
        stage: "rectifying".into(),
        severity: severity("serious", "not_major"),
        due: due(words, -3 * DAY, "2026-11-20 24:00"),
        stuck: Some(words.count("mark.stuck", 12)),
        escalations: vec![base, sent, aside],
        escalation_acts: vec![form(words, "send_letter", "letter", letter)],
        print: "card.html".into(),
        ..HazardPage::default()
    }
}

fn notices(words: Words) -> NoticesPage {
    let line = |text: &str| NoticeLine {
        text: text.into(),
        href: "hazard-ladder.html".into(),
    };
    NoticesPage {
        frame: frame(words, "notices.title", Some(Section::Desk), county()),
        when: words.fill("notices.when", &[("time", "08:30")]),
        days: vec![NoticeDay {
            day: "2026-11-23".into(),
            count: 24,
            sections: vec![NoticeSection {
                title: "红灯".into(),
                lines: vec![line(
                    "610902-2026-00417 示例汉水食品冷链有限公司 期限 2026-11-20 24:00",
                )],
                more: Some(23),
            }],
            receipts: vec![
                "工作台 11-23 08:30 已送达".into(),
                "邮件 11-23 08:31 已送达（250 queued）".into(),
            ],
        }],
        mail_address: "zhao@".into(),
        mail_error: Some(words.fill(
            "field_error.not-an-address",
            &[("label", words.get("field.mail_address"))],
        )),
        mails: true,
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let nothing = EscalationsPage {
        rows: Vec::new(),
        total: Some(0),
        ..list(words)
    };
    let none_yet = NoticesPage {
        days: Vec::new(),
        mails: false,
        mail_error: None,
        ..notices(words)
    };
    vec![
        page("escalations", list(words)),
        page("escalations-empty", nothing),
        page("hazard-ladder", case(words)),
        page("notices", notices(words)),
        page("notices-empty", none_yet),
    ]
}
