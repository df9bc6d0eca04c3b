//! Keys and checkpoints: read back by those who should, refused when anything was changed.

use seal::{Checkpoint, Digest, SealError, SigningKey};

fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, [seed; 32]).unwrap()
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        origin: "anlan.example/安康".into(),
        size: 600,
        root: Digest([0xab; 32]),
    }
}

#[test]
fn a_key_reads_back_from_its_text() {
    let key = key("anlan.example", 1);
    assert!(key.encode().starts_with("PRIVATE+KEY+anlan.example+"));
    let back = SigningKey::decode(&key.encode()).unwrap();
    assert_eq!(
        (back.encode(), back.verifying_key()),
        (key.encode(), key.verifying_key())
    );
    assert!(!format!("{key:?}").contains("PRIVATE"));
}

/// The key and note of the Go module `golang.org/x/mod/sumdb/note`, which everybody in the field reads alike.
#[test]
fn keys_are_those_of_the_signed_note_world() {
    let text = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    assert_eq!(SigningKey::decode(text).unwrap().verifying_key(), public);
}

#[test]
fn bad_keys_are_refused() {
    for name in [
        "",
        "a b",
        "a+b",
        "a\nb",
        "a\u{7}b",
        "全\u{3000}角",
        &"n".repeat(256),
    ] {
        assert!(
            matches!(SigningKey::from_seed(name, [1; 32]), Err(SealError::KeyName(_))),
            "{name:?}"
        );
    }
    let text = key("k", 1).encode();
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        assert!(
            SigningKey::decode(std::str::from_utf8(&changed).unwrap()).is_err(),
            "byte {at}"
        );
        assert!(SigningKey::decode(&text[..at]).is_err(), "cut at {at}");
    }
    assert!(SigningKey::decode(&"+".repeat(10_000_000)).is_err());
    let note = checkpoint().sign(&key("k", 1)).unwrap();
    let sm2 = key("k", 1).verifying_key().replace("+AY", "+BY");
    for vkey in [
        "",
        "k",
        "k+",
        "k+00000000+",
        "k+00000000+AQ==",
        &sm2,
        &"k+".repeat(5_000_000),
    ] {
        assert_eq!(
            Checkpoint::open(&note, vkey),
            Err(SealError::VerifyingKey),
            "{:.40}",
            vkey
        );
    }
}

#[test]
fn a_checkpoint_reads_back() {
    let key = key("anlan.example", 1);
    let note = checkpoint().sign(&key).unwrap();
    assert!(note.starts_with(
        "anlan.example/安康\n600\nq6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=\n\n— anlan.example "
    ));
    assert_eq!(Checkpoint::open(&note, &key.verifying_key()), Ok(checkpoint()));
    assert_eq!(Checkpoint::read_unverified(&note), Ok(checkpoint()));
}

#[test]
fn every_byte_of_a_checkpoint_is_signed() {
    let key = key("anlan.example", 1);
    let note = checkpoint().sign(&key).unwrap();
    let vkey = key.verifying_key();
    for at in 0..note.len() {
        for flip in [1, 2, 0x20] {
            let mut changed = note.clone().into_bytes();
            changed[at] ^= flip;
            if let Ok(changed) = String::from_utf8(changed) {
                assert!(Checkpoint::open(&changed, &vkey).is_err(), "byte {at}: {changed}");
            }
        }
    }
    assert_eq!(
        Checkpoint::open(&note.replacen("600", "601", 1), &vkey),
        Err(SealError::WrongSignature {
            name: "anlan.example".into()
        })
    );
}

#[test]
fn only_the_right_key_counts() {
    let (ours, other) = (key("anlan.example", 1), key("witness.example", 2));
    let note = checkpoint().sign(&ours).unwrap();
    let unsigned = SealError::NotSigned {
        name: "witness.example".into(),
    };
    assert_eq!(Checkpoint::open(&note, &other.verifying_key()), Err(unsigned));
    assert!(Checkpoint::open(&note, &key("anlan.example", 3).verifying_key()).is_err());

    let witnessed = format!(
        "{note}{}\n",
        checkpoint().sign(&other).unwrap().lines().last().unwrap()
    );
    for key in [&ours, &other] {
        assert_eq!(
            Checkpoint::open(&witnessed, &key.verifying_key()),
            Ok(checkpoint())
        );
    }
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let key = key("k", 1);
    let vkey = key.verifying_key();
    for note in [
        "",
        "\n",
        "\n\n",
        "a\n1\nb\n",
        "a\n\n— k AAAAAAAA\n",
        "a\n01\nb\n\n— k AAAAAAAA\n",
    ] {
        assert!(Checkpoint::open(note, &vkey).is_err(), "{note:?}");
        assert!(Checkpoint::read_unverified(note).is_err(), "{note:?}");
    }
    let long = "x".repeat(10 << 20);
    assert_eq!(
        Checkpoint::open(&long, &vkey),
        Err(SealError::NoteTooLong { bytes: 10 << 20 })
    );
    for origin in ["", "a\nb", "a\tb", &"o".repeat(256)] {
        let checkpoint = Checkpoint {
            origin: origin.into(),
            ..checkpoint()
        };
        assert!(
            matches!(checkpoint.sign(&key), Err(SealError::Origin(_))),
            "{origin:?}"
        );
    }
    let size = u64::MAX;
    assert_eq!(
        Checkpoint { size, ..checkpoint() }.sign(&key),
        Err(SealError::TreeTooLarge { size })
    );
    let signature = checkpoint()
        .sign(&key)
        .unwrap()
        .lines()
        .last()
        .unwrap()
        .to_owned();
    let huge = format!("o\n{size}\n{}=\n\n{signature}\n", "A".repeat(43));
    assert_eq!(
        Checkpoint::read_unverified(&huge),
        Err(SealError::TreeTooLarge { size })
    );
}
