//! The stock table against the events it is counted from: every line of every table balances, one month's closing is the next one's
//! opening, the last closing is the register, and behind each number there are that many rows. Random acts in random months.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    Failure,
    hazard::report::Named as SubjectNamed,
    stock::{Asked, Table, table},
};
use domain::{
    HazardId,
    hazard::{Cell, Determination, InitialLevel, StageName},
    stock::{By, Part, Period},
    subject::SubjectKind,
    time::{DAY, HOUR, Instant},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use store::{
    hazard::HazardFilter,
    stock::{Behind, Within},
};
use testkit::{City, Engine, Named, PersonInOffice, World, file_id};

const CASES: u32 = 5;
const STEPS: usize = 70;
const HAZARDS: usize = 12;

/// Days that pass, which hazard, and a twist.
type Step = (u8, usize, u8);

/// Reports one of a kind; the kind is by chance.
async fn reported(w: &World, twist: u8) -> HazardId {
    let level = InitialLevel::ALL[usize::from(twist) % InitialLevel::ALL.len()];
    let person = match twist % 4 {
        0 => w.unit(),
        1 => w.neighbour(),
        2 => w.county(),
        _ => w.town(),
    };
    let mut said = person.a_report("安全出口门向内开启").await;
    said.report.initial_level = level;
    if twist % 4 == 1 {
        said.kind = SubjectKind::Unowned;
        said.subject = SubjectNamed::Name(format!("第{twist}处边坡"));
    }
    person.reports_as(said).await.good().hazard()
}

/// What would carry it on, sometimes with a change of what it is counted under, sometimes back, sometimes to an early end.
async fn carried_on(w: &World, hazard: HazardId, twist: u8) -> Result<(), Failure> {
    let it = w.city().looks_at(&hazard).await.good().hazard;
    let here = it.home.county.as_str() == "610902";
    let officer = if here { w.county() } else { w.neighbour() };
    if twist > 242 {
        return officer.voids(&hazard, "重复登记").await.0.map(drop);
    }
    if twist > 225 && it.determination() == Determination::Pending {
        let determination = if twist.is_multiple_of(2) {
            Determination::Major
        } else {
            Determination::NotMajor
        };
        return officer.determines(&hazard, determination).await.0.map(drop);
    }
    match it.stage.name() {
        StageName::Reported => {
            let mut said = officer.a_confirmation();
            said.initial_level = InitialLevel::ALL[usize::from(twist) % 3];
            said.determination = Determination::ALL[usize::from(twist / 3) % 3];
            said.deadline = officer.in_days(i64::from(twist % 50));
            officer.confirms_as(&hazard, said).await.0.map(drop)
        }
        StageName::Confirmed if here => w.unit().plans(&hazard).await.0.map(drop),
        StageName::Rectifying if here => {
            let photo = w.unit().uploads().await.0?;
            let files = [file_id(&photo)];
            w.unit()
                .rectifies_with(&hazard, "已整改。", &files)
                .await
                .0
                .map(drop)
        }
        StageName::Submitted if twist < 60 => w
            .second_county_officer()
            .returns(&hazard, "未整改到位。")
            .await
            .0
            .map(drop),
        StageName::Submitted => w.second_county_officer().accepts(&hazard).await.0.map(drop),
        StageName::Accepted => w
            .city()
            .decides(&hazard, twist > 60, "核对材料。")
            .await
            .0
            .map(drop),
        _ => Ok(()),
    }
}

/// What the events say, told without the code that counts them: when each hazard went into which cell.
async fn history(w: &World) -> BTreeMap<String, Vec<(i64, Cell)>> {
    let mut told: BTreeMap<String, Vec<(i64, Cell)>> = BTreeMap::new();
    let sql = "SELECT subject, at, cells FROM event WHERE noun = 'hazard' ORDER BY subject, version";
    for row in w.raw().await.query(sql, &[]).await {
        let cells: (Option<Cell>, Option<Cell>) =
            serde_json::from_str(&row.text("cells")).expect("two cells");
        let entered = cells.1.expect("an act on a hazard leaves it in a cell");
        told.entry(row.text("subject"))
            .or_default()
            .push((row.int("at"), entered));
    }
    told
}

fn value(by: By, cell: &Cell) -> String {
    match by {
        By::County => cell.county.clone(),
        By::Town => cell.town.clone(),
        By::Sector => cell.sector.clone(),
        By::Level => cell.level.to_string(),
        By::Determination => cell.determination.to_string(),
        By::Source => cell.source.to_string(),
        By::Month => String::new(),
    }
}

/// Standing, major and overdue at an instant, by the events.
fn standing(history: &BTreeMap<String, Vec<(i64, Cell)>>, by: By, at: Instant) -> BTreeMap<String, [i64; 3]> {
    let mut standing: BTreeMap<String, [i64; 3]> = BTreeMap::new();
    for cells in history.values() {
        let Some((_, cell)) = cells.iter().rev().find(|(when, _)| *when < at.0) else {
            continue;
        };
        if !cell.stage.is_open() {
            continue;
        }
        let line = standing.entry(value(by, cell)).or_default();
        line[0] += 1;
        line[1] += i64::from(cell.determination == Determination::Major);
        line[2] += i64::from(!cell.due.is_empty() && cell.due < at.day().to_string());
    }
    standing
}

pub async fn asked(w: &World, who: &PersonInOffice, by: By, period: &str) -> Table {
    let asked = Asked {
        by,
        period: Period::parse(period).expect("a period"),
        within: Within::default(),
    };
    table(&w.app, &who.caller().await, asked)
        .await
        .expect("the table can be read")
}

pub fn lines_with(table: &Table, part: Part) -> BTreeMap<String, i64> {
    let lines = table
        .lines
        .iter()
        .map(|line| (line.value.clone(), line.figures.of(part)));
    lines.filter(|(_, n)| *n > 0).collect()
}

async fn story(w: &World, steps: Vec<Step>) {
    let mut hazards = Vec::new();
    let mut months = BTreeSet::new();
    for (days, which, twist) in steps {
        w.time_passes(i64::from(days % 9) * DAY + HOUR);
        months.insert(Period::month_of(w.now()));
        if hazards.len() < HAZARDS && (hazards.is_empty() || twist.is_multiple_of(5)) {
            hazards.push(reported(w, twist).await);
        } else {
            // Not every try is one that the rules allow.
            let _ = carried_on(w, hazards[which % hazards.len()], twist).await;
        }
        if twist.is_multiple_of(7) {
            w.seals().await;
        }
    }
    w.seals().await;
    let history = history(w).await;
    let last = Period::month_of(w.now());
    let first = *months.first().expect("some time has passed");
    let mut period = first;
    let mut before: BTreeMap<By, Table> = BTreeMap::new();
    while period <= last {
        for by in [
            By::County,
            By::Town,
            By::Sector,
            By::Level,
            By::Determination,
            By::Source,
        ] {
            let now = asked(w, &w.city(), by, &period.to_string()).await;
            assert!(now.balances(), "{by} of {period} balances: {now:?}");
            assert_eq!(now.standing.uncounted, 0);
            if period < last {
                let by_events = standing(&history, by, period.until());
                for (at, part) in [Part::Closing, Part::Major, Part::Overdue]
                    .into_iter()
                    .enumerate()
                {
                    let expected = by_events.iter().map(|(value, n)| (value.clone(), n[at]));
                    let expected: BTreeMap<String, i64> = expected.filter(|(_, n)| *n > 0).collect();
                    assert_eq!(
                        lines_with(&now, part),
                        expected,
                        "{part} by {by} at the end of {period}"
                    );
                }
            }
            match before.get(&by) {
                Some(before) => assert_eq!(
                    lines_with(before, Part::Closing),
                    lines_with(&now, Part::Opening),
                    "{by} of {period} begins with what was there"
                ),
                None => assert_eq!(now.total.of(Part::Opening), 0, "nothing was there before"),
            }
            before.insert(by, now);
        }
        rows_behind(w, &before[&By::Level]).await;
        period = period.plus(1).expect("a month");
    }
    for (by, table) in &before {
        let register = register(w, *by).await;
        assert_eq!(
            lines_with(table, Part::Closing),
            register,
            "{by}: what is left is the register"
        );
    }
    by_months_and_as_a_year(w, last).await;
}

/// Each number opens as many rows.
async fn rows_behind(w: &World, table: &Table) {
    let who = w.city().caller().await;
    for line in &table.lines {
        for part in Part::ALL {
            let filter = HazardFilter {
                behind: Some(Behind {
                    part: *part,
                    period: table.asked.period,
                    by: table.asked.by,
                    within: Within {
                        level: InitialLevel::parse(&line.value),
                        ..Within::default()
                    },
                    now: table.standing.as_of,
                }),
                ..HazardFilter::default()
            };
            let rows = w
                .app
                .store
                .hazards(&who.scope)
                .count(&filter)
                .await
                .expect("rows can be counted");
            // A hazard that goes and comes back within the period is one row.
            let n = line.figures.of(*part);
            let moves = matches!(part, Part::MovedIn | Part::MovedOut | Part::Returned);
            assert!(
                rows == n || moves && rows < n && rows > 0,
                "{part} of {}: {n}, {rows}",
                line.value
            );
        }
    }
}

async fn register(w: &World, by: By) -> BTreeMap<String, i64> {
    let column = match by {
        By::Town => "COALESCE(town, '')",
        By::Level => "initial_level",
        other => other.as_str(),
    };
    let sql = format!(
        "SELECT {column} AS value, count(*) AS n FROM hazard WHERE stage NOT IN ('signed_off', 'closed', 'void') GROUP BY {column}"
    );
    let rows = w.raw().await.query(&sql, &[]).await;
    rows.iter().map(|row| (row.text("value"), row.int("n"))).collect()
}

/// The months of a year give the year.
async fn by_months_and_as_a_year(w: &World, last: Period) {
    let year = last.year().to_string();
    let months = asked(w, &w.city(), By::Month, &year).await;
    let whole = asked(w, &w.city(), By::County, &year).await;
    assert!(months.balances() && whole.balances());
    for part in [
        Part::Opening,
        Part::New,
        Part::Closed,
        Part::Ended,
        Part::Closing,
        Part::Major,
        Part::Overdue,
    ] {
        assert_eq!(months.total.of(part), whole.total.of(part), "{part} of {year}");
    }
    for pair in months.lines.windows(2) {
        assert_eq!(
            pair[0].figures.of(Part::Closing),
            pair[1].figures.of(Part::Opening)
        );
    }
}

fn told_by_chance(engine: Engine) {
    let config = Config {
        cases: CASES,
        max_shrink_iters: 20,
        failure_persistence: None,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[12; 32]);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let steps = prop::collection::vec((any::<u8>(), 0..HAZARDS, any::<u8>()), STEPS);
    let told = runner.run(&steps, |steps| {
        testkit::run(engine, City::Literal, async |w| story(w, steps.clone()).await);
        Ok(())
    });
    told.expect("every table balances");
}

#[test]
fn every_table_balances_sqlite() {
    told_by_chance(Engine::Sqlite);
}

#[test]
fn every_table_balances_postgres() {
    told_by_chance(Engine::Postgres);
}
