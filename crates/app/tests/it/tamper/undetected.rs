//! What an audit of the tables cannot detect, so that docs/record.md can say it, each with what would.

use app::record::audit::What;
use domain::hazard::Moment;
use seal::Value;
use store::Stamp;
use testkit::{Named, World, on_both_engines};

use super::{Hand, history::Copy, named};

on_both_engines! {
    /// Until an event is sealed, everything that speaks of it stands in the tables: whoever takes all of it back leaves no trace.
    /// A checkpoint cannot help, because there was none yet; sealing within a second keeps the gap short.
    async fn the_newest_act_taken_back_whole_before_it_was_sealed(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        let hand = Hand::at(w).await;
        let of = [Value::Text(h.id.clone())];
        let before = hand.one("hazard", "id = $1", &of).await;
        w.county().confirms(&h).await.good();
        let after = hand.one("hazard", "id = $1", &of).await;
        let event = hand.one("event", "subject = $1 AND version = 2", &of).await;
        let mark = hand.one("pending", "subject = $1", &of).await;
        hand.change("hazard", &[after], &[before]).await;
        hand.change("event", &[event], &[]).await;
        hand.change("pending", &[mark], &[]).await;
        assert!(w.verifies().await.is_sound());
    }

    /// A salt blinds the leaf and says nothing; before there is a leaf, nothing holds it.
    async fn the_salt_of_an_event_that_is_not_sealed(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        let hand = Hand::at(w).await;
        let event = hand.one("event", "subject = $1", &[Value::Text(h.id.clone())]).await;
        let report = hand.finds("event", std::slice::from_ref(&event), &[event.with("salt", Value::Bytes(vec![9; 32]))]).await;
        assert!(report.is_sound());
    }

    /// Whoever can write to the database, and knows how, can write as somebody else. The record shows that nothing was changed
    /// afterwards, not that the person did it.
    async fn an_act_forged_whole(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        let unit = w.unit().caller().await;
        let hazard = w.county().looks_at(&h).await.good().hazard;
        let (now, event) = (w.now(), w.app.ids.event(w.now()));
        let routes = w.app.store.routes(w.app.city()).await.expect("routes can be read").expect("the city has routes");
        let said = w.county().a_confirmation();
        let change = hazard.confirm(said, None, &routes, Moment { who: &unit.actor, event, now }).expect("the stage allows it");
        w.app.store.record(&change, Stamp { salt: [1; 32], answer: None }).await.expect("the door asks for no right");
        assert!(w.verifies().await.is_sound());
        w.seals().await;
        assert!(w.verifies().await.is_sound());
    }

    /// An older copy of everything, of the data folder too, is as sound as it was then. A checkpoint kept elsewhere is younger than
    /// it, and says so.
    async fn an_older_copy_put_back_whole(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        let hand = Hand::at(w).await;
        let copy = Copy::of(&hand).await;
        w.county().confirms(&h).await.good();
        w.seals().await;
        let kept = hand.one("tree_head", "id = 'log'", &[]).await.text("note");
        copy.put_back(&hand).await;
        named(&w.verifies().await, ("log.head", &format!("size {}", w.events().await + 1), What::Rewritten), "the database alone");
        std::fs::remove_file(w.last_signed().path()).expect("something was signed");
        assert!(w.verifies().await.is_sound());
        let report = w.verifies_against(Some(kept)).await;
        named(&report, ("checkpoint", &size(&report), What::Rewritten), "an older copy");
    }

    /// Kept checkpoints are a convenience of the store: what counts are those that others keep.
    async fn a_kept_checkpoint_lost_or_put_under_another_day(w: &World) {
        w.seals().await;
        let hand = Hand::at(w).await;
        let day = hand.one("checkpoint", "day = '2026-03-04'", &[]).await;
        assert!(hand.finds("checkpoint", std::slice::from_ref(&day), &[]).await.is_sound());
        let moved = day.with("day", Value::Text("2026-03-01".to_owned()));
        assert!(hand.finds("checkpoint", std::slice::from_ref(&day), &[moved]).await.is_sound());
    }

    /// Marks are taken in their order, and any order that keeps a subject's events in theirs is as good as another.
    async fn the_place_of_a_mark_in_the_row(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        let hand = Hand::at(w).await;
        let mark = hand.one("pending", "subject = $1", &[Value::Text(h.id.clone())]).await;
        let later = mark.with("seq", Value::Int(5_000));
        assert!(hand.finds("pending", std::slice::from_ref(&mark), &[later]).await.is_sound());
    }

    /// When the head was written and under which lease is for the follower, not for the record.
    async fn when_the_head_was_written(w: &World) {
        w.seals().await;
        let hand = Hand::at(w).await;
        let head = hand.one("tree_head", "id = 'log'", &[]).await;
        for column in ["epoch", "at"] {
            let altered = head.with(column, Value::Int(head.int(column) + 1));
            assert!(hand.finds("tree_head", std::slice::from_ref(&head), &[altered]).await.is_sound());
        }
    }

    /// Housekeeping is nobody's evidence.
    async fn housekeeping(w: &World) {
        w.town().signs_in().await.good();
        w.town().with_key("key", "body").reports("配电箱门缺失").await.good();
        let hand = Hand::at(w).await;
        for table in ["session", "answer", "number_block", "throttle", "lease", "setting"] {
            hand.raw.query(&format!("DELETE FROM {table}"), &[]).await;
        }
        assert!(w.verifies().await.is_sound());
    }
}

fn size(report: &app::record::audit::Report) -> String {
    report
        .faults
        .iter()
        .find(|fault| fault.table == "checkpoint")
        .map(|fault| fault.id.clone())
        .unwrap_or_default()
}

/// The bytes of a photo lie beside the database. The audit of the tables does not read them; whoever opens the file is told.
mod bytes_of_a_file_changed_on_disk {
    use super::*;

    async fn body(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.county().confirms(&h).await.good();
        w.unit().plans(&h).await.good();
        let file = w.unit().uploads().await.good();
        w.unit()
            .rectifies_with(&h.hazard(), "已整改。", &[testkit::file_id(&file)])
            .await
            .good();
        let path = w.opened().blobs.join(&file.sha256[..2]).join(&file.sha256);
        std::fs::write(&path, testkit::photo::with_place("another picture"))
            .expect("the file can be written");
        assert!(w.verifies().await.is_sound());
        let refused = testkit::code(&w.county().opens_file(&file).await.failure());
        assert!(
            refused.starts_with("broken: ") && refused.contains(&file.id),
            "{refused}"
        );
    }

    #[test]
    fn sqlite() {
        testkit::run(testkit::Engine::Sqlite, testkit::City::default(), body);
    }

    #[test]
    fn postgres() {
        testkit::run(testkit::Engine::Postgres, testkit::City::default(), body);
    }
}
