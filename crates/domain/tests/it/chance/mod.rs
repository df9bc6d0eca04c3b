//! Routes by chance: on whatever table is no contradiction, whoever tries whatever, nothing ends as rectified with a step skipped.

mod attempt;

use domain::{
    FileId,
    actor::Actor,
    authority::{Act, SEPARATE},
    hazard::{
        Closing, Determination, EndedAs, Hazard, InitialLevel, Source, Stage, StageName, TRANSITIONS, ToldTo,
    },
    route::{Ending, PlanDemand, Recheck, Route, RouteRule, RouteTable, Visit},
    time::HOUR,
};
use proptest::prelude::*;

use attempt::{Says, attempt, begin};

use crate::{clocks::runner, given::*};

const LEVELS: [InitialLevel; 3] = [
    InitialLevel::General,
    InitialLevel::Serious,
    InitialLevel::SuspectedMajor,
];

fn one_of<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(values.to_vec())
}

fn a_route() -> impl Strategy<Value = Route> {
    (
        (
            any::<bool>(),
            one_of(PlanDemand::ALL),
            any::<bool>(),
            one_of(Recheck::ALL),
            0..3_u8,
        ),
        (
            one_of(&[Visit::Never, Visit::Major, Visit::Always]),
            any::<bool>(),
            any::<bool>(),
            one_of(Ending::ALL),
            0..101_u8,
        ),
    )
        .prop_map(
            |((confirm, plan, evidence, recheck, inspectors), (visit, in_place, cause, ending, sample))| {
                Route {
                    confirm,
                    plan,
                    evidence,
                    recheck,
                    inspectors,
                    visit,
                    in_place,
                    cause,
                    ending,
                    sample,
                    ..route("")
                }
            },
        )
}

fn a_rule(routes: usize) -> impl Strategy<Value = RouteRule> {
    let sources = [
        Source::SelfCheck,
        Source::Patrol,
        Source::CountyCheck,
        Source::Oversight,
    ];
    (
        prop::option::of(one_of(&LEVELS)),
        prop::option::of(one_of(Determination::ALL)),
        prop::option::of(one_of(&sources)),
        prop::option::of(1..3_u8),
        0..routes,
    )
        .prop_map(
            |(initial_level, determination, source, returns, which)| RouteRule {
                initial_level,
                determination,
                source,
                returns,
                on_list: None,
                route: which.to_string().as_str().into(),
            },
        )
}

fn tables() -> impl Strategy<Value = RouteTable> {
    let routes = prop::collection::vec(a_route(), 4);
    (routes, prop::collection::vec(a_rule(4), 0..6)).prop_filter_map(
        "a contradiction",
        |(mut routes, mut rules)| {
            for (n, route) in routes.iter_mut().enumerate() {
                route.id = n.to_string().as_str().into();
            }
            rules.push(rule("0"));
            let table = RouteTable {
                routes,
                rules,
                ..graded()
            };
            table.fault().is_none().then_some(table)
        },
    )
}

fn people() -> Vec<Actor> {
    vec![
        unit(),
        county(),
        second_county_officer(),
        county_department(),
        town(),
        city(),
        second_city_officer(),
        neighbour(),
        discipline(),
        city_department(),
    ]
}

const ACTS: [Act; 12] = [
    Act::Confirm,
    Act::Determine,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
    Act::Tell,
    Act::PutInPlace,
    Act::Suspend,
    Act::AskRestart,
    Act::ReviewRestart,
    Act::Dismiss,
];

/// Nothing that its route demands was skipped. Told from the record alone.
fn nothing_was_skipped(hazard: &Hazard) {
    if let Stage::Closed {
        closing: Closing::OnTheSpot { .. },
    } = &hazard.stage
    {
        assert_eq!(
            hazard.initial_level,
            InitialLevel::General,
            "on the spot only what is general"
        );
        return;
    }
    let confirmation = hazard
        .stage
        .confirmation()
        .expect("it was confirmed, or ordered with the report");
    let route = &confirmation.route;
    assert_ne!(confirmation.determination, Determination::Pending, "left open");
    let done = |act| hazard.hands.iter().any(|hand| hand.act == act);
    let by_report = confirmation.by.person == hazard.hands[0].by.person;
    assert!(done(Act::Confirm) || by_report, "confirmation");
    if done(Act::Confirm) {
        assert!(!by_report, "the finder confirmed it");
    }
    match (route.plan, hazard.stage.plan()) {
        (PlanDemand::None, _) => {}
        (PlanDemand::Light, Some(plan)) => {
            assert!(!plan.measures.is_empty() && !plan.responsible_person.is_empty())
        }
        (PlanDemand::Full, Some(plan)) => assert!(plan.has_all_parts(), "a whole plan"),
        (_, None) => panic!("the plan was skipped"),
    }
    let evidence: &[FileId] = &hazard.stage.rectification().expect("it was rectified").evidence;
    assert!(!route.evidence || !evidence.is_empty(), "evidence");
    assert!(hazard.course.suspended().is_none(), "the review of the restart");
    let Some(acceptance) = hazard.stage.acceptance() else {
        assert_eq!(route.recheck, Recheck::Unit, "closed without a re-check");
        return;
    };
    let (_, named) = hazard.rechecker().expect("its route is known");
    let county = agency(COUNTY_OFFICE);
    assert!(
        [named, county].contains(&acceptance.by.agency),
        "re-checked by another than the route names"
    );
    assert!(
        hazard.subject.steward != Some(acceptance.by.agency),
        "re-checked by whoever stands in for the responsible"
    );
    assert!(
        acceptance.inspectors.len() >= usize::from(route.inspectors),
        "inspectors"
    );
    let major = confirmation.determination == Determination::Major;
    let visit = route.visit == Visit::Always || route.visit == Visit::Major && major;
    assert!(
        !visit || acceptance.visited_at.is_some() && acceptance.place.is_some(),
        "visit"
    );
    assert!(!route.cause || acceptance.cause.is_some(), "cause");
    if route.in_place {
        assert!(
            ToldTo::ALL.iter().all(|to| hazard.course.is_told(*to)),
            "both told"
        );
        assert!(hazard.course.missing().is_empty(), "in place");
    }
    let off = hazard.stage.sign_off();
    assert_eq!(
        off.is_some(),
        route.ending != Ending::Close,
        "the end that its route names"
    );
    assert!(
        off.is_none_or(|off| off.list.is_none() || route.ending == Ending::List),
        "item by item"
    );
}

