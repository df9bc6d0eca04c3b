//! Sample facts for each paper: people and units are invented.

use press::{
    Mark, Paper,
    model::Signature,
    papers::{
        Fact, Opinion,
        handover::{self, Handover, Problem},
        hazard_card::{self, Element, HazardCard, Return, Step},
        recheck::{self, Inspector, Item, Looked, Recheck, UnitSigns},
        sign_off_sheet::{self, SignOffSheet},
    },
};

pub const UNIT: &str = "示例汉水食品冷链有限公司";
pub const DESCRIPTION: &str = "液氨储罐区喷淋系统压力不足，试验时末端无水；应急切断阀手轮缺失";

pub fn mark() -> Mark {
    Mark {
        as_of: "2026-11-24 20:12".into(),
        record: vec!["存证校验一致".into(), "存证序号 47881".into()],
        demo: true,
    }
}

fn step(name: &str, who: &str, when: &str, text: &str) -> Step {
    Step {
        name: name.into(),
        who: who.into(),
        when: when.into(),
        text: text.into(),
    }
}

pub fn card() -> HazardCard {
    let element = |name: &str, text: &str, done: u8| Element {
        name: name.into(),
        text: text.into(),
        planned: done > 0,
        in_place: done > 1,
        proven: done > 2,
    };
    let steps = vec![
        step(
            "发现上报",
            "市安委办 督查科科长 陈静",
            "2026-11-03 15:20",
            "督查发现",
        ),
        step(
            "核实判定",
            "汉滨区应急管理局 执法大队副大队长 赵明远",
            "2026-11-04 10:05",
            "重大事故隐患，限 11 月 25 日前整改",
        ),
        step(
            "整改",
            "示例汉水食品冷链有限公司 总经理 郑伟",
            "2026-11-21 16:42",
            "稳压泵已更换，末端实测 0.38 MPa；手轮补装并挂牌，两次试验记录附后。",
        ),
        step(
            "验收",
            "汉滨区应急管理局 执法大队队员 王海燕",
            "2026-11-23 10:20",
            "现场实测合格，同意通过验收。",
        ),
        step("销号", "", "", ""),
    ];
    let mut timeline = steps[..4].to_vec();
    timeline.extend((0..7).map(|n| {
        step(
            "临时管控",
            "汉滨区应急管理局 赵明远",
            &format!("2026-11-0{} 15:50", 9 - n),
            "停止二号储罐卸氨，储量降至 40%，设 24 小时专人值守。",
        )
    }));
    HazardCard {
        city: "安康市".into(),
        number: "610902-2026-00123".into(),
        description: DESCRIPTION.into(),
        level: "疑似重大".into(),
        determination: "重大事故隐患".into(),
        stage: "已验收，待销号".into(),
        facts: vec![
            Fact::new("受检单位", UNIT),
            Fact::new("地点", "汉滨区建民街道长征路 储罐区东侧"),
            Fact::new("行业", "农副食品加工业"),
            Fact::new("来源", "督查发现"),
            Fact::new("监管单位", "汉滨区应急管理局"),
            Fact::new("办理路线", "企业整改、县级验收、市级销号"),
            Fact::new("文书号", "（汉滨）应急责改〔2026〕演示12号"),
        ],
        clauses: vec!["应急管理部令第10号 第三条".into()],
        steps,
        due: "2026-11-27 24:00 到期".into(),
        why: vec![
            Fact::new("起算", "2026-11-23 10:20"),
            Fact::new("时长", "市级销号时限（市设时限，非法定）"),
            Fact::new("计算", "4 个工作日"),
        ],
        plan: vec![
            element("目标", "喷淋末端压力不低于 0.35 MPa，切断阀完好可操作", 3),
            element("措施", "更换稳压泵和锈蚀管段，补装手轮并挂牌，全系统试验两次", 3),
            element("时限", "2026-11-25", 2),
            element("资金", "186000 元", 3),
            element("责任人", "总经理 郑伟", 1),
        ],
        returns: vec![Return {
            from: "待验收".into(),
            reason: "手轮已补装；喷淋末端实测 0.12 MPa，未达要求，退回整改。".into(),
            who: "汉滨区应急管理局 王海燕".into(),
            when: "2026-11-18 10:20".into(),
        }],
        timeline,
        mark: mark(),
    }
}

