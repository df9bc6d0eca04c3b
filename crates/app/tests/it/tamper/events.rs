//! The events: the oldest, one in the middle, the newest that is sealed, and the newest that is not sealed yet.

use app::record::audit::What;
use seal::{Digest, Value};
use testkit::{World, on_both_engines, raw::Row};

use super::{Hand, another, named};

/// A world with a hazard that has gone some way: four events sealed, the fifth not.
async fn some_way(w: &World) -> String {
    let h = w.town().reports("配电箱门缺失").await.good();
    w.county().confirms(&h).await.good();
    w.unit().plans(&h).await.good();
    w.unit().takes_interim_measure(&h, "断电挂牌。").await.good();
    w.seals().await;
    w.unit().rectifies(&h).await.good();
    h.id
}

async fn event_at(hand: &Hand<'_>, position: &str) -> Row {
    let sql = format!(
        "EXISTS (SELECT 1 FROM leaf WHERE leaf.county = event.county AND leaf.subject = event.subject \
         AND leaf.version = event.version AND leaf.position = ({position}))"
    );
    hand.one("event", &sql, &[]).await
}

/// The four events, each with what it is called here.
async fn events(hand: &Hand<'_>, hazard: &str) -> Vec<(&'static str, Row)> {
    let newest = "subject = $1 ORDER BY version DESC LIMIT 1";
    let middle = "subject = $1 AND version = 2";
    let of = [Value::Text(hazard.to_owned())];
    vec![
        (
            "the oldest",
            event_at(hand, "SELECT MIN(position) FROM leaf").await,
        ),
        ("one in the middle", hand.one("event", middle, &of).await),
        (
            "the newest sealed",
            event_at(hand, "SELECT MAX(position) FROM leaf").await,
        ),
        ("the newest, not sealed yet", hand.one("event", newest, &of).await),
    ]
}

/// By what an event is named that cannot be found or read: the mark that speaks of it.
fn mark(event: &Row) -> String {
    format!("{} v{}", event.text("subject"), event.int("version"))
}

