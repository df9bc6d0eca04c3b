//! Through the door: whole or not at all, bound by number, and an answer that says which it was.

use domain::{change::Require, directory, jurisdiction::Jurisdiction};
use seal::Value;
use store::{
    Answer, Stamp, Statement, StoreError,
    door::housekeep::{Fold, Session},
};
use testkit::{World, on_both_engines};

use crate::{a_hazard, confirmation, record};

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A batch behind the head of the tree, as the follower would write it.
async fn batch(w: &World, statements: Vec<Statement>) -> Result<(), StoreError> {
    let head = store::tree::head(&w.app.store.door)
        .await
        .unwrap()
        .expect("something was sealed");
    let from_size = i64::try_from(head.size).unwrap();
    w.app
        .store
        .door
        .fold(Fold {
            from_size,
            counted_from: None,
            epoch: head.epoch,
            statements,
        })
        .await
}

fn set(name: &str, value: &str) -> Statement {
    Statement::new(
        "INSERT INTO setting (value, name) VALUES ($2, $1)",
        vec![text(name), text(value)],
    )
}

async fn setting(w: &World, name: &str) -> Option<String> {
    let rows = w
        .app
        .store
        .door
        .read("SELECT * FROM setting WHERE name = $1", vec![text(name)])
        .await
        .unwrap();
    rows.first().map(|row| row.of("setting").text("value").unwrap())
}

