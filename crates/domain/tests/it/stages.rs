//! The table of transitions and what the acts do are the same thing.

use domain::{
    authority::Act,
    hazard::{Determination, InitialLevel, MOST_HANDS, Outcome, StageName, TRANSITIONS, WaitsFor},
};

use crate::given::*;

const REACHED: [StageName; 8] = [
    StageName::Reported,
    StageName::Confirmed,
    StageName::Rectifying,
    StageName::Submitted,
    StageName::Accepted,
    StageName::SignedOff,
    StageName::Closed,
    StageName::Void,
];

const ACTS: [Act; 8] = [
    Act::Confirm,
    Act::Determine,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
    Act::InterimMeasure,
    Act::Void,
];

/// A determination is open where the act is to make one, and made where the act needs one.
fn fitting(act: Act) -> Determination {
    if act == Act::Determine {
        Determination::Pending
    } else {
        Determination::NotMajor
    }
}

#[test]
fn an_act_is_taken_in_exactly_the_stages_of_the_table() {
    for stage in REACHED {
        for what in ACTS {
            let hazard =
                if what == Act::Determine && matches!(stage, StageName::Accepted | StageName::SignedOff) {
                    at(stage, Determination::NotMajor)
                } else {
                    at(stage, fitting(what))
                };
            let in_table = TRANSITIONS
                .iter()
                .any(|way| way.from == Some(stage) && way.act == what);
            assert_eq!(hazard.expects(what).is_ok(), in_table, "{stage} {what}");
            if !in_table {
                assert_eq!(
                    refused(act(hazard, what, Outcome::Passed)),
                    "wrong-stage",
                    "{stage} {what}"
                );
            }
        }
    }
}

#[test]
fn every_way_of_the_table_leads_where_it_says() {
    let mut gone = 0;
    for way in TRANSITIONS {
        let Some(from) = way.from else {
            assert_eq!(reported().stage.name(), way.to);
            continue;
        };
        let arrived = match way.on_route {
            "" | "with sign-off" => after(act(at(from, fitting(way.act)), way.act, way.outcome)),
            "no plan demanded" => {
                let unit = unit();
                let short = confirmed(InitialLevel::General, Determination::NotMajor);
                after(short.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)))
            }
            "without sign-off" => at(StageName::Closed, Determination::NotMajor),
            other => panic!("no hazard here goes on a route {other:?}"),
        };
        assert_eq!(arrived.stage.name(), way.to, "{way:?}");
        gone += 1;
    }
    assert_eq!(gone + 1, TRANSITIONS.len());
}

#[test]
fn what_has_ended_has_no_way_on_and_waits_for_nobody() {
    for stage in REACHED {
        let hazard = at(stage, Determination::NotMajor);
        let ways = TRANSITIONS.iter().filter(|way| way.from == Some(stage)).count();
        assert_eq!(ways > 0, stage.is_open(), "{stage}");
        assert_eq!(hazard.open_acts().count() > 0, stage.is_open(), "{stage}");
        assert_eq!(hazard.waits_for().is_some(), stage.is_open(), "{stage}");
        assert_eq!(
            hazard.due.is_some(),
            stage.is_open(),
            "{stage}: something is due as long as it is open"
        );
    }
}

#[test]
fn it_waits_for_whoever_has_the_next_step() {
    let waits = |stage| at(stage, Determination::NotMajor).waits_for();
    assert_eq!(
        waits(StageName::Reported),
        Some(WaitsFor::Agency(agency(COUNTY_OFFICE)))
    );
    assert_eq!(waits(StageName::Confirmed), Some(WaitsFor::Unit(subject_id())));
    assert_eq!(waits(StageName::Rectifying), Some(WaitsFor::Unit(subject_id())));
    assert_eq!(
        waits(StageName::Submitted),
        Some(WaitsFor::Agency(agency(COUNTY_OFFICE)))
    );
    assert_eq!(
        waits(StageName::Accepted),
        Some(WaitsFor::Agency(agency(CITY_OFFICE)))
    );
}

#[test]
fn every_act_leaves_a_hand_and_the_cells_it_left_and_entered() {
    for way in TRANSITIONS
        .iter()
        .filter(|way| way.from.is_some() && way.on_route.is_empty())
    {
        let hazard = at(way.from.unwrap(), fitting(way.act));
        let (hands, cell) = (hazard.hands.len(), hazard.cell());
        let change = act(hazard, way.act, way.outcome).unwrap();
        let written = change.hazard().unwrap();
        assert_eq!(written.hands.len(), hands + 1);
        assert_eq!(written.hands.last().map(|hand| hand.act), Some(way.act));
        assert_eq!(change.event().act, way.act);
        assert_eq!(change.event().left, Some(cell));
        assert_eq!(change.event().entered, Some(written.cell()));
        assert!(
            !change.requires().is_empty(),
            "a decision rests on the appointment it was made under"
        );
    }
}

#[test]
fn a_case_that_never_ends_is_stopped() {
    let mut hazard = reported();
    while hazard.hands.len() < MOST_HANDS {
        hazard = after(act(hazard, Act::InterimMeasure, Outcome::Done));
    }
    assert_eq!(
        refused(act(hazard, Act::InterimMeasure, Outcome::Done)),
        "wrong-stage"
    );
}

#[test]
fn the_dates_that_were_set_outlive_a_return() {
    let back = after(act(
        at(StageName::Submitted, Determination::NotMajor),
        Act::Accept,
        Outcome::Returned,
    ));
    assert_eq!(back.deadline(), Some(in_days(5)), "the plan's day still stands");
    assert_eq!(back.due.as_ref().map(|due| due.at), Some(in_days(5).end()));
    assert_eq!(back.returns.len(), 1);
    let off = after(act(
        at(StageName::Accepted, Determination::NotMajor),
        Act::SignOff,
        Outcome::Returned,
    ));
    assert_eq!(
        (off.stage.name(), off.returns[0].from),
        (StageName::Rectifying, StageName::Accepted)
    );
    assert!(
        off.stage.plan().is_some(),
        "the plan is kept; what was accepted is not"
    );
    assert!(off.stage.acceptance().is_none());
}

#[test]
fn the_page_offers_what_is_still_to_decide() {
    let pending = at(StageName::Confirmed, Determination::Pending);
    let acts: Vec<Act> = pending.open_acts().collect();
    assert_eq!(acts, [Act::Plan, Act::Determine, Act::InterimMeasure, Act::Void]);
    let short = confirmed(InitialLevel::General, Determination::NotMajor);
    let acts: Vec<Act> = short.open_acts().collect();
    assert_eq!(acts, [Act::Plan, Act::Rectify, Act::InterimMeasure, Act::Void]);
}