pub fn sheet() -> SignOffSheet {
    let opinion = |text: &str, who: &str, day: &str| Opinion {
        text: text.into(),
        who: who.into(),
        day: day.into(),
    };
    SignOffSheet {
        number: "610902-2026-00123".into(),
        facts: card().facts,
        description: DESCRIPTION.into(),
        clauses: card().clauses,
        rectified: opinion(
            "稳压泵已更换，末端实测 0.38 MPa；手轮补装并挂牌。",
            "总经理 郑伟",
            "2026-11-21",
        ),
        accepted: opinion(
            "现场实测合格，同意通过验收。",
            "汉滨区应急管理局 王海燕",
            "2026-11-23",
        ),
        inspectors: vec![
            "王海燕（执法证 27060001）".into(),
            "李文斌（执法证 27060002）".into(),
        ],
        visit: "2026-11-23 09:30，储罐区东侧".into(),
        reviewed: Opinion::default(),
        signed_off: Opinion::default(),
        returns: 1,
        leader: Some(Opinion::default()),
        mark: mark(),
    }
}

pub fn recheck() -> Recheck {
    let item = |problem: &str, result, seen: &str| Item {
        problem: problem.into(),
        result,
        seen: seen.into(),
    };
    Recheck {
        number: "安安办复〔2026〕3号".into(),
        order_no: "（汉滨）应急责改〔2026〕演示12号".into(),
        unit: UNIT.into(),
        about_unit: vec![
            Fact::new("地址", "汉滨区建民街道长征路"),
            Fact::new("负责人", "郑伟"),
        ],
        visited: "2026-11-23 09:30—11:00".into(),
        place: "储罐区东侧".into(),
        items: vec![
            item("喷淋系统末端无水", Looked::Done, "末端实测 0.38 MPa，照片 1、2"),
            item("应急切断阀手轮缺失", Looked::Partly, "已补装 3 处，余 1 处待到货"),
            item("操作规程未上墙", Looked::NotDone, ""),
        ],
        opinion: "第 1 项已整改；第 2、3 项继续整改，12 月 5 日前报复查。".into(),
        inspectors: vec![Inspector {
            name: "王海燕".into(),
            certificate_no: "27060001".into(),
        }],
        unit_signs: UnitSigns::Refused {
            why: "对第 3 项有异议".into(),
            witness: "建民街道办 张磊".into(),
        },
        signature: Signature {
            organ: "汉滨区应急管理局".into(),
            date: "2026-11-23".into(),
        },
        mark: mark(),
    }
}

pub fn handover() -> Handover {
    let problem = |at: usize| Problem {
        unit: format!("示例企业{at}有限公司"),
        place: "汉滨区建民街道".into(),
        description: format!("11月18日10时，{at}号车间配电箱未接地，门锁损坏，线缆裸露"),
        clause: "《安全生产法》第三十六条".into(),
        level: "一般".into(),
        demand: "更换配电箱并接地，试验合格".into(),
        deadline: "2026-12-05".into(),
        responsible: format!("示例企业{at}有限公司"),
        supervisor: "汉滨区应急管理局".into(),
        photos: format!("P{at:03}"),
    };
    Handover {
        organ_mark: Some("示例市安全生产委员会办公室".into()),
        number: "示安办函〔2026〕12号".into(),
        to: "汉滨区安全生产委员会办公室".into(),
        basis: "根据年度督查计划".into(),
        visit: "市安委办于 11 月 18 日至 20 日对你区 12 家单位开展四不两直检查".into(),
        demands: vec![],
        answer_by: "2026-12-05".into(),
        contact: "陈静".into(),
        telephone: "0915-0000000".into(),
        signature: Signature {
            organ: "示例市安全生产委员会办公室".into(),
            date: "2026-11-24".into(),
        },
        problems: (1..=23).map(problem).collect(),
        mark: mark(),
    }
}

/// Each paper with its name.
pub fn papers() -> Vec<(&'static str, Paper)> {
    vec![
        ("card", hazard_card::paper(&card())),
        ("sheet", sign_off_sheet::paper(&sheet())),
        ("recheck", recheck::paper(&recheck())),
        ("handover", handover::paper(&handover())),
    ]
}

/// The same of which nothing is known.
pub fn blanks() -> Vec<(&'static str, Paper)> {
    let sheet = SignOffSheet {
        leader: Some(Opinion::default()),
        ..SignOffSheet::default()
    };
    let problems = vec![Problem::default()];
    vec![
        ("card", hazard_card::paper(&HazardCard::default())),
        ("sheet", sign_off_sheet::paper(&sheet)),
        (
            "recheck",
            recheck::paper(&Recheck {
                items: vec![Item::default()],
                ..Recheck::default()
            }),
        ),
        (
            "handover",
            handover::paper(&Handover {
                problems,
                ..Handover::default()
            }),
        ),
    ]
}
