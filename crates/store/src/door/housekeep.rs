//! `housekeep`: everything that may be written without an event, in one list. No one is ever asked about these: sessions,
//! throttles, leases, number blocks, the follower's tree and rollups, answers kept for retries. The outbox of digests stands beside
//! it in `outbox.rs`.

use domain::{JurisdictionId, time::Instant};
use seal::Value;

use super::{Door, Statement, guard};
use crate::{
    error::Result,
    table::{text, text_opt},
};

/// A signed-in person: a cookie's session or an API token. The token itself is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub token_sha256: String,
    pub account: String,
    pub person: String,
    pub appointment: String,
    /// Under which it acts, where it does.
    pub delegation: Option<String>,
    pub kind: String,
    pub csrf: String,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// One batch of the follower: leaves, tiles, head and rollups together.
#[derive(Debug, Default)]
pub struct Fold {
    pub from_size: i64,
    /// Where the counts must stand, if the fold carries them forward as well.
    pub counted_from: Option<i64>,
    pub epoch: i64,
    pub statements: Vec<Statement>,
}

impl Door {
    pub async fn open_session(&self, s: Session) -> Result<()> {
        let sql = "INSERT INTO session (token_sha256, account, person, appointment, kind, csrf, created_at, expires_at, delegation) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let params = vec![
            text(s.token_sha256),
            text(s.account),
            text(s.person),
            text(s.appointment),
            text(s.kind),
            text(s.csrf),
            Value::Int(s.created_at.0),
            Value::Int(s.expires_at.0),
            text_opt(s.delegation),
        ];
        self.write(vec![Statement::new(sql, params)]).await.map(|_| ())
    }

    pub async fn revoke_session(&self, token_sha256: &str, now: Instant) -> Result<()> {
        let sql = "UPDATE session SET revoked_at = $2 WHERE token_sha256 = $1 AND revoked_at IS NULL";
        self.write(vec![Statement::new(
            sql,
            vec![text(token_sha256), Value::Int(now.0)],
        )])
        .await
        .map(|_| ())
    }

    /// Ends every session of an account but one.
    pub async fn revoke_sessions_of(&self, account: &str, but: &str, now: Instant) -> Result<()> {
        let sql = "UPDATE session SET revoked_at = $3 WHERE account = $1 AND token_sha256 <> $2 AND revoked_at IS NULL";
        self.write(vec![Statement::new(
            sql,
            vec![text(account), text(but), Value::Int(now.0)],
        )])
        .await
        .map(|_| ())
    }

    /// Counts one try under a key and says how many there have been in the present window.
    pub async fn count_try(&self, key: &str, window_ms: i64, now: Instant) -> Result<i64> {
        let sql = "INSERT INTO throttle (key, began_at, n) VALUES ($1, $2, 1) ON CONFLICT (key) DO UPDATE SET \
                   n = CASE WHEN throttle.began_at < $3 THEN 1 ELSE throttle.n + 1 END, \
                   began_at = CASE WHEN throttle.began_at < $3 THEN excluded.began_at ELSE throttle.began_at END RETURNING n";
        let params = vec![text(key), Value::Int(now.0), Value::Int(now.0 - window_ms)];
        let rows = self.write(vec![Statement::new(sql, params)]).await?;
        Ok(rows.first().map_or(0, |row| row.number()))
    }

    /// How many tries have been counted under a key in the present window.
    pub async fn tries(&self, key: &str, window_ms: i64, now: Instant) -> Result<i64> {
        let sql = "SELECT n FROM throttle WHERE key = $1 AND began_at >= $2";
        let rows = self
            .read(sql, vec![text(key), Value::Int(now.0 - window_ms)])
            .await?;
        Ok(rows.first().map_or(0, |row| row.number()))
    }

    pub async fn forget_tries(&self, key: &str) -> Result<()> {
        self.write(vec![Statement::new(
            "DELETE FROM throttle WHERE key = $1",
            vec![text(key)],
        )])
        .await
        .map(|_| ())
    }

    /// Takes or keeps a lease; the epoch says whose writes still count. `None` while somebody else holds it.
    pub async fn take_lease(
        &self,
        name: &str,
        holder: &str,
        until: Instant,
        now: Instant,
    ) -> Result<Option<i64>> {
        let sql = "INSERT INTO lease (name, holder, epoch, until) VALUES ($1, $2, 1, $3) ON CONFLICT (name) DO UPDATE SET \
                   epoch = CASE WHEN lease.holder = $2 THEN lease.epoch ELSE lease.epoch + 1 END, holder = $2, until = $3 \
                   WHERE lease.holder = $2 OR lease.until < $4 RETURNING epoch";
        let params = vec![text(name), text(holder), Value::Int(until.0), Value::Int(now.0)];
        let rows = self.write(vec![Statement::new(sql, params)]).await?;
        Ok(rows.first().map(|row| row.number()))
    }

    pub async fn leave_lease(&self, name: &str, holder: &str) -> Result<()> {
        let sql = "UPDATE lease SET until = 0 WHERE name = $1 AND holder = $2";
        self.write(vec![Statement::new(sql, vec![text(name), text(holder)])])
            .await
            .map(|_| ())
    }

    /// The first of `n` numbers that nobody else will get.
    pub async fn lease_numbers(&self, home: &JurisdictionId, noun: &str, year: i16, n: i64) -> Result<i64> {
        let sql = "INSERT INTO number_block (home, noun, year, next) VALUES ($1, $2, $3, 1 + $4) \
                   ON CONFLICT (home, noun, year) DO UPDATE SET next = number_block.next + $4 RETURNING next";
        let params = vec![text(home), text(noun), Value::Int(year.into()), Value::Int(n)];
        let rows = self.write(vec![Statement::new(sql, params)]).await?;
        Ok(rows.first().map_or(1, |row| row.number()) - n)
    }

    /// A fact about this installation that never changes once it is set; gives the value that stands.
    pub async fn settle(&self, name: &str, value: &str) -> Result<String> {
        let sql = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = setting.value RETURNING value";
        let rows = self
            .write(vec![Statement::new(sql, vec![text(name), text(value)])])
            .await?;
        rows.first()
            .map_or_else(|| Ok(value.to_owned()), |row| row.of("setting").text("value"))
    }

    /// A fact about this installation that may change.
    pub async fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        let sql = "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.write(vec![Statement::new(sql, vec![text(name), text(value)])])
            .await
            .map(|_| ())
    }

    pub async fn setting(&self, name: &str) -> Result<Option<String>> {
        let rows = self
            .read("SELECT * FROM setting WHERE name = $1", vec![text(name)])
            .await?;
        rows.first()
            .map(|row| row.of("setting").text("value"))
            .transpose()
    }

    /// Carries the tree and the rollups forward, if the head still is where the fold began and nobody newer leads.
    pub async fn fold(&self, fold: Fold) -> Result<()> {
        let mut batch = vec![guard::head_is(fold.from_size, fold.epoch, self.is_postgres())];
        let counted = fold.counted_from;
        batch.extend(counted.map(|from| guard::counted_is(from, self.is_postgres())));
        batch.extend(fold.statements);
        self.write(batch).await.map(|_| ())
    }

    pub(crate) async fn fold_raw(&self, batch: Vec<Statement>) -> Result<()> {
        self.write(batch).await.map(|_| ())
    }

    /// Drops sessions, tries and answers that no one can use any more.
    pub async fn tidy(&self, sessions_before: Instant, answers_before: Instant) -> Result<()> {
        self.write(vec![
            Statement::new(
                "DELETE FROM session WHERE expires_at < $1",
                vec![Value::Int(sessions_before.0)],
            ),
            Statement::new(
                "DELETE FROM throttle WHERE began_at < $1",
                vec![Value::Int(sessions_before.0)],
            ),
            Statement::new(
                "DELETE FROM answer WHERE at < $1",
                vec![Value::Int(answers_before.0)],
            ),
        ])
        .await
        .map(|_| ())
    }
}
