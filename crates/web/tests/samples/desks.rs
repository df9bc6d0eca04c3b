//! 我的工作台 as enterprise, town, county, city and discipline see it, and an empty one.

use web::{
    views::{
        desk::{DeskPage, DueRow, MoreRows, RowButton, Split, Tile},
        frame::{Section, Viewer},
    },
    words::Words,
};

use super::desk_rows::{Row, counted, part, rows, stock, tile, waiting};
use super::{DAY, HOUR, Page, city, county, frame, page, severity, viewer};

fn county_desk(words: Words) -> DeskPage {
    let today = [
        Row(
            -5 * DAY - 7 * HOUR,
            "2026-11-17 24:00",
            "汉滨-2026-01688",
            "液氨储罐区喷淋系统压力不足，试验时末端无水",
            "示例汉水食品冷链有限公司",
            "建民街道",
            "submitted",
            severity("suspected_major", "major"),
        ),
        Row(
            9 * HOUR + 25 * 60_000,
            "2026-11-23 16:30",
            "汉滨-2026-01842",
            "二号车间配电箱无门，导线裸露，地面积水",
            "示例恒昌机械制造有限公司",
            "五里镇",
            "submitted",
            severity("general", "not_major"),
        ),
        Row(
            16 * HOUR + 55 * 60_000,
            "2026-11-23 24:00",
            "汉滨-2026-01845",
            "人员密集场所疏散通道堆放货物，安全出口上锁",
            "示例金州商贸城",
            "老城街道",
            "reported",
            severity("suspected_major", "pending"),
        ),
        Row(
            2 * DAY + 3 * HOUR,
            "2026-11-25 10:05",
            "汉滨-2026-01851",
            "临边防护缺失，脚手架连墙件间距超标",
            "示例滨江府二期项目",
            "江北街道",
            "reported",
            severity("serious", "pending"),
        ),
        Row(
            3 * DAY + 16 * HOUR,
            "2026-11-26 24:00",
            "汉滨-2026-01829",
            "有限空间作业未审批，未配备气体检测仪",
            "示例清源污水处理厂",
            "关庙镇",
            "submitted",
            severity("serious", "not_major"),
        ),
    ];
    let soon = [
        Row(
            -2 * DAY - 4 * HOUR,
            "2026-11-20 24:00",
            "汉滨-2026-01701",
            "公路边坡落石，防护网破损三处",
            "张滩镇人民政府（代管）",
            "张滩镇",
            "rectifying",
            severity("serious", "not_major"),
        ),
        Row(
            DAY + 5 * HOUR,
            "2026-11-24 24:00",
            "汉滨-2026-01778",
            "烟花爆竹零售点与居民楼安全距离不足",
            "示例吉庆烟花零售点",
            "吉河镇",
            "rectifying",
            severity("general", "not_major"),
        ),
        Row(
            4 * DAY + 17 * HOUR,
            "2026-11-27 24:00",
            "汉滨-2026-01780",
            "锅炉安全阀超期未校验",
            "示例鸿运豆制品厂",
            "大河镇",
            "confirmed",
            severity("general", "not_major"),
        ),
    ];
    DeskPage {
        frame: frame(words, "section.desk", Some(Section::Desk), county()),
        tiles: vec![
            tile(words, "tile.overdue", 3, true),
            tile(words, "tile.this_week", 2, false),
            tile(words, "tile.tips", 6, false),
            tile(words, "tile.pending_accept", 9, false),
            tile(words, "tile.pending_sign_off", 5, false),
            tile(words, "tile.major_open", 2, true),
            tile(words, "tile.returned", 1, false),
        ],
        today: rows(words, &today, true),
        today_all: Some(MoreRows {
            count: counted(15),
            href: "hazards.html".into(),
        }),
        soon: rows(words, &soon, false),
        soon_all: Some(MoreRows {
            count: counted(7),
            href: "hazards.html".into(),
        }),
        waiting: waiting(words),
        waiting_all: Some(MoreRows {
            count: counted(5),
            href: "hazards.html".into(),
        }),
        stock: Some(stock(
            words,
            &[
                ("老城街道", [1, 0, 4, 1, 0], 0, 0),
                ("江北街道", [2, 1, 6, 2, 1], 0, 0),
                ("建民街道", [0, 0, 5, 2, 1], 1, 1),
                ("关庙镇", [1, 0, 3, 1, 0], 0, 0),
                ("张滩镇", [0, 1, 2, 0, 0], 0, 1),
                ("五里镇", [1, 0, 9, 3, 2], 0, 1),
                ("大河镇", [1, 1, 12, 0, 1], 1, 0),
            ],
        )),
        may_report: true,
        ..DeskPage::default()
    }
}

