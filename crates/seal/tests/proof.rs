//! A proof as a stranger gets it: checked here and by scripts/check-proof.py, and both must agree.

mod common;

use std::path::Path;
use std::process::Command;

use common::leaf;
use seal::{
    Checkpoint, Digest, Edge, Proof, SealError, SigningKey, Value, event, leaf as leaves, prove_inclusion,
};

const INDEX: u64 = 299;

fn key() -> SigningKey {
    SigningKey::from_seed("anlan.example", [9; 32]).unwrap()
}

fn proof() -> Proof {
    let columns = [
        ("id", Value::Text("0198c5a0-0000-7000-8000-000000000001".into())),
        ("what", Value::Text("验收 \"accept\"\n第二行".into())),
        ("at", Value::Int(i64::MIN)),
        ("share", Value::Real(-1.5e-300)),
        ("zero", Value::Real(-0.0)),
        ("nan", Value::Real(f64::NAN)),
        ("far", Value::Real(f64::NEG_INFINITY)),
        ("delegated", Value::Bool(true)),
        ("row_digest", Value::Bytes(vec![0, 1, 254, 255])),
        ("principal", Value::Null),
        ("", Value::Text(String::new())),
        ("事", Value::Bool(false)),
    ];
    let salt = [5; 32];
    let mut all = common::leaves(0..600);
    all[INDEX as usize] = leaves::commitment(&salt, &event::digest(&columns));
    let mut edge = Edge::empty();
    let mut store = common::Store::default();
    store.put(edge.append(&all));
    let checkpoint = Checkpoint {
        origin: "anlan.example".into(),
        size: 600,
        root: edge.root(),
    };
    Proof {
        format: Proof::FORMAT.into(),
        event: columns
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        salt,
        index: INDEX,
        size: 600,
        path: prove_inclusion(INDEX, 600, &store.read()).unwrap(),
        checkpoint: checkpoint.sign(&key()).unwrap(),
    }
}

fn refused(change: impl FnOnce(&mut Proof)) -> SealError {
    let mut proof = proof();
    change(&mut proof);
    proof.check(&key().verifying_key()).unwrap_err()
}

#[test]
fn a_proof_shows_its_event_and_head() {
    let proof = proof();
    let checked = proof.check(&key().verifying_key()).unwrap();
    assert_eq!(checked.event["what"], proof.event["what"]);
    assert_eq!(
        (checked.checkpoint.origin.as_str(), checked.checkpoint.size),
        ("anlan.example", 600)
    );
    let json = serde_json::to_vec(&proof).unwrap();
    assert_eq!(
        Proof::read(&json)
            .unwrap()
            .check(&key().verifying_key())
            .unwrap()
            .checkpoint,
        checked.checkpoint
    );
    assert_eq!(
        serde_json::to_value(&proof).unwrap()["event"],
        serde_json::json!({
            "id": {"text": "0198c5a0-0000-7000-8000-000000000001"}, "what": {"text": "验收 \"accept\"\n第二行"},
            "at": {"int": i64::MIN}, "share": {"real": "-1.5e-300"}, "zero": {"real": "-0.0"},
            "nan": {"real": "NaN"}, "far": {"real": "-inf"}, "delegated": {"bool": true},
            "row_digest": {"bytes": "0001feff"}, "principal": null, "": {"text": ""}, "事": {"bool": false},
        })
    );
}

#[test]
fn every_part_of_a_proof_counts() {
    let not_included = SealError::NotIncluded {
        index: INDEX,
        size: 600,
    };
    for byte in 0..32 {
        assert_eq!(refused(|p| p.salt[byte] ^= 1), not_included);
    }
    for name in proof().event.keys() {
        assert_eq!(
            refused(|p| drop(p.event.shift_remove(name))),
            not_included,
            "without {name}"
        );
        assert_eq!(
            refused(|p| p.event[name] = Value::Text("x".into())),
            not_included,
            "other {name}"
        );
    }
    assert_eq!(
        refused(|p| drop(p.event.insert("new".into(), Value::Null))),
        not_included
    );
    assert_eq!(refused(|p| p.path.truncate(3)), not_included);
    assert_eq!(refused(|p| p.path.resize(1_000_000, Digest::ZERO)), not_included);
    assert_eq!(
        refused(|p| p.index = 298),
        SealError::NotIncluded {
            index: 298,
            size: 600
        }
    );
    assert_eq!(
        refused(|p| p.index = u64::MAX),
        SealError::NotInTree {
            index: u64::MAX,
            size: 600
        }
    );
    assert_eq!(
        refused(|p| p.size = 599),
        SealError::ProofSize {
            proof: 599,
            checkpoint: 600
        }
    );
    assert_eq!(
        refused(|p| p.format = "anlan/proof/2".into()),
        SealError::ProofFormat("anlan/proof/2".into())
    );
    assert_eq!(
        refused(|p| p.checkpoint = "x".repeat(10 << 20)),
        SealError::NoteTooLong { bytes: 10 << 20 }
    );
    let many = |p: &mut Proof| p.event.extend((0..1000).map(|i| (i.to_string(), Value::Null)));
    assert_eq!(refused(many), SealError::TooManyColumns(1012));
    let other = SigningKey::from_seed("anlan.example", [8; 32]).unwrap();
    assert!(proof().check(&other.verifying_key()).is_err());
}

