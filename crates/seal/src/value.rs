//! One column's value as the record sees it: the portable types of both database engines, and nothing else.
//! In JSON a value carries its type: `{"text": ".."}`, `{"int": 1}`, `{"real": "1.5"}`, `{"bool": true}`,
//! `{"bytes": "hex"}` or `null`, so that 1, "1" and true stay apart in a proof as they do in the digest. A real
//! number is text there, because JSON has no NaN and its readers round. Never here: conversions between types.

use serde::{Deserialize, Serialize};

use crate::hex;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(from = "Option<Typed>", into = "Option<Typed>")]
pub enum Value {
    Null,
    Text(String),
    Int(i64),
    Real(f64),
    Bool(bool),
    Bytes(Vec<u8>),
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Typed {
    Text(String),
    Int(i64),
    Real(#[serde(with = "decimal")] f64),
    Bool(bool),
    Bytes(#[serde(with = "hex::bytes")] Vec<u8>),
}

impl From<Option<Typed>> for Value {
    fn from(typed: Option<Typed>) -> Self {
        match typed {
            None => Value::Null,
            Some(Typed::Text(v)) => Value::Text(v),
            Some(Typed::Int(v)) => Value::Int(v),
            Some(Typed::Real(v)) => Value::Real(v),
            Some(Typed::Bool(v)) => Value::Bool(v),
            Some(Typed::Bytes(v)) => Value::Bytes(v),
        }
    }
}

impl From<Value> for Option<Typed> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => None,
            Value::Text(v) => Some(Typed::Text(v)),
            Value::Int(v) => Some(Typed::Int(v)),
            Value::Real(v) => Some(Typed::Real(v)),
            Value::Bool(v) => Some(Typed::Bool(v)),
            Value::Bytes(v) => Some(Typed::Bytes(v)),
        }
    }
}

/// The shortest decimal text that reads back as the same number.
mod decimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{number:?}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}
