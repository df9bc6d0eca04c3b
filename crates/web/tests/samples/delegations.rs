//! 授权委托 and 岗位交接: given and taken, acting under one, nobody to delegate to; leaving a post, and what has passed.

use web::{
    views::{
        delegations::{DelegationRow, DelegationsPage},
        form::{Choice, Field, FieldKind},
        frame::{Section, Viewer},
        hand_overs::{HandOverPage, HandOversPage, LeftGroup, LeftRow, PassedFrom, WaitingLine},
    },
    words::Words,
};

use super::{Page, county, frame, page, viewer};

fn row(words: Words, standing: &str) -> DelegationRow {
    let in_force = standing == "in_force";
    DelegationRow {
        giver: "赵明远".into(),
        giver_post: "汉滨区应急局 执法大队副大队长".into(),
        taker: "孙晓燕".into(),
        taker_post: "汉滨区应急局 执法人员".into(),
        acts: vec!["accept".into(), "decide_extension".into()],
        days: words.fill(
            "person_record.held",
            &[("from", "2026-11-23"), ("to", "2026-11-29")],
        ),
        reason: "赴省厅培训".into(),
        standing: standing.into(),
        in_force,
        note: (standing == "ended").then(|| {
            words.fill(
                "delegations.ended_by",
                &[
                    ("name", "赵明远"),
                    ("time", "2026-11-25 08:30"),
                    ("reason", "提前返岗"),
                ],
            )
        }),
        taking_up: in_force.then(|| "/delegations/1/acting".into()),
        ending: in_force.then(|| "/delegations/1/ending".into()),
        idempotency_key: "3".into(),
    }
}

fn choices(words: Words) -> Vec<Field> {
    let option = |value: &str, label: String| Choice {
        value: value.into(),
        label,
        ..Choice::default()
    };
    let field = |name: &str, kind| Field {
        name: name.into(),
        label: words.of("field", name),
        required: true,
        kind,
        ..Field::default()
    };
    let acts = ["confirm", "accept", "decide_extension"];
    vec![
        field(
            "taker",
            FieldKind::Choice {
                options: vec![option("1", "孙晓燕".into()), option("2", "周立新".into())],
            },
        ),
        field(
            "acts",
            FieldKind::MultiChoice {
                options: acts.iter().map(|act| option(act, words.of("act", act))).collect(),
            },
        ),
        field("reason", FieldKind::default()),
    ]
}

fn groups(words: Words) -> Vec<LeftGroup> {
    let row = |title: &str, note: &str| LeftRow {
        href: "/hazards/1".into(),
        title: title.into(),
        note: note.into(),
    };
    vec![
        LeftGroup {
            label: words.of("waiting", "cases"),
            count: 2,
            rows: vec![
                row(
                    "汉滨-2026-01688 金州冷链（演示）有限公司",
                    "待验收 · 冷库喷淋末端压力不足",
                ),
                row(
                    "汉滨-2026-01702 青屿毛绒玩具（演示）有限公司",
                    "待核实 · 安全出口被货架堵塞",
                ),
            ],
        },
        LeftGroup {
            label: words.of("waiting", "problem_lists"),
            count: 1,
            rows: vec![row("2026-11-18 问题清单", "4 项")],
        },
    ]
}

pub fn pages(words: Words) -> Vec<Page> {
    let title = "delegations.title";
    let list = DelegationsPage {
        frame: frame(words, title, Some(Section::Desk), county()),
        rows: ["in_force", "ahead", "expired", "ended", "post_left"]
            .map(|one| row(words, one))
            .to_vec(),
        next: Some("/delegations?after=1~x".into()),
        fields: choices(words),
        idempotency_key: "1".into(),
        ..DelegationsPage::default()
    };
    let acting = viewer("孙晓燕", "汉滨区应急管理局", "执法人员", "汉滨区").map(|viewer| Viewer {
        principal: Some("赵明远".into()),
        ..viewer
    });
    let under = DelegationsPage {
        frame: frame(words, title, Some(Section::Desk), acting),
        rows: vec![DelegationRow {
            taking_up: None,
            ending: None,
            ..row(words, "in_force")
        }],
        under: Some("赵明远".into()),
        ..DelegationsPage::default()
    };
    let alone = DelegationsPage {
        frame: frame(words, title, Some(Section::Desk), county()),
        fields: choices(words),
        alone: true,
        ..DelegationsPage::default()
    };
    let line = |kind: &str, count: i64| WaitingLine {
        label: words.of("waiting", kind),
        count,
        href: (count > 0).then(|| "/hazards".into()),
    };
    let admin = viewer("何静", "市应急管理局", "系统管理员", "安康市");
    let leaving = HandOverPage {
        frame: frame(words, "hand_overs.title", Some(Section::Desk), admin.clone()),
        person: "赵明远".into(),
        post: "汉滨区应急管理局 执法大队副大队长".into(),
        days: words.fill("person_record.held_still", &[("from", "2024-07-01")]),
        successor: None,
        desk: vec![line("desk", 31), line("letters", 2), line("instructions", 0)],
        items: groups(words),
        delegations: vec![words.fill(
            "hand_over.delegation",
            &[("giver", "赵明远"), ("taker", "孙晓燕"), ("day", "2026-11-29")],
        )],
        action: Some("/hand-overs/1/ending".into()),
        fields: choices(words).split_off(2),
        idempotency_key: "2".into(),
        version: 1,
        ..HandOverPage::default()
    };
    let left = HandOverPage {
        frame: frame(words, "hand_overs.title", Some(Section::Desk), county()),
        successor: Some(words.get("hand_over.agency").into()),
        items: Vec::new(),
        delegations: Vec::new(),
        action: None,
        desk: Vec::new(),
        ..leaving.clone()
    };
    let passed = HandOversPage {
        frame: frame(words, "hand_overs.title", Some(Section::Desk), county()),
        people: vec![PassedFrom {
            person: "赵明远".into(),
            post: "汉滨区应急管理局 执法大队副大队长".into(),
            left_on: words.fill(
                "person_record.held",
                &[("from", "2024-07-01"), ("to", "2026-11-20")],
            ),
            href: "/hand-overs/1".into(),
            groups: groups(words),
        }],
    };
    let none = HandOversPage {
        frame: frame(words, "hand_overs.title", Some(Section::Desk), county()),
        ..HandOversPage::default()
    };
    vec![
        page("delegations", list),
        page("delegations-under", under),
        page("delegations-alone", alone),
        page("hand-over", leaving),
        page("hand-over-done", left),
        page("hand-overs", passed),
        page("hand-overs-none", none),
    ]
}
