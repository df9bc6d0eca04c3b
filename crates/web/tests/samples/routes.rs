//! 整改路线: as it stands, with versions and without; the form with a preview that may be published, and one that may not.

use web::{
    views::{
        form::{Choice, FieldError},
        frame::Section,
        routes::{
            DraftPage, EndingRow, PreviewTold, RouteChoice, RouteFields, RouteTold, RoutesPage, RuleFields,
            Start, VersionTold,
        },
    },
    words::Words,
};

use super::{Page, city, county, frame, page};

fn version(no: &str, start: bool) -> VersionTold {
    VersionTold {
        title: format!("{no} 2026-12-01"),
        who: "陈静 2026-11-22 09:10".into(),
        reason: "按市安委会第三次全体会议决定".into(),
        differences: vec!["“谁检查谁复查，市级清单销号” 10% → 20%".into()],
        start: start.then(|| "/system/routes/draft?from=2".to_owned()),
        digest: "9f2c41d07a55e310".into(),
    }
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: None,
        chosen,
    }
}

fn standing(words: Words) -> RoutesPage {
    RoutesPage {
        frame: frame(words, "routes.title", Some(Section::Routes), city()),
        title: words.get("routes.version_loaded").into(),
        rules: vec![words.get("routes.when_any").into()],
        routes: vec![RouteTold {
            name: "谁检查谁复查，市级清单销号".into(),
            sentence: words.of("route_ending", "list"),
        }],
        ..RoutesPage::default()
    }
}

fn draft(
    words: Words,
    preview: Option<PreviewTold>,
    previewed: Option<&str>,
    errors: Vec<FieldError>,
) -> DraftPage {
    let rule = |at: usize, last| RuleFields {
        at,
        n: at + 1,
        level: vec![choice("", words.get("routes.any"), true)],
        determination: vec![choice("major", &words.of("determination", "major"), true)],
        source: vec![choice("", words.get("routes.any"), true)],
        returns: String::new(),
        route: vec![choice("major", "重大事故隐患", true)],
        first: at == 0,
        last,
    };
    DraftPage {
        frame: frame(words, "routes.draft_title", Some(Section::Routes), city()),
        errors,
        rules: vec![rule(0, false), rule(1, true)],
        routes: vec![RouteFields {
            at: 0,
            id: "major".into(),
            title: "重大事故隐患".into(),
            sentence: words.of("route_ending", "items"),
            name_zh: "重大事故隐患".into(),
            name_en: "Major".into(),
            inspectors: "2".into(),
            sample: "0".into(),
            choices: vec![RouteChoice {
                name: "plan",
                label: words.of("route_field", "plan"),
                options: vec![choice("full", &words.of("route_plan", "full"), true)],
            }],
            open: true,
        }],
        preview,
        previewed: previewed.map(str::to_owned),
        idempotency_key: "0197".into(),
        version: 2,
        reason: String::new(),
        holds_from: "2026-11-24".into(),
        earliest: "2026-11-23".into(),
    }
}

pub fn pages(words: Words) -> Vec<Page> {
    let row = |key: &str, sum| EndingRow {
        label: words.of("route_ends", key),
        before: "1840".into(),
        after: "2015".into(),
        change: "+175".into(),
        sum,
    };
    let arithmetic = [
        ("whose", words.get("routes.in_force")),
        ("items", "480"),
        ("drawn", "312"),
        ("files", "792"),
        ("pace", "6"),
        ("days", "132"),
        ("year", "250"),
        ("share", "52"),
    ];
    let sound = PreviewTold {
        basis: vec![words.get("routes.basis_short").into()],
        rows: vec![row("unit", false), row("items", false), row("all", true)],
        arithmetic: vec![words.fill("routes.arithmetic", &arithmetic)],
        source: "估算值，非法定。".into(),
        moved: vec!["“自查” → “县级”：12".into()],
        differences: vec![words.get("routes.diff_reordered").into()],
        ..PreviewTold::default()
    };
    let wrong = PreviewTold {
        findings: vec![words.fill("route_flaw.never_matches", &[("rule", "3")])],
        basis: vec![words.get("routes.basis_none").into()],
        ..PreviewTold::default()
    };
    let start = Start {
        href: "/system/routes/draft?from=current".into(),
        name: words.get("routes.from_current").into(),
        note: words.get("routes.from_current_note").into(),
    };
    let full = RoutesPage {
        reason: Some("按市安委会第三次全体会议决定".into()),
        warnings: vec![words.fill("route_flaw.never_matches", &[("rule", "3")])],
        coming: vec![version("3", true)],
        history: vec![version("3", true), version("2", true)],
        next: Some("/system/routes?before=2#history".into()),
        starts: vec![start],
        ..standing(words)
    };
    let read_only = RoutesPage {
        frame: frame(words, "routes.title", Some(Section::Routes), county()),
        history: vec![version("2", false)],
        ..standing(words)
    };
    let error = FieldError {
        field: Some("reason".into()),
        message: "原因未填写".into(),
    };
    vec![
        page("routes", standing(words)),
        page("routes-versions", full),
        page("routes-read", read_only),
        page("routes-draft", draft(words, None, None, Vec::new())),
        page(
            "routes-preview",
            draft(words, Some(sound), Some("ab"), vec![error]),
        ),
        page(
            "routes-preview-wrong",
            draft(words, Some(wrong), None, Vec::new()),
        ),
    ]
}
