//! 隐患台账: full, with nothing that fits, and before the first report.

use web::{
    views::{
        bulk::BulkAct,
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption, HazardRow, HazardsPage, Parameter},
        marks::Severity,
    },
    words::Words,
};

use super::desk_rows::counted;
use super::{DAY, HOUR, Page, city, due, frame, page, severity};

struct Found<'a>(
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    &'a str,
    Severity,
    i64,
    &'a str,
    &'a str,
    &'a str,
);

fn hazard_rows(words: Words) -> Vec<HazardRow> {
    let major = || severity("suspected_major", "major");
    let general = || severity("general", "not_major");
    let serious = || severity("serious", "not_major");
    let suspected = || severity("suspected_major", "pending");
    let cleared = || severity("suspected_major", "not_major");
    let found = [
        Found(
            "汉滨-2026-01688",
            "11-03 15:20",
            "oversight",
            "示例汉水食品冷链有限公司",
            "农副食品加工",
            "汉滨区建民街道",
            "液氨储罐区喷淋系统压力不足，试验时末端无水；应急切断阀手轮缺失",
            major(),
            -5 * DAY - 7 * HOUR,
            "2026-11-17 24:00",
            "submitted",
            "汉滨区应急管理局",
        ),
        Found(
            "白河-2026-00412",
            "11-05 10:05",
            "county_check",
            "示例白石河尾矿库",
            "有色金属矿采选",
            "白河县构朳镇",
            "排洪斜槽盖板断裂两块，库内水位高于设计控制线 0.6 米",
            major(),
            -3 * DAY - 2 * HOUR,
            "2026-11-19 24:00",
            "rectifying",
            "示例白石河矿业有限公司",
        ),
        Found(
            "汉滨-2026-01842",
            "11-20 09:12",
            "county_check",
            "示例恒昌机械制造有限公司",
            "通用设备制造",
            "汉滨区五里镇",
            "二号车间配电箱无门，导线裸露，地面积水",
            general(),
            9 * HOUR + 25 * 60_000,
            "2026-11-23 16:30",
            "submitted",
            "汉滨区应急管理局",
        ),
        Found(
            "汉滨-2026-01845",
            "11-20 16:40",
            "patrol",
            "示例金州商贸城",
            "综合零售",
            "汉滨区老城街道",
            "人员密集场所疏散通道堆放货物，二层安全出口上锁，商户约 120 家",
            suspected(),
            16 * HOUR + 55 * 60_000,
            "2026-11-23 24:00",
            "reported",
            "汉滨区消防救援大队",
        ),
        Found(
            "旬阳-2026-00931",
            "11-20 11:30",
            "self_check",
            "示例旬河水电站",
            "电力生产",
            "旬阳市城关镇",
            "泄洪闸门启闭机备用电源不能自投，最近一次试验未记录",
            serious(),
            2 * DAY + 17 * HOUR,
            "2026-11-25 24:00",
            "rectifying",
            "示例旬河水电站",
        ),
        Found(
            "汉滨-2026-01851",
            "11-22 10:05",
            "tip",
            "示例滨江府二期项目",
            "房屋建筑业",
            "汉滨区江北街道",
            "临边防护缺失，脚手架连墙件间距超标",
            severity("serious", "pending"),
            2 * DAY + 3 * HOUR,
            "2026-11-25 10:05",
            "reported",
            "汉滨区住房和城乡建设局",
        ),
        Found(
            "紫阳-2026-00655",
            "11-14 08:50",
            "warning",
            "焕古镇东河村滑坡点",
            "",
            "紫阳县焕古镇",
            "村道上方坡体裂缝扩展至 12 厘米，坡下 4 户 13 人",
            serious(),
            4 * DAY + 17 * HOUR,
            "2026-11-27 24:00",
            "rectifying",
            "焕古镇人民政府",
        ),
        Found(
            "汉阴-2026-00518",
            "11-12 14:25",
            "expert_service",
            "示例月河烟花爆竹批发有限公司",
            "批发业",
            "汉阴县涧池镇",
            "仓库防雷检测超期，值班室与库房间距不足",
            cleared(),
            8 * DAY + 17 * HOUR,
            "2026-12-01 24:00",
            "accepted",
            "市安委办",
        ),
        Found(
            "石泉-2026-00377",
            "11-10 09:40",
            "handed_down",
            "示例石泉客运有限责任公司",
            "道路运输业",
            "石泉县城关镇",
            "三辆客车动态监控离线超过 48 小时未处置",
            general(),
            0,
            "",
            "signed_off",
            "",
        ),
        Found(
            "平利-2026-00296",
            "11-09 17:15",
            "media",
            "示例长安茶旅度假区",
            "旅游业",
            "平利县长安镇",
            "玻璃栈道承重标识缺失，限流措施未落实",
            general(),
            0,
            "",
            "closed",
            "",
        ),
    ];
    found
        .into_iter()
        .map(
            |Found(
                number,
                when,
                source,
                unit,
                sector,
                place,
                description,
                severity,
                left,
                full,
                stage,
                whom,
            )| HazardRow {
                href: "hazard-county.html".into(),
                number: number.into(),
                found: when.into(),
                found_full: format!("2026-{when}"),
                source: source.into(),
                unit: unit.into(),
                sector: sector.into(),
                place: place.into(),
                description: description.into(),
                severity,
                due: if full.is_empty() {
                    None
                } else {
                    due(words, left, full)
                },
                stage: stage.into(),
                waits_for: (!whom.is_empty()).then(|| whom.into()),
                stuck: None,
                id: number.into(),
                together: if stage == "accepted" {
                    "sign-off".into()
                } else {
                    String::new()
                },
            },
        )
        .collect()
}

