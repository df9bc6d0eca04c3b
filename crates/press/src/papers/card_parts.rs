//! The lower tables of 隐患档案卡: 五到位, the steps of the loop, returns, the timeline.

use super::hazard_card::{Element, Return, Step};
use crate::{
    model::{Cell, Row, Table},
    text::cut,
};

/// How many of each fit on the leaf.
const MOST_RETURNS: usize = 3;
const MOST_RECORDS: usize = 8;

const FIVE: [&str; 5] = ["目标", "措施", "时限", "资金", "责任人"];

pub fn plan(elements: &[Element]) -> Table {
    let open = FIVE.map(|name| Element {
        name: name.into(),
        ..Element::default()
    });
    let elements = if elements.is_empty() {
        &open[..]
    } else {
        &elements[..elements.len().min(8)]
    };
    let tick = |done: bool| Cell::centred(if done { "√" } else { "" });
    let mut table = Table {
        head: 1,
        ..Table::new([24, 101, 15, 15, 15])
    }
    .dense();
    table.push(Row::of(
        ["五到位", "内容", "计划", "落实", "凭证"].map(Cell::label),
    ));
    for element in elements {
        let name = Cell::label(element.name.as_str());
        let text = Cell::text(cut(&element.text, 90));
        table.push(Row::of([
            name,
            text,
            tick(element.planned),
            tick(element.in_place),
            tick(element.proven),
        ]));
    }
    table
}

pub fn steps(steps: &[Step]) -> Table {
    list(
        ["环节", "办理人", "时间", "意见、情况"],
        steps.iter().take(8).map(|step| row(step, 80)),
    )
}

pub fn returns(returns: &[Return]) -> Table {
    // The newest ones, still in their order.
    let shown = &returns[returns.len().saturating_sub(MOST_RETURNS)..];
    let name = |at: usize| format!("第 {} 次退回", returns.len() - shown.len() + at + 1);
    let rows = shown.iter().enumerate().map(|(at, back)| {
        let reason = cut(&back.reason, 60);
        let text = if back.from.is_empty() {
            reason
        } else {
            format!("{}：{reason}", back.from)
        };
        [name(at), cut(&back.who, 40), back.when.clone(), text]
    });
    list(["退回", "办理人", "时间", "退回环节及原因"], rows)
}

pub fn timeline(records: &[Step]) -> Table {
    let mut table = list(
        ["办理记录", "办理人", "时间", "内容"],
        records.iter().take(MOST_RECORDS).map(|record| row(record, 40)),
    );
    let more = records.len().saturating_sub(MOST_RECORDS);
    if more > 0 {
        table.push(Row::of([
            Cell::centred(format!("另有 {more} 条，见系统内档案")).across(4)
        ]));
    }
    table
}

fn row(step: &Step, most: usize) -> [String; 4] {
    [
        cut(&step.name, 12),
        cut(&step.who, 40),
        step.when.clone(),
        cut(&step.text, most),
    ]
}

fn list(labels: [&str; 4], rows: impl Iterator<Item = [String; 4]>) -> Table {
    let [what, who, when, text] = labels;
    let mut table = Table::list([(what, 24), (who, 44), (when, 34), (text, 68)], rows).dense();
    for row in table.rows.iter_mut().skip(1) {
        row.cells[0].kind = crate::model::Kind::Label;
    }
    table
}
