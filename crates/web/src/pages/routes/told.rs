//! Routes, rules, versions and previews in sentences. Nothing here decides anything.

use app::{Failure, routes};
use domain::{
    RouteId,
    hazard::Determination,
    route::{
        Ending, Facts, Recheck, Route, RouteRule, RouteTable, Visit,
        check::Finding,
        diff::Difference,
        preview::{Cost, Endings, Pace, Went},
        version::RouteVersion,
    },
};

use crate::{
    site::Site,
    views::routes::{EndingRow, PreviewTold, RouteTold, VersionTold},
    words::{Language, Words},
};

pub fn name_of(route: &Route, words: Words) -> &str {
    if words.language() == Language::English {
        &route.name_en
    } else {
        &route.name_zh
    }
}

fn named(table: &RouteTable, id: &RouteId, words: Words) -> String {
    let route = table.route(id);
    route.map_or_else(|| id.to_string(), |route| name_of(route, words).to_owned())
}

/// 来源为市级督查的，走“县级验收，市级逐条销号”.
pub fn rule(rule: &RouteRule, table: &RouteTable, words: Words) -> String {
    let route = named(table, &rule.route, words);
    words.fill(
        "routes.rule_told",
        &[("when", &conditions(rule, words)), ("route", &route)],
    )
}

fn conditions(rule: &RouteRule, words: Words) -> String {
    let mut told = Vec::new();
    if let Some(level) = rule.initial_level {
        told.push(words.fill("routes.when_level", &[("is", &words.of("level", level.as_str()))]));
    }
    if let Some(made) = rule.determination {
        told.push(words.fill(
            "routes.when_determination",
            &[("is", &words.of("determination", made.as_str()))],
        ));
    }
    if let Some(source) = rule.source {
        told.push(words.fill(
            "routes.when_source",
            &[("is", &words.of("source", source.as_str()))],
        ));
    }
    if let Some(returns) = rule.returns {
        told.push(words.count("routes.when_returns", returns));
    }
    if told.is_empty() {
        words.get("routes.when_any").to_owned()
    } else {
        told.join(words.get("list.comma"))
    }
}

/// What a route demands, from confirmation to the sample.
pub fn sentence(route: &Route, words: Words) -> String {
    let mut told = vec![
        words.of("route_confirm", yes(route.confirm)),
        words.of("route_plan", route.plan.as_str()),
    ];
    if route.evidence {
        told.push(words.get("routes.evidence").to_owned());
    }
    told.push(words.of("route_recheck", route.recheck.as_str()));
    if route.inspectors > 0 {
        told.push(words.count("routes.inspectors", route.inspectors));
    }
    if route.visit != Visit::Never {
        told.push(words.of("route_visit", route.visit.as_str()));
    }
    if route.in_place {
        told.push(words.get("routes.in_place").to_owned());
    }
    if route.cause {
        told.push(words.get("routes.cause").to_owned());
    }
    told.push(words.of("route_ending", route.ending.as_str()));
    if route.sample > 0 && route.ending != Ending::Items {
        let key = if route.ending == Ending::List {
            "routes.sample_list"
        } else {
            "routes.sample_close"
        };
        told.push(words.count(key, route.sample));
    }
    told.join(words.get("list.semicolon"))
}

pub fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

pub fn all_routes(table: &RouteTable, words: Words) -> Vec<RouteTold> {
    let told = table.routes.iter().map(|route| RouteTold {
        name: name_of(route, words).to_owned(),
        sentence: sentence(route, words),
    });
    told.collect()
}

pub fn finding(one: &Finding, table: &RouteTable, words: Words) -> String {
    let rule = one.rule.map(|n| n.to_string()).unwrap_or_default();
    let route = one.route.as_ref().map(|id| named(table, id, words));
    let example = one.example.map(|facts| hazard(&facts, words));
    words.fill(
        &format!("route_flaw.{}", one.flaw),
        &[
            ("rule", &rule),
            ("route", &route.unwrap_or_default()),
            ("example", &example.unwrap_or_default()),
        ],
    )
}

