//! Sign-in, the ledger, the system page and the answers that are not the page asked for.

use web::{
    views::{
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption, HazardRow, HazardsPage, Parameter},
        marks::Severity,
        problem::{ProblemLink, ProblemPage},
        sign_in::{DemoAccount, PostChoice, PostOption, SignInError, SignInPage},
        system::{AuthorityCell, AuthorityMatrix, AuthorityRow, PersonRow, RecordStatus, SystemPage},
    },
    words::Words,
};

use super::{DAY, HOUR, Page, city, county, due, frame, page, severity, viewer};

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
        .enumerate()
        .map(
            |(
                i,
                Found(
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
                ),
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
                fresh: i == 3 || i == 5,
            },
        )
        .collect()
}

fn filters(words: Words) -> Vec<Filter> {
    let option = |label: &str, count: Option<u64>, chosen| FilterOption {
        label: label.into(),
        href: "hazards.html".into(),
        count,
        chosen,
    };
    let all = || option(words.get("filter.all"), None, true);
    let stages = [
        ("reported", 28),
        ("confirmed", 13),
        ("rectifying", 191),
        ("submitted", 34),
        ("accepted", 14),
        ("signed_off", 1_926),
        ("closed", 8_514),
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
                option(words.get("filter.all"), None, false),
                option(words.get("filter.open"), Some(280), true),
            ]
            .into_iter()
            .chain(
                stages
                    .iter()
                    .map(|(code, n)| option(&words.of("stage", code), Some(*n), false)),
            )
            .collect(),
        },
        Filter {
            label: words.get("filter.county").into(),
            options: [all()]
                .into_iter()
                .chain(places.iter().map(|name| option(name, None, false)))
                .collect(),
        },
        Filter {
            label: words.get("filter.level").into(),
            options: vec![
                all(),
                option(&words.of("determination", "major"), Some(11), false),
                option(&words.of("level", "suspected_major"), Some(6), false),
                option(&words.of("level", "serious"), Some(74), false),
                option(&words.of("level", "general"), Some(189), false),
            ],
        },
        Filter {
            label: words.get("filter.due").into(),
            options: vec![
                all(),
                option(words.get("filter.overdue"), Some(23), false),
                option(words.get("filter.due_today"), Some(9), false),
                option(words.get("filter.due_week"), Some(37), false),
                option(words.get("filter.mine"), Some(14), false),
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
                    .map(|code| option(&words.of("source", code), None, false)),
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
        total: Some(280),
        rows: hazard_rows(words),
        next: Some("hazards.html".into()),
        export: Some("hazards.xlsx".into()),
        may_report: true,
        ..HazardsPage::default()
    }
}

fn accounts() -> Vec<DemoAccount> {
    let account =
        |account: &str, person: &str, agency: &str, post: &str, place: &str, does: &str| DemoAccount {
            account: account.into(),
            person: person.into(),
            post: post.into(),
            agency: agency.into(),
            place: place.into(),
            does: does.into(),
        };
    vec![
        account(
            "city",
            "陈静",
            "市安委办",
            "督查科科长",
            "安康市",
            "销号、重大认定、督查上报",
        ),
        account(
            "housing",
            "何国栋",
            "市住房和城乡建设局",
            "质量安全科科长",
            "安康市",
            "主管行业认定",
        ),
        account(
            "county",
            "赵明远",
            "汉滨区应急管理局",
            "执法大队副大队长",
            "汉滨区",
            "判定、验收",
        ),
        account(
            "xunyang",
            "罗秀英",
            "旬阳市安委办",
            "综合股股长",
            "旬阳市",
            "判定、验收",
        ),
        account(
            "town",
            "周小兰",
            "张滩镇应急管理办公室",
            "安全专干",
            "汉滨区张滩镇",
            "巡检上报、无主点位整改",
        ),
        account(
            "plant",
            "刘志刚",
            "示例恒昌机械制造有限公司",
            "安全部部长",
            "汉滨区五里镇",
            "自查、整改",
        ),
        account(
            "discipline",
            "孙立",
            "市纪委监委",
            "第二监督检查室副主任",
            "安康市",
            "查看",
        ),
        account(
            "admin",
            "吴敏",
            "市应急管理局",
            "系统管理员",
            "安康市",
            "人员岗位、存证状态",
        ),
    ]
}

