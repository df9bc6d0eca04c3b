//! Rows, tiles and tables that the sample desks are made of.

use web::{
    views::{
        desk::{DueRow, Part, RowButton, Stock, StockCell, StockRow, Tile, WaitRow},
        marks::{Count, Severity},
    },
    words::Words,
};

use super::{DAY, HOUR, due};

/// A row of the sample desks whose step must be another's.
const NOT_MINE: &str = "汉滨-2026-01829";

pub struct Row<'a>(
    pub i64,
    pub &'a str,
    pub &'a str,
    pub &'a str,
    pub &'a str,
    pub &'a str,
    pub &'a str,
    pub Severity,
);

/// The first button on a row of mine, by the stage it stands in.
fn first_act(stage: &str) -> (&'static str, &'static str) {
    match stage {
        "reported" => ("opener.confirm", "hazard-reported.html#act-confirmation"),
        "confirmed" => ("opener.plan", "hazard-enterprise.html#act-plan"),
        "rectifying" => ("opener.rectify", "hazard-enterprise.html#act-rectification"),
        _ => ("opener.accept", "hazard-county.html#act-acceptance"),
    }
}

pub fn rows(words: Words, rows: &[Row], mine: bool) -> Vec<DueRow> {
    rows.iter()
        .map(
            |Row(left, full, number, description, unit, place, stage, severity)| DueRow {
                stuck: None,
                href: "hazard-county.html".into(),
                number: (*number).into(),
                description: (*description).into(),
                unit: (*unit).into(),
                place: (*place).into(),
                stage: (*stage).into(),
                severity: severity.clone(),
                due: due(words, *left, full),
                // Of one of them the reader has filed the plan, and does not judge it.
                not_you: (mine && *number == NOT_MINE).then(|| {
                    let told = [
                        ("act", words.of("act", "accept")),
                        ("earlier", words.of("act", "plan")),
                    ];
                    let told: Vec<(&str, &str)> =
                        told.iter().map(|(name, word)| (*name, word.as_str())).collect();
                    words.fill("desk.same_hands", &told)
                }),
                button: (mine && *number != NOT_MINE).then(|| {
                    let (opener, href) = first_act(stage);
                    RowButton {
                        label: words.get(opener).into(),
                        href: href.into(),
                    }
                }),
                waits_for: (!mine).then(|| (*unit).into()),
            },
        )
        .collect()
}

pub fn counted(n: u64) -> Count {
    Count { n, at_least: false }
}

pub fn tile(words: Words, key: &str, number: u64, alarm: bool) -> Tile {
    Tile {
        label: words.get(key).into(),
        number: counted(number),
        href: "hazards.html".into(),
        alarm,
        ..Tile::default()
    }
}

pub fn part(label: &str, n: u64) -> Part {
    Part {
        label: label.into(),
        number: counted(n),
        href: "hazards.html".into(),
    }
}

pub fn waiting(words: Words) -> Vec<WaitRow> {
    let row = |whom: &str,
               ms: i64,
               number: &str,
               description: &str,
               unit: &str,
               stage: &str,
               left: i64,
               full: &str| WaitRow {
        href: "hazard-idle.html".into(),
        number: number.into(),
        description: description.into(),
        unit: unit.into(),
        stage: stage.into(),
        whom: whom.into(),
        since: words.fill("desk.waited", &[("span", &words.span(ms))]),
        since_full: "2026-11-18 16:20".into(),
        due: due(words, left, full),
    };
    vec![
        row(
            "市安委办 陈静",
            4 * DAY + 14 * HOUR,
            "汉滨-2026-01733",
            "加油站卸油口静电接地夹失效，卸油作业无人值守",
            "示例江北加油站",
            "accepted",
            9 * DAY + 17 * HOUR,
            "2026-12-02 24:00",
        ),
        row(
            "示例秦岭矿业有限公司 李国强",
            3 * DAY + 2 * HOUR,
            "汉滨-2026-01790",
            "尾矿库排洪斜槽盖板断裂，汛后未清淤",
            "示例秦岭矿业有限公司",
            "rectifying",
            5 * DAY + 17 * HOUR,
            "2026-11-28 24:00",
        ),
        row(
            "区住房和城乡建设局 王海燕",
            22 * HOUR,
            "汉滨-2026-01836",
            "塔吊附墙件螺栓松动，未按方案安装",
            "示例滨江府二期项目",
            "reported",
            DAY + 17 * HOUR,
            "2026-11-24 24:00",
        ),
    ]
}

pub fn stock(words: Words, names: &[(&str, [u64; 5], u64, u64)]) -> Stock {
    let cell = |count| StockCell {
        count,
        href: "hazards.html".into(),
    };
    let row = |name: &str, cells: &[u64], major, overdue| StockRow {
        name: name.into(),
        href: "hazards.html".into(),
        cells: cells.iter().map(|n| cell(*n)).collect(),
        sum: cell(cells.iter().sum()),
        major: cell(major),
        overdue: cell(overdue),
    };
    let sum = words.get("desk.stock_sum");
    let mut total = [0; 5];
    for (_, cells, _, _) in names {
        for (sum, n) in total.iter_mut().zip(cells) {
            *sum += n;
        }
    }
    Stock {
        heading: words.get("table.place").into(),
        stages: ["reported", "confirmed", "rectifying", "submitted", "accepted"]
            .map(Into::into)
            .into(),
        rows: names
            .iter()
            .map(|(name, cells, major, late)| row(name, cells, *major, *late))
            .collect(),
        total: Some(row(
            sum,
            &total,
            names.iter().map(|n| n.2).sum(),
            names.iter().map(|n| n.3).sum(),
        )),
    }
}
