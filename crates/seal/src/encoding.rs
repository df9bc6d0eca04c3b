//! The byte encoding under the row and event digests. Injective: every piece is preceded by its length or has
//! a fixed one, every value by its type, so two different inputs never feed the hash the same bytes. Columns
//! are sorted by the bytes of their names, so the order in which a database returns them does not matter.
//! Column names are unique in a table; should one come twice, the order given decides and both are hashed.
//! Never here: a change to an encoding that is in use. A new one gets a new format name beside the old.

use sha2::{Digest as _, Sha256};

use crate::{Digest, Value};

/// SHA-256 over: format name, the heading texts, the number of columns, and each column's name and value.
pub(crate) fn digest(format: &str, heading: &[&str], columns: &[(&str, &Value)]) -> Digest {
    let mut hash = Sha256::new();
    framed(&mut hash, format.as_bytes());
    for text in heading {
        framed(&mut hash, text.as_bytes());
    }
    let mut columns = columns.to_vec();
    columns.sort_by_key(|(name, _)| *name);
    hash.update(length(columns.len()));
    for (name, value) in columns {
        framed(&mut hash, name.as_bytes());
        typed(&mut hash, value);
    }
    Digest(hash.finalize().into())
}

fn typed(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Null => hash.update([0]),
        Value::Text(text) => {
            hash.update([1]);
            framed(hash, text.as_bytes());
        }
        Value::Int(number) => {
            hash.update([2]);
            hash.update(number.to_be_bytes());
        }
        Value::Real(number) => {
            hash.update([3]);
            hash.update(canonical(*number).to_be_bytes());
        }
        Value::Bool(truth) => hash.update([4, u8::from(*truth)]),
        Value::Bytes(bytes) => {
            hash.update([5]);
            framed(hash, bytes);
        }
    }
}

/// Engines store −0.0 and the many NaNs differently; as far as the record goes there is one zero and one NaN.
fn canonical(number: f64) -> u64 {
    if number.is_nan() {
        0x7ff8_0000_0000_0000
    } else if number == 0.0 {
        0
    } else {
        number.to_bits()
    }
}

pub(crate) fn framed(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(length(bytes.len()));
    hash.update(bytes);
}

fn length(n: usize) -> [u8; 8] {
    (n as u64).to_be_bytes()
}
