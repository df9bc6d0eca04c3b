//! A row as it came from the database, read column by column. A value that is not what the column should hold names table,
//! column and id.

use std::sync::Arc;

use domain::{
    JurisdictionId,
    change::Seen,
    time::{Day, Instant},
};
use seal::Value;
use uuid::Uuid;

use crate::error::{Result, StoreError};

#[derive(Debug, Clone)]
pub struct Record {
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Value>,
}

/// A row of one table, so that errors can name it.
#[derive(Clone, Copy)]
pub struct In<'a> {
    pub table: &'static str,
    pub record: &'a Record,
}

impl Record {
    pub fn of(&self, table: &'static str) -> In<'_> {
        In { table, record: self }
    }

    pub fn get(&self, column: &str) -> Option<&Value> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.values.get(at)
    }

    /// The number in the first column: for counts.
    pub fn number(&self) -> i64 {
        if let Some(Value::Int(n)) = self.values.first() {
            *n
        } else {
            0
        }
    }
}

impl In<'_> {
    pub fn corrupt(&self, column: &str, why: &str) -> StoreError {
        let id = match self.record.get("id").or_else(|| self.record.values.first()) {
            Some(Value::Text(id)) => id.clone(),
            Some(Value::Int(id)) => id.to_string(),
            _ => "?".into(),
        };
        StoreError::Corrupt {
            table: self.table.into(),
            column: column.into(),
            id,
            why: why.into(),
        }
    }

    fn value(&self, column: &str) -> Result<&Value> {
        self.record
            .get(column)
            .ok_or_else(|| self.corrupt(column, "the column is missing"))
    }

    pub fn text(&self, column: &str) -> Result<String> {
        self.text_opt(column)?
            .ok_or_else(|| self.corrupt(column, "is empty"))
    }

    pub fn text_opt(&self, column: &str) -> Result<Option<String>> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text.clone())),
            other => Err(self.corrupt(column, &format!("text expected, {other:?} found"))),
        }
    }

    pub fn int(&self, column: &str) -> Result<i64> {
        self.int_opt(column)?
            .ok_or_else(|| self.corrupt(column, "is empty"))
    }

    pub fn int_opt(&self, column: &str) -> Result<Option<i64>> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Int(n) => Ok(Some(*n)),
            other => Err(self.corrupt(column, &format!("a whole number expected, {other:?} found"))),
        }
    }

    pub fn real_opt(&self, column: &str) -> Result<Option<f64>> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Real(x) => Ok(Some(*x)),
            other => Err(self.corrupt(column, &format!("a number expected, {other:?} found"))),
        }
    }

    /// SQLite has no type of its own for it.
    pub fn bool(&self, column: &str) -> Result<bool> {
        match self.value(column)? {
            Value::Bool(b) => Ok(*b),
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            other => Err(self.corrupt(column, &format!("true or false expected, {other:?} found"))),
        }
    }

    pub fn bytes(&self, column: &str) -> Result<Vec<u8>> {
        match self.value(column)? {
            Value::Bytes(bytes) => Ok(bytes.clone()),
            other => Err(self.corrupt(column, &format!("bytes expected, {other:?} found"))),
        }
    }

    pub fn digest(&self, column: &str) -> Result<[u8; 32]> {
        let bytes = self.bytes(column)?;
        bytes
            .try_into()
            .map_err(|_| self.corrupt(column, "32 bytes expected"))
    }

    pub fn uuid(&self, column: &str) -> Result<Uuid> {
        self.uuid_opt(column)?
            .ok_or_else(|| self.corrupt(column, "is empty"))
    }

    pub fn uuid_opt(&self, column: &str) -> Result<Option<Uuid>> {
        let text = self.text_opt(column)?;
        text.map(|text| Uuid::try_parse(&text).map_err(|_| self.corrupt(column, "no id")))
            .transpose()
    }

    pub fn jurisdiction(&self, column: &str) -> Result<JurisdictionId> {
        self.text(column).map(JurisdictionId)
    }

    pub fn instant(&self, column: &str) -> Result<Instant> {
        self.int(column).map(Instant)
    }

    pub fn day(&self, column: &str) -> Result<Day> {
        self.day_opt(column)?
            .ok_or_else(|| self.corrupt(column, "is empty"))
    }

    pub fn day_opt(&self, column: &str) -> Result<Option<Day>> {
        let text = self.text_opt(column)?;
        text.map(|text| Day::parse(&text).ok_or_else(|| self.corrupt(column, "no date")))
            .transpose()
    }

    /// A word of a closed list.
    pub fn word<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.text(column)?;
        parse(&text).ok_or_else(|| self.corrupt(column, &format!("the word {text:?} is not known")))
    }

    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|error| self.corrupt(column, &error.to_string()))
    }

    pub fn seen(&self) -> Result<Seen> {
        Ok(Seen {
            version: self.int("version")?,
            head: self.digest("head")?,
        })
    }
}