fn filters(words: Words) -> Vec<Filter> {
    let option = |label: &str, chosen| FilterOption {
        label: label.into(),
        href: "hazards.html".into(),
        chosen,
    };
    let all = || option(words.get("filter.all"), true);
    let stages = [
        "reported",
        "confirmed",
        "rectifying",
        "submitted",
        "accepted",
        "signed_off",
        "closed",
    ];
    let places = [
        "汉滨区",
        "汉阴县",
        "石泉县",
        "宁陕县",
        "紫阳县",
        "岚皋县",
        "平利县",
        "镇坪县",
        "旬阳市",
        "白河县",
        "安康高新区",
        "恒口示范区",
    ];
    vec![
        Filter {
            label: words.get("filter.stage").into(),
            options: [
                option(words.get("filter.all"), false),
                option(words.get("filter.open"), true),
            ]
            .into_iter()
            .chain(stages.iter().map(|code| option(&words.of("stage", code), false)))
            .collect(),
        },
        Filter {
            label: words.get("filter.county").into(),
            options: [all()]
                .into_iter()
                .chain(places.iter().map(|name| option(name, false)))
                .collect(),
        },
        Filter {
            label: words.get("filter.level").into(),
            options: vec![
                all(),
                option(&words.of("determination", "major"), false),
                option(&words.of("level", "suspected_major"), false),
                option(&words.of("level", "serious"), false),
                option(&words.of("level", "general"), false),
            ],
        },
        Filter {
            label: words.get("filter.due").into(),
            options: vec![
                all(),
                option(words.get("filter.overdue"), false),
                option(words.get("filter.due_today"), false),
                option(words.get("filter.due_week"), false),
                option(words.get("filter.mine"), false),
            ],
        },
        Filter {
            label: words.get("filter.source").into(),
            options: [all()]
                .into_iter()
                .chain(
                    [
                        "self_check",
                        "patrol",
                        "county_check",
                        "oversight",
                        "handed_down",
                        "transfer",
                        "tip",
                        "media",
                        "expert_service",
                        "warning",
                    ]
                    .iter()
                    .map(|code| option(&words.of("source", code), false)),
                )
                .collect(),
        },
    ]
}

fn ledger(words: Words) -> HazardsPage {
    HazardsPage {
        frame: frame(words, "hazards.title", Some(Section::Hazards), city()),
        filters: filters(words),
        chosen: vec![ChosenFilter {
            label: words.fill(
                "filter.joined",
                &[
                    ("label", words.get("filter.stage")),
                    ("value", words.get("filter.open")),
                ],
            ),
            without: "hazards.html".into(),
        }],
        kept: vec![Parameter {
            name: "stage".into(),
            value: "open".into(),
        }],
        total: counted(280),
        rows: hazard_rows(words),
        next: Some("hazards.html".into()),
        may_report: true,
        signs_off: true,
        bulk: vec![BulkAct {
            act: "sign-off".into(),
            label: words.get("opener.sign_off").into(),
            n: 1,
        }],
        proxies: false,
        ..HazardsPage::default()
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let nothing = HazardsPage {
        rows: Vec::new(),
        total: counted(0),
        query: "长兴".into(),
        next: None,
        ..ledger(words)
    };
    let fresh = HazardsPage {
        frame: frame(words, "hazards.title", Some(Section::Hazards), city()),
        may_report: true,
        signs_off: true,
        proxies: false,
        ..HazardsPage::default()
    };
    vec![
        page("hazards", ledger(words)),
        page("hazards-none-fit", nothing),
        page("hazards-empty", fresh),
    ]
}