fn hands_are_separate(hazard: &Hazard) {
    for (a, b) in SEPARATE {
        let did = |act: &Act| -> Vec<_> {
            let hands = hazard.hands.iter().filter(|hand| hand.act == *act);
            hands.map(|hand| hand.by.person).collect()
        };
        let others = did(b);
        assert!(
            !did(a).iter().any(|one| others.contains(one)),
            "one person did {a} and {b}"
        );
    }
}

/// Whoever carries it on: what the page offers to anybody, tried first by those who usually do it.
fn carries_on(hazard: &Hazard, says: &mut Says) -> Act {
    let usual = match hazard.stage.name() {
        StageName::Reported => Act::Confirm,
        StageName::Confirmed => Act::Plan,
        StageName::Rectifying => Act::Rectify,
        StageName::Submitted => Act::Accept,
        _ => Act::SignOff,
    };
    let in_place = hazard.stage.confirmation().is_some_and(|one| one.route.in_place);
    let more = [
        Act::Tell,
        Act::PutInPlace,
        Act::PutInPlace,
        Act::Determine,
        Act::Plan,
        usual,
    ];
    if in_place || hazard.determination() == Determination::Pending {
        more[says.below(6) as usize]
    } else {
        usual
    }
}

#[test]
fn nothing_ends_as_rectified_with_a_step_skipped() {
    let tries = prop::collection::vec((0..ACTS.len(), 0..10_usize, any::<u64>()), 120);
    let ends = std::cell::RefCell::new(std::collections::BTreeMap::<String, usize>::new());
    let told = runner(400).run(
        &(tables(), 0..10_usize, any::<u64>(), tries),
        |(table, finder, first, tries)| {
            let people = people();
            let Some(mut hazard) = begin(&table, &people[finder], &mut Says { n: first }) else {
                return Ok(());
            };
            let mut now = now();
            for (what, who, n) in tries {
                now = now.plus(HOUR / 2);
                let mut says = Says { n };
                let what = if says.below(4) > 0 {
                    carries_on(&hazard, &mut says)
                } else {
                    ACTS[what]
                };
                let before = hazard.stage.name();
                let from = who;
                let next = (0..people.len())
                    .map(|turn| &people[(from + turn) % people.len()])
                    .find_map(|who| attempt(&hazard, what, who, &mut says, &table, now));
                let Some(next) = next else { continue };
                let to = next.stage.name();
                let known = TRANSITIONS
                    .iter()
                    .any(|way| way.from == Some(before) && way.act == what && way.to == to);
                prop_assert!(known, "{before} by {what} to {to} is no way");
                hazard = next;
                hands_are_separate(&hazard);
                if !hazard.stage.name().is_open() {
                    break;
                }
            }
            if hazard.stage.ended_as() == Some(EndedAs::Fixed) {
                nothing_was_skipped(&hazard);
            }
            let how = match &hazard.stage {
                Stage::Closed { closing } => match closing {
                    Closing::OnTheSpot { .. } => "on the spot",
                    Closing::ByUnit { .. } => "by the unit",
                    Closing::Accepted { .. } => "accepted",
                    Closing::Dismissed { .. } => "dismissed",
                },
                Stage::SignedOff { confirmation, .. } if confirmation.route.in_place => {
                    "signed off, in place"
                }
                Stage::SignedOff { .. } => "signed off",
                _ => "open",
            };
            *ends.borrow_mut().entry(how.to_owned()).or_default() += 1;
            Ok(())
        },
    );
    told.expect("no story skips a step");
    let ends = ends.into_inner();
    for how in [
        "on the spot",
        "by the unit",
        "accepted",
        "dismissed",
        "signed off, in place",
        "signed off",
    ] {
        assert!(ends.contains_key(how), "nothing ended {how}: {ends:?}");
    }
}
