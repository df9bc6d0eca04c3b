//! The city's table of routes: the first rule that fits, and no table that could leave a hazard without one.

use domain::{
    hazard::{Determination, InitialLevel, Source},
    route::{RouteRule, RouteTable, Visit},
};

use crate::given::*;

fn rule(level: Option<InitialLevel>, source: Option<Source>, route: &str) -> RouteRule {
    RouteRule {
        initial_level: level,
        determination: None,
        source,
        route: route.into(),
    }
}

#[test]
fn the_first_rule_that_fits_decides() {
    let table = RouteTable {
        rules: vec![
            rule(Some(InitialLevel::General), Some(Source::Patrol), "county"),
            rule(Some(InitialLevel::General), None, "literal"),
            rule(None, None, "literal"),
        ],
        ..routes()
    };
    let chosen = |level, source| {
        table
            .choose(level, Determination::NotMajor, source)
            .id
            .to_string()
    };
    assert_eq!(chosen(InitialLevel::General, Source::Patrol), "county");
    assert_eq!(chosen(InitialLevel::General, Source::Tip), "literal");
    assert_eq!(chosen(InitialLevel::Serious, Source::Patrol), "literal");
}

#[test]
fn a_table_with_a_hole_is_refused() {
    assert_eq!(routes().fault(), None);
    let unknown = RouteTable {
        rules: vec![rule(None, None, "gone")],
        ..routes()
    };
    assert!(unknown.fault().is_some_and(|why| why.contains("gone")));
    let open_end = RouteTable {
        rules: vec![rule(Some(InitialLevel::General), None, "county")],
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
fn a_visit_is_demanded_as_the_route_says() {
    use domain::hazard::{StageName, accept::Accept};
    for (visit, demanded) in [
        (Visit::Never, false),
        (Visit::Major, false),
        (Visit::Always, true),
    ] {
        let mut hazard = at(StageName::Submitted, Determination::NotMajor);
        hazard.stage.confirmation_mut().unwrap().route = route("any", true, 2, visit, true);
        let said = Accept {
            visited_at: None,
            place: None,
            ..passed()
        };
        let answer = hazard.accept_rectification(said, two_inspectors(), &times(), moment(&county()));
        assert_eq!(answer.is_err(), demanded, "{visit:?}");
    }
}
