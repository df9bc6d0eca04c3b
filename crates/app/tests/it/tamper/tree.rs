//! Leaves, tiles, head, checkpoints, marks and counts: what is built over the events.

use app::record::audit::What;
use domain::time::DAY;
use seal::Value;
use testkit::{World, on_both_engines, raw::Row};

use super::{Hand, another, named};

/// Some events sealed on two days, and one not sealed yet.
async fn two_days(w: &World) -> String {
    w.seals().await;
    w.time_passes(DAY);
    let h = w.town().reports("配电箱门缺失").await.good();
    w.county().confirms(&h).await.good();
    w.seals().await;
    w.unit().plans(&h).await.good();
    h.id
}

async fn rows(hand: &Hand<'_>, table: &str, order: &str) -> Vec<Row> {
    hand.raw
        .query(&format!("SELECT * FROM {table} ORDER BY {order}"), &[])
        .await
}

on_both_engines! {
    async fn leaves(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        let all = rows(&hand, "leaf", "position").await;
        let (oldest, newest) = (all.first().expect("leaves"), all.last().expect("leaves"));
        for (which, leaf) in [("the oldest", oldest), ("the newest", newest)] {
            let position = leaf.int("position");
            for (column, old) in &leaf.0 {
                let case = format!("leaf.{column} altered, {which}");
                // To a place and a version that nothing else has: those that something has are exchanges, below.
                let new = if let Value::Int(n) = old { Value::Int(n + 100) } else { another(old) };
                let altered = leaf.with(column, new);
                let report = hand.finds("leaf", std::slice::from_ref(leaf), std::slice::from_ref(&altered)).await;
                if column == "position" {
                    named(&report, ("leaf", &position.to_string(), What::Missing), &case);
                } else {
                    let named_now = format!("{} v{}", altered.text("subject"), altered.int("version"));
                    named(&report, ("event", &named_now, What::Missing), &case);
                }
            }
            let report = hand.finds("leaf", std::slice::from_ref(leaf), &[]).await;
            named(&report, ("leaf", &position.to_string(), What::Missing), &format!("leaf removed, {which}"));
            let event = hand.one("event", "subject = $1 AND version = $2", &[leaf.get("subject").clone(), leaf.get("version").clone()]).await;
            named(&report, ("event", &event.text("id"), What::Unmarked), &format!("leaf removed, {which}"));

            let copy = leaf.with("position", Value::Int(newest.int("position") + 1));
            let report = hand.finds("leaf", &[], &[copy]).await;
            let one_more = (newest.int("position") + 1).to_string();
            named(&report, ("leaf", &one_more, What::Unrecorded), &format!("leaf copied, {which}"));
            let before_all = leaf.with("position", Value::Int(-1));
            let report = hand.finds("leaf", &[], &[before_all]).await;
            named(&report, ("leaf", "-1", What::Unrecorded), &format!("leaf copied before the first, {which}"));
        }
        let exchanged = [
            oldest.with("position", newest.get("position").clone()),
            newest.with("position", oldest.get("position").clone()),
        ];
        let report = hand.finds("leaf", &[oldest.clone(), newest.clone()], &exchanged).await;
        named(&report, ("tree_head", "log", What::TreeAltered), "two leaves exchanged");
        for leaf in [oldest, newest] {
            let of = [leaf.get("subject").clone(), leaf.get("version").clone()];
            let event = hand.one("event", "subject = $1 AND version = $2", &of).await;
            named(&report, ("event", &event.text("id"), What::Altered), "two leaves exchanged");
        }
        assert!(w.verifies().await.is_sound(), "all was put back");
    }

    async fn tiles(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        for tile in rows(&hand, "tile", "level, position").await {
            let id = format!("{}/{}", tile.int("level"), tile.int("position"));
            for (column, old) in &tile.0 {
                let report = hand.finds("tile", std::slice::from_ref(&tile), &[tile.with(column, another(old))]).await;
                named(&report, ("tile", &id, What::TreeAltered), &format!("tile.{column} altered"));
            }
            let report = hand.finds("tile", std::slice::from_ref(&tile), &[]).await;
            named(&report, ("tile", &id, What::TreeAltered), "tile removed");
            let report = hand.finds("tile", &[], &[tile.with("position", Value::Int(77))]).await;
            named(&report, ("tile", &format!("{}/77", tile.int("level")), What::Unrecorded), "tile copied");
        }
    }

    async fn the_head(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        let head = hand.one("tree_head", "id = 'log'", &[]).await;
        for (column, what) in [("size", What::TreeAltered), ("root", What::TreeAltered), ("note", What::SignatureWrong)] {
            let altered = head.with(column, another(head.get(column)));
            let report = hand.finds("tree_head", std::slice::from_ref(&head), &[altered]).await;
            named(&report, ("tree_head", "log", what), &format!("tree_head.{column} altered"));
        }
        let torn = head.with("root", Value::Bytes(vec![1, 2, 3]));
        let report = hand.finds("tree_head", std::slice::from_ref(&head), &[torn]).await;
        named(&report, ("tree_head", "log", What::TreeAltered), "the root is not even a digest");
        let report = hand.finds("tree_head", std::slice::from_ref(&head), &[]).await;
        named(&report, ("tree_head", "log", What::Missing), "the head removed");
        let renamed = head.with("id", Value::Text("other".to_owned()));
        let report = hand.finds("tree_head", std::slice::from_ref(&head), std::slice::from_ref(&renamed)).await;
        named(&report, ("tree_head", "log", What::Missing), "the head renamed");
        let report = hand.finds("tree_head", &[], &[renamed]).await;
        named(&report, ("tree_head", "other", What::Unrecorded), "a second head");
        // An older head was truly signed once.
        let older = hand.one("checkpoint", "day = '2026-03-04'", &[]).await;
        let set_back = head.with("note", older.get("note").clone()).with("size", older.get("size").clone());
        let report = hand.finds("tree_head", std::slice::from_ref(&head), &[set_back]).await;
        named(&report, ("tree_head", "log", What::TreeAltered), "the head set back");
    }

    async fn checkpoints(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        let all = rows(&hand, "checkpoint", "day").await;
        assert_eq!(all.len(), 2);
        for checkpoint in &all {
            let day = checkpoint.text("day");
            for column in ["note", "size"] {
                let altered = checkpoint.with(column, another(checkpoint.get(column)));
                let report = hand.finds("checkpoint", std::slice::from_ref(checkpoint), &[altered]).await;
                named(&report, ("checkpoint", &day, What::SignatureWrong), &format!("checkpoint.{column} altered"));
            }
        }
        // A checkpoint of the same key over another tree.
        let other = World::on(w.engine).await;
        other.town().uploads().await.good();
        other.seals().await;
        let foreign = other.raw().await.one("checkpoint", "day = '2026-03-04'", &[]).await;
        let (old, new) = (&all[0], all[0].with("note", foreign.get("note").clone()));
        let new = new.with("size", foreign.get("size").clone());
        let report = hand.finds("checkpoint", std::slice::from_ref(old), &[new]).await;
        named(&report, ("checkpoint", "2026-03-04", What::SignatureWrong), "a checkpoint of another history");
    }

    async fn marks(w: &World) {
        let h = two_days(w).await;
        let hand = Hand::at(w).await;
        let mark = hand.one("pending", "subject = $1", &[Value::Text(h.clone())]).await;
        let event = hand.one("event", "subject = $1 AND version = 3", &[Value::Text(h.clone())]).await.text("id");
        for column in ["county", "subject", "version"] {
            let altered = mark.with(column, another(mark.get(column)));
            let report = hand.finds("pending", std::slice::from_ref(&mark), &[altered]).await;
            named(&report, ("event", &event, What::Unmarked), &format!("pending.{column} altered"));
        }
        let report = hand.finds("pending", std::slice::from_ref(&mark), &[]).await;
        named(&report, ("event", &event, What::Unmarked), "mark removed");
        let report = hand.finds("pending", &[], &[mark.with("seq", Value::Int(9_000))]).await;
        named(&report, ("event", &event, What::ChainBroken), "mark copied");
        let hidden = mark.with("seq", Value::Int(-5));
        let report = hand.finds("pending", std::slice::from_ref(&mark), &[hidden]).await;
        assert!(report.unsealed == 1 || !report.is_sound(), "an event cannot be hidden behind a mark out of the row");
        let sealed = mark.with("seq", Value::Int(9_000)).with("version", Value::Int(2));
        let report = hand.finds("pending", &[], &[sealed]).await;
        named(&report, ("pending", "9000", What::Unrecorded), "a sealed event marked once more");
        let nothing = mark.with("seq", Value::Int(9_000)).with("version", Value::Int(44));
        let report = hand.finds("pending", &[], &[nothing]).await;
        named(&report, ("event", &format!("{h} v44"), What::Missing), "a mark of nothing");
    }

    /// The newest mark goes, and its leaf never comes: a follower cannot tell, an audit can.
    async fn a_mark_lost_before_sealing(w: &World) {
        let h = two_days(w).await;
        let hand = Hand::at(w).await;
        hand.raw.query("DELETE FROM pending", &[]).await;
        w.city().takes_interim_measure(&domain::HazardId::parse(&h).expect("an id"), "断电。").await.good();
        w.seals().await;
        let event = hand.one("event", "subject = $1 AND version = 3", &[Value::Text(h.clone())]).await.text("id");
        named(&w.verifies().await, ("event", &event, What::Unmarked), "mark removed, and others sealed since");
    }

    async fn counts(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        for (table, figure) in [("stock", "n"), ("flow", "n"), ("stay", "version")] {
            let cell = hand.one(table, &format!("{figure} <> $1 ORDER BY {figure} DESC LIMIT 1"), &[Value::Int(0)]).await;
            for (column, old) in &cell.0 {
                let report = hand.finds(table, std::slice::from_ref(&cell), &[cell.with(column, another(old))]).await;
                named(&report, (table, "*", What::Miscounted), &format!("{table}.{column} altered"));
            }
            let report = hand.finds(table, std::slice::from_ref(&cell), &[]).await;
            named(&report, (table, "*", What::Miscounted), &format!("{table} cell removed"));
            let other = cell.with("county", Value::Text("610981".to_owned()));
            let report = hand.finds(table, &[], &[other]).await;
            named(&report, (table, "*", What::Miscounted), &format!("{table} cell invented"));
        }
        assert!(w.verifies().await.is_sound(), "all was put back");
    }

    /// Counts can always be made anew from the events.
    async fn counts_are_repaired(w: &World) {
        two_days(w).await;
        let hand = Hand::at(w).await;
        hand.raw.query("UPDATE stock SET n = n + 7", &[]).await;
        hand.raw.query("DELETE FROM flow", &[]).await;
        hand.raw.query("UPDATE stay SET since = since - 1", &[]).await;
        assert_eq!(w.verifies().await.faults.len(), 3);
        app::record::rebuild::rebuild(&w.app).await.expect("the counts can be made anew");
        assert!(w.verifies().await.is_sound());
    }
}
