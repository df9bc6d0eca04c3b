//! What the sample hazard consists of: its facts, plan and events, used by the case pages and the card.

use web::{
    views::{
        hazard::{Fact, OnDay, Outcome, PathStep, PlanElement, ResponsibleOn, StepState, TimelineEvent},
        marks::{FileLink, Photo},
    },
    words::Words,
};

use super::who;

pub const DESCRIPTION: &str = "液氨储罐区喷淋系统压力不足，试验时末端无水；应急切断阀手轮缺失";

pub fn fact(words: Words, label: &str, value: &str, note: Option<&str>) -> Fact {
    Fact {
        label: words.get(label).into(),
        value: value.into(),
        href: None,
        note: note.map(Into::into),
    }
}

pub fn step(act: &str, state: StepState, who: &str, when: &str) -> PathStep {
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    PathStep {
        act: act.into(),
        state,
        who: told(who),
        when: told(when),
    }
}

pub fn photo(href: &str, caption: &str, taken: &str) -> Photo {
    Photo {
        href: href.into(),
        thumbnail: href.into(),
        caption: caption.into(),
        taken: Some(taken.into()),
    }
}

pub fn element(element: &str, text: &str, done: u8) -> PlanElement {
    PlanElement {
        element: element.into(),
        text: text.into(),
        planned: done > 0,
        in_place: done > 1,
        proven: done > 2,
    }
}

pub fn elements() -> Vec<PlanElement> {
    vec![
        element("target", "喷淋末端压力不低于 0.35 MPa，切断阀完好可操作", 3),
        element(
            "measures",
            "更换稳压泵和锈蚀管段，补装手轮并挂牌，全系统试验两次",
            3,
        ),
        element("deadline", "2026-11-17", 2),
        element("funds", "18.6 万元，企业安全生产费用列支", 3),
        element("responsible_person", "总经理 郑伟", 2),
    ]
}

pub fn timeline(words: Words) -> Vec<TimelineEvent> {
    let file = |name: &str, size: &str| FileLink {
        href: "photo-after.svg".into(),
        name: name.into(),
        size: size.into(),
    };
    vec![
        TimelineEvent {
            act: "rectify".into(),
            when: "11-21 16:42".into(),
            when_full: "2026-11-21 16:42".into(),
            who: who("郑伟", "示例汉水食品冷链有限公司 总经理"),
            opinion: Some("稳压泵已更换，末端实测 0.38 MPa；手轮补装并挂牌，两次试验记录附后。".into()),
            files: vec![file("喷淋试验记录.pdf", "312 KB"), file("泵房照片.jpg", "2.1 MB")],
            ..TimelineEvent::default()
        },
        TimelineEvent {
            act: "accept".into(),
            outcome: Outcome::SentBack,
            when: "11-18 10:20".into(),
            when_full: "2026-11-18 10:20".into(),
            who: who("王海燕", "汉滨区应急管理局 执法大队队员"),
            opinion: Some("手轮已补装；喷淋末端实测 0.12 MPa，未达要求，退回整改。".into()),
            details: vec![
                fact(words, "field.inspectors", "王海燕、李文斌", None),
                fact(words, "field.visited_at", "2026-11-18 09:30", None),
            ],
            sealed_as: Some(47_881),
            ..TimelineEvent::default()
        },
        TimelineEvent {
            act: "plan".into(),
            when: "11-05 17:30".into(),
            when_full: "2026-11-05 17:30".into(),
            who: who("郑伟", "示例汉水食品冷链有限公司 总经理"),
            sealed_as: Some(46_120),
            ..TimelineEvent::default()
        },
        TimelineEvent {
            act: "determine".into(),
            when: "11-05 09:05".into(),
            when_full: "2026-11-05 09:05".into(),
            who: who("何国栋", "市应急管理局 危化科科长"),
            opinion: Some("涉氨制冷储罐区水喷淋不能有效投用，符合所列情形，认定为重大事故隐患。".into()),
            details: vec![fact(words, "field.clauses", "应急管理部令第10号 第三条", None)],
            sealed_as: Some(46_033),
            ..TimelineEvent::default()
        },
        TimelineEvent {
            act: "interim_measure".into(),
            when: "11-03 15:50".into(),
            when_full: "2026-11-03 15:50".into(),
            who: who("赵明远", "汉滨区应急管理局 执法大队副大队长"),
            principal: Some(words.fill("viewer.for", &[("name", "胡建军")])),
            opinion: Some("停止二号储罐卸氨，储量降至 40%，设 24 小时专人值守。".into()),
            sealed_as: Some(45_790),
            ..TimelineEvent::default()
        },
        TimelineEvent {
            act: "report".into(),
            when: "11-03 15:20".into(),
            when_full: "2026-11-03 15:20".into(),
            who: who("陈静", "市安委办 督查科科长"),
            details: vec![fact(
                words,
                "field.source",
                &words.of("source", "oversight"),
                None,
            )],
            files: vec![file("储罐区喷淋末端.jpg", "1.7 MB")],
            sealed_as: Some(45_788),
            ..TimelineEvent::default()
        },
    ]
}

pub fn facts(words: Words) -> Vec<Fact> {
    vec![
        Fact {
            href: Some("hazards.html".into()),
            note: Some("91610902MA示例0X · 农副食品加工".into()),
            ..fact(words, "table.unit", "示例汉水食品冷链有限公司", None)
        },
        fact(
            words,
            "table.place",
            "汉滨区建民街道长征路",
            Some("储罐区东侧 · 坐标 108.9871, 32.7104"),
        ),
        fact(
            words,
            "table.source",
            &words.of("source", "oversight"),
            Some("不打招呼检查，清单第 3 项"),
        ),
        fact(
            words,
            "hazard.found_at",
            "2026-11-03 15:20",
            Some("同日 15:22 上报，陈静（市安委办）"),
        ),
        fact(
            words,
            "hazard.regulator",
            "汉滨区应急管理局",
            Some("市级：市应急管理局"),
        ),
        fact(
            words,
            "hazard.route",
            "督查发现的重大事故隐患：方案、两人到场验收、市级销号",
            None,
        ),
        fact(words, "hazard.order_no", "（汉滨）应急责改〔2026〕演示12号", None),
    ]
}

/// 某日责任, on the day by whose end it should have been done.
pub fn responsible(words: Words) -> ResponsibleOn {
    ResponsibleOn {
        day: "2026-11-17".into(),
        first: "2026-11-05".into(),
        last: "2026-11-23".into(),
        lines: vec![OnDay {
            when: words.get("responsible.all_day").into(),
            whom: "示例汉水食品冷链有限公司".into(),
            person: Some(words.fill("responsible.person", &[("name", "郑伟")])),
            stage: "rectifying".into(),
            standing: words.fill(
                "responsible.due",
                &[("time", "2026-11-17 24:00"), ("left", &words.time_left(0))],
            ),
            late: true,
        }],
        ..ResponsibleOn::default()
    }
}