on_both_engines! {
    async fn each_column_altered(w: &World) {
        let h = some_way(w).await;
        let hand = Hand::at(w).await;
        for (which, event) in events(&hand, &h).await {
            for (column, old) in &event.0 {
                let case = format!("event.{column} altered, {which}");
                let new = match (column.as_str(), old) {
                    // Still JSON, and still saying the same: even that is not what was written.
                    ("body" | "cells" | "row_images", Value::Text(text)) => Value::Text(format!("{text} ")),
                    (_, Value::Null) => Value::Text("改".to_owned()),
                    ("version", Value::Int(n)) => Value::Int(n + 100),
                    (_, old) => another(old),
                };
                let altered = event.with(column, new);
                let report = hand.finds("event", std::slice::from_ref(&event), std::slice::from_ref(&altered)).await;
                match column.as_str() {
                    "county" | "subject" | "version" => {
                        named(&report, ("event", &mark(&event), What::Missing), &case);
                        named(&report, ("event", &event.text("id"), What::Unmarked), &case);
                    }
                    "salt" if which.ends_with("yet") => assert!(report.is_sound(), "see undetected.rs"),
                    "salt" => {
                        named(&report, ("tree_head", "log", What::TreeAltered), &case);
                        named(&report, ("event", &event.text("id"), What::Altered), &case);
                    }
                    _ => named(&report, ("event", &altered.text("id"), What::Altered), &case),
                }
            }
        }
        assert!(w.verifies().await.is_sound(), "all was put back");
    }

    async fn what_cannot_be_read_any_more(w: &World) {
        let h = some_way(w).await;
        let hand = Hand::at(w).await;
        for (which, event) in events(&hand, &h).await {
            for column in ["body", "cells", "row_images"] {
                let torn = event.with(column, Value::Text("{".to_owned()));
                let report = hand.finds("event", std::slice::from_ref(&event), &[torn]).await;
                named(&report, ("event", &mark(&event), What::Missing), &format!("event.{column} torn, {which}"));
            }
        }
    }

    async fn removed_copied_exchanged(w: &World) {
        let h = some_way(w).await;
        let hand = Hand::at(w).await;
        let events = events(&hand, &h).await;
        for (which, event) in &events {
            let report = hand.finds("event", std::slice::from_ref(event), &[]).await;
            named(&report, ("event", &mark(event), What::Missing), &format!("removed, {which}"));

            let copy = event.with("version", Value::Int(90)).with("id", Value::Text("copied".to_owned()));
            let report = hand.finds("event", &[], &[copy]).await;
            named(&report, ("event", "copied", What::Unmarked), &format!("copied, {which}"));
        }
        let (one, other) = (&events[1].1, &events[2].1);
        let exchanged = [one.with("body", other.get("body").clone()), other.with("body", one.get("body").clone())];
        let report = hand.finds("event", &[one.clone(), other.clone()], &exchanged).await;
        for event in [one, other] {
            named(&report, ("event", &event.text("id"), What::Altered), "two events exchanged what they tell");
        }
    }

    /// A forged event with a mark that would have it sealed: it follows nothing.
    async fn forged_with_a_mark(w: &World) {
        let h = some_way(w).await;
        let hand = Hand::at(w).await;
        let (_, newest) = events(&hand, &h).await.pop().expect("the newest");
        let forged = newest.with("version", Value::Int(newest.int("version") + 1)).with("id", Value::Text("forged".into()));
        let mark = hand.one("pending", "seq > $1 ORDER BY seq DESC LIMIT 1", &[Value::Int(0)]).await;
        let mark = mark.with("seq", Value::Int(mark.int("seq") + 1)).with("version", forged.get("version").clone());
        hand.change("pending", &[], std::slice::from_ref(&mark)).await;
        let report = hand.finds("event", &[], &[forged]).await;
        named(&report, ("event", "forged", What::Altered), "forged");
        named(&report, ("event", "forged", What::ChainBroken), "forged");
        hand.change("pending", &[mark], &[]).await;
        assert!(w.verifies().await.is_sound());
    }

    /// The newest event goes together with its mark: the row it wrote stays behind and tells.
    async fn the_newest_removed_with_its_mark(w: &World) {
        let h = some_way(w).await;
        let hand = Hand::at(w).await;
        let (_, newest) = events(&hand, &h).await.pop().expect("the newest");
        let mark = hand.one("pending", "subject = $1", &[Value::Text(h.clone())]).await;
        hand.change("pending", std::slice::from_ref(&mark), &[]).await;
        let report = hand.finds("event", &[newest], &[]).await;
        named(&report, ("hazard", &h, What::Unrecorded), "the hazard is newer than its newest event");
        hand.change("pending", &[], &[mark]).await;
    }

    /// Whoever knows the format makes the digest fit, and the row and all later events with it: the tree still tells which.
    async fn altered_with_a_digest_that_fits(w: &World) {
        let h = some_way(w).await;
        w.seals().await;
        let hand = Hand::at(w).await;
        let of = [Value::Text(h.clone())];
        let newest = hand.one("event", "subject = $1 ORDER BY version DESC LIMIT 1", &of).await;
        let told = newest.text("body").replace("货架已拆除", "货架未拆除");
        assert_ne!(told, newest.text("body"));
        let told = newest.with("body", Value::Text(told));
        let columns: Vec<(&str, Value)> = store::event::DIGESTED.iter().map(|name| (*name, told.get(name).clone())).collect();
        let Digest(digest) = seal::event::digest(&columns);
        let forged = told.with("digest", Value::Bytes(digest.to_vec()));
        let row = hand.one("hazard", "id = $1", &of).await;
        let reheaded = row.with("head", Value::Bytes(digest.to_vec()));
        let file = hand.one("file", "hazard = $1", &of).await;
        hand.change("hazard", &[row], &[reheaded]).await;
        hand.change("file", std::slice::from_ref(&file), &[file.with("head", Value::Bytes(digest.to_vec()))]).await;
        hand.change("event", std::slice::from_ref(&newest), &[forged]).await;
        let report = w.verifies().await;
        named(&report, ("tree_head", "log", What::TreeAltered), "the tree is not that of the events");
        named(&report, ("event", &newest.text("id"), What::Altered), "the leaf tells which event it was");
    }
}
