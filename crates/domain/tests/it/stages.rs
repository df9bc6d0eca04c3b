//! The table of transitions and what the acts do are the same thing.

use domain::{
    authority::Act,
    hazard::{
        Determination, Hazard, InitialLevel, MOST_OF_ONE_ACT, Outcome, StageName, TRANSITIONS, Transition,
        WaitsFor, course::Proxied,
    },
    subject::SubjectKind,
};

use crate::given::*;

/// Acts of a hazard that is there, as the table knows them.
fn acts() -> Vec<Act> {
    let mut acts: Vec<Act> = TRANSITIONS
        .iter()
        .filter(|way| way.from.is_some())
        .map(|way| way.act)
        .collect();
    acts.sort_unstable();
    acts.dedup();
    acts
}

/// A determination is open where the act is to make one, and made where the act needs one.
fn fitting(act: Act) -> Determination {
    if act == Act::Determine {
        Determination::Pending
    } else {
        Determination::NotMajor
    }
}

/// A hazard at this stage, with whatever the act could be about.
fn ready(stage: StageName, what: Act) -> Hazard {
    let mut hazard = at(stage, fitting(what));
    if matches!(what, Act::Tell | Act::PutInPlace)
        && let Some(confirmation) = hazard.stage.confirmation_mut()
    {
        confirmation.route = major();
    }
    if what == Act::NameOwner {
        hazard.subject.kind = SubjectKind::Unowned;
    }
    let first: &[Act] = match what {
        Act::DecideExtension => &[Act::AskExtension],
        Act::Resume => &[Act::Pause],
        Act::AskRestart => &[Act::Suspend],
        Act::ReviewRestart => &[Act::Suspend, Act::AskRestart],
        Act::Acknowledge | Act::Decline => &[Act::Assign],
        _ => &[],
    };
    if what == Act::ConfirmProxy {
        hazard.course.proxied.push(Proxied {
            act: Act::Tell,
            by: arrangement().stand_in(&town()).signs(now()),
            confirmed: None,
        });
    }
    if matches!(
        what,
        Act::ProposeListing
            | Act::ApproveListing
            | Act::ServeListing
            | Act::ReportProgress
            | Act::Delist
            | Act::CancelListing
    ) {
        // It was listed while it was a major hazard in hand.
        let before = [Act::ProposeListing, Act::ApproveListing, Act::ServeListing];
        let so_far = match what {
            Act::ProposeListing => 0,
            Act::ApproveListing => 1,
            Act::ServeListing => 2,
            _ => 3,
        };
        let listed = before[..so_far].iter().fold(
            at(StageName::Confirmed, Determination::Major),
            |hazard, act_before| after(act(hazard, *act_before, Outcome::Done)),
        );
        hazard.course.listings = listed.course.listings;
        if let Some(confirmation) = hazard.stage.confirmation_mut() {
            confirmation.determination = Determination::Major;
        }
    }
    if what == Act::AnswerInstruction {
        // It was written while the case was open, and may be answered when it no longer is.
        let instructed = after(act(reported(), Act::Instruct, Outcome::Done));
        hazard.course.instructions = instructed.course.instructions;
    }
    first.iter().fold(hazard, |hazard, act_before| {
        if hazard.expects(*act_before).is_ok() {
            after(act(hazard, *act_before, Outcome::Done))
        } else {
            hazard
        }
    })
}

