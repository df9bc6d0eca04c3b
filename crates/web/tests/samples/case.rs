//! One hazard as county, city and a stranger to the step see it, after errors, and on paper.

use web::{
    views::{
        act::ActForm,
        card::{CardHand, CardPage, CardPhoto},
        form::{FieldError, Weight},
        frame::{Notice, Section, Viewer},
        hazard::{
            HazardPage, Idle, InterimMeasure, Outcome, PlanView, RecordLine, RecordState, StepState,
            TimelineEvent, WhyLine, WhyThisDate,
        },
        marks::{Photo, Severity},
        paper::PaperPage,
    },
    words::Words,
};

use super::acts;
use super::dossier::{DESCRIPTION, elements, fact, facts, photo, responsible, step, timeline};
use super::{DAY, HOUR, Page, city, county, due, frame, page, severity, viewer, who};

fn submitted(words: Words) -> HazardPage {
    HazardPage {
        stuck: None,
        responsible: responsible(words),
        escalations: Vec::new(),
        escalation_acts: Vec::new(),
        frame: frame(words, "section.hazards", Some(Section::Hazards), county()),
        id: "0199".into(),
        number: "汉滨-2026-01688".into(),
        description: DESCRIPTION.into(),
        stage: "submitted".into(),
        severity: severity("suspected_major", "major"),
        path: vec![
            step("report", StepState::Done, "陈静 市安委办", "11-03 15:20"),
            step(
                "confirm",
                StepState::Done,
                "赵明远 汉滨区应急管理局",
                "11-03 17:10",
            ),
            step("plan", StepState::Done, "郑伟 示例汉水食品冷链", "11-05 17:30"),
            step("rectify", StepState::Done, "郑伟 示例汉水食品冷链", "11-21 16:42"),
            step("accept", StepState::Now, "等待汉滨区应急管理局", "11-25 24:00 前"),
            step("sign_off", StepState::Next, "市安委办", ""),
        ],
        due: due(words, 2 * DAY + 16 * HOUR, "2026-11-25 24:00"),
        why: Some(WhyThisDate {
            lines: vec![
                WhyLine {
                    label: words.get("why.start").into(),
                    text: "提交整改，申请验收 2026-11-21 16:42".into(),
                    source: None,
                },
                WhyLine {
                    label: words.get("why.length").into(),
                    text: "县级验收时限 4 日".into(),
                    source: Some("市设时限，非法定".into()),
                },
                WhyLine {
                    label: words.get("why.count").into(),
                    text: words.count("why.calendar_days", 4),
                    source: Some("11-22、11-23、11-24、11-25".into()),
                },
                WhyLine {
                    label: words.get("why.end").into(),
                    text: words.get("why.day_ends").into(),
                    source: None,
                },
            ],
            result: words.fill("why.result", &[("time", "2026-11-25 24:00")]),
        }),
        returns: 1,
        last_return: Some("喷淋末端实测 0.12 MPa，未达要求（11-18，王海燕）".into()),
        facts: facts(words),
        clauses: vec!["工贸企业重大事故隐患判定标准（应急管理部令第10号）第三条".into()],
        before: vec![photo("photo-before.svg", "喷淋末端无水", "11-03 15:14 拍摄")],
        after: vec![photo("photo-after.svg", "末端试水正常", "11-21 15:58 拍摄")],
        plan: Some(PlanView {
            filed: words.fill("plan.filed", &[("name", "郑伟"), ("time", "11-05 17:30")]),
            elements: elements(),
            others: vec![
                fact(words, "plan.responsible_unit", "示例汉水食品冷链有限公司", None),
                fact(
                    words,
                    "plan.emergency_plan",
                    "整改期间储量不超 40%，泄漏时启动公司专项预案，通知下风向 3 户撤离",
                    None,
                ),
            ],
        }),
        measures: vec![InterimMeasure {
            kind: "停止作业".into(),
            text: "停止二号储罐卸氨，储量降至 40%，设 24 小时专人值守".into(),
            ordered: "11-03 15:50".into(),
            by: who("赵明远", "汉滨区应急管理局"),
            in_force: true,
        }],
        timeline: timeline(words),
        stranded: None,
        acts: vec![
            acts::acceptance(words),
            acts::interim_measure(words),
            acts::determination(words),
            acts::voiding(words),
        ],
        idle: None,
        record: RecordLine {
            events: 7,
            sealed_to: Some(47_881),
            state: RecordState::Sound,
            checkpoint: Some("2026-11-23 07:00".into()),
        },
        print: "card.html".into(),
        papers: Vec::new(),
    }
}

