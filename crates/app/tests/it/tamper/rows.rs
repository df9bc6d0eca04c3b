//! Rows of every table that is evidence.

use app::record::audit::What;
use seal::Value;
use store::table::Kind;
use testkit::{City, World, on_both_engines};

use super::{
    Hand, another, named_exactly,
    scene::{Pair, Scene},
};

/// Everything that can be done to a row of one table, one thing at a time.
async fn every_way(w: &World, name: &str) {
    let scene = Scene::of(w, name).await;
    let hand = Hand::at(w).await;
    assert_eq!(w.verifies().await.unsealed, 1, "the newest writing is not sealed");
    for (pair, which) in [(&scene.sealed, "sealed"), (&scene.fresh, "not sealed yet")] {
        alter_each_column(&hand, &scene, pair, which).await;
        remove(&hand, &scene, pair, which).await;
        copy(&hand, &scene, pair, which).await;
        set_back(&hand, &scene, pair, which).await;
    }
    assert!(w.verifies().await.is_sound(), "all was put back");
}

async fn alter_each_column(hand: &Hand<'_>, scene: &Scene, pair: &Pair, which: &str) {
    let table = scene.table.name;
    let columns = scene
        .table
        .columns
        .iter()
        .copied()
        .chain([("version", Kind::Int)]);
    for (column, kind) in columns {
        let old = pair.newer.get(column);
        let new = match (old, kind) {
            (Value::Null, Kind::Text) => Value::Text("改".to_owned()),
            (Value::Null, Kind::Int) => Value::Int(1),
            (Value::Null, Kind::Real) => Value::Real(0.5),
            (Value::Null, Kind::Bool) => Value::Bool(true),
            (old, _) => another(old),
        };
        let altered = pair.newer.with(column, new.clone());
        let report = hand
            .finds(table, std::slice::from_ref(&pair.newer), &[altered])
            .await;
        let case = format!("{table}.{column} altered, {which}");
        let id = pair.id.as_str();
        match (column, &new) {
            ("id", Value::Text(other)) => {
                named_exactly(
                    &report,
                    &[(table, id, What::Missing), (table, other, What::Unrecorded)],
                    &case,
                );
            }
            ("version", _) => named_exactly(&report, &[(table, id, What::Unrecorded)], &case),
            _ => named_exactly(&report, &[(table, id, What::Altered)], &case),
        }
    }
    let reheaded = pair.newer.with("head", another(pair.newer.get("head")));
    let report = hand
        .finds(table, std::slice::from_ref(&pair.newer), &[reheaded])
        .await;
    named_exactly(
        &report,
        &[(table, &pair.id, What::Altered)],
        &format!("{table}.head altered, {which}"),
    );
}

async fn remove(hand: &Hand<'_>, scene: &Scene, pair: &Pair, which: &str) {
    let table = scene.table.name;
    let report = hand.finds(table, std::slice::from_ref(&pair.newer), &[]).await;
    named_exactly(
        &report,
        &[(table, &pair.id, What::Missing)],
        &format!("{table} row removed, {which}"),
    );
}

async fn copy(hand: &Hand<'_>, scene: &Scene, pair: &Pair, which: &str) {
    let table = scene.table.name;
    let other = if ["jurisdiction", "route_table", "calendar", "route_version"].contains(&table) {
        "9999".to_owned()
    } else {
        "0".repeat(36)
    };
    let mut copied = pair.newer.with("id", Value::Text(other.clone()));
    for unique in ["username", "number", "step"]
        .iter()
        .filter(|name| scene.table.columns.iter().any(|(column, _)| column == *name))
    {
        copied = copied.with(unique, Value::Text("copied".to_owned()));
    }
    let report = hand.finds(table, &[], &[copied]).await;
    named_exactly(
        &report,
        &[(table, &other, What::Unrecorded)],
        &format!("{table} row copied, {which}"),
    );
}

/// The older image with its older head is a row that once was true.
async fn set_back(hand: &Hand<'_>, scene: &Scene, pair: &Pair, which: &str) {
    let table = scene.table.name;
    let (old, new) = (
        std::slice::from_ref(&pair.newer),
        std::slice::from_ref(&pair.older),
    );
    let report = hand.finds(table, old, new).await;
    named_exactly(
        &report,
        &[(table, &pair.id, What::SetBack)],
        &format!("{table} row set back, {which}"),
    );
}

