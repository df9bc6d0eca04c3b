//! The follower: every event becomes one leaf, in the order of a subject's acts, and the counts are those of the register.

use std::collections::BTreeMap;

use app::record::{prove::prove, rebuild::recount};
use seal::{Checkpoint, Value};
use testkit::{Named, World, on_both_engines};

/// Hazards in several stages, in two counties.
async fn a_busy_day(w: &World) -> Vec<String> {
    let mut numbers = Vec::new();
    for n in 0..4 {
        let h = w.town().reports(&format!("第{n}处通道堵塞")).await.good();
        numbers.push(h.number.clone());
        if n > 0 {
            w.county().confirms(&h).await.good();
        }
        if n > 1 {
            w.unit().plans(&h).await.good();
            w.unit().rectifies(&h).await.good();
        }
        if n > 2 {
            w.county().returns(&h, "未整改到位。").await.good();
        }
    }
    let mut said = w.neighbour().a_report("公路边坡落石").await;
    said.kind = domain::subject::SubjectKind::Unowned;
    said.subject = app::hazard::report::Named::Name("蜀河段边坡".to_owned());
    numbers.push(w.neighbour().reports_as(said).await.good().number);
    numbers
}

on_both_engines! {
    async fn a_subjects_events_are_sealed_in_their_order(w: &World) {
        a_busy_day(w).await;
        assert_eq!(w.seals().await as i64, w.events().await);
        let rows = w.raw().await.query("SELECT * FROM leaf ORDER BY position", &[]).await;
        let mut versions: BTreeMap<String, i64> = BTreeMap::new();
        for (row, at) in rows.iter().zip(0..) {
            assert_eq!(row.int("position"), at, "no leaf is left out");
            let before = versions.insert(row.text("subject"), row.int("version")).unwrap_or(0);
            assert_eq!(row.int("version"), before + 1, "each after the one it follows");
        }
        assert_eq!(w.count("pending").await, 0);
        assert_eq!(w.seals().await, 0, "and only once");
    }

    /// Folded, counted anew from the events, and counted in the register itself.
    async fn three_ways_to_count_give_the_same(w: &World) {
        let mut sealed = 0;
        for _ in 0..3 {
            a_busy_day(w).await;
            sealed += w.seals().await;
        }
        assert_eq!(sealed as i64, w.events().await);
        let folded = store::counts::counts(&w.app.store.door).await.expect("the counts can be read");
        assert_eq!(folded, recount(&w.app).await.expect("the events can be read"));

        let raw = w.raw().await;
        let cells = "county, COALESCE(town, '') AS town, sector, initial_level AS level, determination, source, stage";
        let by = "county, COALESCE(town, ''), sector, initial_level, determination, source, stage";
        let sql = format!("SELECT {cells}, COUNT(*) AS n FROM hazard GROUP BY {by}");
        let mut register: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        for row in raw.query(&sql, &[]).await {
            let columns = ["county", "town", "sector", "level", "determination", "source", "stage"];
            register.insert(columns.iter().map(|name| row.text(name)).collect(), row.int("n"));
        }
        let mut stock: BTreeMap<Vec<String>, i64> = BTreeMap::new();
        for (cell, n) in &folded.stock {
            let place = [&cell.county, &cell.town, &cell.sector].map(Clone::clone);
            let words = [cell.level.as_str(), cell.determination.as_str(), cell.source.as_str(), cell.stage.as_str()];
            *stock.entry(place.into_iter().chain(words.map(str::to_owned)).collect()).or_default() += n;
        }
        assert_eq!(stock, register);
        assert_eq!(stock.values().sum::<i64>(), 15);
        let reports: i64 = folded.flow.iter().filter(|(deed, _)| deed.act == "report").map(|(_, n)| n).sum();
        assert_eq!(reports, 15);
    }

    /// One event that cannot be read holds up nobody: it is sealed as it was written, and the audit names it.
    async fn an_event_that_cannot_be_read_does_not_stop_the_sealing(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.has_been_tampered_with();
        let of = [Value::Text(h.id.clone())];
        for column in ["body", "cells", "row_images"] {
            let sql = format!("UPDATE event SET {column} = '{{' WHERE subject = $1");
            w.raw().await.query(&sql, &of).await;
        }
        w.town().reports("疏散通道堆物").await.good();
        w.seals().await;
        assert_eq!(w.count("pending").await, 0);
        let report = w.verifies().await;
        let named = format!("{} v1", h.id);
        assert!(report.faults.iter().any(|fault| fault.table == "event" && fault.id == named), "{:?}", report.faults);
        let miscounted = report.faults.iter().any(|fault| fault.table == "stock" || fault.table == "flow");
        assert!(!miscounted, "what cannot be read is counted nowhere");
    }

    /// While one leads, another that looks does nothing; when it has gone, the other goes on from where it stopped.
    async fn one_leads_at_a_time(w: &World) {
        a_busy_day(w).await;
        let (one, two) = (w.follower(), w.follower());
        assert!(one.seal_all().await.expect("sealing succeeds") > 0);
        w.town().reports("又一处").await.good();
        assert_eq!(two.seal_all().await.expect("it may look"), 0, "the lease is the other's");
        w.time_passes(31_000);
        assert_eq!(two.seal_all().await.expect("sealing succeeds"), 1, "it has run out");
        w.town().reports("再一处").await.good();
        assert_eq!(one.seal_all().await.expect("it may look"), 0, "whoever was asleep writes nothing");
        assert_eq!(two.seal_all().await.expect("sealing succeeds"), 1);
    }

    /// More than are sealed in one go, by two at once, while others write.
    async fn nothing_is_lost_while_everybody_writes(w: &World) {
        let other = w.opened_again().await;
        let key = || seal::SigningKey::from_seed("anlan-test", [7; 32]).expect("a key");
        let followers = [app::record::Follower::new(w.app.clone(), key(), w.last_signed()), app::record::Follower::new(other, key(), w.last_signed())];
        let (done, mut finished) = tokio::sync::watch::channel(false);
        let follow = |follower: app::record::Follower| {
            let finished = finished.clone();
            tokio::spawn(async move {
                while !*finished.borrow() {
                    follower.seal_all().await.expect("sealing succeeds");
                    follower.step_down().await.expect("the lease is given back");
                    tokio::task::yield_now().await;
                }
            })
        };
        let tasks = followers.map(follow);
        for _ in 0..6 {
            a_busy_day(w).await;
        }
        done.send(true).expect("they listen");
        finished.changed().await.expect("it was sent");
        for task in tasks {
            task.await.expect("no follower failed");
        }
        w.seals().await;
        assert_eq!(w.count("leaf").await, w.events().await);
        assert!(w.verifies().await.is_sound());
    }

    /// Every sealed act of every hazard can be proven to a stranger; one that is not sealed cannot yet.
    async fn every_sealed_act_can_be_proven(w: &World) {
        let numbers = a_busy_day(w).await;
        w.seals().await;
        for number in &numbers {
            let proof = prove(&w.app, number).await.expect("it is sealed");
            let checked = proof.check(&w.vkey()).expect("a stranger can check it");
            let head = w.raw().await.one("tree_head", "id = 'log'", &[]).await;
            let signed = Checkpoint::open(&head.text("note"), &w.vkey()).expect("signed");
            assert_eq!(checked.checkpoint, signed);
        }
        let h = w.town().reports("还未封存").await.good();
        assert!(prove(&w.app, &h.event).await.is_err());
        assert!(prove(&w.app, "no such number").await.is_err());
        let id = [Value::Text(h.hazard().to_string())];
        assert_eq!(w.raw().await.one("event", "subject = $1", &id).await.text("id"), h.event);
    }

    /// An open desk in the county is woken, and one in the city, by whatever process it was written; a neighbour's is not.
    async fn open_desks_are_woken(w: &World) {
        let follower = w.follower();
        let mut desk = w.app.wakes.listen();
        let told = follower.wake_desks(None).await.expect("the head can be read");
        let elsewhere = w.opened_again().await;
        w.town().through(&elsewhere).reports("消防水箱漏水").await.good();
        w.seals().await;
        let told_now = follower.wake_desks(Some(told)).await.expect("the leaves can be read");
        assert!(told_now > told);
        let wake = desk.next().await;
        let of = |county: &str| wake.concerns(Some(&domain::JurisdictionId(county.to_owned())));
        assert!(of("610902") && wake.concerns(None));
        assert!(!of("610981"));

        follower.wake_desks(Some(told_now)).await.expect("the head can be read");
        w.app.wakes.end();
        assert_eq!(desk.next().await, app::record::wake::Wake::End, "nothing new wakes nobody");
    }
}
