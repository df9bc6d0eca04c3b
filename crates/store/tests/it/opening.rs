//! Opening: migrations once, no newer database touched, no URL misread; and two programs on one store.

use domain::hazard::StageName;
use seal::Value;
use store::{Store, StoreError};
use testkit::{City, EmptyDatabase, Engine, World, on_both_engines, run};

use crate::{a_hazard, confirmation, record};

on_both_engines! {
    async fn opening_again_changes_nothing(w: &World) {
        let h = a_hazard(w).await;
        let tables = w.raw().await.tables().await;
        let again = w.opened_again().await;
        let scope = w.city().caller().await.scope;
        assert!(again.store.hazards(&scope).find(h).await.unwrap().is_some());
        assert_eq!(w.raw().await.tables().await, tables);
    }

    async fn a_database_of_a_newer_program_is_left_alone(w: &World) {
        w.raw().await.query("INSERT INTO schema_version (version) VALUES ($1)", &[Value::Int(9_000)]).await;
        let refused = Store::open(&w.opened().url).await.err().expect("it is not opened");
        assert!(refused.to_string().contains("newer program"), "{refused}");
        w.raw().await.query("DELETE FROM schema_version WHERE version = $1", &[Value::Int(9_000)]).await;
    }

    /// A table from before the first release lacks what every hazard has: said at once, and nothing is changed.
    async fn a_database_from_before_the_first_release_is_left_alone(w: &World) {
        let empty = EmptyDatabase::on(w.engine).await;
        drop(Store::open(&empty.url).await.expect("it opens"));
        let raw = empty.raw().await;
        raw.query("DROP INDEX IF EXISTS hazard_by_asks", &[]).await;
        raw.query("ALTER TABLE hazard DROP COLUMN ended_as", &[]).await;
        let refused = Store::open(&empty.url).await.err().expect("it is not opened");
        assert!(refused.to_string().contains("demo-reset"), "{refused}");
        drop(raw);
        empty.drop().await;
    }

    /// Each finds the tables made, whoever made them.
    async fn programs_that_start_at_the_same_time(w: &World) {
        for _ in 0..3 {
            let empty = EmptyDatabase::on(w.engine).await;
            let starting = (0..4).map(|_| {
                let url = empty.url.clone();
                tokio::spawn(async move { Store::open(&url).await.map(drop) })
            });
            for started in starting.collect::<Vec<_>>() {
                started.await.expect("no panic").expect("it opens");
            }
            empty.drop().await;
        }
    }

    /// The command line works beside the server: each sees at once what the other wrote, and neither writes over it.
    async fn two_programs_on_one_store(w: &World) {
        let h = a_hazard(w).await;
        let other = w.opened_again().await;
        let stale = confirmation(w, h).await;
        w.county().through(&other).confirms(&h).await.good();
        assert_eq!(w.county().looks_at(&h).await.good().hazard.stage.name(), StageName::Confirmed);
        assert!(matches!(record(w, &stale).await, Err(StoreError::Conflict)));
        let (one, two) = (w.unit(), w.unit().through(&other));
        for n in 0..10 {
            let who = if n % 2 == 0 { &one } else { &two };
            who.takes_interim_measure(&h, &format!("第{n}次巡查。")).await.good();
        }
    }
}

#[tokio::test]
async fn a_url_of_neither_engine_is_refused() {
    for url in ["mysql://x", "", "anlan.db", "/var/lib/anlan.db"] {
        let refused = Store::open(url).await.err().expect("it is not opened");
        assert!(matches!(refused, StoreError::Unavailable(_)), "{url}: {refused}");
    }
}

#[tokio::test]
async fn a_database_that_is_not_there_does_not_answer() {
    let nobody_listens = "postgres://anlan@127.0.0.1:9/anlan";
    let refused = Store::open(nobody_listens).await.err().expect("it is not opened");
    assert!(matches!(refused, StoreError::Unavailable(_)), "{refused}");
    let no_folder = Store::open("sqlite:/nonexistent/folder/anlan.db")
        .await
        .err()
        .expect("it is not opened");
    assert!(matches!(no_folder, StoreError::Unavailable(_)), "{no_folder}");
}

/// Another program writes for a while; whoever comes meanwhile waits instead of failing.
async fn somebody_else_is_writing(w: &World) {
    let h = a_hazard(w).await;
    let raw = w.raw().await;
    raw.query("BEGIN IMMEDIATE", &[]).await;
    let change = confirmation(w, h).await;
    let (recorded, ()) = tokio::join!(record(w, &change), async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        raw.query("COMMIT", &[]).await;
    });
    recorded.unwrap();
}

#[test]
fn a_writer_waits_for_another_program() {
    run(Engine::Sqlite, City::default(), somebody_else_is_writing);
}
