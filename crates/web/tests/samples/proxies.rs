//! 镇代录: units that the town records for, the slip of codes when it is handed out, and the page of a town without any.

use web::{
    views::{
        form::Field,
        frame::Section,
        proxies::{ProxiesPage, ProxyRow, Slip},
    },
    words::Words,
};

use super::{Page, frame, page, viewer};

fn row(words: Words, unit: &str, head: &str, state: &str, unused: usize) -> ProxyRow {
    ProxyRow {
        href: "/hazards".into(),
        unit: unit.into(),
        head: head.into(),
        reason: "无智能手机，经营者年事已高".into(),
        state: words.fill(state, &[("day", "2027-05-20"), ("reason", "已配手机")]),
        unused,
        in_force: state == "proxies.until",
        ending: (state != "proxies.ended").then(|| "/proxies/7/ending".into()),
        idempotency_key: "7".into(),
        typed: String::new(),
        error: None,
    }
}

fn proxies(words: Words) -> ProxiesPage {
    let town = viewer("朱景舟", "老城街道应急办", "安全监管员", "汉滨区老城街道");
    let field = |name: &str| Field {
        name: name.into(),
        label: words.of("field", &format!("proxy_{name}")),
        required: true,
        ..Field::default()
    };
    ProxiesPage {
        frame: frame(words, "proxies.title", Some(Section::Hazards), town),
        rows: vec![
            row(words, "安途客运（演示）有限公司", "文春舟", "proxies.until", 4),
            row(words, "老街豆腐坊（演示）", "李秀兰", "proxies.expired", 2),
            row(words, "和顺粮油店（演示）", "王有福", "proxies.ended", 0),
        ],
        may_issue: true,
        fields: ["unit", "head", "reason"].map(field).to_vec(),
        idempotency_key: "8".into(),
        ..ProxiesPage::default()
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let slip = |codes: &[&str]| Slip {
        unit: "安途客运（演示）有限公司".into(),
        head: "文春舟".into(),
        until: "2027-05-20".into(),
        by: "朱景舟".into(),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
    };
    let handed_out = ProxiesPage {
        slip: Some(slip(&["048213", "990127", "300451", "718802", "556034"])),
        ..proxies(words)
    };
    let again = ProxiesPage {
        slip: Some(slip(&[])),
        ..proxies(words)
    };
    let none = ProxiesPage {
        rows: Vec::new(),
        ..proxies(words)
    };
    vec![
        page("proxies", proxies(words)),
        page("proxies-slip", handed_out),
        page("proxies-slip-again", again),
        page("proxies-none", none),
    ]
}