fn accepted(words: Words) -> HazardPage {
    let mut hazard = submitted(words);
    hazard.frame = frame(words, "section.hazards", Some(Section::Hazards), city());
    hazard.frame.notice = Some(Notice {
        text: words.get("delivered.interim_measure").into(),
        next: Some(words.fill("delivered.next", &[("whom", "市安委办")])),
        delivered: Some("key-interim-measure".into()),
    });
    hazard.stage = "accepted".into();
    hazard.path[4] = step(
        "accept",
        StepState::Done,
        "赵明远 汉滨区应急管理局",
        "11-22 17:05",
    );
    hazard.path[5] = step("sign_off", StepState::Now, "等待市安委办", "12-04 24:00 前");
    hazard.timeline.insert(
        0,
        TimelineEvent {
            act: "accept".into(),
            outcome: Outcome::Passed,
            when: "11-22 17:05".into(),
            when_full: "2026-11-22 17:05".into(),
            who: who("赵明远", "汉滨区应急管理局 执法大队副大队长"),
            opinion: Some("现场试水两次，末端 0.37 MPa，切断阀可操作，验收合格。".into()),
            ..TimelineEvent::default()
        },
    );
    hazard.acts = vec![
        acts::sign_off(words),
        acts::interim_measure(words),
        acts::voiding(words),
    ];
    hazard
}

/// A report just arrived: no plan, no photo, no events but one.
fn reported(words: Words) -> HazardPage {
    let mut hazard = submitted(words);
    hazard.number = "汉滨-2026-01845".into();
    hazard.description = "人员密集场所疏散通道堆放货物，二层安全出口上锁".into();
    hazard.stage = "reported".into();
    hazard.severity = Severity {
        determination: "pending".into(),
        ..hazard.severity
    };
    hazard.path = vec![
        step(
            "report",
            StepState::Done,
            "周小兰 张滩镇应急管理办公室",
            "11-20 16:40",
        ),
        step(
            "confirm",
            StepState::Now,
            "等待汉滨区应急管理局",
            "11-23 24:00 前",
        ),
        step("plan", StepState::Skipped, "", ""),
        step("rectify", StepState::Next, "", ""),
        step("accept", StepState::Next, "", ""),
        step("sign_off", StepState::Next, "", ""),
    ];
    hazard.due = due(words, 16 * HOUR + 55 * 60_000, "2026-11-23 24:00");
    hazard.clauses.clear();
    hazard.before.clear();
    hazard.after.clear();
    hazard.plan = None;
    hazard.measures.clear();
    hazard.returns = 0;
    hazard.last_return = None;
    hazard.timeline.drain(..5);
    hazard.record = RecordLine {
        events: 1,
        ..RecordLine::default()
    };
    hazard.acts = vec![
        acts::confirmation(words),
        acts::interim_measure(words),
        acts::voiding(words),
    ];
    hazard
}

fn rectifying(words: Words) -> HazardPage {
    let mut hazard = submitted(words);
    hazard.frame = frame(
        words,
        "section.hazards",
        Some(Section::Hazards),
        viewer("郑伟", "示例汉水食品冷链有限公司", "总经理", "汉滨区建民街道"),
    );
    hazard.stage = "rectifying".into();
    hazard.path[3] = step(
        "rectify",
        StepState::Now,
        "等待示例汉水食品冷链",
        "11-17 24:00 前",
    );
    hazard.path[4] = step("accept", StepState::Next, "汉滨区应急管理局", "");
    hazard.due = due(words, -5 * DAY - 7 * HOUR, "2026-11-17 24:00");
    let again = ActForm {
        opener: words.get("opener.plan").into(),
        weight: Weight::Ordinary,
        ..acts::plan(words)
    };
    hazard.acts = vec![acts::rectification(words), again, acts::interim_measure(words)];
    hazard
}

