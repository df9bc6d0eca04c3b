//! Answers kept for repeated requests.

use domain::time::Instant;

use crate::{
    door::{Door, record::Answer},
    error::Result,
    table::text,
};

pub async fn kept(door: &Door, caller: &str, key: &str) -> Result<Option<Answer>> {
    let rows = door
        .read(
            "SELECT * FROM answer WHERE caller = $1 AND key = $2",
            vec![text(caller), text(key)],
        )
        .await?;
    let Some(record) = rows.first() else {
        return Ok(None);
    };
    let row = record.of("answer");
    Ok(Some(Answer {
        caller: row.text("caller")?,
        key: row.text("key")?,
        request_sha256: row.text("request_sha256")?,
        body: row.text("body")?,
        at: Instant(row.int("at")?),
    }))
}
