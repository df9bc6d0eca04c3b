//! The demo city: what is in it would not make an office laugh, and it is there again at the next start.

use std::collections::{BTreeMap, BTreeSet};

use app::{Clock, Reference};
use domain::{
    calendar::Calendar,
    time::{DAY, Instant},
};

use crate::{
    city::{City, Engine},
    on_both_engines,
    server::Server,
};

const MINUTE: i64 = 60_000;

/// The accounts that documents and journeys name.
const NAMED: &[&str] = &[
    "admin",
    "city",
    "city-2",
    "county-610902",
    "county-610902-2",
    "county-610921",
    "town-610902001",
    "enterprise-1",
    "discipline",
];

on_both_engines! {
    fn a_small_city_keeps_office_hours_and_verifies(city: &City) {
        let server = Server::demo(city, 60);
        for name in NAMED {
            let client = server.signed_in(name, "anlan-demo");
            let (status, session) = client.get("/api/v1/session").expect("the server answers");
            assert_eq!(status, 200, "{name}");
            assert!(session["post"].as_str().is_some_and(|post| !post.is_empty()), "{name} holds a post: {session}");
        }
        let (code, said) = server.ends_in_order();
        assert_eq!(code, Some(0));
        assert!(said.contains("enterprise-1") && said.contains("anlan-demo"), "{said}");
        city.run(&["log", "verify"]).ends_with(0);
        assert_eq!(city.count("FROM hazard"), 60);
        keeps_office_hours(city);
        assert_eq!(city.count("FROM hazard WHERE instructed_at IS NOT NULL"), 1, "what a leader wrote waits for its answer");
        assert_eq!(city.count("FROM event WHERE act = 'instruct'"), 2);
        assert_eq!(city.count("FROM event WHERE act = 'answer_instruction'"), 1);
        let listed = city.count("FROM hazard WHERE listed IS NOT NULL");
        assert!(listed <= 2, "the third waits for its approval: {listed}");

        // It is there again at once, and the same; the ladder is climbed as the clock goes.
        const BY_PEOPLE: &str = "FROM event WHERE act <> 'escalate'";
        let events = city.count(BY_PEOPLE);
        let began = Clock::System.now();
        let server = Server::demo(city, 60);
        let took = Clock::System.now().0 - began.0;
        assert!(took < 5_000, "{took} ms, and a build for use is much faster");
        server.ends_in_order();
        assert_eq!(city.count(BY_PEOPLE), events);
    }

    fn every_account_has_the_password_asked_for(city: &City) {
        let (code, _) = Server::demo(city, 6).ends_in_order();
        assert_eq!(code, Some(0));
        let mut command = city.command(&["demo", "--listen", "127.0.0.1:0"]);
        command.env("ANLAN_DEMO_PASSWORD", "another password");
        let server = Server::start(command);
        server.signed_in("enterprise-1", "another password");
        let (_, said) = server.ends_in_order();
        assert!(said.contains("another password"));
        city.run(&["log", "verify"]).ends_with(0);
        let mut command = city.command(&["demo", "--listen", "127.0.0.1:0"]);
        command.env("ANLAN_DEMO_PASSWORD", "short");
        crate::city::Ran::of(command.output().expect("the program starts")).ends_with(2).says("演示口令");
    }

    /// On SQLite it starts over; on a server, what is there is not ours to drop, and it says so.
    fn a_making_that_was_killed_is_noticed(city: &City) {
        let command = &mut city.command(&["demo", "--listen", "127.0.0.1:0", "--hazards", "400"]);
        let mut making = command.stdout(std::process::Stdio::null()).spawn().expect("the program starts");
        // Photos lie in the folder before they stand in the tables; the tables are not opened while they are being made.
        let sent = || std::fs::read_dir(city.folder.join("blobs")).map_or(0, Iterator::count);
        while sent() < 20 {
            assert!(making.try_wait().expect("it can be asked").is_none(), "it ended by itself");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        making.kill().expect("it can be killed");
        making.wait().expect("it is gone");
        if city.engine == Engine::Postgres {
            city.run(&["demo", "--listen", "127.0.0.1:0"]).ends_with(2).says("未建完");
            return;
        }
        let (code, _) = Server::demo(city, 10).ends_in_order();
        assert_eq!(code, Some(0));
        assert_eq!(city.count("FROM hazard"), 10);
        city.run(&["log", "verify"]).ends_with(0);
    }
}

#[test]
fn a_store_with_other_data_is_left_alone() {
    let city = City::on(Engine::Sqlite);
    let (code, _) = Server::serve(&city).ends_in_order();
    assert_eq!(code, Some(0));
    city.run(&["demo", "--listen", "127.0.0.1:0"])
        .ends_with(2)
        .says("不是演示城市");
}

/// The city as it is shown, on a day in the flood season.
#[test]
fn the_whole_city_is_plausible() {
    let city = City::on(Engine::Sqlite);
    let until = "2026-07-15T16:20:00+08:00";
    let size = WHOLE.to_string();
    let command = [
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--hazards",
        &size,
        "--until",
        until,
    ];
    let (code, _) = Server::start(city.command(&command)).ends_in_order();
    assert_eq!(code, Some(0));
    city.run(&["log", "verify"]).ends_with(0);
    keeps_office_hours(&city);

    let sources = tally(city.rows(&["source"], "FROM hazard"));
    assert_eq!(sources.values().sum::<usize>(), WHOLE);
    let share = |sources_of: &[&str]| {
        let found: usize = sources_of.iter().filter_map(|one| sources.get(*one)).sum();
        found * 100 / WHOLE
    };
    for (of, percent) in [
        (&["self_check"][..], 62),
        (&["patrol"][..], 18),
        (&["county_check"][..], 15),
        (&["oversight", "handed_down"][..], 4),
        (&["tip"][..], 1),
    ] {
        assert!(share(of).abs_diff(percent) <= 2, "{of:?}: {sources:?}");
    }
    let now = Instant::parse(until).expect("a moment").0;
    // A fifth of what the profile says for a year of 3,000.
    assert_eq!(
        city.count(&format!("FROM hazard WHERE due_at < {now}")),
        9,
        "overdue"
    );
    assert_eq!(
        city.count("FROM hazard WHERE determination = 'major'"),
        4,
        "majors"
    );
    let counties = tally(city.rows(&["county"], "FROM hazard"));
    assert!(
        counties["610902"] > 4 * counties["610927"],
        "more in 汉滨, fewer in 镇坪: {counties:?}"
    );
    nothing_is_signed_off_at_once(&city);
}

#[test]
fn a_very_small_city_can_be_made() {
    for count in [20, 80] {
        let city = City::on(Engine::Sqlite);
        let (code, _) = Server::demo(&city, count).ends_in_order();
        assert_eq!(code, Some(0));
        assert_eq!(city.count("FROM hazard"), count);
        city.run(&["log", "verify"]).ends_with(0);
    }
}

/// Large enough for the shares to show; the counts of the profile are scaled to it.
const WHOLE: usize = 600;

fn tally(rows: Vec<Vec<String>>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[0].clone()).or_insert(0) += 1;
    }
    counts
}

