//! Histories held against a checkpoint that somebody kept: the one thing that finds a rewriting by the holder of the key.

use app::record::{
    audit::What,
    verify::{Against, verify},
};
use seal::{Checkpoint, SigningKey};
use testkit::{Answer, World, code, on_both_engines, raw::Row};

use super::{Hand, named};

/// All rows of the tables that acts and sealing write to.
pub struct Copy(Vec<(&'static str, Vec<Row>)>);

const WRITTEN: &[&str] = &[
    "hazard",
    "event",
    "leaf",
    "tile",
    "tree_head",
    "checkpoint",
    "pending",
    "stock",
    "flow",
    "stay",
    "counted",
];

impl Copy {
    pub async fn of(hand: &Hand<'_>) -> Self {
        let mut tables = Vec::new();
        for table in WRITTEN {
            tables.push((
                *table,
                hand.raw.query(&format!("SELECT * FROM {table}"), &[]).await,
            ));
        }
        Self(tables)
    }

    pub async fn put_back(&self, hand: &Hand<'_>) {
        for (table, rows) in &self.0 {
            let now = hand.raw.query(&format!("SELECT * FROM {table}"), &[]).await;
            hand.change(table, &now, rows).await;
        }
    }
}

/// The note as it would stand on a bulletin.
async fn note(w: &World) -> String {
    w.raw()
        .await
        .one("tree_head", "id = 'log'", &[])
        .await
        .text("note")
}

on_both_engines! {
    async fn a_history_that_only_grew_holds_against_every_checkpoint(w: &World) {
        let mut kept = Vec::new();
        let h = w.town().reports("配电箱门缺失").await.good();
        w.seals().await;
        kept.push(note(w).await);
        w.county().confirms(&h).await.good();
        w.seals().await;
        kept.push(note(w).await);
        w.unit().plans(&h).await.good();
        for note in kept {
            assert!(w.verifies_against(Some(note)).await.is_sound());
        }
    }

    /// The holder of the key builds another history from the beginning: sound in itself, and signed.
    async fn a_history_rewritten_by_the_holder_of_the_key(w: &World) {
        let h = w.town().reports("配电箱门缺失").await.good();
        w.county().confirms(&h).await.good();
        w.seals().await;
        let kept = note(w).await;

        let rewritten = World::on(w.engine).await;
        for description in ["无关紧要", "无关紧要", "无关紧要"] {
            rewritten.town().reports(description).await.good();
        }
        rewritten.seals().await;
        assert!(rewritten.verifies().await.is_sound());
        let size = Checkpoint::open(&kept, &w.vkey()).expect("signed by the same key").size;
        let report = rewritten.verifies_against(Some(kept)).await;
        named(&report, ("checkpoint", &format!("size {size}"), What::Rewritten), "rewritten");
    }

    async fn a_shorter_history_than_the_checkpoint_speaks_of(w: &World) {
        let longer = World::on(w.engine).await;
        for _ in 0..5 {
            longer.town().reports("配电箱门缺失").await.good();
        }
        longer.seals().await;
        w.seals().await;
        let report = w.verifies_against(Some(note(&longer).await)).await;
        assert!(report.faults.iter().any(|fault| fault.what == What::Rewritten));
    }

    /// Not a verdict of tampering: it cannot be checked.
    async fn what_the_key_did_not_sign_proves_nothing(w: &World) {
        w.seals().await;
        let honest = Checkpoint::open(&note(w).await, &w.vkey()).expect("signed");
        let other = SigningKey::from_seed("anlan-test", [8; 32]).expect("a key");
        for foreign in [honest.sign(&other).expect("it can be signed"), "no checkpoint at all".to_owned()] {
            let against = Against { vkey: w.vkey(), checkpoint: Some(foreign), last_signed: None };
            let failure = Answer(verify(&w.app, &against).await).failure();
            assert!(code(&failure).starts_with("broken: the checkpoint"), "{failure}");
        }
    }

    /// Verified with the wrong public key, nothing is signed.
    async fn another_key_is_told_apart(w: &World) {
        w.seals().await;
        let other = SigningKey::from_seed("anlan-test", [8; 32]).expect("a key");
        let against = Against { vkey: other.verifying_key(), checkpoint: None, last_signed: None };
        let report = verify(&w.app, &against).await.expect("the record can be verified");
        named(&report, ("tree_head", "log", What::SignatureWrong), "another key");
        named(&report, ("checkpoint", "2026-03-04", What::SignatureWrong), "another key");
    }

    /// The length of the unsealed tail is reported: for it, nobody has signed yet.
    async fn the_unsealed_tail_is_counted(w: &World) {
        w.seals().await;
        let sealed = w.verifies().await;
        assert_eq!(sealed.unsealed, 0);
        w.town().reports("配电箱门缺失").await.good();
        w.town().reports("疏散指示灯不亮").await.good();
        let report = w.verifies().await;
        assert_eq!((report.sealed, report.unsealed), (sealed.sealed, 2));
        assert_eq!(report.root, sealed.root);
    }
}
