//! A tree that is not as it was signed is never signed again: whoever has the database alone cannot have their history sealed.

use app::{
    hazard::Receipt,
    record::{Stopped, audit::What},
};
use seal::{Edge, Value};
use testkit::{World, on_both_engines, raw::Row};

use super::{Hand, history::Copy, named};

/// What has to go on whatever is sealed: people report and read.
async fn people_go_on(w: &World) {
    let h = w.town().reports("疏散通道堆物").await.good();
    w.county().looks_at(&h).await.good();
}

/// The follower wants to seal, says why it does not, and leaves the tables as they are.
async fn is_refused(w: &World, because: impl Fn(Stopped) -> bool) {
    people_go_on(w).await;
    let (pending, head) = (w.count("pending").await, heads(w).await);
    let follower = w.follower();
    let refused = follower.seal_all().await;
    assert!(refused.is_err(), "it sealed {refused:?}");
    follower.step_down().await.expect("the lease is given back");
    let stopped = w.app.sealing.stopped().expect("sealing has stopped");
    assert!(because(stopped), "{stopped}");
    assert_eq!((w.count("pending").await, heads(w).await), (pending, head));
    people_go_on(w).await;
}

async fn heads(w: &World) -> Vec<Row> {
    w.raw().await.query("SELECT * FROM tree_head", &[]).await
}

async fn two_acts(w: &World) -> Receipt {
    let h = w.town().reports("配电箱门缺失").await.good();
    w.county().confirms(&h).await.good();
    w.seals().await;
    h
}

/// Computes the tree over the leaves as they stand now and puts it in the place of the one that was sealed: tiles, size and root.
/// Only the signature is out of reach.
async fn forge_the_tree(hand: &Hand<'_>) {
    let sql = "SELECT e.salt, e.digest FROM leaf l JOIN event e ON e.county = l.county AND e.subject = l.subject AND \
               e.version = l.version ORDER BY l.position";
    let leaves: Vec<[u8; 32]> = hand
        .raw
        .query(sql, &[])
        .await
        .iter()
        .map(|row| {
            let bytes = |column: &str| match row.get(column) {
                Value::Bytes(bytes) => <[u8; 32]>::try_from(bytes.as_slice()).expect("32 bytes"),
                other => panic!("{column}: {other:?}"),
            };
            seal::leaf::commitment(&bytes("salt"), &seal::Digest(bytes("digest")))
        })
        .collect();
    let mut edge = Edge::empty();
    for tile in edge.append(&leaves) {
        let params = [
            Value::Int(tile.level.into()),
            Value::Int(i64::try_from(tile.index).expect("small")),
            Value::Bytes(tile.data),
        ];
        let sql = "UPDATE tile SET hashes = $3 WHERE level = $1 AND position = $2";
        hand.raw.query(sql, &params).await;
    }
    let params = [
        Value::Int(i64::try_from(edge.size()).expect("small")),
        Value::Bytes(edge.root().0.to_vec()),
    ];
    hand.raw
        .query("UPDATE tree_head SET size = $1, root = $2", &params)
        .await;
    hand.raw.query("DELETE FROM checkpoint", &[]).await;
}

/// An event that was sealed is told otherwise, with its digest, its row and its successors put right.
async fn rewrite_an_event(hand: &Hand<'_>, h: &Receipt) {
    let of = [Value::Text(h.id.clone())];
    let event = hand.one("event", "subject = $1 AND version = 2", &of).await;
    let altered = event.with("at", Value::Int(event.int("at") - 86_400_000));
    let columns: Vec<(&str, Value)> = store::event::DIGESTED
        .iter()
        .map(|name| (*name, altered.get(name).clone()))
        .collect();
    let digest = Value::Bytes(seal::event::digest(&columns).0.to_vec());
    hand.change("event", &[event], &[altered.with("digest", digest.clone())])
        .await;
    let row = hand.one("hazard", "id = $1", &of).await;
    hand.change("hazard", std::slice::from_ref(&row), &[row.with("head", digest)])
        .await;
}