fn city_desk(words: Words) -> DeskPage {
    let desk = county_desk(words);
    let today = desk.today.into_iter().map(|row| DueRow {
        stage: "accepted".into(),
        button: Some(RowButton {
            label: words.get("opener.sign_off").into(),
            href: "hazard-city.html#act-sign-off".into(),
        }),
        ..row
    });
    DeskPage {
        frame: frame(words, "section.desk", Some(Section::Desk), city()),
        tiles: vec![
            tile(words, "tile.pending_sign_off", 14, false),
            tile(words, "tile.overdue", 23, true),
            tile(words, "tile.major_open", 11, true),
            Tile {
                parts: vec![
                    part(words.get("tile.unreceived"), 3),
                    part(words.get("tile.unanswered"), 5),
                ],
                ..tile(words, "tile.handed", 8, false)
            },
            Tile {
                note: Some(words.get("tile.due_week_note").into()),
                ..tile(words, "tile.this_week", 37, false)
            },
            tile(words, "tile.tips", 2, false),
        ],
        splits: vec![
            Split {
                heading: words.get("desk.by_county").into(),
                parts: vec![part("汉滨", 9), part("旬阳", 6), part("白河", 8)],
                more: None,
            },
            Split {
                heading: words.get("desk.by_department").into(),
                parts: vec![part("市应急局", 14), part(words.get("desk.no_department"), 2)],
                more: Some((words.count("desk.split_more", 3), "hazards.html".into())),
            },
        ],
        today: today.collect(),
        stock: Some(stock(
            words,
            &[
                ("汉滨区", [6, 3, 41, 9, 5], 2, 4),
                ("汉阴县", [2, 1, 17, 3, 1], 1, 2),
                ("石泉县", [1, 2, 12, 2, 0], 0, 1),
                ("宁陕县", [3, 0, 9, 1, 1], 1, 2),
                ("紫阳县", [2, 1, 21, 4, 2], 1, 2),
                ("岚皋县", [1, 1, 8, 2, 0], 0, 1),
                ("平利县", [2, 0, 11, 1, 1], 1, 1),
                ("镇坪县", [0, 1, 4, 0, 0], 0, 0),
                ("旬阳市", [5, 2, 26, 6, 2], 2, 3),
                ("白河县", [3, 1, 19, 3, 1], 2, 3),
                ("安康高新区", [2, 1, 13, 2, 1], 1, 2),
                ("恒口示范区", [1, 0, 10, 1, 0], 0, 2),
            ],
        )),
        ..desk
    }
}

fn enterprise_desk(words: Words) -> DeskPage {
    let unit = "示例恒昌机械制造有限公司";
    let today = [
        Row(
            16 * HOUR + 55 * 60_000,
            "2026-11-23 24:00",
            "汉滨-2026-01803",
            "行车限位器失灵，吊钩无防脱装置",
            unit,
            "一号车间",
            "rectifying",
            severity("serious", "not_major"),
        ),
        Row(
            4 * DAY + 17 * HOUR,
            "2026-11-27 24:00",
            "汉滨-2026-01837",
            "危化品库通风不畅，油漆与稀料混放",
            unit,
            "库房",
            "confirmed",
            severity("general", "not_major"),
        ),
    ];
    DeskPage {
        frame: frame(
            words,
            "section.desk",
            Some(Section::Desk),
            viewer("刘志刚", unit, "安全部部长", "汉滨区五里镇"),
        ),
        tiles: vec![
            tile(words, "tile.to_do", 2, false),
            tile(words, "tile.overdue", 0, true),
            tile(words, "tile.mine_open", 4, false),
        ],
        today: rows(words, &today, true),
        waiting: waiting(words).into_iter().take(1).collect(),
        may_report: true,
        ..DeskPage::default()
    }
}

fn town_desk(words: Words) -> DeskPage {
    let slope = [Row(
        -2 * DAY - 4 * HOUR,
        "2026-11-20 24:00",
        "汉滨-2026-01701",
        "公路边坡落石，防护网破损三处",
        "张滩镇人民政府（代管）",
        "张滩镇奠安村",
        "rectifying",
        severity("serious", "not_major"),
    )];
    DeskPage {
        frame: frame(
            words,
            "section.desk",
            Some(Section::Desk),
            viewer("周小兰", "张滩镇应急管理办公室", "安全专干", "汉滨区张滩镇"),
        ),
        tiles: vec![
            tile(words, "tile.to_do", 1, false),
            tile(words, "tile.overdue", 1, true),
            tile(words, "tile.reported_by_me", 12, false),
        ],
        today: rows(words, &slope, true),
        waiting: waiting(words),
        may_report: true,
        ..DeskPage::default()
    }
}

fn discipline_desk(words: Words) -> DeskPage {
    let reads = viewer("孙立", "市纪委监委", "第二监督检查室副主任", "安康市").map(|who| Viewer {
        read_only: true,
        ..who
    });
    let mut desk = DeskPage {
        frame: frame(words, "section.desk", Some(Section::Desk), reads),
        read_only: true,
        may_report: false,
        today: Vec::new(),
        today_all: None,
        waiting: Vec::new(),
        ..city_desk(words)
    };
    desk.tiles.remove(0);
    desk
}

pub fn pages(words: Words) -> Vec<Page> {
    let empty = DeskPage {
        frame: frame(words, "section.desk", Some(Section::Desk), county()),
        may_report: true,
        ..DeskPage::default()
    };
    vec![
        page("desk-county", county_desk(words)),
        page("desk-city", city_desk(words)),
        page("desk-enterprise", enterprise_desk(words)),
        page("desk-town", town_desk(words)),
        page("desk-discipline", discipline_desk(words)),
        page("desk-empty", empty),
    ]
}
