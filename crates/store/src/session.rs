//! Sessions, as they are looked up at every request.

use domain::time::Instant;
use seal::Value;

use crate::{
    door::{Door, housekeep::Session},
    error::Result,
    table::text,
};

/// The session under this token, if it is neither expired nor revoked.
pub async fn live(door: &Door, token_sha256: &str, now: Instant) -> Result<Option<Session>> {
    let sql = "SELECT s.* FROM session s JOIN account a ON a.id = s.account AND a.open = TRUE \
               WHERE s.token_sha256 = $1 AND s.expires_at > $2 AND s.revoked_at IS NULL";
    let rows = door
        .read(sql, vec![text(token_sha256), Value::Int(now.0)])
        .await?;
    let Some(record) = rows.first() else {
        return Ok(None);
    };
    let row = record.of("session");
    Ok(Some(Session {
        token_sha256: row.text("token_sha256")?,
        account: row.text("account")?,
        person: row.text("person")?,
        appointment: row.text("appointment")?,
        delegation: row.text_opt("delegation")?,
        kind: row.text("kind")?,
        csrf: row.text("csrf")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
    }))
}
