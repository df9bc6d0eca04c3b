//! 整改复查（验收）意见书: what an earlier paper ordered, item by item: 已整改, 部分整改, 未整改; seen when and where, by two people with
//! certificates, and signed by the unit or its refusal noted (safety.md: 安全生产法 Art. 68 for signatures and refusals).
//!
//! It quotes an order by number and is none: consequences, rights and remedies belong to the enforcement paper that follows.

use super::{Fact, or_room};
use crate::model::{Align, Block, Cell, Mark, Page, Paper, Part, Row, Signature, Table, date_or_room};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recheck {
    /// Own number of this paper, from the city's series; empty until it is issued.
    pub number: String,
    /// 原文书号: the order, letter or list whose items are looked at, as it is quoted.
    pub order_no: String,
    pub unit: String,
    /// Address of the unit, its head, telephone: as label and value.
    pub about_unit: Vec<Fact>,
    /// When the inspectors were there: `2026-11-24 09:30—11:00`, and where on the site.
    pub visited: String,
    pub place: String,
    pub items: Vec<Item>,
    /// The conclusion in words.
    pub opinion: String,
    /// At least two sign; lines for two are printed in any case, and of more than [`MOST_LINES`] how many there are.
    pub inspectors: Vec<Inspector>,
    pub unit_signs: UnitSigns,
    /// The organ that re-checks, with room for its seal.
    pub signature: Signature,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// As the earlier paper words it.
    pub problem: String,
    pub result: Looked,
    /// What was seen, and the numbers of photos.
    pub seen: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Looked {
    /// Not looked at yet: three open boxes.
    #[default]
    Open,
    Done,
    Partly,
    NotDone,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspector {
    pub name: String,
    /// Number of the enforcement certificate.
    pub certificate_no: String,
}

/// 受检单位签字.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum UnitSigns {
    #[default]
    Awaited,
    /// Who signed for the unit, and on which day.
    Signed { name: String, day: String },
    /// 拒签: why, as noted by the inspectors, and who was there.
    Refused { why: String, witness: String },
}

/// As many as sign on one leaf.
pub const MOST_LINES: usize = 30;

impl Looked {
    /// The three answers, with the one that was given ticked.
    fn boxes(self) -> String {
        let tick = |one: Looked| if self == one { '☑' } else { '□' };
        format!(
            "{}已整改\n{}部分整改\n{}未整改",
            tick(Looked::Done),
            tick(Looked::Partly),
            tick(Looked::NotDone)
        )
    }
}

pub fn paper(recheck: &Recheck) -> Paper {
    let mut blocks = vec![Block::Title("整改复查（验收）意见书".into())];
    if !recheck.number.is_empty() {
        blocks.push(Block::Number(recheck.number.clone()));
    }
    blocks.push(Block::Table(about(recheck)));
    let rows = recheck.items.iter().enumerate();
    let rows = rows.map(|(at, item)| {
        [
            (at + 1).to_string(),
            item.problem.clone(),
            item.result.boxes(),
            item.seen.clone(),
        ]
    });
    blocks.push(Block::Table(Table::list(
        [("序号", 12), ("原列问题", 68), ("复查结果", 26), ("现场情况", 64)],
        rows,
    )));
    blocks.push(Block::Table(signed(recheck)));
    let name = format!("整改复查意见书 {}", recheck.unit);
    Paper {
        name: name.trim().to_owned(),
        parts: vec![Part {
            page: Page::Form,
            blocks,
        }],
        mark: recheck.mark.clone(),
    }
}

fn about(recheck: &Recheck) -> Table {
    let mut table = Table::new(super::hazard_card::PAIRS);
    let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    table.pairs(&[
        pair("受检单位", &recheck.unit),
        pair("原文书号", &recheck.order_no),
    ]);
    let about: Vec<_> = recheck
        .about_unit
        .iter()
        .take(8)
        .map(|fact| pair(&fact.label, &fact.value))
        .collect();
    table.pairs(&about);
    table.pairs(&[
        pair("复查时间", &recheck.visited),
        pair("现场地点", &recheck.place),
    ]);
    table
}

fn signed(recheck: &Recheck) -> Table {
    let mut table = Table::new([30, 140]);
    table.push(Row::of([Cell::label("复查意见"), Cell::text(recheck.opinion.as_str())]).least(26));
    let nobody = Inspector::default();
    let lines = (0..recheck.inspectors.len().clamp(2, MOST_LINES)).map(|at| {
        let one = recheck.inspectors.get(at).unwrap_or(&nobody);
        (
            format!(
                "{}　　证号：{}　　签字：",
                or_room(&one.name),
                or_room(&one.certificate_no)
            ),
            Align::Start,
        )
    });
    let rest = recheck.inspectors.len().saturating_sub(MOST_LINES);
    let rest = (rest > 0).then(|| {
        let told = format!("另有复查人员 {rest} 人，见各项验收记录。");
        (told, Align::Start)
    });
    let lines: Vec<_> = lines.chain(rest).collect();
    table.push(Row::of([Cell::label("复查人员\n（两人以上）"), Cell::lines(lines)]).least(20));
    let unit = match &recheck.unit_signs {
        UnitSigns::Awaited => vec![
            (
                format!("签字：　　　　　　　　{}", date_or_room("")),
                Align::Start,
            ),
            ("□拒签，原因：".into(), Align::Start),
        ],
        UnitSigns::Signed { name, day } => vec![(
            format!("签字：{}　　{}", or_room(name), date_or_room(day)),
            Align::Start,
        )],
        UnitSigns::Refused { why, witness } => {
            vec![
                (format!("☑拒签，原因：{why}"), Align::Start),
                (format!("见证人：{}", or_room(witness)), Align::Start),
            ]
        }
    };
    table.push(Row::of([Cell::label("受检单位"), Cell::lines(unit)]).least(18));
    let organ = Cell::lines([
        (format!("{}（盖章）　　", recheck.signature.organ), Align::End),
        (
            format!("{}　　", date_or_room(&recheck.signature.date)),
            Align::End,
        ),
    ]);
    table.push(Row::of([Cell::label("复查机关"), organ]).least(34));
    table
}
