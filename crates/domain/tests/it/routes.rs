//! The city's table of routes: the first rule that fits, and no table that could leave a hazard without one.

use domain::{
    hazard::{Determination, InitialLevel, Source},
    route::{Ending, Facts, Recheck, Route, RouteRule, RouteTable, Visit},
};

use crate::given::*;

fn of(level: Option<InitialLevel>, source: Option<Source>, route: &str) -> RouteRule {
    RouteRule {
        initial_level: level,
        source,
        ..rule(route)
    }
}

#[test]
fn the_first_rule_that_fits_decides() {
    let table = RouteTable {
        rules: vec![
            RouteRule {
                returns: Some(2),
                ..rule("literal")
            },
            of(Some(InitialLevel::General), Some(Source::Patrol), "county"),
            rule("literal"),
        ],
        ..routes()
    };
    let chosen = |level, source, returns| {
        let facts = Facts {
            level,
            determination: Determination::NotMajor,
            source,
            returns,
            on_list: false,
        };
        table.choose(&facts).id.to_string()
    };
    assert_eq!(chosen(InitialLevel::General, Source::Patrol, 0), "county");
    assert_eq!(chosen(InitialLevel::General, Source::Patrol, 1), "county");
    assert_eq!(chosen(InitialLevel::General, Source::Patrol, 2), "literal");
    assert_eq!(chosen(InitialLevel::General, Source::Tip, 0), "literal");
    assert_eq!(chosen(InitialLevel::Serious, Source::Patrol, 0), "literal");
}

#[test]
fn a_table_with_a_hole_is_refused() {
    assert_eq!(routes().fault(), None);
    assert_eq!(graded().fault(), None);
    let unknown = RouteTable {
        rules: vec![rule("gone")],
        ..routes()
    };
    assert!(unknown.fault().is_some_and(|why| why.contains("gone")));
    let open_end = RouteTable {
        rules: vec![of(Some(InitialLevel::General), None, "county")],
        ..routes()
    };
    assert!(open_end.fault().is_some());
    assert!(
        RouteTable {
            rules: vec![],
            ..routes()
        }
        .fault()
        .is_some()
    );
    assert!(
        RouteTable {
            routes: vec![],
            ..routes()
        }
        .fault()
        .is_some()
    );
}

#[test]
fn a_route_that_demands_what_nobody_on_it_could_do_is_refused() {
    let wrong = [
        Route { sample: 101, ..own() },
        Route {
            ending: Ending::Items,
            ..own()
        },
        Route {
            inspectors: 1,
            ..own()
        },
        Route { cause: true, ..own() },
        Route {
            recheck: Recheck::Unit,
            ..literal()
        },
        Route {
            in_place: true,
            ..ordered()
        },
    ];
    for route in wrong {
        let id = route.id.to_string();
        let table = RouteTable {
            routes: vec![route],
            rules: vec![rule(&id)],
            ..routes()
        };
        assert!(table.fault().is_some_and(|why| why.contains(&id)), "{id}");
    }
}

#[test]
fn a_visit_is_demanded_as_the_route_says() {
    use domain::hazard::{StageName, accept::Accept};
    for (visit, demanded) in [
        (Visit::Never, false),
        (Visit::Major, false),
        (Visit::Always, true),
    ] {
        let mut hazard = at(StageName::Submitted, Determination::NotMajor);
        hazard.stage.confirmation_mut().unwrap().route = Route { visit, ..literal() };
        let said = Accept {
            visited_at: None,
            place: None,
            ..passed()
        };
        let answer =
            hazard.accept_rectification(said, two_inspectors(), &times(), &routes(), moment(&county()));
        assert_eq!(answer.is_err(), demanded, "{visit:?}");
    }
}
