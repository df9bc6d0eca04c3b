//! 问题清单: the lists of visits; one with every step, one answered late with an item that was not acted on, and an empty one.

use web::{
    views::{
        form::{Button, Choice, Field, FieldError, FieldKind, Weight},
        frame::Section,
        problem_list::{
            Aside, ListFact, ListPaper, ProblemListLine, ProblemListPage, ProblemListsPage, ProblemRow,
            ResultCount, SignOffLink, Step,
        },
        report::OnList,
    },
    words::Words,
};

use super::{Page, city, county, frame, page};

fn step(words: Words, name: &str, fields: Vec<Field>) -> Step {
    Step {
        name: name.into(),
        action: format!("/problem-lists/1/{name}"),
        title: words.of("step", name),
        hint: Some(words.of("step_hint", name)),
        fields,
        hidden: Vec::new(),
        button: Button {
            label: words.of("step_button", name),
            name: None,
            value: String::new(),
            weight: Weight::Main,
        },
        errors: Vec::new(),
        idempotency_key: "0195".into(),
    }
}

fn field(words: Words, name: &str, kind: FieldKind) -> Field {
    Field {
        name: name.into(),
        label: words.of("field", name),
        hint: None,
        required: true,
        error: None,
        kind,
    }
}

fn row(n: usize, stage: &str, hand_over: &str, result: &str) -> ProblemRow {
    ProblemRow {
        n,
        id: format!("0195{n}"),
        href: format!("/hazards/0195{n}"),
        number: format!("汉滨-2026-0170{n}"),
        unit: "青屿毛绒玩具（演示）有限公司".into(),
        description: "成品库疏散通道堆放纸箱，净宽不足 1 米".into(),
        level: "general".into(),
        stage: stage.into(),
        hand_over: hand_over.into(),
        deadline: "2026-12-05".into(),
        result: result.into(),
        ..ProblemRow::default()
    }
}

fn list(words: Words, state: &str, rows: Vec<ProblemRow>) -> ProblemListPage {
    ProblemListPage {
        frame: frame(words, "problems.title", Some(Section::ProblemLists), city()),
        title: words.fill(
            "problems.list_title",
            &[("county", "汉滨区"), ("days", "2026-11-18")],
        ),
        state: state.into(),
        facts: vec![ListFact {
            label: words.get("field.team").into(),
            value: "陈静、何志远".into(),
        }],
        rows,
        papers: vec![ListPaper {
            href: "/problem-lists/1/letter".into(),
            name: "paper.problem_letter",
        }],
        ..ProblemListPage::default()
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let lists = ProblemListsPage {
        frame: frame(words, "problems.title", Some(Section::ProblemLists), city()),
        lists: vec![
            ProblemListLine {
                href: "/problem-lists/1".into(),
                county: "汉滨区".into(),
                days: "2026-11-18".into(),
                kind: "unannounced".into(),
                opened_by: "安康市安全生产委员会办公室".into(),
                items: 12,
                state: "sent".into(),
                reply_by: Some("2026-12-05".into()),
                late: true,
            },
            ProblemListLine {
                state: "open".into(),
                kind: "oversight".into(),
                reply_by: None,
                late: false,
                ..ProblemListLine::default()
            },
        ],
        next: Some("/problem-lists?after=1~x".into()),
        narrowed: None,
        open: Some(step(
            words,
            "open",
            vec![field(
                words,
                "visit_from",
                FieldKind::Date {
                    value: "2026-11-18".into(),
                    earliest: None,
                    latest: None,
                },
            )],
        )),
    };
    let none = ProblemListsPage {
        frame: frame(words, "problems.title", Some(Section::ProblemLists), county()),
        narrowed: Some(words.of("problems_only", "unreceived")),
        ..ProblemListsPage::default()
    };
    let chosen = Choice {
        value: "01951".into(),
        label: "汉滨-2026-01701".into(),
        hint: Some("配电箱门缺失".into()),
        chosen: true,
    };
    let items = FieldKind::MultiChoice {
        options: vec![chosen],
    };
    let open = ProblemListPage {
        report: Some("/problem-lists/1/report".into()),
        steps: vec![
            step(words, "items", vec![field(words, "items", items)]),
            step(words, "letter", Vec::new()),
        ],
        ..list(
            words,
            "open",
            vec![ProblemRow {
                take_off: Some("0196".into()),
                ..row(1, "reported", "", "not_done")
            }],
        )
    };
    let mut letter = step(words, "letter_on", Vec::new());
    letter.hidden = vec![("reply_by".into(), "2026-12-05".into())];
    letter.errors = vec![FieldError {
        field: None,
        message: "清单已发出，不能再增减。".into(),
    }];
    let answered = ProblemListPage {
        late: true,
        refused: 1,
        aside: Some(Aside {
            href: "/hazards/0199".into(),
            why: words.fill(
                "field_error.another-county",
                &[("label", words.get("field.items"))],
            ),
        }),
        counts: vec![ResultCount {
            result: "done".into(),
            n: 1,
        }],
        sign_offs: vec![SignOffLink {
            href: "/sign-off-lists/1".into(),
            opened: "2026-12-06 09:10".into(),
            items: 2,
            state: "open".into(),
        }],
        steps: vec![letter],
        ..list(
            words,
            "answered",
            vec![
                ProblemRow {
                    answered: "done".into(),
                    remark: "已复查".into(),
                    ..row(1, "accepted", "received", "done")
                },
                ProblemRow {
                    problem: Some("须由不同的人办理。".into()),
                    ..row(2, "submitted", "declined", "partly")
                },
                ProblemRow {
                    href: String::new(),
                    stage: String::new(),
                    level: String::new(),
                    deadline: String::new(),
                    ..row(3, "", "ended", "otherwise")
                },
            ],
        )
    };
    let mut onto = super::report::report(words);
    onto.on_list = Some(OnList {
        action: "/problem-lists/1/report".into(),
        title: "汉滨区督查问题清单".into(),
        back: "/problem-lists/1".into(),
    });
    vec![
        page("problem-lists", lists),
        page("problem-lists-none", none),
        page("problem-list-open", open),
        page("problem-list-answered", answered),
        page("problem-list-empty", list(words, "open", Vec::new())),
        page("problem-list-report", onto),
    ]
}