on_both_engines! {
    async fn parameters_are_bound_by_their_number_not_by_their_place(w: &World) {
        w.seals().await;
        batch(w, vec![set("first", "one")]).await.unwrap();
        let update = Statement::new("UPDATE setting SET value = $3 WHERE value = $2 AND name = $1", vec![text("first"), text("one"), text("two")]);
        batch(w, vec![update]).await.unwrap();
        assert_eq!(setting(w, "first").await.as_deref(), Some("two"));
        let sql = "SELECT CAST($3 AS TEXT) AS c, CAST($1 AS TEXT) AS a, CAST($2 AS TEXT) AS b, CAST($1 AS TEXT) AS again";
        let rows = w.app.store.door.read(sql, vec![text("1"), text("2"), text("3")]).await.unwrap();
        let told: Vec<Option<&Value>> = ["a", "b", "c", "again"].iter().map(|name| rows[0].get(name)).collect();
        assert_eq!(told, [Some(&text("1")), Some(&text("2")), Some(&text("3")), Some(&text("1"))]);
    }

    /// PostgreSQL is sent long batches in pieces: they are whole or nothing all the same.
    async fn a_long_batch_is_whole_or_nothing(w: &World) {
        w.seals().await;
        let many = |taken: &str| {
            let mut statements: Vec<Statement> = (0..95).map(|n| set(&format!("{taken}{n}"), "x")).collect();
            statements.push(set(&format!("{taken}94"), "again"));
            statements
        };
        let failed = batch(w, many("lost-")).await;
        assert!(matches!(&failed, Err(StoreError::Taken { table }) if table == "setting"), "{failed:?}");
        assert_eq!(w.count("setting").await, 0);
        let mut good = many("kept-");
        good.pop();
        batch(w, good).await.unwrap();
        assert_eq!(w.count("setting").await, 95);
    }

    async fn a_short_batch_is_whole_or_nothing(w: &World) {
        w.seals().await;
        let failed = batch(w, vec![set("a", "x"), set("b", "x"), set("a", "y")]).await;
        assert!(matches!(failed, Err(StoreError::Taken { .. })));
        assert_eq!(w.count("setting").await, 0);
        batch(w, vec![set("a", "x")]).await.unwrap();
    }

    async fn what_was_decided_on_an_older_state_is_a_conflict(w: &World) {
        let h = a_hazard(w).await;
        let (first, second) = (confirmation(w, h).await, confirmation(w, h).await);
        record(w, &first).await.unwrap();
        let events = w.events().await;
        assert!(matches!(record(w, &second).await, Err(StoreError::Conflict)));
        assert!(matches!(record(w, &first).await, Err(StoreError::Conflict)), "nor is anything written twice");
        assert_eq!(w.events().await, events);
    }

    /// Also of records that a decision does not write, only rests on.
    async fn what_a_decision_rests_on_is_held(w: &World) {
        let h = a_hazard(w).await;
        let id = w.county().appointment().await;
        let newer = confirmation(w, h).await.require(Require::appointment(id, 2));
        assert!(matches!(record(w, &newer).await, Err(StoreError::Conflict)));
        let taken = confirmation(w, h).await.require(Require::no_hazard(h));
        assert!(matches!(record(w, &taken).await, Err(StoreError::Conflict)));
        let events = w.events().await;
        record(w, &confirmation(w, h).await.require(Require::appointment(id, 1))).await.unwrap();
        assert_eq!(w.events().await, events + 1);
    }

    /// The home is part of a case's key: a row under the same id elsewhere is another row.
    async fn a_row_is_written_at_its_own_home_alone(w: &World) {
        let h = a_hazard(w).await;
        w.has_been_tampered_with();
        let raw = w.raw().await;
        let row = raw.one("hazard", "id = $1", &[seal::Value::Text(h.to_string())]).await;
        let elsewhere = row.with("county", seal::Value::Text("610981".into()));
        raw.replace("hazard", &["county", "id"], &[], std::slice::from_ref(&elsewhere)).await.unwrap();
        let change = confirmation(w, h).await;
        let stands = change.hazard().unwrap().home.county.to_string();
        record(w, &change).await.unwrap();
        let other = if stands == "610902" { "610981" } else { "610902" };
        let untouched = raw.one("hazard", "id = $1 AND county = $2", &[seal::Value::Text(h.to_string()), seal::Value::Text(other.into())]).await;
        assert_eq!(untouched.int("version"), 1);
    }

    /// Fifty decisions on one state, at the same time: one is written.
    async fn of_many_at_once_one_is_recorded(w: &World) {
        let h = a_hazard(w).await;
        let mut decided = Vec::new();
        for _ in 0..50 {
            decided.push(confirmation(w, h).await);
        }
        let mut sent = tokio::task::JoinSet::new();
        for (change, n) in decided.into_iter().zip(0..) {
            let store = w.app.store.clone();
            sent.spawn(async move { store.record(&change, Stamp { salt: [n; 32], answer: None }).await });
        }
        let (mut written, mut conflicts) = (0, 0);
        while let Some(done) = sent.join_next().await {
            match done.unwrap() {
                Ok(()) => written += 1,
                Err(StoreError::Conflict) => conflicts += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((written, conflicts), (1, 49));
    }

    async fn a_taken_key_names_its_table(w: &World) {
        let account = w.app.store.directory().account_named("city").await.unwrap().unwrap();
        let twin = domain::person::Account {
            id: domain::AccountId(w.app.ids.uuid(w.now())),
            seen: domain::change::Seen::NEW,
            ..account
        };
        let (now, mut ids) = (w.now(), || w.app.ids.event(w.now()));
        let rows = vec![domain::change::Row::Account(twin)];
        for change in directory::load("again.toml", "", w.app.city(), rows, &mut ids, now) {
            let taken = record(w, &change).await;
            assert!(matches!(&taken, Err(StoreError::Taken { table }) if table == "account"), "{taken:?}");
        }
        let session = Session {
            token_sha256: "a".into(), account: "a".into(), person: "p".into(), appointment: "h".into(), delegation: None, kind: "cookie".into(),
            csrf: "c".into(), created_at: now, expires_at: now,
        };
        w.app.store.door.open_session(session.clone()).await.unwrap();
        let taken = w.app.store.door.open_session(session).await;
        assert!(matches!(&taken, Err(StoreError::Taken { table }) if table == "session"), "{taken:?}");
    }

    /// An answer that stands already undoes the change that came with its second writing.
    async fn an_answer_kept_twice_undoes_the_second_change(w: &World) {
        let (one, other) = (a_hazard(w).await, a_hazard(w).await);
        let answer = || Answer {
            caller: "c".into(), key: "k".into(), request_sha256: "r".into(), body: "{}".into(), at: w.now(),
        };
        let keyed = |salt| Stamp { salt: [salt; 32], answer: Some(answer()) };
        w.app.store.record(&confirmation(w, one).await, keyed(1)).await.unwrap();
        let events = w.events().await;
        let second = w.app.store.record(&confirmation(w, other).await, keyed(2)).await;
        assert!(matches!(&second, Err(StoreError::Taken { table }) if table == "answer"), "{second:?}");
        assert_eq!(w.events().await, events);
        assert_eq!(store::answer::kept(&w.app.store.door, "c", "k").await.unwrap(), Some(answer()));
        assert_eq!(store::answer::kept(&w.app.store.door, "somebody else", "k").await.unwrap(), None);
    }

    /// A request that goes away leaves nothing half done: it was written whole, or not at all.
    async fn whoever_goes_away_leaves_nothing_half_done(w: &World) {
        for n in 0..20_u64 {
            let h = a_hazard(w).await;
            let (store, change) = (w.app.store.clone(), confirmation(w, h).await);
            let task = tokio::spawn(async move { store.record(&change, Stamp { salt: [3; 32], answer: None }).await });
            tokio::time::sleep(std::time::Duration::from_micros(n * 100)).await;
            task.abort();
            let _ = task.await;
        }
        // What was on its way when the last one left arrives within this.
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert!(w.verifies().await.is_sound());
    }

    async fn a_snapshot_sees_one_moment(w: &World) {
        a_hazard(w).await;
        let mut snapshot = w.app.store.door.snapshot().await.unwrap();
        let before = w.events().await;
        a_hazard(w).await;
        assert_eq!(store::audit::count(&mut snapshot, "event").await.unwrap(), before);
        drop(snapshot);
        let mut later = w.app.store.door.snapshot().await.unwrap();
        assert_eq!(store::audit::count(&mut later, "event").await.unwrap(), before + 1);
    }

    async fn a_fold_from_another_head_has_no_effect(w: &World) {
        w.seals().await;
        let head = store::tree::head(&w.app.store.door).await.unwrap().unwrap();
        let size = i64::try_from(head.size).unwrap();
        for (from_size, epoch) in [(size - 1, head.epoch), (size + 1, head.epoch), (size, head.epoch - 1)] {
            let fold = Fold { from_size, counted_from: None, epoch, statements: vec![set("late", "x")] };
            assert!(matches!(w.app.store.door.fold(fold).await, Err(StoreError::Conflict)));
        }
        assert_eq!(setting(w, "late").await, None);
    }

    /// Reference data of more rows than one event may carry come in as several.
    async fn a_large_file_comes_in_as_parts(w: &World) {
        let mut all = w.app.store.directory().jurisdictions().await.unwrap();
        let model = all.pop().unwrap();
        let rows = (0..4_100).map(|n| {
            let id = format!("999{n:06}");
            domain::change::Row::Jurisdiction(Jurisdiction { id: id.as_str().into(), seen: domain::change::Seen::NEW, ..model.clone() })
        });
        let (now, mut ids) = (w.now(), || w.app.ids.event(w.now()));
        let changes = directory::load("large.csv", "", w.app.city(), rows.collect(), &mut ids, now);
        assert_eq!(changes.len(), 3);
        for change in changes {
            record(w, &change).await.unwrap();
        }
        assert_eq!(w.seals().await as i64, w.events().await);
    }
}
