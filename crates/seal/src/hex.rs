//! Bytes as lowercase hexadecimal text, one spelling per value: uppercase is refused, so that two texts that
//! differ are two values that differ. Never here: base64, which only notes and keys use.

use crate::SealError;

pub(crate) fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// `None` when the text has an odd length or anything but `0-9a-f`.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?))
        .collect()
}

pub(crate) fn decode_32(text: &str) -> Result<[u8; 32], SealError> {
    decode(text)
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| SealError::Hex {
            expected: 64,
            found: text.chars().take(80).collect(),
        })
}

/// A 32-byte field of a serde type as hex text.
pub(crate) mod bytes_32 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        super::decode_32(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// A field of any length as hex text.
pub(crate) mod bytes {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        super::decode(&String::deserialize(from)?)
            .ok_or_else(|| D::Error::custom("not pairs of lowercase hexadecimal digits"))
    }
}