/// Changes that leave the meaning alone (white space, `1e0` for `1.0`) are not made by this flip.
#[test]
fn every_flipped_byte_of_the_file_is_refused() {
    let json = serde_json::to_vec(&proof()).unwrap();
    let vkey = key().verifying_key();
    for at in 0..json.len() {
        let mut changed = json.clone();
        changed[at] ^= 1;
        let passed = Proof::read(&changed).is_ok_and(|p| p.check(&vkey).is_ok());
        assert!(
            !passed,
            "byte {at}: {}",
            String::from_utf8_lossy(&changed[at.saturating_sub(20)..=at])
        );
    }
}

#[test]
fn a_proof_has_one_reading() {
    let json = serde_json::to_string(&proof()).unwrap();
    for (from, to) in [
        (r#""salt":"05"#, r#""salt":"0505"#),
        (r#""index":299"#, r#""index":299.0"#),
        (r#""index":299"#, r#""index":-1"#),
        (r#""index":299"#, r#""index":299,"note":1"#),
        (r#""index":299"#, r#""index":299,"index":299"#),
        (r#""principal":null"#, r#""principal":null,"principal":null"#),
        (r#""principal":null"#, r#""principal":{"null":0}"#),
        (r#"{"bool":true}"#, r#"{"bool":1}"#),
        (r#"{"bool":true}"#, r#"{"bool":true,"int":1}"#),
        (r#"{"bool":true}"#, "{}"),
        (r#"{"bool":true}"#, "true"),
        ("0001feff", "0001FEFF"),
        ("0001feff", "0001fef"),
        ("-1.5e-300", "-1_5e-300"),
    ] {
        let changed = json.replacen(from, to, 1);
        assert_ne!(changed, json, "{from}");
        assert!(
            matches!(
                Proof::read(changed.as_bytes()),
                Err(SealError::ProofUnreadable(_))
            ),
            "{to}"
        );
        assert_eq!(stranger(&changed, &key().verifying_key()).0, 1, "{to}");
    }
    assert!(matches!(
        Proof::read(&vec![b'['; 1 << 20]),
        Err(SealError::ProofUnreadable(_))
    ));
    assert_eq!(
        Proof::read(&vec![b' '; 17 << 20]),
        Err(SealError::ProofTooLong { bytes: 17 << 20 })
    );
}

/// What the stranger's program answers: exit code and output. Needs `python3`, as the stranger does.
fn stranger(json: &str, vkey: &str) -> (i32, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/check-proof.py");
    let name = format!(
        "seal-proof-{}-{:?}.json",
        std::process::id(),
        std::thread::current().id()
    );
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, json).unwrap();
    let run = Command::new("python3")
        .arg(script)
        .arg(&file)
        .arg(vkey)
        .env("PYTHONIOENCODING", "utf-8")
        .output();
    std::fs::remove_file(&file).unwrap();
    let run = run.expect("python3 is needed to run the stranger's check");
    (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap())
}

#[test]
fn a_stranger_checks_it_offline() {
    let json = serde_json::to_string(&proof()).unwrap();
    let vkey = key().verifying_key();
    let (code, said) = stranger(&json, &vkey);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.starts_with("有效 valid: leaf 299 of 600 in the record anlan.example"),
        "{said}"
    );

    let mut head = proof();
    head.checkpoint = head.checkpoint.replacen("600", "601", 1);
    head.size = 601;
    let mut forged = proof();
    forged.path[4] = Digest(leaf(1));
    for (changed, why) in [
        (json.replacen("验收", "验受", 1), "do not lead to the signed root"),
        (
            json.replacen(r#""salt":"05"#, r#""salt":"06"#, 1),
            "do not lead to the signed root",
        ),
        (
            json.replacen(r#""index":299"#, r#""index":298"#, 1),
            "do not lead to the signed root",
        ),
        (json.replacen("proof/1", "proof/2", 1), "unknown format"),
        (
            serde_json::to_string(&forged).unwrap(),
            "do not lead to the signed root",
        ),
        (
            serde_json::to_string(&head).unwrap(),
            "the signature by anlan.example does not fit",
        ),
        ("[".repeat(100_000), "无效 not valid"),
    ] {
        let (code, said) = stranger(&changed, &vkey);
        assert!(code == 1 && said.contains(why), "{code} {said}");
    }
    let other = SigningKey::from_seed("other.example", [8; 32])
        .unwrap()
        .verifying_key();
    assert!(
        stranger(&json, &other)
            .1
            .contains("no signature by other.example")
    );
    assert_eq!(stranger(&json, "anlan.example+00000000+AQ==").0, 2);
}
