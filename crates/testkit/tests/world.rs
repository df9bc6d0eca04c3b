//! A test bench that notices nothing is worse than none: what the World promises is tried here.

use testkit::{City, Engine, World, on_both_engines, run};

/// Rewrites a text of a sealed row without a word to the record.
async fn somebody_edits_the_register(w: &World) {
    let raw = w.raw().await;
    raw.query("UPDATE person SET name = name || '某'", &[]).await;
}

fn a_world_that_was_edited(engine: Engine) {
    run(engine, City::default(), somebody_edits_the_register);
}

#[test]
#[should_panic(expected = "this world's record is not sound")]
fn an_edited_world_does_not_go_quietly_on_sqlite() {
    a_world_that_was_edited(Engine::Sqlite);
}

#[test]
#[should_panic(expected = "this world's record is not sound")]
fn an_edited_world_does_not_go_quietly_on_postgres() {
    a_world_that_was_edited(Engine::Postgres);
}

on_both_engines! {
    async fn worlds_do_not_see_each_other(w: &World) {
        let other = World::on(w.engine).await;
        let h = w.town().reports("过道堆物").await.good();
        assert!(w.county().sees(&h).await);
        assert!(!other.county().sees(&h).await);
        assert_eq!(other.events().await + 1, w.events().await);
    }

    async fn what_was_written_is_there_for_another_process(w: &World) {
        let h = w.town().reports("过道堆物").await.good();
        let again = w.opened_again().await;
        assert!(w.county().through(&again).sees(&h).await);
    }

    async fn the_clock_moves_by_hand_alone(w: &World) {
        let before = w.now();
        w.town().reports("过道堆物").await.good();
        assert_eq!(w.now(), before);
        w.time_passes(1_000);
        assert_eq!(w.now().0, before.0 + 1_000);
    }
}
