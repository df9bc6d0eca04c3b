//! 隐患销号审批单: 县级验收意见 → 市级行业部门核查意见 → 安委办意见 → for listed hazards 安委会领导签批, each with its date and the place
//! of its seal.
//!
//! What somebody has said in the system is printed with name and day; the rest stays open for a pen. The sheet is no sign-off: that
//! is an act, and the sheet quotes it.

use super::{Fact, Opinion, opinion_cell};
use crate::{
    model::{Block, Cell, Mark, Page, Paper, Part, Row, Table},
    text::cut,
};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignOffSheet {
    /// Number of the hazard: the sheet has no series of its own.
    pub number: String,
    /// Unit, place, level, determination, deadline, order and the like, in the order they are to stand.
    pub facts: Vec<Fact>,
    pub description: String,
    pub clauses: Vec<String>,
    /// 整改完成情况, in the words of whoever rectified.
    pub rectified: Opinion,
    /// 县级验收意见, with the names of the inspectors and what they saw where.
    pub accepted: Opinion,
    /// `赵明远（执法证 27060001）`
    pub inspectors: Vec<String>,
    /// `2026-11-24 09:30，二号车间`; empty where the route asks for no visit.
    pub visit: String,
    /// 市级行业部门核查意见.
    pub reviewed: Opinion,
    /// 安委办意见.
    pub signed_off: Opinion,
    /// How many times it came back.
    pub returns: usize,
    /// Only listed hazards 挂牌 go before a leader of the committee; none: the box is not printed.
    pub leader: Option<Opinion>,
    pub mark: Mark,
}

pub fn paper(sheet: &SignOffSheet) -> Paper {
    let mut table = Table::new(super::hazard_card::PAIRS);
    let wide = |label: &str, text: String| Row::of([Cell::label(label), Cell::text(text).across(3)]);
    let facts: Vec<_> = sheet
        .facts
        .iter()
        .take(12)
        .map(|fact| (fact.label.clone(), cut(&fact.value, 60)))
        .collect();
    table.pairs(&facts);
    table.push(wide("隐患描述", cut(&sheet.description, 200)));
    if !sheet.clauses.is_empty() {
        let clauses = sheet.clauses.iter().take(3).map(|clause| cut(clause, 60));
        table.push(wide("判定依据", clauses.collect::<Vec<_>>().join("\n")));
    }
    table.push(wide("整改情况", rectified(sheet)));
    let accepted = Opinion {
        text: acceptance(sheet),
        ..sheet.accepted.clone()
    };
    let boxes = [
        ("县级验收\n意见", Some(&accepted)),
        ("市级行业\n部门核查\n意见", Some(&sheet.reviewed)),
        ("安委办意见", Some(&sheet.signed_off)),
        ("安委会领导\n签批（限挂\n牌督办）", sheet.leader.as_ref()),
    ];
    for (label, opinion) in boxes {
        if let Some(opinion) = opinion {
            table.push(Row::of([Cell::label(label), opinion_cell(opinion, 160).across(3)]).least(36));
        }
    }
    let blocks = vec![
        Block::Title("隐患销号审批单".into()),
        Block::Line(vec![format!("隐患编号：{}", sheet.number)]),
        Block::Table(table),
    ];
    let name = format!("隐患销号审批单 {}", sheet.number);
    Paper {
        name: name.trim().to_owned(),
        parts: vec![Part {
            page: Page::Form,
            blocks,
        }],
        mark: sheet.mark.clone(),
    }
}

fn rectified(sheet: &SignOffSheet) -> String {
    let done = &sheet.rectified;
    let by = [done.who.as_str(), done.day.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty());
    let by = by.collect::<Vec<_>>().join("，");
    let returns = (sheet.returns > 0).then(|| format!("期间退回 {} 次。", sheet.returns));
    let lines = [cut(&done.text, 160), by, returns.unwrap_or_default()];
    lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The opinion, and under it who looked, when and where.
fn acceptance(sheet: &SignOffSheet) -> String {
    let named: Vec<String> = sheet.inspectors.iter().take(6).cloned().collect();
    let inspectors = (!named.is_empty()).then(|| format!("验收人员：{}", named.join("、")));
    let visit = (!sheet.visit.is_empty()).then(|| format!("现场验收：{}", cut(&sheet.visit, 60)));
    let opinion = (!sheet.accepted.text.is_empty()).then(|| cut(&sheet.accepted.text, 120));
    opinion
        .into_iter()
        .chain(inspectors)
        .chain(visit)
        .collect::<Vec<_>>()
        .join("\n")
}