#[test]
fn an_act_is_taken_in_exactly_the_stages_of_the_table() {
    for stage in StageName::ALL.iter().copied() {
        for what in acts() {
            let decided = !stage.is_open() || stage == StageName::Accepted;
            let hazard = if what == Act::Determine && decided {
                at(stage, Determination::NotMajor)
            } else {
                ready(stage, what)
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
    for way in TRANSITIONS {
        let Some(from) = way.from else {
            let arrived = match (way.act, way.on_route) {
                (Act::Open, _) => opened_elsewhere().stage.name(),
                (_, "") => reported().stage.name(),
                (_, "finder orders") => self_found(an_order()).stage.name(),
                (_, "fixed on the spot") => self_found(on_the_spot()).stage.name(),
                (_, other) => panic!("nothing begins {other:?}"),
            };
            assert_eq!(arrived, way.to, "{way:?}");
            continue;
        };
        let arrived = match way.on_route {
            "" | "with sign-off" | "re-checked by another" => {
                after(act(ready(from, way.act), way.act, way.outcome))
            }
            "no plan demanded" => {
                let unit = unit();
                let short = confirmed(InitialLevel::General, Determination::NotMajor);
                after(short.rectify("已整改", vec![photo(0x31, &unit)], &times(), moment(&unit)))
            }
            "closed by the unit" => {
                after(self_found(an_order()).rectify("已清理", Vec::new(), &times(), moment(&unit())))
            }
            "closed by the unit, no plan demanded" => {
                let mut confirmed = at(from, Determination::NotMajor);
                if let Some(confirmation) = confirmed.stage.confirmation_mut() {
                    confirmation.route = domain::route::Route {
                        plan: domain::route::PlanDemand::None,
                        ..own()
                    };
                }
                after(confirmed.rectify("已清理", Vec::new(), &times(), moment(&unit())))
            }
            "without sign-off" => at(StageName::Closed, Determination::NotMajor),
            other => panic!("no hazard here goes on a route {other:?}"),
        };
        assert_eq!(arrived.stage.name(), way.to, "{way:?}");
    }
}

#[test]
fn what_has_ended_has_no_way_on_and_waits_for_nobody() {
    for stage in StageName::ALL.iter().copied() {
        let hazard = at(stage, Determination::NotMajor);
        let afterwards = [
            Act::Revisit,
            Act::AnswerInstruction,
            Act::Delist,
            Act::CancelListing,
        ];
        let on = |way: &&Transition| way.from == Some(stage) && !afterwards.contains(&way.act);
        assert_eq!(TRANSITIONS.iter().any(|way| on(&way)), stage.is_open(), "{stage}");
        let beside = hazard.open_acts().filter(|act| !afterwards.contains(act)).count();
        assert_eq!(beside > 0, stage.is_open(), "{stage}");
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
        let hazard = ready(way.from.unwrap(), way.act);
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
fn nobody_fills_a_case_until_it_cannot_be_ended() {
    let mut hazard = reported();
    for _ in 0..MOST_OF_ONE_ACT {
        hazard = after(act(hazard, Act::InterimMeasure, Outcome::Done));
    }
    assert_eq!(
        refused(act(hazard.clone(), Act::InterimMeasure, Outcome::Done)),
        "enough"
    );
    assert!(!hazard.open_acts().any(|act| act == Act::InterimMeasure));
    let confirmed = after(act(hazard.clone(), Act::Confirm, Outcome::Done));
    assert_eq!(confirmed.stage.name(), StageName::Confirmed);
    assert_eq!(
        after(act(hazard, Act::Void, Outcome::Done)).stage.name(),
        StageName::Void
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
    let offers = |hazard: &Hazard, act| hazard.open_acts().any(|open| open == act);
    let pending = at(StageName::Confirmed, Determination::Pending);
    assert!(
        offers(&pending, Act::Determine) && !offers(&pending, Act::Rectify),
        "a plan is demanded"
    );
    let short = confirmed(InitialLevel::General, Determination::NotMajor);
    assert!(!offers(&short, Act::Determine) && offers(&short, Act::Rectify));
    assert!(offers(&short, Act::Pause) && !offers(&short, Act::Resume));
    assert!(offers(&short, Act::AskExtension) && !offers(&short, Act::DecideExtension));
    let asked = after(act(short, Act::AskExtension, Outcome::Done));
    assert!(!offers(&asked, Act::AskExtension) && offers(&asked, Act::DecideExtension));
}
