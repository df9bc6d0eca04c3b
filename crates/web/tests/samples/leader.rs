//! The leader's page on the screen and on paper, with what is overdue and without.

use web::{
    views::{
        frame::Section,
        leader::{CaseTold, Draft, Leader, LeaderPage, LeaderPrint, Line, Tenure},
        marks::Light,
        one_page::Figure,
        stock::Cell,
    },
    words::Words,
};

use super::{DAY, HOUR, Page, city, due, frame, page, severity};

fn cells(numbers: [&str; 9]) -> Vec<Cell> {
    let cell = |(at, text): (usize, &str)| Cell {
        text: text.into(),
        href: (text != "0" && at != 4 && at != 8).then(|| "/hazards?part=overdue&period=2026-11".into()),
        alarm: matches!(at, 2 | 3) && text != "0",
        ..Cell::default()
    };
    numbers.into_iter().enumerate().map(cell).collect()
}

fn line(name: &str, light: Light, reddest: bool, numbers: [&str; 9]) -> Line {
    Line {
        name: name.into(),
        href: Some("/jurisdictions/610902".into()),
        light,
        reddest,
        cells: cells(numbers),
    }
}

fn figures(words: Words) -> Vec<Figure> {
    let figure = |key: &str, number: &str, alarm| Figure {
        label: words.get(key).into(),
        number: number.into(),
        href: Some("/hazards?part=closing&period=2026-11".into()),
        alarm,
        note: None,
    };
    vec![
        figure("one_page.closing", "221", false),
        figure("one_page.major", "11", true),
        figure("one_page.overdue", "23", true),
        figure("one_page.new", "220", false),
        figure("one_page.closed", "186", false),
        figure("one_page.returned", "4", false),
        figure("tile.pending_sign_off", "14", false),
        Figure {
            label: words.get("one_page.true_rate").into(),
            note: Some(words.get("one_page.no_revisit").into()),
            ..Figure::default()
        },
    ]
}

fn case(words: Words, n: usize, draft: Option<Draft>) -> CaseTold {
    let tenure = |when: &str, whom: &str, at_due| Tenure {
        when: when.into(),
        whom: whom.into(),
        at_due,
        now: false,
    };
    CaseTold {
        n,
        href: "hazard-county.html".into(),
        number: "汉滨-2026-01688".into(),
        description: "尾矿库排洪斜槽盖板缺失，库内水位超过设计干滩".into(),
        unit: "示例月河选矿有限公司".into(),
        place: "汉滨区恒口镇".into(),
        severity: severity("suspected_major", "major"),
        due: due(words, -6 * DAY - 7 * HOUR, "2026-11-16 24:00"),
        why: Some("整改方案定的期限 2026-11-16；期限日 24:00 止；2026-11-16 24:00 到期。".into()),
        earlier: n % 2,
        tenures: vec![
            tenure("11-05 09:12 至 11-07 16:40", "汉滨区应急管理局", false),
            tenure("11-07 16:40 至 今", "示例月河选矿有限公司", true),
        ],
        waits_for: Some("示例月河选矿有限公司（整改中），已 9 天没有办理".into()),
        draft,
    }
}

fn leader(words: Words) -> Leader {
    let draft = Draft {
        href: "hazard-county.html#escalation-1".into(),
        state: "督办函待发".into(),
        title: "关于示例月河选矿有限公司安全隐患逾期未办结的督办函".into(),
        text: Some("示例月河选矿有限公司：\n\n请抓紧办理，限期办结。".into()),
    };
    Leader {
        name: "安康市".into(),
        is_city: true,
        period: words.fill("period.month", &[("year", "2026"), ("month", "11")]),
        figures: figures(words),
        heading: words.of("by", "county"),
        rows: vec![
            line(
                "汉滨区",
                Light::Red,
                true,
                ["63", "4", "6", "2", "9.5%", "63", "41", "2", "87.5%"],
            ),
            line(
                "汉阴县",
                Light::Orange,
                false,
                ["11", "0", "1", "0", "9.1%", "12", "9", "0", ""],
            ),
            line(
                "石泉县",
                Light::Clear,
                false,
                ["0", "0", "0", "0", "", "0", "0", "0", ""],
            ),
        ],
        total: Line {
            name: words.get("desk.stock_sum").into(),
            cells: cells(["221", "11", "23", "2", "10.4%", "220", "186", "4", "87.5%"]),
            ..Line::default()
        },
        cases: (1..=6)
            .map(|n| case(words, n, (n != 2).then(|| draft.clone())))
            .collect(),
        more: Some((17, "/hazards?part=overdue&period=2026-11".into())),
        as_of: "2026-11-23 07:05".into(),
        uncounted: 2,
        unbalanced: false,
        checkpoint: Some((10_241, "nf2kQ0aVb1yTz0Xw".into())),
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let of = |leader: Leader| LeaderPage {
        frame: frame(words, "leader.title", Some(Section::Leader), city()),
        leader,
    };
    let quiet = Leader {
        cases: Vec::new(),
        more: None,
        uncounted: 0,
        checkpoint: None,
        ..leader(words)
    };
    let print = LeaderPrint {
        frame: frame(words, "leader.title", Some(Section::Leader), city()),
        leader: leader(words).unlinked(),
        viewer: "市安委办".into(),
    };
    vec![
        page("leader", of(leader(words))),
        page("leader-quiet", of(quiet)),
        page("leader-print", print),
    ]
}
