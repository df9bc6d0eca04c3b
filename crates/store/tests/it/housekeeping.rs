//! Housekeeping: leases, numbers, tries and settings, each safe with two programs on one store.

use domain::time::{DAY, SECOND};
use testkit::on_both_engines;
use tokio::task::JoinSet;

on_both_engines! {
    async fn a_lease_is_one_holders_until_it_runs_out(w: &World) {
        let door = &w.app.store.door;
        let (now, later) = (w.now(), w.now().plus(31 * SECOND));
        let until = |from: domain::time::Instant| from.plus(30 * SECOND);
        let first = door.take_lease("x", "one", until(now), now).await.unwrap().expect("it is free");
        assert_eq!(door.take_lease("x", "two", until(now), now).await.unwrap(), None);
        assert_eq!(door.take_lease("x", "one", until(now), now).await.unwrap(), Some(first), "kept under its epoch");
        let second = door.take_lease("x", "two", until(later), later).await.unwrap().expect("it has run out");
        assert!(second > first, "whoever slept can be told from whoever leads");
        door.leave_lease("x", "one").await.unwrap();
        assert_eq!(door.take_lease("x", "one", until(later), later).await.unwrap(), None, "only one's own is given back");
        door.leave_lease("x", "two").await.unwrap();
        assert!(door.take_lease("x", "one", until(later), later).await.unwrap().is_some());
    }

    /// Of twenty who reach for it at once, one has it.
    async fn a_lease_reached_for_by_many(w: &World) {
        let mut tries = JoinSet::new();
        for n in 0..20 {
            let (door, now) = (w.app.store.door.clone(), w.now());
            tries.spawn(async move { door.take_lease("x", &format!("h{n}"), now.plus(SECOND), now).await.unwrap() });
        }
        let mut taken = 0;
        while let Some(done) = tries.join_next().await {
            taken += usize::from(done.unwrap().is_some());
        }
        assert_eq!(taken, 1);
    }

    async fn no_number_is_given_twice(w: &World) {
        let other = w.opened_again().await;
        let mut leases = JoinSet::new();
        for n in 0..40 {
            let door = if n % 2 == 0 { w.app.store.door.clone() } else { other.store.door.clone() };
            leases.spawn(async move { door.lease_numbers(&"610902".into(), "letter", 2026, 3).await.unwrap() });
        }
        let mut firsts = Vec::new();
        while let Some(done) = leases.join_next().await {
            firsts.push(done.unwrap());
        }
        firsts.sort_unstable();
        assert_eq!(firsts, (0..40).map(|n| 1 + 3 * n).collect::<Vec<i64>>());
        let door = &w.app.store.door;
        assert_eq!(door.lease_numbers(&"610902".into(), "letter", 2027, 3).await.unwrap(), 1, "each year begins at one");
        assert_eq!(door.lease_numbers(&"610981".into(), "letter", 2026, 3).await.unwrap(), 1, "and each county");
    }

    async fn a_setting_is_settled_once(w: &World) {
        let door = &w.app.store.door;
        assert_eq!(door.settle("origin", "one").await.unwrap(), "one");
        assert_eq!(door.settle("origin", "two").await.unwrap(), "one");
    }

    async fn what_nobody_can_use_any_more_is_dropped(w: &World) {
        let signed_in = w.town().signs_in().await.good();
        w.town().with_key("key", "body").reports("配电箱门缺失").await.good();
        app::sweep::once(&w.app).await.unwrap();
        assert_eq!((w.count("session").await, w.count("answer").await), (1, 1));
        testkit::whose(&w.app, &signed_in.token).await.unwrap();
        w.time_passes(31 * DAY);
        app::sweep::once(&w.app).await.unwrap();
        assert_eq!((w.count("session").await, w.count("answer").await), (0, 0));
    }
}
