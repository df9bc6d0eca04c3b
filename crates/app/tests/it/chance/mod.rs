//! Random acts by random people. Whatever they try, no step is skipped, nobody sees past their scope, nobody judges their own
//! work, and no act is without its event.

mod attempt;

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use app::{Failure, hazard::Receipt};
use domain::{
    HazardId,
    agency::Role,
    authority::{Act, SEPARATE},
    hazard::{EndedAs, Hazard, InitialLevel, StageName, TRANSITIONS, WaitsFor},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use testkit::{City, Engine, Named, PersonInOffice, World};

use attempt::{attempt, beside};

const CASES: u32 = 16;
const STEPS: usize = 80;
const HAZARDS: usize = 3;

const PEOPLE: usize = 11;

/// Hazards that came to their end, by sign-off or by the county, in the stories told so far.
static SIGNED_OFF: AtomicUsize = AtomicUsize::new(0);
static CLOSED: AtomicUsize = AtomicUsize::new(0);

/// Who, what, on which hazard, and how it is said.
type Try = (usize, usize, usize, u8);

fn people(w: &World) -> Vec<PersonInOffice> {
    vec![
        w.town(),
        w.unit(),
        w.county(),
        w.second_county_officer(),
        w.city(),
        w.second_city_officer(),
        w.neighbour(),
        w.discipline(),
        w.admin(),
        // The first regulates the unit's trade, the second does not.
        w.person("department-6109-emergency"),
        w.person("department-610902-housing"),
    ]
}

const ACTS: [Act; 26] = [
    Act::Confirm,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
    Act::InterimMeasure,
    Act::Void,
    Act::Determine,
    Act::AskExtension,
    Act::DecideExtension,
    Act::Pause,
    Act::Resume,
    Act::Suspend,
    Act::AskRestart,
    Act::ReviewRestart,
    Act::Assign,
    Act::Acknowledge,
    Act::Decline,
    Act::Transfer,
    Act::Merge,
    Act::Dismiss,
    Act::Revisit,
    Act::Correct,
    Act::Tell,
    Act::PutInPlace,
    Act::NameOwner,
];

/// What would carry the hazard on, and who of [`people`] usually does it.
fn carries_on(stage: StageName) -> Option<(Act, usize)> {
    match stage {
        StageName::Reported => Some((Act::Confirm, 2)),
        StageName::Confirmed => Some((Act::Plan, 1)),
        StageName::Rectifying => Some((Act::Rectify, 1)),
        StageName::Submitted => Some((Act::Accept, 3)),
        StageName::Accepted => Some((Act::SignOff, 4)),
        _ => None,
    }
}

/// What the stories begin with: found by the town, or on the graded table also by the unit, or perhaps major.
async fn a_report(w: &World, n: usize) -> Receipt {
    let graded = w.city == City::Graded;
    let told = format!("第{n}处消防通道堵塞");
    match n {
        1 if graded => w.unit().orders(&told).await.good(),
        2 if graded => {
            let mut said = w.town().a_report(&told).await;
            said.report.initial_level = InitialLevel::SuspectedMajor;
            w.town().reports_as(said).await.good()
        }
        _ => w.town().reports(&told).await.good(),
    }
}

async fn story(w: &World, tries: Vec<Try>) {
    let people = people(w);
    let mut hazards = Vec::new();
    let mut versions: HashMap<HazardId, (StageName, i64)> = HashMap::new();
    for n in 0..HAZARDS {
        let receipt = a_report(w, n).await;
        let (hazard, stage) = (receipt.hazard(), StageName::parse(&receipt.stage));
        versions.insert(hazard, (stage.expect("a stage by its name"), 1));
        hazards.push(hazard);
    }
    for (who, what, which, twist) in tries {
        let hazard = &hazards[which % HAZARDS];
        let events = w.events().await;
        let (before, version) = versions[hazard];
        // Every other try is at what would carry the hazard on, half of those by whoever usually does, or chance alone would
        // seldom come to an end.
        let (act, who) = match (twist % 4, carries_on(before)) {
            (1, Some((act, usual))) => (act, usual),
            (3, Some((act, _))) => (act, who),
            _ => (ACTS[what % ACTS.len()], who),
        };
        let person = &people[who % people.len()];
        let answer = attempt(person, act, hazard, &hazards[(which + 1) % HAZARDS], twist).await;
        w.time_passes(7 * 60_000);
        let now = w.city().looks_at(hazard).await.good().hazard;
        match answer {
            Ok(receipt) => {
                let to = StageName::parse(&receipt.stage).expect("a stage by its name");
                assert!(
                    act == Act::Decline || person.sees(hazard).await,
                    "whoever acted sees it, unless it is theirs no longer"
                );
                let known = TRANSITIONS
                    .iter()
                    .any(|way| way.from == Some(before) && way.act == act && way.to == to);
                assert!(known, "{before} by {act} to {to} is no way");
                assert_eq!(now.seen.version, version + 1, "each act is one version");
                assert_eq!(
                    w.events().await,
                    events + 1 + beside(act, twist),
                    "each act is one event"
                );
                versions.insert(*hazard, (to, version + 1));
            }
            Err(failure) => {
                assert!(
                    !matches!(failure, Failure::Broken(_) | Failure::Unavailable(_)),
                    "{failure}"
                );
                assert_eq!(
                    (now.stage.name(), now.seen.version),
                    (before, version),
                    "a refusal changes nothing"
                );
                assert!(
                    w.events().await <= events + beside(act, twist),
                    "nor does it leave an event"
                );
            }
        }
        holds(&now);
    }
    nobody_sees_past_their_scope(w, &people, &hazards).await;
    for (stage, _) in versions.values() {
        match stage {
            StageName::SignedOff => SIGNED_OFF.fetch_add(1, Ordering::Relaxed),
            StageName::Closed => CLOSED.fetch_add(1, Ordering::Relaxed),
            _ => 0,
        };
    }
    w.seals().await;
    assert!(w.verifies().await.is_sound());
    let recounted = app::record::rebuild::recount(&w.app)
        .await
        .expect("the events can be counted");
    let folded = store::counts::counts(&w.app.store.door)
        .await
        .expect("the rollups can be read");
    assert_eq!(folded, recounted, "folding and counting give the same");
}

/// What must be true of a hazard in whatever stage it is.
fn holds(hazard: &Hazard) {
    let stage = &hazard.stage;
    let route_demands_plan = stage
        .confirmation()
        .is_some_and(|confirmation| confirmation.route.plan != domain::route::PlanDemand::None);
    let past_rectification = matches!(stage.name(), StageName::Submitted | StageName::Accepted)
        || stage.ended_as() == Some(EndedAs::Fixed);
    if past_rectification {
        assert!(stage.rectification().is_some());
        assert!(
            !route_demands_plan || stage.plan().is_some(),
            "the plan was skipped"
        );
    }
    if let Some(accepted) = stage.acceptance() {
        let route = &stage.confirmation().expect("accepted after confirmation").route;
        assert!(
            accepted.inspectors.len() >= usize::from(route.inspectors),
            "inspectors enough"
        );
        assert_eq!(
            stage.name() == StageName::Closed,
            route.ending == domain::route::Ending::Close,
            "the end that its route names"
        );
        if let Some(off) = stage.sign_off() {
            assert_ne!(
                accepted.by.person, off.by.person,
                "one person accepted and signed off"
            );
        }
    }
    for (a, b) in SEPARATE {
        for one in hazard.hands.iter().filter(|hand| hand.act == *a) {
            let same = hazard
                .hands
                .iter()
                .any(|other| other.act == *b && other.by.person == one.by.person);
            assert!(!same, "the same person did {a} and {b}");
        }
    }
    assert_eq!(
        hazard.hands.len() as i64,
        hazard.seen.version,
        "every version is somebody's act"
    );
}

/// Told from the posts themselves, not from the code that the finders use.
async fn nobody_sees_past_their_scope(w: &World, people: &[PersonInOffice], hazards: &[HazardId]) {
    for person in people {
        let caller = person.caller().await;
        let listed = person.lists().await;
        for hazard in hazards {
            let it = w.city().looks_at(hazard).await.good().hazard;
            let seat = &caller.actor.seat;
            let should = match caller.actor.role {
                Role::Admin | Role::CityOffice | Role::Discipline => true,
                Role::CountyOffice => seat.county.as_ref() == Some(&it.home.county),
                Role::CityDepartment | Role::CountyDepartment => {
                    let agency = Some(caller.actor.agency);
                    let here = seat
                        .county
                        .as_ref()
                        .is_none_or(|county| *county == it.home.county);
                    let waits = it.waits_for().map(|who| match who {
                        WaitsFor::Agency(agency) => Some(agency),
                        WaitsFor::Unit(_) => None,
                    });
                    here && caller.actor.sectors.contains(&it.subject.sector)
                        || [it.regulator, it.subject.steward, waits.flatten()].contains(&agency)
                }
                Role::TownOffice => {
                    seat.town == it.home.town || it.subject.steward == Some(caller.actor.agency)
                }
                Role::Unit => caller.actor.unit == Some(it.subject.id),
            };
            assert_eq!(
                person.sees(hazard).await,
                should,
                "{:?} and {}",
                caller.actor.role,
                it.number
            );
            assert_eq!(
                listed.iter().any(|row| row.id == *hazard),
                should,
                "the list is the same as the finder"
            );
        }
    }
}

fn told_by_chance(engine: Engine) {
    let config = Config {
        cases: CASES,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[21; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let tries = (
        prop::sample::select(vec![City::Literal, City::CountyCloses, City::Graded]),
        prop::collection::vec((0..PEOPLE, 0..ACTS.len(), 0..HAZARDS, any::<u8>()), STEPS),
    );
    let told = runner.run(&tries, |(city, tries)| {
        testkit::run(engine, city, async |w| story(w, tries.clone()).await);
        Ok(())
    });
    told.expect("no story breaks a rule");
    for ended in [&SIGNED_OFF, &CLOSED] {
        let ended = ended.load(Ordering::Relaxed);
        assert!(
            ended > 0,
            "some story has to come to each end, or little was tried"
        );
    }
}

#[test]
fn random_acts_by_random_people_sqlite() {
    told_by_chance(Engine::Sqlite);
}

#[test]
fn random_acts_by_random_people_postgres() {
    told_by_chance(Engine::Postgres);
}
