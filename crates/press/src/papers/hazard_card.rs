//! 隐患档案卡 (FIRST_DAY: 一隐患一档案): one hazard on one leaf of A4.
//!
//! 发现 → 判定 → 整改 → 验收 → 销号 with who and when, why the deadline is what it is, 五到位 as boxes, returns, and the newest of the
//! timeline. To stay one leaf it cuts long texts with an ellipsis and says how many records it leaves to the file in the system.

use super::{Fact, card_parts};
use crate::{
    model::{Block, Cell, Mark, Page, Paper, Part, Row, Table},
    text::cut,
};

/// 170 mm, the width of a form's page.
pub(super) const PAIRS: [u32; 4] = [24, 61, 24, 61];

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HazardCard {
    pub city: String,
    /// `610902-2026-00123`
    pub number: String,
    pub description: String,
    /// The finder's view, the legal determination and the present stage, as words.
    pub level: String,
    pub determination: String,
    pub stage: String,
    /// Unit, place, industry, source, regulator, route, number of the order, in the order they are to stand.
    pub facts: Vec<Fact>,
    pub clauses: Vec<String>,
    /// The five steps of the loop in order; a step not yet done has its name alone.
    pub steps: Vec<Step>,
    /// What is due and when: `2026-11-25 24:00 到期`. Empty when nothing is.
    pub due: String,
    /// The arithmetic behind it, line by line.
    pub why: Vec<Fact>,
    /// 五到位 in the order of the plan; empty where no plan is filed, and then the boxes are printed open.
    pub plan: Vec<Element>,
    /// Oldest first.
    pub returns: Vec<Return>,
    /// Newest first.
    pub timeline: Vec<Step>,
    pub mark: Mark,
}

/// One step or one record: what, by whom, when, with which words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    pub name: String,
    pub who: String,
    /// `2026-11-20 09:12`
    pub when: String,
    pub text: String,
}

/// One of 五到位: 目标、措施、时限、资金、责任人.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Element {
    pub name: String,
    pub text: String,
    /// 计划, 落实, 凭证
    pub planned: bool,
    pub in_place: bool,
    pub proven: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Return {
    /// The stage it came back from, as a word.
    pub from: String,
    pub reason: String,
    pub who: String,
    pub when: String,
}

pub fn paper(card: &HazardCard) -> Paper {
    let name = format!("隐患档案卡 {}", card.number);
    let head = vec![
        format!("编号：{}", card.number),
        format!("填报地区：{}", card.city),
    ];
    let mut blocks = vec![
        Block::Title("隐患档案卡".into()),
        Block::Line(head),
        Block::Table(known(card)),
    ];
    blocks.push(Block::Table(card_parts::plan(&card.plan)));
    blocks.push(Block::Table(card_parts::steps(&card.steps)));
    if !card.returns.is_empty() {
        blocks.push(Block::Table(card_parts::returns(&card.returns)));
    }
    if !card.timeline.is_empty() {
        blocks.push(Block::Table(card_parts::timeline(&card.timeline)));
    }
    Paper {
        name: name.trim().to_owned(),
        parts: vec![Part {
            page: Page::Form,
            blocks,
        }],
        mark: card.mark.clone(),
    }
}

fn known(card: &HazardCard) -> Table {
    let mut table = Table::new(PAIRS).dense();
    let wide = |label: &str, text: String| Row::of([Cell::label(label), Cell::text(text).across(3)]);
    table.push(wide("隐患描述", cut(&card.description, 160)));
    table.pairs(&[
        ("隐患等级".into(), card.level.clone()),
        ("判定结论".into(), card.determination.clone()),
    ]);
    let facts: Vec<_> = card
        .facts
        .iter()
        .take(14)
        .map(|fact| (fact.label.clone(), cut(&fact.value, 60)))
        .collect();
    table.pairs(&facts);
    if !card.clauses.is_empty() {
        let clauses: Vec<String> = card
            .clauses
            .iter()
            .take(4)
            .map(|clause| cut(clause, 60))
            .collect();
        let more = card.clauses.len().saturating_sub(clauses.len());
        let more = (more > 0).then(|| format!("另有 {more} 条"));
        table.push(wide(
            "判定依据",
            clauses.into_iter().chain(more).collect::<Vec<_>>().join("\n"),
        ));
    }
    table.push(wide("当前环节", card.stage.clone()));
    let why = card
        .why
        .iter()
        .take(5)
        .map(|line| format!("{}：{}", line.label, cut(&line.value, 80)));
    let due = (!card.due.is_empty()).then(|| card.due.clone());
    table.push(wide(
        "期限及由来",
        due.into_iter().chain(why).collect::<Vec<_>>().join("\n"),
    ));
    table
}