on_both_engines! {
    /// Everything agrees with everything, but for the signature.
    async fn a_forged_tree_is_not_signed(w: &World) {
        let h = two_acts(w).await;
        let hand = Hand::at(w).await;
        rewrite_an_event(&hand, &h).await;
        forge_the_tree(&hand).await;
        is_refused(w, |why| why == Stopped::NotSigned).await;
        named(&w.verifies().await, ("tree_head", "log", What::SignatureWrong), "a forged root");
    }

    /// The head is left as it was signed, and the tiles that the next leaves would go onto are others.
    async fn forged_tiles_under_a_true_head_are_not_signed(w: &World) {
        let h = two_acts(w).await;
        let hand = Hand::at(w).await;
        let head = hand.one("tree_head", "id = 'log'", &[]).await;
        rewrite_an_event(&hand, &h).await;
        forge_the_tree(&hand).await;
        let forged = hand.one("tree_head", "id = 'log'", &[]).await;
        hand.change("tree_head", &[forged], &[head]).await;
        is_refused(w, |why| why == Stopped::TreeAltered).await;
        let torn = "UPDATE tile SET hashes = $1 WHERE level = 0";
        hand.raw.query(torn, &[Value::Bytes(vec![7; 5])]).await;
        is_refused(w, |why| why == Stopped::TreeAltered).await;
    }

    /// No tree, no leaf, every event marked as if it had just been written: the next sealing would begin another history.
    async fn a_tree_that_was_taken_away_is_not_begun_anew(w: &World) {
        let h = two_acts(w).await;
        let hand = Hand::at(w).await;
        rewrite_an_event(&hand, &h).await;
        for table in ["leaf", "tile", "tree_head", "checkpoint", "pending", "stock", "flow"] {
            hand.raw.query(&format!("DELETE FROM {table}"), &[]).await;
        }
        hand.raw.query("INSERT INTO pending (county, subject, version) SELECT county, subject, version FROM event ORDER BY at, subject, version", &[]).await;
        is_refused(w, |why| matches!(why, Stopped::HeadMissing { .. })).await;
        let report = w.verifies().await;
        let last = report.faults.iter().find(|fault| fault.table == "log.head");
        assert_eq!(last.map(|fault| fault.what), Some(What::Rewritten), "{:?}", report.faults);
    }

    /// An older head was truly signed once: the file beside the key is younger. Its removal is the way on after a restored backup.
    async fn an_older_copy_is_not_continued_until_somebody_says_so(w: &World) {
        let h = two_acts(w).await;
        let hand = Hand::at(w).await;
        let copy = Copy::of(&hand).await;
        w.unit().plans(&h).await.good();
        w.seals().await;
        copy.put_back(&hand).await;
        is_refused(w, |why| matches!(why, Stopped::HeadOlder { .. })).await;
        std::fs::remove_file(w.last_signed().path()).expect("something was signed");
        assert!(w.seals().await > 0);
        assert_eq!(w.app.sealing.stopped(), None);
        assert!(w.verifies().await.is_sound());
    }

    /// Another process with the same key has sealed since; and a program was killed between the two.
    async fn a_head_that_is_further_on_is_continued(w: &World) {
        let h = two_acts(w).await;
        let kept = std::fs::read(w.last_signed().path()).expect("something was signed");
        w.unit().plans(&h).await.good();
        w.seals().await;
        std::fs::write(w.last_signed().path(), kept).expect("the file can be written");
        w.unit().rectifies(&h).await.good();
        assert_eq!(w.seals().await, 2, "the photo and the rectification");
        assert!(w.verifies().await.is_sound());
    }

    async fn what_stands_in_the_file_has_to_be_signed_too(w: &World) {
        let h = two_acts(w).await;
        w.has_been_tampered_with();
        let path = w.last_signed().path().to_owned();
        let kept = std::fs::read(&path).expect("something was signed");
        std::fs::write(&path, "anlan/6109\n1\nAAAA\n").expect("the file can be written");
        named(&w.verifies().await, ("log.head", "*", What::SignatureWrong), "a file that somebody has been at");
        is_refused(w, |why| why == Stopped::LastSignedUnreadable).await;
        std::fs::write(&path, kept).expect("the file can be written");
        w.unit().plans(&h).await.good();
        assert!(w.seals().await > 0, "sealing goes on once all is as it was");
        assert_eq!(w.app.sealing.stopped(), None);
    }
}
