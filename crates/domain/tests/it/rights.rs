//! Who may do what to a hazard of county 610902: from the table, person by person.

use domain::{
    actor::Actor,
    authority::{Act, TABLE},
    hazard::{Determination, Hazard, StageName},
    refusal::Refusal,
};

use crate::given::*;

const ON_A_HAZARD: [Act; 8] = [
    Act::Confirm,
    Act::Determine,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
    Act::InterimMeasure,
    Act::Void,
];

/// What somebody may do to it, whatever its stage and whoever has had a hand in it.
fn rights(who: &Actor, hazard: &Hazard) -> Vec<Act> {
    ON_A_HAZARD
        .into_iter()
        .filter(|act| who.may_about(*act, &hazard.about()).is_ok())
        .collect()
}

fn regulated_by(n: u128) -> Hazard {
    Hazard {
        regulator: Some(agency(n)),
        ..at(StageName::Confirmed, Determination::NotMajor)
    }
}

#[test]
fn offices_act_in_their_own_territory() {
    let hazard = at(StageName::Confirmed, Determination::NotMajor);
    use Act::*;
    assert_eq!(
        rights(&county(), &hazard),
        [Confirm, Determine, Accept, InterimMeasure, Void]
    );
    assert_eq!(
        rights(&city(), &hazard),
        [Confirm, Determine, SignOff, InterimMeasure, Void]
    );
    assert_eq!(rights(&town(), &hazard), [Accept, InterimMeasure]);
    let submitted = at(StageName::Submitted, Determination::NotMajor);
    assert!(
        matches!(
            town().may(Accept, &submitted),
            Err(Refusal::RecheckedByAnother { .. })
        ),
        "only where the route leaves it to the town"
    );
    assert_eq!(rights(&unit(), &hazard), [Plan, Rectify, InterimMeasure]);
    for nobody_here in [neighbour(), neighbouring_town(), discipline(), admin()] {
        assert_eq!(rights(&nobody_here, &hazard), [], "{:?}", nobody_here.role);
    }
}

#[test]
fn departments_act_on_what_they_regulate() {
    use Act::*;
    let hazard = at(StageName::Confirmed, Determination::NotMajor);
    assert_eq!(
        rights(&county_department(), &hazard),
        [],
        "its sector is not enough"
    );
    assert_eq!(rights(&city_department(), &hazard), []);
    let housing = regulated_by(COUNTY_HOUSING);
    assert_eq!(
        rights(&county_department(), &housing),
        [Confirm, Accept, InterimMeasure]
    );
    assert_eq!(
        rights(&county(), &housing),
        [Confirm, Determine, Accept, InterimMeasure, Void]
    );
    let emergency = regulated_by(CITY_EMERGENCY);
    assert_eq!(
        rights(&city_department(), &emergency),
        [Determine, InterimMeasure]
    );
}

#[test]
fn a_town_rectifies_where_it_is_the_steward() {
    use Act::*;
    let mut hazard = at(StageName::Confirmed, Determination::NotMajor);
    hazard.subject.steward = Some(agency(TOWN_OFFICE));
    assert_eq!(rights(&town(), &hazard), [Plan, Rectify, Accept, InterimMeasure]);
    let mut elsewhere = hazard.clone();
    elsewhere.subject.steward = Some(agency(0xc2));
    assert_eq!(
        rights(&neighbouring_town(), &elsewhere),
        [Plan, Rectify, InterimMeasure]
    );
}

/// What a county has entered without a town would otherwise have nobody to rectify it.
#[test]
fn a_county_rectifies_where_it_is_the_steward() {
    use Act::*;
    let mut hazard = at(StageName::Confirmed, Determination::NotMajor);
    hazard.subject.steward = Some(agency(COUNTY_OFFICE));
    assert_eq!(
        rights(&county(), &hazard),
        [Confirm, Determine, Plan, Rectify, Accept, InterimMeasure, Void]
    );
    assert_eq!(rights(&town(), &hazard), [Accept, InterimMeasure]);
    hazard.subject.steward = Some(agency(COUNTY_HOUSING));
    assert_eq!(rights(&county_department(), &hazard), [Plan, Rectify]);
    assert_eq!(rights(&neighbour(), &hazard), []);
}

#[test]
fn another_unit_has_no_right_to_this_one() {
    let hazard = at(StageName::Confirmed, Determination::NotMajor);
    let stranger = Actor {
        unit: Some(domain::SubjectId(uuid::Uuid::from_u128(0xb2))),
        agency: agency(0xb2),
        ..unit()
    };
    assert_eq!(rights(&stranger, &hazard), []);
    let unemployed = Actor {
        unit: None,
        agency: agency(0xb3),
        ..unit()
    };
    assert_eq!(
        rights(&unemployed, &hazard),
        [],
        "no unit is not the same as this unit"
    );
}

#[test]
fn a_refusal_says_who_may() {
    let hazard = at(StageName::Submitted, Determination::NotMajor);
    let Err(Refusal::NotYourAct { act, who_may }) = discipline().may(Act::Accept, &hazard) else {
        panic!("discipline accepts nothing")
    };
    assert_eq!(act, Act::Accept);
    assert_eq!(
        who_may,
        [
            domain::agency::Role::CountyOffice,
            domain::agency::Role::CountyDepartment,
            domain::agency::Role::TownOffice
        ]
    );
}

#[test]
fn every_act_that_people_do_is_somebodys() {
    let by_the_system = [
        Act::SweepFile,
        Act::LoadReference,
        Act::Open,
        Act::Escalate,
        Act::RecountDeadline,
    ];
    for act in Act::ALL {
        let somebody = TABLE.iter().any(|row| row.1 == *act);
        assert_eq!(somebody, !by_the_system.contains(act), "{act}");
    }
}

#[test]
fn readers_write_nothing() {
    // Whoever only reads may still say what is wrong with the system, and why they open a person's record.
    let said = [Act::Complain, Act::OpenPersonRecord];
    for act in Act::ALL.iter().filter(|act| !said.contains(act)) {
        assert!(discipline().may_at_all(*act).is_err(), "{act}");
    }
    assert!(discipline().may_at_all(Act::Complain).is_ok());
    assert!(admin().may_at_all(Act::UploadFile).is_err());
    assert!(discipline().only_reads() && !town().only_reads());
}