fn doors(words: Words) -> Vec<Page> {
    let door = SignInPage {
        frame: frame(words, "sign_in.title", None, None),
        demo_accounts: accounts(),
        then: "/".into(),
        ..SignInPage::default()
    };
    let wrong = SignInPage {
        username: "chenjing".into(),
        error: Some(SignInError {
            happened: words.get("sign_in.wrong").into(),
            next_step: words.get("sign_in.wrong_next").into(),
        }),
        demo_accounts: Vec::new(),
        ..door.clone()
    };
    let option = |id: &str, agency: &str, post: &str, place: &str, note: Option<&str>| PostOption {
        id: id.into(),
        post: post.into(),
        agency: agency.into(),
        place: place.into(),
        note: note.map(Into::into),
    };
    let posts = SignInPage {
        posts: Some(PostChoice {
            person: "赵明远".into(),
            ticket: "t-1".into(),
            posts: vec![
                option("p1", "汉滨区应急管理局", "执法大队副大队长", "汉滨区", None),
                option("p2", "汉滨区安委办", "联络员", "汉滨区", Some("至 2026-12-31")),
            ],
        }),
        ..door.clone()
    };
    vec![
        page("sign-in", door),
        page("sign-in-wrong", wrong),
        page("sign-in-posts", posts),
    ]
}

fn system(words: Words) -> SystemPage {
    let person = |person: &str,
                  account: &str,
                  agency: &str,
                  post: &str,
                  role: &str,
                  place: &str,
                  seen: Option<&str>| PersonRow {
        person: person.into(),
        account: account.into(),
        post: post.into(),
        role: role.into(),
        agency: agency.into(),
        place: place.into(),
        period: "2026-01-01 起".into(),
        last_seen: seen.map(Into::into),
        suspended: seen.is_none(),
    };
    let roles = [
        "city_office",
        "city_department",
        "county_office",
        "county_department",
        "town_office",
        "unit",
    ];
    let row = |act: &str, relations: [&str; 6]| AuthorityRow {
        act: act.into(),
        cells: relations
            .map(|relation| AuthorityCell {
                allowed: !relation.is_empty(),
                condition: if relation.is_empty() {
                    String::new()
                } else {
                    words.of("relation", relation)
                },
            })
            .into(),
    };
    SystemPage {
        frame: frame(
            words,
            "section.system",
            Some(Section::System),
            viewer("吴敏", "市应急管理局", "系统管理员", "安康市"),
        ),
        people: vec![
            person(
                "陈静",
                "chenjing",
                "市安委办",
                "督查科科长",
                "city_office",
                "安康市",
                Some("11-23 07:02"),
            ),
            person(
                "赵明远",
                "zhaomingyuan",
                "汉滨区应急管理局",
                "执法大队副大队长",
                "county_department",
                "汉滨区",
                Some("11-22 17:48"),
            ),
            person(
                "周小兰",
                "zhouxiaolan",
                "张滩镇应急管理办公室",
                "安全专干",
                "town_office",
                "汉滨区张滩镇",
                Some("11-21 09:15"),
            ),
            person(
                "刘志刚",
                "liuzhigang",
                "示例恒昌机械制造有限公司",
                "安全部部长",
                "unit",
                "汉滨区五里镇",
                Some("11-22 18:30"),
            ),
            person(
                "马文博",
                "mawenbo",
                "白河县应急管理局",
                "副局长",
                "county_office",
                "白河县",
                None,
            ),
        ],
        matrix: AuthorityMatrix {
            roles: roles.map(Into::into).into(),
            rows: vec![
                row(
                    "report",
                    [
                        "territory",
                        "territory",
                        "territory",
                        "territory",
                        "territory",
                        "responsible",
                    ],
                ),
                row("confirm", ["territory", "", "territory", "regulator", "", ""]),
                row("determine", ["territory", "regulator", "territory", "", "", ""]),
                row("plan", ["", "", "", "", "responsible", "responsible"]),
                row("rectify", ["", "", "", "", "responsible", "responsible"]),
                row("accept", ["", "", "territory", "regulator", "", ""]),
                row("sign_off", ["territory", "", "", "", "", ""]),
                row(
                    "interim_measure",
                    [
                        "territory",
                        "regulator",
                        "territory",
                        "regulator",
                        "territory",
                        "responsible",
                    ],
                ),
                row("void", ["territory", "", "territory", "", "", ""]),
            ],
        },
        record: RecordStatus {
            events: 48_213,
            unsealed: 6,
            checkpoint_at: Some("2026-11-23 07:04".into()),
            checkpoint_size: Some(48_207),
            checkpoint_root: Some("7f3a 91c2 04de 5b18".into()),
            signer: Some("anlan.ankang.example".into()),
            sound: true,
            last_check: Some("2026-11-23 02:00，一致".into()),
        },
    }
}

