//! Other routes are set: by whom, from when, and what keeps a table from being set.

use domain::{
    actor::Actor,
    change::{Body, Change, Row},
    hazard::{Determination, InitialLevel, Source},
    refusal::Refusal,
    route::{
        Ending, PlanDemand, Recheck, Route, RouteRule, RouteTable,
        check::{Flaw, MOST_RULES},
        version::{RoutesEvent, SetRoutes},
    },
};

use crate::given::*;

fn said(table: &RouteTable) -> SetRoutes {
    SetRoutes {
        routes: table.routes.clone(),
        rules: table.rules.clone(),
        reason: "按市安委会第三次全体会议决定".into(),
        holds_from: in_days(3),
    }
}

/// A table that may hold: graded, with majors on a route that leaves nothing out.
fn sound() -> RouteTable {
    let table = graded();
    assert_eq!(table.findings(), [], "the graded table may hold");
    table
}

fn set(who: &Actor, said: SetRoutes) -> Result<Change, Refusal> {
    routes().set(&routes(), said, "cd".repeat(32), moment(who))
}

#[test]
fn the_city_sets_routes_and_nobody_else() {
    let change = set(&city(), said(&sound())).expect("the city may");
    let Body::Routes(RoutesEvent::RoutesSet {
        no,
        holds_from,
        sha256,
        ..
    }) = &change.event().body
    else {
        panic!("{:?}", change.event().body);
    };
    assert_eq!((*no, *holds_from, sha256.len()), (2, in_days(3), 64));
    assert!(
        change
            .rows()
            .iter()
            .any(|row| matches!(row, Row::RouteTable(table) if table.rules == routes().rules)),
        "what was loaded stays"
    );
    assert!(change.rows().iter().any(
        |row| matches!(row, Row::RouteVersion(version) if version.no == 2 && version.rules == sound().rules)
    ));
    for other in [county(), unit()] {
        assert_eq!(refused(set(&other, said(&sound()))), "not-your-act");
    }
}

#[test]
fn it_says_why_and_from_which_day() {
    let with = |change: fn(&mut SetRoutes)| {
        let mut said = said(&sound());
        change(&mut said);
        refused(set(&city(), said))
    };
    assert_eq!(with(|said| said.reason = "  ".into()), "reason: required");
    assert_eq!(
        with(|said| said.holds_from = in_days(-1)),
        "holds_from: too-early"
    );
    assert_eq!(
        with(|said| said.holds_from = in_days(400)),
        "holds_from: too-late"
    );
    let same = sound().set(&sound(), said(&sound()), String::new(), moment(&city()));
    assert_eq!(refused(same), "rules: nothing-changed");
}

fn flaws(table: &RouteTable) -> Vec<(Flaw, Option<usize>)> {
    table
        .findings()
        .into_iter()
        .map(|one| (one.flaw, one.rule))
        .collect()
}

#[test]
fn a_rule_that_never_matches_is_found_wherever_it_hides() {
    let mut table = sound();
    table.rules.insert(0, rule("ordered"));
    let never: Vec<usize> = flaws(&table)
        .into_iter()
        .filter(|(flaw, _)| *flaw == Flaw::NeverMatches)
        .filter_map(|(_, rule)| rule)
        .collect();
    assert_eq!(
        never,
        (2..=table.rules.len()).collect::<Vec<_>>(),
        "the first takes all"
    );

    // Two rules that together leave a third nothing.
    let of = |level| RouteRule {
        initial_level: Some(level),
        source: Some(Source::Tip),
        ..rule("ordered")
    };
    let mut table = sound();
    let at = table.rules.len() - 1;
    for level in InitialLevel::ALL {
        table.rules.insert(at, of(*level));
    }
    table.rules.insert(
        at + InitialLevel::ALL.len(),
        RouteRule {
            source: Some(Source::Tip),
            ..rule("ordered")
        },
    );
    // Suspected majors go by an earlier rule, so the one for them is the other that never matches.
    let found = flaws(&table);
    assert!(
        found.contains(&(Flaw::NeverMatches, Some(at + 1 + InitialLevel::ALL.len()))),
        "{found:?}"
    );

    let mut table = sound();
    table.rules.insert(
        3,
        RouteRule {
            returns: Some(5),
            ..rule("literal")
        },
    );
    assert_eq!(
        flaws(&table),
        [(Flaw::NeverMatches, Some(4))],
        "what came back twice has gone before"
    );
}

