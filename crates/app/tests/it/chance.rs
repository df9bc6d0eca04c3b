//! Random acts by random people. Whatever they try, no step is skipped, nobody sees past their scope, nobody judges their own
//! work, and no act is without its event.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use app::{Failure, hazard::Receipt};
use domain::{
    HazardId,
    agency::Role,
    authority::{Act, SEPARATE},
    hazard::{Hazard, StageName, TRANSITIONS, WaitsFor},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use testkit::{City, Engine, Named, PersonInOffice, World, file_id};

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

const ACTS: [Act; 8] = [
    Act::Confirm,
    Act::Plan,
    Act::Rectify,
    Act::Accept,
    Act::SignOff,
    Act::InterimMeasure,
    Act::Void,
    Act::Determine,
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

async fn attempt(
    person: &PersonInOffice,
    act: Act,
    hazard: &HazardId,
    twist: u8,
) -> Result<Receipt, Failure> {
    let wrong = twist < 40;
    match act {
        Act::Confirm if wrong => {
            let mut said = person.a_confirmation();
            said.determination = domain::hazard::Determination::Major;
            said.clauses.clear();
            person.confirms_as(hazard, said).await.0
        }
        Act::Confirm => person.confirms(hazard).await.0,
        Act::Plan if wrong => {
            let mut said = person.a_plan();
            said.target = " ".into();
            person.plans_as(hazard, said).await.0
        }
        Act::Plan => person.plans(hazard).await.0,
        Act::Rectify if wrong => person.rectifies_with(hazard, "已整改", &[]).await.0,
        Act::Rectify => {
            // Readers have nothing to upload; for them, this is where it ends.
            let photo = person.uploads().await.0?;
            person
                .rectifies_with(hazard, "已整改", &[file_id(&photo)])
                .await
                .0
        }
        Act::Accept if twist < 110 => person.returns(hazard, "未见整改").await.0,
        Act::Accept => person.accepts(hazard).await.0,
        Act::SignOff => person.decides(hazard, twist > 90, "核对材料").await.0,
        Act::InterimMeasure => {
            person
                .takes_interim_measure(hazard, if wrong { "" } else { "现场值守" })
                .await
                .0
        }
        // Seldom, or every hazard would be void before anything came of it.
        Act::Void if twist > 8 => person.voids(hazard, "").await.0,
        Act::Void => person.voids(hazard, "重复登记").await.0,
        _ => {
            person
                .determines(hazard, domain::hazard::Determination::NotMajor)
                .await
                .0
        }
    }
}

async fn story(w: &World, tries: Vec<Try>) {
    let people = people(w);
    let mut hazards = Vec::new();
    let mut versions: HashMap<HazardId, (StageName, i64)> = HashMap::new();
    for n in 0..HAZARDS {
        let hazard = w
            .town()
            .reports(&format!("第{n}处消防通道堵塞"))
            .await
            .good()
            .hazard();
        versions.insert(hazard, (StageName::Reported, 1));
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
        let answer = attempt(person, act, hazard, twist).await;
        w.time_passes(7 * 60_000);
        let now = w.city().looks_at(hazard).await.good().hazard;
        match answer {
            Ok(receipt) => {
                let to = StageName::parse(&receipt.stage).expect("a stage by its name");
                assert!(person.sees(hazard).await, "whoever acted sees it");
                let known = TRANSITIONS
                    .iter()
                    .any(|way| way.from == Some(before) && way.act == act && way.to == to);
                assert!(known, "{before} by {act} to {to} is no way");
                assert_eq!(now.seen.version, version + 1, "each act is one version");
                let uploads = i64::from(act == Act::Rectify);
                assert_eq!(w.events().await, events + 1 + uploads, "each act is one event");
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
                let uploaded = i64::from(act == Act::Rectify);
                assert!(
                    w.events().await <= events + uploaded,
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
    let past_rectification = matches!(
        stage.name(),
        StageName::Submitted | StageName::Accepted | StageName::SignedOff | StageName::Closed
    );
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
        any::<bool>(),
        prop::collection::vec((0..PEOPLE, 0..8_usize, 0..HAZARDS, any::<u8>()), STEPS),
    );
    let told = runner.run(&tries, |(short, tries)| {
        let city = if short { City::CountyCloses } else { City::Literal };
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