on_both_engines! {
    async fn jurisdictions(w: &World) { every_way(w, "jurisdiction").await }
    async fn agencies(w: &World) { every_way(w, "agency").await }
    async fn posts(w: &World) { every_way(w, "post").await }
    async fn persons(w: &World) { every_way(w, "person").await }
    async fn appointments(w: &World) { every_way(w, "appointment").await }
    async fn accounts(w: &World) { every_way(w, "account").await }
    async fn route_tables(w: &World) { every_way(w, "route_table").await }
    async fn subjects(w: &World) { every_way(w, "subject").await }
    async fn hazards(w: &World) { every_way(w, "hazard").await }
    async fn files(w: &World) { every_way(w, "file").await }
    async fn sign_off_lists(w: &World, City::Graded) { every_way(w, "sign_off_list").await }
    async fn complaints(w: &World) { every_way(w, "complaint").await }
    async fn problem_lists(w: &World, City::Graded) { every_way(w, "problem_list").await }
    async fn unit_proxies(w: &World) { every_way(w, "unit_proxy").await }
    async fn person_openings(w: &World) { every_way(w, "person_opening").await }
    async fn delegations(w: &World) { every_way(w, "delegation").await }
    async fn escalations(w: &World) { every_way(w, "escalation").await }
    async fn route_versions(w: &World, City::Graded) { every_way(w, "route_version").await }
    async fn calendars(w: &World) { every_way(w, "calendar").await }

    /// A row kept under its own id in the name of another county as well.
    async fn a_hazard_that_stands_twice(w: &World) {
        let scene = Scene::of(w, "hazard").await;
        let hand = Hand::at(w).await;
        let twin = scene.sealed.newer.with("county", Value::Text("610981".to_owned()));
        let report = hand.finds("hazard", &[], &[twin]).await;
        assert!(report.faults.iter().all(|fault| fault.table == "hazard" && fault.id == scene.sealed.id));
        assert!(!report.is_sound());
    }

    /// Every table is either evidence, or named with what keeps it honest.
    async fn no_table_is_forgotten(w: &World) {
        let mut known: Vec<String> = store::table::EVIDENCE.iter().map(|table| table.name.to_owned()).collect();
        known.extend(store::table::NOT_EVIDENCE.iter().map(|(name, _)| (*name).to_owned()));
        known.sort();
        assert_eq!(w.raw().await.tables().await, known);
    }

    /// Every column of a table of evidence is digested: one that is not could be altered unseen.
    async fn no_column_is_forgotten(w: &World, City::Graded) {
        w.county().brings_to_acceptance(&w.unit(), "配电箱门缺失").await;
        w.city().opens_a_list("610902").await.good();
        w.city().opens_a_problem_list("610902", &[]).await.good();
        w.town().uploads().await.good();
        let routes = w.city().routes_with_all_on("literal", w.now().day()).await;
        w.city().sets_routes(routes).await.good();
        w.town().complains("同一份台账每周报三次。", true).await.good();
        w.discipline().opens_the_record_of(&w.town(), "核查问题线索").await.good();
        w.county().delegates(&[domain::authority::Act::Accept], &w.second_county_officer()).await.good();
        let unit = app::directory::load::subject_id("s-610902-14");
        w.person("town-610902003").hands_out_a_slip(unit).await.good();
        let late = w.town().reports("配电箱门缺失").await.good();
        w.falls_overdue(&late).await;
        let raw = w.raw().await;
        for table in store::table::EVIDENCE {
            let rows = raw.query(&format!("SELECT * FROM {} LIMIT 1", table.name), &[]).await;
            let row = rows.first().expect("every table has a row");
            let mut stored: Vec<&str> = row.0.iter().map(|(name, _)| name.as_str()).collect();
            let mut digested: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            digested.extend(["version", "head"]);
            stored.sort_unstable();
            digested.sort_unstable();
            assert_eq!(stored, digested, "{}", table.name);
        }
    }
}
