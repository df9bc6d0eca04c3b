//! The system page, and the answers that are not the page asked for.

use web::{
    views::{
        frame::Section,
        problem::{ProblemLink, ProblemPage},
        system::{
            AuthorityCell, AuthorityMatrix, AuthorityRow, DeliveryChannel, DeliveryStatus, FailedNotice,
            PersonRow, RecordStatus, SystemPage,
        },
    },
    words::Words,
};

use super::{Page, county, frame, page, viewer};

fn system(words: Words) -> SystemPage {
    let person = |person: &str, account: &str, agency: &str, post: &str, role: &str, place: &str| PersonRow {
        person: person.into(),
        hand_over: format!("/hand-overs/{account}"),
        account: account.into(),
        post: post.into(),
        role: role.into(),
        agency: agency.into(),
        place: place.into(),
        period: "2026-01-01 起".into(),
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
            ),
            person(
                "赵明远",
                "zhaomingyuan",
                "汉滨区应急管理局",
                "执法大队副大队长",
                "county_department",
                "汉滨区",
            ),
            person(
                "周小兰",
                "zhouxiaolan",
                "张滩镇应急管理办公室",
                "安全专干",
                "town_office",
                "汉滨区张滩镇",
            ),
            person(
                "刘志刚",
                "liuzhigang",
                "示例恒昌机械制造有限公司",
                "安全部部长",
                "unit",
                "汉滨区五里镇",
            ),
            person(
                "马文博",
                "mawenbo",
                "白河县应急管理局",
                "副局长",
                "county_office",
                "白河县",
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
            stopped: None,
        },
        delivery: delivery(words),
    }
}

fn delivery(words: Words) -> DeliveryStatus {
    let channel = |code: &str, set: bool, waiting, delivered, failed| DeliveryChannel {
        name: words.of("channel", code),
        set,
        note: words.of(if set { "delivery_on" } else { "delivery_off" }, code),
        waiting,
        delivered,
        failed,
    };
    DeliveryStatus {
        channels: vec![
            channel("desk", true, 0, 1_204, 0),
            channel("mail", true, 3, 318, 1),
            channel("webhook", false, 0, 0, 0),
        ],
        failed: vec![FailedNotice {
            person: "马文博".into(),
            receipt: "邮件 11-23 08:31 未送达（550 5.1.1 no such mailbox）".into(),
        }],
        tries: 6,
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
    let mut pages = problems(words);
    pages.push(page("system", system(words)));
    let mut stopped = system(words);
    stopped.record.sound = false;
    stopped.record.stopped = Some("tree-altered".into());
    pages.push(page("system-stopped", stopped));
    pages
}
