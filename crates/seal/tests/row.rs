//! What two rows must differ in to have two digests, and in what they may differ and have one.

use proptest::prelude::*;
use seal::{Digest, Value, event, leaf, row};

fn text(s: &str) -> Value {
    Value::Text(s.to_owned())
}

#[test]
fn different_rows_have_different_digests() {
    let rows: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("t", vec![]),
        ("u", vec![]),
        ("t", vec![("a", Value::Null)]),
        ("u", vec![("a", Value::Null)]),
        ("t", vec![("a", text(""))]),
        ("t", vec![("a", Value::Bytes(vec![]))]),
        ("t", vec![("a", Value::Null), ("b", Value::Null)]),
        ("t", vec![("ab", text("c"))]),
        ("t", vec![("a", text("bc"))]),
        ("ta", vec![("b", text("c"))]),
        ("t", vec![("a", text("x")), ("b", text(""))]),
        ("t", vec![("a", text("")), ("b", text("x"))]),
        ("t", vec![("a", text("x"))]),
        ("t", vec![("a", Value::Bytes(b"x".to_vec()))]),
        ("t", vec![("a", Value::Int(1))]),
        ("t", vec![("a", Value::Bool(true))]),
        ("t", vec![("a", text("1"))]),
        ("t", vec![("a", Value::Real(1.0))]),
        ("t", vec![("a", Value::Int(0))]),
        ("t", vec![("a", Value::Bool(false))]),
        ("t", vec![("a", Value::Real(0.0))]),
        ("t", vec![("a", Value::Real(f64::NAN))]),
        ("t", vec![("a", Value::Real(f64::INFINITY))]),
        ("t", vec![("a", Value::Int(-1))]),
        ("t", vec![("a", Value::Int(i64::MAX))]),
        ("t", vec![("a", Value::Int(i64::MIN))]),
    ];
    for (i, (table, columns)) in rows.iter().enumerate() {
        for (other_table, other) in &rows[..i] {
            assert_ne!(
                row::digest(table, columns),
                row::digest(other_table, other),
                "{table} {columns:?} and {other_table} {other:?}"
            );
        }
    }
}

#[test]
fn column_order_and_the_sign_of_zero_do_not_matter() {
    let one = [("a", Value::Int(1)), ("b", text("x")), ("中", Value::Real(-0.0))];
    let other = [("中", Value::Real(0.0)), ("b", text("x")), ("a", Value::Int(1))];
    assert_eq!(row::digest("t", &one), row::digest("t", &other));
    let quiet = [("a", Value::Real(f64::from_bits(0x7ff8_0000_0000_0001)))];
    let negative = [("a", Value::Real(-f64::NAN))];
    assert_eq!(row::digest("t", &quiet), row::digest("t", &negative));
}

#[test]
fn an_event_never_passes_for_a_row() {
    let columns = [("a", Value::Int(1))];
    for table in ["", "t", event::FORMAT] {
        assert_ne!(event::digest(&columns), row::digest(table, &columns));
    }
}

/// Computed once with Python's hashlib from the text of docs/record-format.md. A change here is a new format.
#[test]
fn the_formats_are_frozen() {
    let columns = [
        ("stage", text("隐患")),
        ("version", Value::Int(-2)),
        ("share", Value::Real(0.25)),
        ("void", Value::Bool(false)),
        ("photo", Value::Bytes(vec![0, 255])),
        ("closed_at", Value::Null),
    ];
    assert_eq!(
        row::digest("hazard", &columns).to_string(),
        "434a3823b030772ec3d40bf934b792e1f0a9dfdd8479056c73c02433accb0e4f"
    );
    let event = event::digest(&columns);
    assert_eq!(
        event.to_string(),
        "c33a44119b30fd0d82a3398b23343e8bd92ac2db77dd3635490cb7d1fd7cd71c"
    );
    assert_eq!(
        Digest(leaf::commitment(&[7; 32], &event)).to_string(),
        "bf1e3ffc4762d918b7f005767dbc65e6179eee2dd905c9cd9df19a6685bb5855"
    );
}

#[test]
fn a_digest_reads_back_from_its_text_and_no_other() {
    let digest = row::digest("t", &[]);
    assert_eq!(digest.to_string().parse(), Ok(digest));
    assert_eq!(serde_json::to_string(&digest).unwrap(), format!("\"{digest}\""));
    let upper = digest.to_string().to_uppercase();
    for wrong in ["", "00", upper.as_str(), &"中".repeat(64), &"0".repeat(65)] {
        assert!(wrong.parse::<Digest>().is_err(), "{wrong}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        "[ab]{0,3}".prop_map(Value::Text),
        (-2_i64..3).prop_map(Value::Int),
        prop_oneof![Just(0.0), Just(1.0), any::<f64>()].prop_map(Value::Real),
        any::<bool>().prop_map(Value::Bool),
        prop::collection::vec(96_u8..99, 0..3).prop_map(Value::Bytes),
    ]
}

fn columns() -> impl Strategy<Value = std::collections::BTreeMap<String, Value>> {
    prop::collection::btree_map("[ab]{0,2}", value(), 0..4)
}

proptest! {
    #[test]
    fn digests_are_equal_exactly_when_rows_are(a in columns(), b in columns(), s in "[ab]{0,1}", t in "[ab]{0,1}") {
        let pairs = |c: &std::collections::BTreeMap<String, Value>| -> Vec<(String, Value)> {
            c.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        let (a, b) = (pairs(&a), pairs(&b));
        let borrowed = |c: &[(String, Value)]| -> Digest {
            let columns: Vec<_> = c.iter().rev().map(|(name, value)| (name.as_str(), value.clone())).collect();
            row::digest(&s, &columns)
        };
        let forward: Vec<_> = b.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        let same = s == t && a.len() == b.len() && a.iter().zip(&b).all(|(x, y)| x.0 == y.0 && same_value(&x.1, &y.1));
        prop_assert_eq!(borrowed(&a) == row::digest(&t, &forward), same);
    }

    #[test]
    fn a_value_survives_json(value in value()) {
        let text = serde_json::to_string(&value).unwrap();
        let back: Value = serde_json::from_str(&text).unwrap();
        prop_assert!(same_value(&value, &back), "{}", text);
    }
}

fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Real(x), Value::Real(y)) => x == y || (x.is_nan() && y.is_nan()),
        _ => a == b,
    }
}
