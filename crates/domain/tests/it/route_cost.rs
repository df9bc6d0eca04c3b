//! What a table of routes costs the city's office: the past sent down it, and the arithmetic from there to working days.

use domain::{
    hazard::{Determination, InitialLevel, Source},
    route::{
        Facts,
        preview::{Alike, Endings, Pace, Past, Went},
    },
};

use crate::given::*;

fn alike(source: Source, level: InitialLevel, determination: Determination, n: u64) -> Alike {
    Alike {
        facts: Facts {
            level,
            determination,
            source,
            returns: 0,
        },
        went: Went::OnARoute,
        n,
    }
}

fn past(days: i64) -> Past {
    use Determination::*;
    use InitialLevel::*;
    let on_the_spot = Alike {
        went: Went::OnTheSpot,
        ..alike(Source::SelfCheck, General, Pending, 700)
    };
    let not_a_hazard = Alike {
        went: Went::Elsewhere,
        ..alike(Source::Tip, General, NotMajor, 9)
    };
    Past {
        from: now().day(),
        to: now().day().plus_days(days - 1),
        alike: vec![
            alike(Source::SelfCheck, General, NotMajor, 300),
            alike(Source::Patrol, General, NotMajor, 120),
            alike(Source::CountyCheck, Serious, NotMajor, 95),
            alike(Source::CountyCheck, SuspectedMajor, Major, 5),
            on_the_spot,
            not_a_hazard,
        ],
        only_newest: false,
    }
}

#[test]
fn each_ends_where_the_first_rule_that_fits_leads() {
    let year = past(365);
    let graded = year.cost(&graded()).expect("every hazard has a route");
    let sample = crate::given::graded()
        .routes
        .iter()
        .find(|route| route.id.as_str() == "ordered")
        .map(|route| u64::from(route.sample))
        .expect("a route with a list");
    let counted = Endings {
        unit: 300,
        town: 120,
        county: 0,
        lists: 95,
        drawn: (95 * sample).div_ceil(100),
        items: 5,
    };
    assert_eq!(graded.counted, counted);
    assert_eq!(graded.a_year, counted, "a year is a year");
    assert_eq!(
        graded.counted.all(),
        520,
        "what went down no route is counted aside"
    );
    assert_eq!((year.went(Went::OnTheSpot), year.went(Went::Elsewhere)), (700, 9));

    let literal = year.cost(&routes()).expect("every hazard has a route");
    assert_eq!(
        (literal.counted.county, literal.counted.items),
        (420, 100),
        "general ends with the county there"
    );
    let pace = Pace { files_per_day: 6 };
    assert_eq!(
        pace.days_for(literal.a_year.looked_at()),
        17,
        "100 ÷ 6, the last day begun"
    );
    assert_eq!(pace.days_for(0), 0);
    assert_eq!(Pace { files_per_day: 0 }.days_for(3), 3, "no division by nothing");
}

#[test]
fn a_shorter_past_is_carried_on_to_a_year() {
    let half = past(73).cost(&graded()).expect("every hazard has a route");
    assert_eq!((half.counted.unit, half.a_year.unit), (300, 1_500));
    assert_eq!((half.counted.items, half.a_year.items), (5, 25));
}

#[test]
fn what_goes_another_way_is_told_most_first() {
    let moved = past(365).moved(&graded(), &routes());
    let told: Vec<(&str, &str, u64)> = moved
        .iter()
        .map(|(from, to, n)| (from.as_str(), to.as_str(), *n))
        .collect();
    assert_eq!(
        told,
        [
            ("self", "county", 300),
            ("town", "county", 120),
            ("ordered", "literal", 95),
            ("major", "literal", 5)
        ]
    );
    assert!(past(365).moved(&graded(), &graded()).is_empty());
}

#[test]
fn a_table_with_a_gap_has_no_cost() {
    let mut open_end = graded();
    open_end.rules.pop();
    assert_eq!(past(365).cost(&open_end), None);
}
