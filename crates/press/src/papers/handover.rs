//! 交办函 and the 问题清单 that it hands over: a letter as GB/T 9704 sets it, and a list on a leaf turned sideways.
//!
//! The letter says on what it rests, how many problems it hands over and until when an answer in writing is asked for. What the
//! organ is called, its number and its telephone are the city's own; without a confirmed name there is no 版头.

use crate::model::{Block, Mark, Page, Paper, Part, Signature, Table, date};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handover {
    /// True name of the organ, as the city's table has confirmed it; none: paper without a printed head.
    pub organ_mark: Option<String>,
    /// 发文字号, taken from the series when the letter is issued; empty on a draft.
    pub number: String,
    /// 主送: `汉滨区安全生产委员会办公室`.
    pub to: String,
    /// On what it rests, as the sentence begins: `根据《……》（……号）和年度督查计划`.
    pub basis: String,
    /// What was done: `2026-11-18 至 11-20 对你区 12 家单位开展了四不两直检查`.
    pub visit: String,
    /// What the answer is to contain, where the letter asks for more than the results item by item.
    pub demands: Vec<String>,
    /// `2026-12-05`
    pub answer_by: String,
    pub contact: String,
    pub telephone: String,
    pub signature: Signature,
    /// In the order of the list; their numbers are those of the list, from 1.
    pub problems: Vec<Problem>,
    pub mark: Mark,
}

/// One row of 问题清单. Whatever is not known is left empty and filled by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// 受检单位
    pub unit: String,
    /// 属地: county and town
    pub place: String,
    /// 问题描述: time, place, fact
    pub description: String,
    /// 违反条款
    pub clause: String,
    /// 等级
    pub level: String,
    /// 整改要求
    pub demand: String,
    /// 期限, `2026-12-05`
    pub deadline: String,
    /// 责任单位
    pub responsible: String,
    /// 督办部门
    pub supervisor: String,
    /// 照片编号
    pub photos: String,
}

pub const LIST: &str = "安全生产督查发现问题清单";

/// 225 mm, the width of a letter's leaf turned sideways.
const COLUMNS: [(&str, u32); 11] = [
    ("序号", 11),
    ("受检单位", 24),
    ("属地", 17),
    ("问题描述", 41),
    ("违反条款", 24),
    ("等级", 12),
    ("整改要求", 25),
    ("期限", 20),
    ("责任单位", 17),
    ("督办部门", 17),
    ("照片编号", 17),
];

pub fn paper(letter: &Handover) -> Paper {
    let parts = vec![
        Part {
            page: Page::Official,
            blocks: words(letter),
        },
        Part {
            page: Page::OfficialWide,
            blocks: vec![
                Block::AttachmentMark("附件".into()),
                Block::Title(LIST.into()),
                Block::Table(list(&letter.problems)),
            ],
        },
    ];
    let name = format!("交办函 {}", letter.number);
    Paper {
        name: name.trim().to_owned(),
        parts,
        mark: letter.mark.clone(),
    }
}

fn words(letter: &Handover) -> Vec<Block> {
    let mut blocks: Vec<Block> = letter.organ_mark.iter().cloned().map(Block::Organ).collect();
    if !letter.number.is_empty() {
        blocks.push(Block::Number(letter.number.clone()));
    }
    blocks.push(Block::Title("关于交办安全生产督查发现问题的函".into()));
    blocks.push(Block::Addressee(super::or_room(&letter.to).to_owned()));
    let said = [letter.basis.as_str(), letter.visit.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty());
    let said = said.collect::<Vec<_>>().join("，");
    let comma = if said.is_empty() { "" } else { "，" };
    let count = match letter.problems.len() {
        0 => "发现的问题".to_owned(),
        n => format!("发现问题 {n} 项"),
    };
    blocks.push(Block::Paragraph(format!(
        "{said}{comma}{count}（清单附后），现予交办。"
    )));
    blocks.push(Block::Paragraph(
        "请对照清单逐项核实，明确责任单位和责任人，按期整改；不能立即整改的，先落实管控措施。".into(),
    ));
    blocks.extend(letter.demands.iter().take(20).cloned().map(Block::Paragraph));
    let until = until(&letter.answer_by, &letter.signature.date);
    blocks.push(Block::Paragraph(format!(
        "请于{until}前书面反馈逐项整改情况，并附整改前后照片等佐证材料。"
    )));
    blocks.push(Block::Attachments(vec![LIST.into()]));
    blocks.push(Block::Signature(letter.signature.clone()));
    let contact = [("联系人", &letter.contact), ("联系电话", &letter.telephone)];
    let contact: Vec<String> = contact
        .iter()
        .map(|(label, value)| format!("{label}：{}", super::or_room(value)))
        .collect();
    blocks.push(Block::Note(contact.join("，")));
    blocks
}

/// `12月5日`, with the year where it is not that of the letter.
fn until(day: &str, of_letter: &str) -> String {
    if day.is_empty() {
        return "　　月　　日".to_owned();
    }
    let whole = date(day);
    match whole.split_once('年') {
        Some((year, rest)) if of_letter.is_empty() || of_letter.starts_with(year) => rest.to_owned(),
        _ => whole,
    }
}

fn list(problems: &[Problem]) -> Table {
    let rows = problems.iter().enumerate().map(|(at, problem)| {
        let Problem {
            unit,
            place,
            description,
            clause,
            level,
            demand,
            deadline,
            responsible,
            supervisor,
            photos,
        } = problem.clone();
        [
            (at + 1).to_string(),
            unit,
            place,
            description,
            clause,
            level,
            demand,
            deadline,
            responsible,
            supervisor,
            photos,
        ]
    });
    Table::list(COLUMNS, rows).dense()
}
