//! 我的工作台: what must I do today, what is about to be late under me, whom am I waiting for.
//!
//! One shape for enterprise, town, county, city and discipline: what a role has not, it leaves empty
//! (`stock` for offices only, no buttons where `read_only`). Every number links to exactly its rows.

use askama::Template;

use super::frame::Frame;
use super::marks::{Count, Due, Severity};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "desk.html")]
pub struct DeskPage {
    pub frame: Frame,
    pub tiles: Vec<Tile>,
    /// What is overdue, by place and by department.
    pub splits: Vec<Split>,
    /// Today's digest in a few words, where there is one: 今日 3 项.
    pub digest: Option<String>,
    pub today: Vec<DueRow>,
    /// All that is to be done by me, where `today` shows only the first of them.
    pub today_all: Option<MoreRows>,
    pub soon: Vec<DueRow>,
    pub soon_all: Option<MoreRows>,
    pub waiting: Vec<WaitRow>,
    pub waiting_all: Option<MoreRows>,
    pub stock: Option<Stock>,
    /// Discipline: reads the lists, has nothing to do today.
    pub read_only: bool,
    /// May report a hazard: the empty desk then leads there.
    pub may_report: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Tile {
    pub label: String,
    pub number: Count,
    pub href: String,
    /// Counts what is late or major: red, with its mark, when above nil.
    pub alarm: bool,
    /// A word on how it counts: 七日内.
    pub note: Option<String>,
    /// What the number is made of: 未签收 3, 未回复 5.
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, Default)]
pub struct Part {
    pub label: String,
    pub number: Count,
    pub href: String,
}

/// A number taken apart, one line: 汉滨区 4, 旬阳市 3. Parts stand in official order.
#[derive(Clone, Debug, Default)]
pub struct Split {
    pub heading: String,
    pub parts: Vec<Part>,
    /// How many parts are not shown, and where all rows are.
    pub more: Option<(String, String)>,
}

#[derive(Clone, Debug, Default)]
pub struct DueRow {
    pub href: String,
    pub number: String,
    pub description: String,
    pub unit: String,
    pub place: String,
    pub stage: String,
    pub severity: Severity,
    pub due: Option<Due>,
    /// The first thing to do, leading to the open form: 办理验收.
    pub button: Option<RowButton>,
    /// On a row of mine without a button: why somebody else has to act.
    pub not_you: Option<String>,
    /// Who has to act, on rows that are not mine to do.
    pub waits_for: Option<String>,
    /// 停滞 9 天: so long without any act.
    pub stuck: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct RowButton {
    pub label: String,
    /// `/hazards/{id}#act-acceptance`.
    pub href: String,
}

#[derive(Clone, Debug, Default)]
pub struct WaitRow {
    pub href: String,
    pub number: String,
    pub description: String,
    pub unit: String,
    /// What is awaited: the stage it stands in.
    pub stage: String,
    /// Agency, and the person where one is known.
    pub whom: String,
    /// `已等 3 天`.
    pub since: String,
    pub since_full: String,
    pub due: Option<Due>,
}

#[derive(Clone, Debug, Default)]
pub struct MoreRows {
    pub count: Count,
    pub href: String,
}

/// 存量 by place (or sector) and stage, as the office reports it.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// 县(市、区), 镇(街道), …
    pub heading: String,
    /// Codes of the stages that have a column.
    pub stages: Vec<String>,
    pub rows: Vec<StockRow>,
    pub total: Option<StockRow>,
}

#[derive(Clone, Debug, Default)]
pub struct StockRow {
    pub name: String,
    pub href: String,
    /// One per stage, in the order of `Stock::stages`.
    pub cells: Vec<StockCell>,
    pub sum: StockCell,
    pub major: StockCell,
    pub overdue: StockCell,
}

#[derive(Clone, Debug, Default)]
pub struct StockCell {
    pub count: u64,
    pub href: String,
}
