//! The stock table on the screen and on paper, full and empty, and the one-page views of a county and of an agency.

use web::{
    views::{
        desk::DueRow,
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption, Parameter},
        one_page::{AgencyPage, Figure, JurisdictionPage, List},
        stock::{Cell, PeriodOption, StockPage, StockPrint, StockRow, StockTable},
    },
    words::Words,
};

use super::{Page, city, due, frame, page, severity};

fn cells(numbers: [i64; 11], rates: [&str; 2]) -> Vec<Cell> {
    let number = |at: usize| Cell {
        text: numbers[at].to_string(),
        href: (numbers[at] > 0).then(|| format!("/hazards?part={at}&period=2026-11")),
        sum: at == 0 || at == 7,
        alarm: at == 9 && numbers[at] > 0,
    };
    let rate = |text: &str| Cell {
        text: text.into(),
        ..Cell::default()
    };
    let mut cells: Vec<Cell> = (0..10).map(number).collect();
    cells.extend(rates.map(rate));
    cells.push(number(10));
    cells
}

fn table(words: Words) -> StockTable {
    let row = |name: &str, id: &str, numbers, rates| StockRow {
        name: name.into(),
        href: (!id.is_empty()).then(|| format!("/jurisdictions/{id}")),
        cells: cells(numbers, rates),
    };
    StockTable {
        period: words.fill("period.month", &[("year", "2026"), ("month", "11")]),
        heading: words.of("by", "county"),
        rows: vec![
            row(
                "汉滨区",
                "610902",
                [41, 23, 0, 0, 19, 1, 0, 44, 3, 6, 4],
                ["13.6%", "30.2%"],
            ),
            row(
                "汉阴县",
                "610921",
                [12, 7, 0, 0, 8, 0, 0, 11, 0, 1, 0],
                ["9.1%", "42.1%"],
            ),
            row("石泉县", "610922", [0; 11], ["", ""]),
            row(
                "旬阳市",
                "610981",
                [18, 6, 1, 0, 9, 0, 0, 16, 1, 2, 1],
                ["12.5%", "36.0%"],
            ),
        ],
        total: row(
            words.get("desk.stock_sum"),
            "",
            [71, 36, 1, 0, 36, 1, 0, 71, 4, 9, 5],
            ["12.7%", "33.6%"],
        ),
        as_of: "2026-11-23 07:05".into(),
        uncounted: 2,
        unbalanced: false,
        checkpoint: Some((10_241, "nf2kQ0aVb1yTz0Xw".into())),
    }
}

fn filters(words: Words) -> Vec<Filter> {
    let option = |label: &str, chosen| FilterOption {
        label: label.into(),
        href: "/stock?by=level".into(),
        chosen,
    };
    let lines = ["county", "town", "sector", "level"].map(|by| option(&words.of("by", by), by == "county"));
    let levels = [
        option(words.get("filter.all"), true),
        option(&words.of("level", "general"), false),
    ];
    vec![
        Filter {
            label: words.get("stock.by").into(),
            options: lines.into(),
        },
        Filter {
            label: words.of("by", "level"),
            options: levels.into(),
        },
    ]
}

fn stock(words: Words, table: StockTable) -> StockPage {
    StockPage {
        frame: frame(words, "stock.title", Some(Section::Stock), city()),
        table,
        filters: filters(words),
        chosen: vec![ChosenFilter {
            label: words.fill(
                "filter.joined",
                &[
                    ("label", &words.of("by", "source")),
                    ("value", &words.of("source", "oversight")),
                ],
            ),
            without: "/stock".into(),
        }],
        periods: vec![
            PeriodOption {
                value: "2026-11".into(),
                label: words.fill("period.month", &[("year", "2026"), ("month", "11")]),
                chosen: true,
            },
            PeriodOption {
                value: "2026".into(),
                label: words.fill("period.year", &[("year", "2026")]),
                chosen: false,
            },
        ],
        kept: vec![Parameter {
            name: "by".into(),
            value: "county".into(),
        }],
        before: Some("/stock?period=2026-10".into()),
        after: None,
        print: "/stock/print".into(),
        xlsx: "/stock/table.xlsx".into(),
        csv: "/stock/table.csv".into(),
    }
}