fn watched(words: Words) -> HazardPage {
    let mut hazard = submitted(words);
    let reads = viewer("孙立", "市纪委监委", "第二监督检查室副主任", "安康市").map(|who| Viewer {
        read_only: true,
        ..who
    });
    hazard.frame = frame(words, "section.hazards", Some(Section::Hazards), reads);
    hazard.acts.clear();
    hazard.idle = Some(Idle {
        why: words.get("idle.read_only").into(),
        rule: None,
        who_can: Some("汉滨区应急管理局 王海燕、李文斌".into()),
    });
    hazard.record.state = RecordState::Broken;
    hazard
}

/// A paper as it comes from `press`, in the page that shows it.
fn sheet(words: Words) -> PaperPage {
    let hazard = accepted(words);
    let facts = hazard
        .facts
        .iter()
        .map(|fact| press::papers::Fact::new(fact.label.clone(), fact.value.clone()));
    let sheet = press::papers::sign_off_sheet::SignOffSheet {
        number: hazard.number,
        facts: facts.collect(),
        description: hazard.description,
        mark: press::Mark {
            as_of: hazard.frame.as_of.clone(),
            demo: true,
            ..press::Mark::default()
        },
        ..Default::default()
    };
    PaperPage {
        frame: hazard.frame,
        paper: press::html::write(&press::papers::sign_off_sheet::paper(&sheet)),
        word: "sheet.docx".into(),
        back: "hazard-county.html".into(),
    }
}

fn card(words: Words) -> CardPage {
    let hazard = accepted(words);
    let hand = |act: &str, who: &str, when: &str, opinion: &str| CardHand {
        act: act.into(),
        who: who.into(),
        when: when.into(),
        opinion: opinion.into(),
    };
    CardPage {
        frame: hazard.frame,
        number: hazard.number,
        description: hazard.description,
        stage: hazard.stage,
        severity: hazard.severity,
        facts: hazard.facts,
        clauses: hazard.clauses,
        plan: elements(),
        hands: vec![
            hand("report", "陈静 市安委办", "2026-11-03 15:20", "不打招呼检查发现"),
            hand(
                "confirm",
                "赵明远 汉滨区应急管理局",
                "2026-11-03 17:10",
                "属实，限 11-17 前整改",
            ),
            hand(
                "determine",
                "何国栋 市应急管理局",
                "2026-11-05 09:05",
                "认定为重大事故隐患",
            ),
            hand("plan", "郑伟 示例汉水食品冷链", "2026-11-05 17:30", ""),
            hand(
                "accept",
                "王海燕、李文斌 汉滨区应急管理局",
                "2026-11-18 10:20",
                "末端 0.12 MPa，退回整改",
            ),
            hand(
                "rectify",
                "郑伟 示例汉水食品冷链",
                "2026-11-21 16:42",
                "稳压泵已更换，末端 0.38 MPa",
            ),
            hand(
                "accept",
                "赵明远、李文斌 汉滨区应急管理局",
                "2026-11-22 17:05",
                "试水两次，验收合格",
            ),
        ],
        before: first(hazard.before),
        after: first(hazard.after),
        record: hazard.record,
        back: "hazard-city.html".into(),
    }
}

/// The acceptance as it comes back: too few inspectors, no opinion.
fn acceptance_with_errors(words: Words) -> ActForm {
    let mut form = acts::acceptance(words);
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

pub fn pages(words: Words) -> Vec<Page> {
    let mut wrong = submitted(words);
    wrong.acts[0] = acceptance_with_errors(words);
    let mut waiting = submitted(words);
    waiting.frame = frame(
        words,
        "section.hazards",
        Some(Section::Hazards),
        viewer("郑伟", "示例汉水食品冷链有限公司", "总经理", "汉滨区建民街道"),
    );
    waiting.acts.clear();
    waiting.idle = Some(Idle {
        why: words.get("idle.waits").into(),
        rule: Some(words.get("refusal.not-your-act").into()),
        who_can: Some("汉滨区应急管理局 赵明远、王海燕".into()),
    });
    vec![
        page("hazard-county", submitted(words)),
        page("hazard-city", accepted(words)),
        page("hazard-reported", reported(words)),
        page("hazard-enterprise", rectifying(words)),
        page("hazard-wrong", wrong),
        page("hazard-idle", waiting),
        page("hazard-watched", watched(words)),
        page("card", card(words)),
        page("sheet", sheet(words)),
    ]
}

fn first(photos: Vec<Photo>) -> CardPhoto {
    CardPhoto {
        more: photos.len().saturating_sub(1),
        photo: photos.into_iter().next(),
    }
}
