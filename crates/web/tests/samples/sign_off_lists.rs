//! 清单销号: counties with and without something waiting; a list in hand, to be decided, with something left, and on paper.

use web::{
    views::{
        frame::Section,
        sign_off_list::{
            CountyWaiting, DecideForm, ListFacts, ListLine, ListPage, ListPrint, ListRow, ListsPage,
        },
    },
    words::Words,
};

use super::{Page, city, frame, page};

fn row(number: &str, standing: &str, problem: Option<&str>) -> ListRow {
    ListRow {
        href: format!("/hazards/{number}"),
        number: number.into(),
        description: "成品库疏散通道堆放纸箱，净宽不足 1 米".into(),
        unit: "青屿毛绒玩具（演示）有限公司".into(),
        acceptor: "汉滨区应急管理局 赵明远".into(),
        accepted: "2026-11-20 16:40".into(),
        cause: "management".into(),
        evidence: 3,
        standing: standing.into(),
        problem: problem.map(str::to_owned),
    }
}

fn facts(words: Words, state: &str) -> ListFacts {
    let opened = [
        ("who", "市安委办 陈静"),
        ("time", "2026-11-22 09:10"),
        ("n", "3"),
        ("drawn", "1"),
    ];
    ListFacts {
        title: words.fill("list.title", &[("county", "汉滨区")]),
        opened: words.fill("list.opened_by", &opened),
        state: state.into(),
        decided: None,
        seed: "9f".repeat(32),
        sample: vec![row("汉滨-2026-01702", "waiting", None)],
        rest: vec![
            row("汉滨-2026-01688", "waiting", None),
            ListRow {
                cause: String::new(),
                href: String::new(),
                ..row("汉滨-2026-01690", "moved_on", None)
            },
        ],
        undecided: 1,
        left: 0,
    }
}

fn list(words: Words, list: ListFacts, decide: Option<DecideForm>) -> ListPage {
    ListPage {
        frame: frame(words, "lists.title", Some(Section::Hazards), city()),
        list,
        decide,
        print: "/sign-off-lists/1/print".into(),
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let county = |name: &str, open: Option<&str>| CountyWaiting {
        id: "610902".into(),
        name: name.into(),
        n: 23,
        more: false,
        open: open.map(str::to_owned),
        idempotency_key: "0195".into(),
    };
    let lists = ListsPage {
        frame: frame(words, "lists.title", Some(Section::Hazards), city()),
        counties: vec![
            county("汉滨区", None),
            county("旬阳市", Some("/sign-off-lists/1")),
        ],
        lists: vec![ListLine {
            href: "/sign-off-lists/1".into(),
            county: "旬阳市".into(),
            opened: "2026-11-22 09:10".into(),
            items: 31,
            drawn: 4,
            state: "open".into(),
        }],
        next: Some("/sign-off-lists?after=1~x".into()),
        may_open: true,
    };
    let none = ListsPage {
        frame: frame(words, "lists.title", Some(Section::Hazards), city()),
        may_open: true,
        ..ListsPage::default()
    };
    let decide = |goes_on, error: Option<&str>| DecideForm {
        action: "/sign-off-lists/1/decision".into(),
        idempotency_key: "0196".into(),
        goes_on,
        opinion: String::new(),
        error: error.map(str::to_owned),
    };
    let decidable = ListFacts {
        sample: vec![row("汉滨-2026-01702", "by_itself", None)],
        undecided: 0,
        ..facts(words, "open")
    };
    let left = ListFacts {
        decided: Some("同意清单销号：市安委办 陈静 于 2026-11-22 10:00。同意销号。".into()),
        rest: vec![row("汉滨-2026-01688", "waiting", Some("须由不同的人办理。"))],
        left: 1,
        ..decidable.clone()
    };
    let print = ListPrint {
        frame: frame(words, "lists.title", Some(Section::Hazards), city()),
        list: left.clone(),
        back: "/sign-off-lists/1".into(),
    };
    vec![
        page("sign-off-lists", lists),
        page("sign-off-lists-none", none),
        page("sign-off-list", list(words, facts(words, "open"), None)),
        page(
            "sign-off-list-decide",
            list(words, decidable, Some(decide(false, Some("意见未填写")))),
        ),
        page("sign-off-list-left", list(words, left, Some(decide(true, None)))),
        page("sign-off-list-print", print),
    ]
}