fn instant(text: &str) -> Instant {
    Instant(text.parse().expect("milliseconds"))
}

/// On working days, 08:30 to 11:50 and 14:30 to 17:50; units look at their own sites from 07:30. In order of time, and never after now.
fn keeps_office_hours(city: &City) {
    let calendar = Reference::shipped()
        .expect("the reference data can be read")
        .timetable
        .calendar;
    let acts = city.rows(
        &["act", "at", "agency"],
        "FROM event WHERE act NOT IN ('load_reference', 'escalate')",
    );
    let units: BTreeSet<String> = city
        .rows(&["id"], "FROM agency WHERE kind = 'unit'")
        .into_iter()
        .map(|mut row| row.remove(0))
        .collect();
    assert!(!acts.is_empty());
    for act in &acts {
        let at = instant(&act[1]);
        assert!(
            is_worked(&calendar, at, units.contains(&act[2])),
            "{} at {}",
            act[0],
            at.rfc3339()
        );
    }
    let year: Vec<Instant> = acts.iter().map(|act| instant(&act[1])).collect();
    let (first, last) = (year.iter().min().expect("acts"), year.iter().max().expect("acts"));
    assert!(
        last.0 - first.0 <= 367 * DAY,
        "from {} to {}",
        first.rfc3339(),
        last.rfc3339()
    );
    let minutes: BTreeSet<i64> = year.iter().map(|at| at.0 / 1_000 % 3_600).collect();
    assert!(
        minutes.len() * 10 > year.len().min(3_600),
        "the same minutes again and again"
    );
    let leaves = city.rows(&["at", "position"], "FROM leaf l JOIN event e ON e.county = l.county AND e.subject = l.subject AND e.version = l.version ORDER BY position");
    let times: Vec<i64> = leaves.iter().map(|row| instant(&row[0]).0).collect();
    assert!(times.is_sorted(), "the record is in the order of time");
    let days: BTreeSet<String> = year.iter().map(|at| at.day().to_string()).collect();
    let kept: BTreeSet<String> = city
        .rows(&["day"], "FROM checkpoint")
        .into_iter()
        .map(|mut row| row.remove(0))
        .collect();
    assert!(days.is_subset(&kept), "a checkpoint for each day");
}

fn is_worked(calendar: &Calendar, at: Instant, unit: bool) -> bool {
    let minute = (at.0 - at.day().start().0) / MINUTE;
    let from = if unit { 7 * 60 + 30 } else { 8 * 60 + 30 };
    let worked = (from..=11 * 60 + 50).contains(&minute) || (14 * 60 + 30..=17 * 60 + 50).contains(&minute);
    calendar.is_working_day(at.day()) && worked
}

/// Nothing is accepted or signed off the moment it was handed in.
fn nothing_is_signed_off_at_once(city: &City) {
    let mut before = BTreeMap::<(String, String), Instant>::new();
    let acts = city.rows(
        &["subject", "act", "at"],
        "FROM event WHERE noun = 'hazard' ORDER BY subject, version",
    );
    for act in &acts {
        let (hazard, at) = (act[0].clone(), instant(&act[2]));
        before.insert((hazard.clone(), act[1].clone()), at);
        let earlier = match act[1].as_str() {
            "accept" => "rectify",
            "sign_off" => "accept",
            _ => continue,
        };
        let earlier = before[&(hazard, earlier.to_owned())];
        assert!(at.0 - earlier.0 >= DAY / 4, "{} at once", act[1]);
    }
}