#[test]
fn a_gap_is_shown_by_a_hazard_that_falls_into_it() {
    let mut table = sound();
    table.rules.pop();
    let gap = table
        .findings()
        .into_iter()
        .find(|one| one.flaw == Flaw::Gap)
        .expect("a gap");
    let facts = gap.example.expect("a hazard");
    assert!(
        !(facts.level == InitialLevel::General && facts.source == Source::SelfCheck),
        "{facts:?}"
    );
    assert_eq!(refused(set(&city(), said(&table))), "rules: gap");
    table.rules.clear();
    assert_eq!(flaws(&table), [(Flaw::NoRule, None)]);
}

/// A determined major hazard: told to both (安全生产法 art. 41), a whole plan (总局令16号 art. 15), not closed by the unit itself.
#[test]
fn no_route_leaves_out_what_the_law_wants_of_majors() {
    let lax = |change: fn(&mut Route)| {
        let mut table = sound();
        for route in table
            .routes
            .iter_mut()
            .filter(|route| route.id.as_str() == "major")
        {
            change(route);
        }
        flaws(&table)
            .into_iter()
            .map(|(flaw, _)| flaw)
            .collect::<Vec<_>>()
    };
    assert_eq!(lax(|route| route.in_place = false), [Flaw::MajorUntold]);
    let light = lax(|route| (route.in_place, route.plan) = (false, PlanDemand::Light));
    assert_eq!(light, [Flaw::MajorWithoutPlan, Flaw::MajorUntold]);
    let mut table = sound();
    table.rules.insert(
        0,
        RouteRule {
            determination: Some(Determination::Major),
            ..rule("self")
        },
    );
    let found: Vec<Flaw> = flaws(&table).into_iter().map(|(flaw, _)| flaw).collect();
    assert_eq!(
        found,
        [
            Flaw::NeverMatches,
            Flaw::MajorWithoutPlan,
            Flaw::MajorUntold,
            Flaw::MajorUnsupervised
        ]
    );
    let refused = refused(set(&city(), said(&table)));
    assert_eq!(refused, "rules: never-matches, routes: against-the-law");
}

#[test]
fn shapes_that_make_no_sense_are_found() {
    let with = |change: fn(&mut RouteTable)| {
        let mut table = sound();
        change(&mut table);
        flaws(&table)
            .into_iter()
            .map(|(flaw, _)| flaw)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        with(|table| table.routes[0].sample = 101),
        [Flaw::SamplesMoreThanAll]
    );
    assert_eq!(
        with(|table| table.routes[0].ending = Ending::Items),
        [Flaw::UnitSignedOff]
    );
    assert_eq!(with(|table| table.routes[0].cause = true), [Flaw::UnitRechecked]);
    assert_eq!(
        with(|table| table.routes[0].name_zh = " ".into()),
        [Flaw::BadName]
    );
    assert_eq!(
        with(|table| table.routes[2].inspectors = 9),
        [Flaw::TooManyInspectors]
    );
    let twice = with(|table| {
        let copy = table.routes[0].clone();
        table.routes.push(copy);
    });
    assert_eq!(twice, [Flaw::TwiceTheSame]);
    let unknown = with(|table| table.rules[3].route = "gone".into());
    assert_eq!(unknown, [Flaw::UnknownRoute]);
    let strange = with(|table| {
        let route = Route {
            id: "<b>".into(),
            recheck: Recheck::County,
            ..table.routes[0].clone()
        };
        table.routes.push(route);
    });
    assert_eq!(strange, [Flaw::BadId]);
    let endless = with(|table| table.rules = vec![rule("ordered"); MOST_RULES + 1]);
    assert_eq!(endless, [Flaw::TooMany], "and nothing else is looked at");
}