/// 市级督查发现、一般、非重大.
fn hazard(facts: &Facts, words: Words) -> String {
    let mut told = vec![
        words.of("source", facts.source.as_str()),
        words.of("level", facts.level.as_str()),
        words.of("determination", facts.determination.as_str()),
    ];
    if facts.determination == Determination::Major {
        told.remove(1);
    }
    if facts.returns > 0 {
        told.push(words.count("hazard.returns", facts.returns));
    }
    told.join(words.get("list.comma"))
}

pub fn differences(before: &RouteTable, after: &RouteTable, words: Words) -> Vec<String> {
    let told = after.differences(before);
    let told = told.iter().map(|one| match one {
        Difference::RouteNew(route) => {
            words.fill("routes.diff_route_new", &[("route", name_of(route, words))])
        }
        Difference::RouteGone(route) => {
            words.fill("routes.diff_route_gone", &[("route", name_of(route, words))])
        }
        Difference::RouteField {
            route,
            field,
            was,
            is,
        } => words.fill(
            "routes.diff_field",
            &[
                ("route", name_of(route, words)),
                ("field", words.get(&format!("route_field.{field}"))),
                ("was", &value(field, was, words)),
                ("is", &value(field, is, words)),
            ],
        ),
        Difference::RuleNew(new) => words.fill("routes.diff_rule_new", &[("rule", &rule(new, after, words))]),
        Difference::RuleGone(gone) => {
            words.fill("routes.diff_rule_gone", &[("rule", &rule(gone, before, words))])
        }
        Difference::Reordered => words.get("routes.diff_reordered").to_owned(),
    });
    told.collect()
}

/// A word of a closed list in the reader's language; figures and names stay what they are.
fn value(field: &str, code: &str, words: Words) -> String {
    let family = match field {
        "confirm" => "route_confirm",
        "plan" => "route_plan",
        "recheck" => "route_recheck",
        "visit" => "route_visit",
        "ending" => "route_ending",
        "evidence" | "in_place" | "cause" => "route_is",
        "sample" => return format!("{code}%"),
        _ => return code.to_owned(),
    };
    words.of(family, code)
}

/// A version that was set, with what it changed in the one before it.
pub async fn version(
    site: &Site,
    one: &RouteVersion,
    may_set: bool,
    words: Words,
) -> Result<VersionTold, Failure> {
    let after = routes::version(&site.app, one.no).await?;
    let before = routes::version(&site.app, one.no - 1).await;
    let differences = before.map(|before| differences(&before, &after, words));
    let people = site.app.store.directory().persons(&[one.by.person]).await?;
    let who = people
        .first()
        .map(|person| person.name.clone())
        .unwrap_or_default();
    Ok(VersionTold {
        title: title(one.no, Some(one), words),
        who: words.fill(
            "routes.set_by",
            &[("who", &who), ("time", &one.by.at.to_minute())],
        ),
        reason: one.reason.clone(),
        differences: differences.unwrap_or_default(),
        start: may_set.then(|| format!("/system/routes/draft?from={}", one.no)),
        digest: one.sha256.chars().take(16).collect(),
    })
}

pub fn title(no: i64, set: Option<&RouteVersion>, words: Words) -> String {
    match set {
        Some(set) => words.fill(
            "routes.version",
            &[("no", &no.to_string()), ("day", &set.holds_from.to_string())],
        ),
        None => words.get("routes.version_loaded").to_owned(),
    }
}

