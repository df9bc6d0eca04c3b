//! A proof that one event is in the record, whole in one file: the event's columns, its salt, the path to the
//! root and the signed checkpoint. Who holds the published key checks it offline; `scripts/check-proof.py` does
//! the same without this program. Never here: what the columns mean, and no trust in anything the file says
//! about itself but what follows from its bytes.

use std::fmt;

use indexmap::IndexMap;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::{Checkpoint, Digest, SealError, Value, event, hex, leaf, verify_inclusion};

const MAX_COLUMNS: usize = 1000;
const MAX_BYTES: usize = 16 << 20;

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// [`Proof::FORMAT`]. It fixes the formats of event and leaf as well.
    pub format: String,
    #[serde(deserialize_with = "columns")]
    pub event: IndexMap<String, Value>,
    #[serde(with = "hex::bytes_32")]
    pub salt: [u8; 32],
    pub index: u64,
    pub size: u64,
    pub path: Vec<Digest>,
    /// The signed note, as text.
    pub checkpoint: String,
}

/// What a proof has shown: that this event is in the record with this head.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub event: IndexMap<String, Value>,
    pub checkpoint: Checkpoint,
}

impl Proof {
    pub const FORMAT: &str = "anlan/proof/1";

    /// Reads a proof file; 16 MiB at most.
    pub fn read(json: &[u8]) -> Result<Proof, SealError> {
        if json.len() > MAX_BYTES {
            return Err(SealError::ProofTooLong { bytes: json.len() });
        }
        serde_json::from_slice(json).map_err(|error| SealError::ProofUnreadable(error.to_string()))
    }

    /// Computes event digest, commitment and root anew and compares them with what the holder of `vkey` signed.
    pub fn check(&self, vkey: &str) -> Result<Checked, SealError> {
        if self.format != Proof::FORMAT {
            return Err(SealError::ProofFormat(self.format.chars().take(80).collect()));
        }
        if self.event.len() > MAX_COLUMNS {
            return Err(SealError::TooManyColumns(self.event.len()));
        }
        let checkpoint = Checkpoint::open(&self.checkpoint, vkey)?;
        if checkpoint.size != self.size {
            return Err(SealError::ProofSize {
                proof: self.size,
                checkpoint: checkpoint.size,
            });
        }
        let columns: Vec<_> = self
            .event
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let leaf = leaf::commitment(&self.salt, &event::digest(&columns));
        verify_inclusion(&leaf, self.index, self.size, &self.path, &checkpoint.root)?;
        Ok(Checked {
            event: self.event.clone(),
            checkpoint,
        })
    }
}

/// A name that comes twice is refused: one reader would take the first, another the last.
fn columns<'de, D: Deserializer<'de>>(from: D) -> Result<IndexMap<String, Value>, D::Error> {
    struct Columns;

    impl<'de> Visitor<'de> for Columns {
        type Value = IndexMap<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object of column names and typed values")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut columns = IndexMap::new();
            while let Some((name, value)) = map.next_entry::<String, Value>()? {
                if columns.len() == MAX_COLUMNS {
                    return Err(A::Error::custom("the event has too many columns"));
                }
                if columns.contains_key(&name) {
                    return Err(A::Error::custom(format_args!("column {name:?} is given twice")));
                }
                columns.insert(name, value);
            }
            Ok(columns)
        }
    }

    from.deserialize_map(Columns)
}
