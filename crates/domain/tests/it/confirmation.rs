//! Confirmation: what it is measured by, until when, who regulates it, and on which route it goes.

use domain::{
    agency::{Agency, AgencyKind},
    change::{Change, Require, Seen},
    hazard::{Determination, Hazard, InitialLevel, StageName, confirm::Confirm},
    place::Home,
    refusal::Refusal,
};

use crate::given::*;

fn confirm(hazard: Hazard, said: Confirm, regulator: Option<Agency>) -> Result<Change, Refusal> {
    hazard.confirm(said, regulator, &routes(), moment(&county()))
}

fn housing(county: &str, kind: AgencyKind) -> Agency {
    Agency {
        id: agency(COUNTY_HOUSING),
        seen: Seen {
            version: 3,
            head: [0; 32],
        },
        home: Home {
            city: "6109".into(),
            county: county.into(),
            town: None,
        },
        kind,
        name: "汉滨区住房和城乡建设局".into(),
        short: "汉滨住建局".into(),
        parent: None,
        lead: None,
        enforcement: true,
        sectors: vec!["E47".into()],
        unit: None,
        rank: 1,
    }
}

#[test]
fn a_major_needs_a_clause() {
    let major = Confirm {
        determination: Determination::Major,
        ..confirmation()
    };
    assert_eq!(
        refused(confirm(reported(), major.clone(), None)),
        "clauses: major-needs-clause"
    );
    let blank = Confirm {
        clauses: vec!["  ".into(), String::new()],
        ..major.clone()
    };
    assert_eq!(
        refused(confirm(reported(), blank, None)),
        "clauses: major-needs-clause"
    );
    let founded = Confirm {
        clauses: vec!["判定标准第三条".into()],
        ..major
    };
    assert!(confirm(reported(), founded, None).is_ok());
}

#[test]
fn the_day_lies_between_today_and_two_years_on() {
    let until = |days| Confirm {
        deadline: in_days(days),
        ..confirmation()
    };
    assert!(confirm(reported(), until(0), None).is_ok());
    assert_eq!(
        refused(confirm(reported(), until(-1), None)),
        "deadline: too-early"
    );
    assert!(confirm(reported(), until(731), None).is_ok());
    assert_eq!(
        refused(confirm(reported(), until(732), None)),
        "deadline: too-late"
    );
}

#[test]
fn at_most_twenty_clauses_of_a_sensible_length() {
    let many = Confirm {
        clauses: vec!["条".into(); 21],
        ..confirmation()
    };
    assert_eq!(refused(confirm(reported(), many, None)), "clauses: too-many");
    let long = Confirm {
        clauses: vec!["长".repeat(301)],
        ..confirmation()
    };
    assert_eq!(refused(confirm(reported(), long, None)), "clauses: too-long");
}

#[test]
fn the_regulator_is_one_of_the_same_county() {
    let here = confirm(
        reported(),
        confirmation(),
        Some(housing("610902", AgencyKind::Department)),
    )
    .unwrap();
    assert_eq!(here.hazard().unwrap().supervisor(), agency(COUNTY_HOUSING));
    let rests = Require::Version {
        table: "agency",
        id: agency(COUNTY_HOUSING).to_string(),
        version: 3,
    };
    assert!(here.requires().contains(&rests));
    let elsewhere = Some(housing("610981", AgencyKind::Department));
    assert_eq!(
        refused(confirm(reported(), confirmation(), elsewhere)),
        "regulator: not-a-regulator-here"
    );
    let a_town = Some(housing("610902", AgencyKind::TownOffice));
    assert_eq!(
        refused(confirm(reported(), confirmation(), a_town)),
        "regulator: not-a-regulator-here"
    );
}

#[test]
fn the_route_is_chosen_once_and_kept() {
    let short = confirmed(InitialLevel::General, Determination::NotMajor);
    assert_eq!(short.stage.confirmation().unwrap().route.id.as_str(), "county");
    let long = at(StageName::Rectifying, Determination::NotMajor);
    assert_eq!(long.stage.confirmation().unwrap().route.id.as_str(), "literal");
    let change = confirm(reported(), confirmation(), None).unwrap();
    let rests = Require::Version {
        table: "route_table",
        id: "6109".into(),
        version: 1,
    };
    assert!(
        change.requires().contains(&rests),
        "a table that changes meanwhile makes it a conflict"
    );
}

#[test]
fn confirmation_sets_what_is_due() {
    let confirmed = after(confirm(reported(), confirmation(), None));
    assert_eq!(
        confirmed.due.map(|due| due.at.rfc3339()).as_deref(),
        Some("2026-03-15T00:00:00+08:00")
    );
}