pub fn preview(
    site: &Site,
    before: &RouteTable,
    wanted: &RouteTable,
    preview: &routes::preview::Preview,
    words: Words,
) -> PreviewTold {
    let workload = &site.app.reference.workload;
    let english = words.language() == Language::English;
    let note = if english {
        &workload.note_en
    } else {
        &workload.note_zh
    };
    let mut told = PreviewTold {
        findings: preview
            .findings
            .iter()
            .map(|one| finding(one, wanted, words))
            .collect(),
        basis: basis(preview, words),
        differences: differences(before, wanted, words),
        source: words.fill(
            "routes.pace_source",
            &[("note", note), ("source", &workload.source)],
        ),
        ..PreviewTold::default()
    };
    if let (Some(was), Some(is)) = (&preview.before, &preview.after) {
        told.rows = rows(was, is, words);
        for (key, cost) in [("routes.in_force", was), ("routes.wanted", is)] {
            told.arithmetic
                .push(arithmetic(words.get(key), &cost.a_year, preview, words));
        }
        told.moved = preview
            .moved
            .iter()
            .take(12)
            .map(|(from, to, n)| {
                words.fill(
                    "routes.moved",
                    &[
                        ("from", &named(before, from, words)),
                        ("to", &named(wanted, to, words)),
                        ("n", &n.to_string()),
                    ],
                )
            })
            .collect();
    }
    told
}

fn basis(preview: &routes::preview::Preview, words: Words) -> Vec<String> {
    let Some(past) = &preview.past else {
        return vec![words.get("routes.basis_none").to_owned()];
    };
    let count = |went| past.went(went).to_string();
    let (days, all) = (past.days(), past.alike.iter().map(|one| one.n).sum::<u64>());
    let mut told = vec![words.fill(
        "routes.basis",
        &[
            ("from", &past.from.to_string()),
            ("to", &past.to.to_string()),
            ("days", &days.to_string()),
            ("n", &all.to_string()),
            ("on_a_route", &count(Went::OnARoute)),
            ("on_the_spot", &count(Went::OnTheSpot)),
            ("elsewhere", &count(Went::Elsewhere)),
        ],
    )];
    if past.only_newest {
        told.push(words.count("routes.basis_newest", routes::preview::MOST));
    }
    if days < 365 {
        told.push(words.count("routes.basis_scaled", days));
    }
    if days < 90 {
        told.push(words.get("routes.basis_short").to_owned());
    }
    told
}

fn rows(was: &Cost, is: &Cost, words: Words) -> Vec<EndingRow> {
    let row = |key: &str, of: fn(&Endings) -> u64, sum| {
        let (before, after) = (of(&was.a_year), of(&is.a_year));
        EndingRow {
            label: words.of("route_ends", key),
            before: before.to_string(),
            after: after.to_string(),
            change: match after.cmp(&before) {
                std::cmp::Ordering::Greater => format!("+{}", after - before),
                std::cmp::Ordering::Less => format!("−{}", before - after),
                std::cmp::Ordering::Equal => "0".to_owned(),
            },
            sum,
        }
    };
    vec![
        row("unit", |ends| ends.unit, false),
        row("town", |ends| ends.town, false),
        row("county", |ends| ends.county, false),
        row("lists", |ends| ends.lists, false),
        row("items", |ends| ends.items, false),
        row("all", Endings::all, true),
        row("drawn", |ends| ends.drawn, false),
        row("looked_at", Endings::looked_at, true),
    ]
}

/// 现行：逐条 480 件＋清单抽查 312 件＝792 件，÷ 每个工作日 6 件＝132 个工作日.
fn arithmetic(whose: &str, year: &Endings, preview: &routes::preview::Preview, words: Words) -> String {
    let Pace { files_per_day } = preview.pace;
    let days = preview.pace.days_for(year.looked_at());
    let share = days * 100 / u64::from(preview.working_days.max(1));
    words.fill(
        "routes.arithmetic",
        &[
            ("whose", whose),
            ("items", &year.items.to_string()),
            ("drawn", &year.drawn.to_string()),
            ("files", &year.looked_at().to_string()),
            ("pace", &files_per_day.to_string()),
            ("days", &days.to_string()),
            ("year", &preview.working_days.to_string()),
            ("share", &share.to_string()),
        ],
    )
}

/// Words of a closed list, for a choice.
pub fn recheck_words() -> Vec<&'static str> {
    Recheck::ALL.iter().map(|one| one.as_str()).collect()
}
