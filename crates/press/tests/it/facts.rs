//! Every fact stands on its paper, in the file and in the print view; what is not known is a blank.

use press::{
    html,
    papers::{
        Opinion, handover, hazard_card,
        recheck::{self, Looked, UnitSigns},
        sign_off_sheet,
    },
};

use crate::{
    samples::{self, DESCRIPTION, UNIT, blanks, papers},
    see::{Document, written},
};

/// The text of a print view.
fn visible(html: &str) -> String {
    let text = html.replace("<br>", "\n");
    let text = text
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect::<Vec<_>>()
        .join("\n");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn holds(paper: &press::Paper, facts: &[&str]) {
    let file = Document::read(&written(paper)["word/document.xml"]).text;
    let view = visible(&html::write(paper));
    for fact in facts {
        assert!(file.contains(fact), "the file does not say {fact}: {file}");
        assert!(view.contains(fact), "the view does not say {fact}: {view}");
    }
}

#[test]
fn the_card_holds_the_whole_case() {
    let card = samples::card();
    let paper = hazard_card::paper(&card);
    let mut facts = vec![
        "隐患档案卡",
        "610902-2026-00123",
        DESCRIPTION,
        "疑似重大",
        "重大事故隐患",
        "已验收，待销号",
        "安康市",
    ];
    facts.extend(
        card.facts
            .iter()
            .flat_map(|fact| [fact.label.as_str(), fact.value.as_str()]),
    );
    facts.extend(card.clauses.iter().map(String::as_str));
    facts.extend(card.steps.iter().flat_map(|step| {
        [
            step.name.as_str(),
            step.when.as_str(),
            step.who.as_str(),
            step.text.as_str(),
        ]
    }));
    facts.extend(
        card.plan
            .iter()
            .flat_map(|element| [element.name.as_str(), element.text.as_str()]),
    );
    facts.extend([
        "2026-11-27 24:00 到期",
        "4 个工作日",
        "第 1 次退回",
        "末端实测 0.12 MPa",
        "2026-11-18 10:20",
        "另有 3 条，见系统内档案",
    ]);
    holds(&paper, &facts);
    let ticks = Document::read(&written(&paper)["word/document.xml"])
        .text
        .matches('√')
        .count();
    assert_eq!(ticks, 3 + 3 + 2 + 3 + 1);
}

#[test]
fn a_card_without_a_plan_has_its_five_boxes_open() {
    let paper = hazard_card::paper(&hazard_card::HazardCard {
        plan: vec![],
        ..samples::card()
    });
    holds(&paper, &["目标", "措施", "时限", "资金", "责任人"]);
    assert!(
        !Document::read(&written(&paper)["word/document.xml"])
            .text
            .contains('√')
    );
}

#[test]
fn of_many_returns_the_card_shows_the_newest_under_their_own_numbers() {
    let mut card = samples::card();
    card.returns = (1..=5)
        .map(|n| hazard_card::Return {
            reason: format!("理由{n}"),
            ..card.returns[0].clone()
        })
        .collect();
    let paper = hazard_card::paper(&card);
    holds(&paper, &["第 3 次退回", "理由3", "第 5 次退回", "理由5"]);
    assert!(
        !Document::read(&written(&paper)["word/document.xml"])
            .text
            .contains("理由2")
    );
}

#[test]
fn the_sign_off_sheet_holds_each_opinion_with_its_place() {
    let mut sheet = samples::sheet();
    sheet.signed_off = Opinion {
        text: "同意销号。".into(),
        who: "市安委办 陈静".into(),
        day: "2026-11-24".into(),
    };
    let paper = sign_off_sheet::paper(&sheet);
    holds(
        &paper,
        &[
            "隐患销号审批单",
            "610902-2026-00123",
            UNIT,
            DESCRIPTION,
            "稳压泵已更换",
            "期间退回 1 次",
            "现场实测合格，同意通过验收。",
            "王海燕（执法证 27060001）、李文斌（执法证 27060002）",
            "2026-11-23 09:30，储罐区东侧",
            "2026年11月23日",
            "同意销号。",
            "市安委办 陈静",
            "2026年11月24日",
        ],
    );
    let text = Document::read(&written(&paper)["word/document.xml"]).text;
    let order =
        ["县级验收", "市级行业", "安委办意见", "安委会领导"].map(|label| text.find(label).expect(label));
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(text.matches("（盖章）").count(), 4);
    assert_eq!(
        text.matches("　　年　　月　　日").count(),
        2,
        "what nobody has signed has room for a date"
    );
}

#[test]
fn only_a_listed_hazard_goes_before_a_leader() {
    let paper = sign_off_sheet::paper(&sign_off_sheet::SignOffSheet {
        leader: None,
        ..samples::sheet()
    });
    let text = Document::read(&written(&paper)["word/document.xml"]).text;
    assert!(!text.contains("安委会领导") && text.matches("（盖章）").count() == 3);
}

#[test]
fn the_re_check_holds_results_item_by_item_and_who_was_there() {
    let paper = recheck::paper(&samples::recheck());
    holds(
        &paper,
        &[
            "安安办复〔2026〕3号",
            "（汉滨）应急责改〔2026〕演示12号",
            UNIT,
            "汉滨区建民街道长征路",
            "2026-11-23 09:30—11:00",
            "储罐区东侧",
            "喷淋系统末端无水",
            "☑已整改",
            "☑部分整改",
            "☑未整改",
            "末端实测 0.38 MPa，照片 1、2",
            "王海燕",
            "27060001",
            "☑拒签，原因：对第 3 项有异议",
            "见证人：建民街道办 张磊",
            "汉滨区应急管理局（盖章）",
            "2026年11月23日",
        ],
    );
    let text = Document::read(&written(&paper)["word/document.xml"]).text;
    assert_eq!(
        text.matches("证号：").count(),
        2,
        "a line for the second person in any case"
    );
    assert_eq!((text.matches('☑').count(), text.matches('□').count()), (4, 6));
}

#[test]
fn a_unit_that_signed_has_not_refused() {
    let signed = UnitSigns::Signed {
        name: "郑伟".into(),
        day: "2026-11-23".into(),
    };
    let paper = recheck::paper(&recheck::Recheck {
        unit_signs: signed,
        ..samples::recheck()
    });
    holds(&paper, &["签字：郑伟"]);
    assert!(
        !Document::read(&written(&paper)["word/document.xml"])
            .text
            .contains("拒签")
    );
    let items = vec![recheck::Item {
        result: Looked::Open,
        ..recheck::Item::default()
    }];
    let open = recheck::paper(&recheck::Recheck {
        items,
        ..recheck::Recheck::default()
    });
    let text = Document::read(&written(&open)["word/document.xml"]).text;
    assert!(text.contains("□已整改") && text.contains("□拒签") && !text.contains('☑'));
}

/// Nobody who looked is left out without a word.
#[test]
fn of_more_inspectors_than_sign_on_a_leaf_the_number_is_told() {
    let inspectors = (1..=33).map(|n| recheck::Inspector {
        name: format!("复查员{n}"),
        certificate_no: format!("演示{n}"),
    });
    let paper = recheck::paper(&recheck::Recheck {
        inspectors: inspectors.collect(),
        ..samples::recheck()
    });
    holds(
        &paper,
        &["复查员7", "复查员30", "另有复查人员 3 人，见各项验收记录。"],
    );
}

#[test]
fn the_letter_holds_what_it_hands_over() {
    let letter = samples::handover();
    let paper = handover::paper(&letter);
    let problem = &letter.problems[22];
    holds(
        &paper,
        &[
            "示安办函〔2026〕12号",
            "汉滨区安全生产委员会办公室：",
            "根据年度督查计划",
            "发现问题 23 项（清单附后）",
            "请于12月5日前书面反馈",
            "联系人：陈静，联系电话：0915-0000000",
            "2026年11月24日",
            handover::LIST,
            "序号",
            "受检单位",
            "属地",
            "问题描述",
            "违反条款",
            "等级",
            "整改要求",
            "期限",
            "责任单位",
            "督办部门",
            "照片编号",
            "23",
            &problem.unit,
            &problem.place,
            &problem.description,
            &problem.clause,
            &problem.level,
            &problem.demand,
            &problem.deadline,
            &problem.responsible,
            &problem.supervisor,
            &problem.photos,
        ],
    );
    let next_year = handover::paper(&handover::Handover {
        answer_by: "2027-01-05".into(),
        ..letter
    });
    holds(&next_year, &["请于2027年1月5日前书面反馈"]);
}

/// Nobody knows, so a pen will say; a machine's words for nothing never stand there.
#[test]
fn what_is_not_known_is_blank() {
    for (name, paper) in blanks() {
        let text = Document::read(&written(&paper)["word/document.xml"]).text;
        let view = visible(&html::write(&paper));
        for words in ["None", "null", "NaN", "Some", "0", "undefined", "1970"] {
            assert!(
                !text.contains(words) && !view.contains(words),
                "{name} says {words}: {text}"
            );
        }
        assert!(!text.contains("数据截至"), "{name}");
        assert!(
            text.lines().all(|line| line != "："),
            "{name} addresses nobody and leaves no room"
        );
    }
}

#[test]
fn long_texts_are_cut_on_a_sheet_that_stays_one_leaf_and_whole_in_a_list() {
    let long = "长".repeat(900);
    let card = hazard_card::paper(&hazard_card::HazardCard {
        description: long.clone(),
        ..samples::card()
    });
    holds(&card, &["长…"]);
    assert!(!html::write(&card).contains(&long));
    let mut letter = samples::handover();
    letter.problems[0].description = long.clone();
    holds(&handover::paper(&letter), &[&long]);
}

#[test]
fn a_print_view_has_no_style_of_its_own_and_closes_what_it_opens() {
    for (name, paper) in papers() {
        let html = html::write(&paper);
        assert!(!html.contains(" style=") && !html.contains("<script"), "{name}");
        for tag in [
            "article", "section", "table", "thead", "tbody", "tr", "td", "th", "p", "h1", "div",
        ] {
            let opened =
                html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            assert_eq!(
                opened,
                html.matches(&format!("</{tag}>")).count(),
                "{name} <{tag}>"
            );
        }
        assert!(html.contains("演示数据"), "{name}");
    }
}