fn line(words: Words) -> DueRow {
    DueRow {
        stuck: None,
        href: "/hazards/1".into(),
        number: "HB-2026-00031".into(),
        description: "二楼安全出口门向内开启".into(),
        unit: "青屿毛绒玩具（演示）有限公司".into(),
        place: "汉滨区老城街道".into(),
        stage: "rectifying".into(),
        severity: severity("serious", "not_major"),
        due: due(words, -86_400_000, "2026-11-22 24:00"),
        button: None,
        not_you: None,
        waits_for: Some("青屿毛绒玩具（演示）有限公司".into()),
    }
}

fn county(words: Words) -> JurisdictionPage {
    let figure = |code: &str, number: &str, alarm| Figure {
        label: words.of("one_page", code),
        number: number.into(),
        note: None,
        href: Some("/hazards?county=610902".into()),
        alarm,
    };
    JurisdictionPage {
        frame: frame(words, "stock.title", Some(Section::Stock), city()),
        name: "汉滨区".into(),
        period: words.fill("period.month", &[("year", "2026"), ("month", "11")]),
        figures: vec![
            figure("closing", "44", false),
            figure("major", "3", true),
            figure("overdue", "6", true),
            figure("new", "23", false),
            figure("closed", "19", false),
            figure("returned", "4", false),
            Figure {
                label: words.of("one_page", "true_rate"),
                note: Some(words.get("one_page.no_revisit").into()),
                ..Figure::default()
            },
        ],
        overdue: List {
            rows: vec![line(words), line(words)],
            all: Some((6, "/hazards?part=overdue".into())),
        },
        returned: List::default(),
        closed_last: List {
            rows: vec![line(words)],
            all: None,
        },
        sectors: vec![(
            "纺织服装、服饰业".into(),
            cells([9, 1, 0, 3, 2, 0, 0, 0, 0, 0, 0], ["", ""])[..5].to_vec(),
        )],
        as_of: "2026-11-23 07:05".into(),
        uncounted: 0,
        stock: "/stock?by=town&county=610902".into(),
        agencies: vec![("汉滨区应急管理局".into(), "/agencies/1".into())],
    }
}

fn agency(words: Words) -> AgencyPage {
    let plain = |text: &str| Cell {
        text: text.into(),
        ..Cell::default()
    };
    let row = |month: &str| {
        (
            words.fill("period.month", &[("year", "2026"), ("month", month)]),
            ["12", "9", "2", "7", "0", "0", ""].map(plain).to_vec(),
        )
    };
    AgencyPage {
        frame: frame(words, "stock.title", Some(Section::Stock), city()),
        name: "汉滨区应急管理局".into(),
        place: "汉滨区".into(),
        year: words.fill("period.year", &[("year", "2026")]),
        rows: vec![row("10"), row("11")],
        as_of: "2026-11-23 07:05".into(),
        uncounted: 0,
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let nothing = StockTable {
        rows: Vec::new(),
        checkpoint: None,
        ..table(words)
    };
    let wrong = StockTable {
        unbalanced: true,
        ..table(words)
    };
    let print = StockPrint {
        frame: frame(words, "stock.title", Some(Section::Stock), city()),
        table: table(words).unlinked(),
        chosen: vec![words.of("source", "oversight")],
        viewer: "市安委办".into(),
        back: "/stock".into(),
    };
    vec![
        page("stock", stock(words, table(words))),
        page("stock-empty", stock(words, nothing)),
        page("stock-wrong", stock(words, wrong)),
        page("stock-print", print),
        page("jurisdiction", county(words)),
        page(
            "jurisdiction-quiet",
            JurisdictionPage {
                overdue: List::default(),
                closed_last: List::default(),
                sectors: Vec::new(),
                ..county(words)
            },
        ),
        page("agency", agency(words)),
    ]
}