fn problems(words: Words) -> Vec<Page> {
    let problem = |status: u16| ProblemPage {
        frame: frame(words, &format!("problem.happened_{status}"), None, county()),
        status,
        happened: words.get(&format!("problem.happened_{status}")).into(),
        next_step: words
            .get(&format!("problem.next_{status}"))
            .replace("{limit}", "20 MB"),
        links: vec![
            ProblemLink {
                label: words.get("problem.to_record").into(),
                href: "hazard-county.html".into(),
            },
            ProblemLink {
                label: words.get("problem.to_desk").into(),
                href: "desk-county.html".into(),
            },
        ],
        ..ProblemPage::default()
    };
    let forbidden = ProblemPage {
        rule: Some(words.get("refusal.same-hands").into()),
        who_can: Some("汉滨区应急管理局 王海燕、汉滨区安委办 李文斌".into()),
        ..problem(403)
    };
    let anonymous = ProblemPage {
        frame: frame(words, "problem.happened_401", None, None),
        links: vec![ProblemLink {
            label: words.get("problem.sign_in").into(),
            href: "/sign-in".into(),
        }],
        ..problem(401)
    };
    let broken = ProblemPage {
        reference: Some("7f3a-91c2".into()),
        ..problem(500)
    };
    let mut pages = vec![
        page("problem-403", forbidden),
        page("problem-401", anonymous),
        page("problem-500", broken),
    ];
    for (name, status) in [
        ("problem-400", 400),
        ("problem-404", 404),
        ("problem-409", 409),
        ("problem-412", 412),
        ("problem-413", 413),
        ("problem-415", 415),
        ("problem-422", 422),
        ("problem-429", 429),
        ("problem-503", 503),
    ] {
        pages.push(page(name, problem(status)));
    }
    pages
}

pub fn pages(words: Words) -> Vec<Page> {
    let nothing = HazardsPage {
        rows: Vec::new(),
        total: Some(0),
        query: "长兴".into(),
        next: None,
        export: None,
        ..ledger(words)
    };
    let fresh = HazardsPage {
        frame: frame(words, "hazards.title", Some(Section::Hazards), city()),
        may_report: true,
        ..HazardsPage::default()
    };
    let mut pages = doors(words);
    pages.push(page("hazards", ledger(words)));
    pages.push(page("hazards-none-fit", nothing));
    pages.push(page("hazards-empty", fresh));
    pages.push(page("system", system(words)));
    pages.extend(problems(words));
    pages
}
