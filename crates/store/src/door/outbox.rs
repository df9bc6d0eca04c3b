//! The outbox, as `housekeep` writes it: notices are put in once, taken out under a lease, and keep what the other side answered.
//!
//! Nothing here is evidence: what a digest tells of stands on the record, and a digest that is lost loses nobody's deadline.

use domain::time::Instant;
use seal::Value;

use super::{Door, Statement};
use crate::{
    error::Result,
    notice::{Notice, read},
    table::text,
};

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    Delivered { answer: String },
    Again { answer: String, at: Instant },
    Failed { answer: String },
}

impl Door {
    /// All of them or none; one that is there already is left as it is.
    pub async fn put_notices(&self, notices: &[Notice]) -> Result<()> {
        let sql = "INSERT INTO notice (id, account, person, day, channel, address, subject, body, state, tries, next_at, leased_until, \
                   holder, made_at, done_at, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, 0, '', $11, $12, '') \
                   ON CONFLICT (id) DO NOTHING";
        let put = notices.iter().map(|notice| {
            let params = vec![
                text(&notice.id),
                text(&notice.account),
                text(notice.person),
                text(notice.day),
                text(notice.channel),
                text(&notice.address),
                text(&notice.subject),
                text(&notice.body),
                text(notice.state),
                Value::Int(notice.next_at.0),
                Value::Int(notice.made_at.0),
                crate::table::int_opt(notice.done_at.map(|at| at.0)),
            ];
            Statement::new(sql, params)
        });
        let batch: Vec<Statement> = put.collect();
        if batch.is_empty() {
            return Ok(());
        }
        self.write(batch).await.map(|_| ())
    }

    /// Takes up to `limit` notices whose turn has come. The guard stands outside the sub-select as well: of two that look at the same
    /// time, the second finds the lease of the first.
    pub async fn claim_notices(
        &self,
        holder: &str,
        until: Instant,
        now: Instant,
        limit: usize,
    ) -> Result<Vec<Notice>> {
        let sql = format!(
            "UPDATE notice SET holder = $1, leased_until = $2 WHERE state = 'waiting' AND leased_until <= $3 AND id IN \
             (SELECT id FROM notice WHERE state = 'waiting' AND next_at <= $3 AND leased_until <= $3 \
             ORDER BY next_at, id LIMIT {limit}) RETURNING *"
        );
        let params = vec![text(holder), Value::Int(until.0), Value::Int(now.0)];
        let rows = self.write(vec![Statement::new(sql, params)]).await?;
        rows.iter().map(read).collect()
    }

    /// Keeps what became of a try, if the lease is still the one it was taken under.
    pub async fn receive_receipt(
        &self,
        id: &str,
        holder: &str,
        receipt: &Receipt,
        now: Instant,
    ) -> Result<()> {
        let (state, answer, next_at, done_at) = match receipt {
            Receipt::Delivered { answer } => ("delivered", answer, now, Some(now)),
            Receipt::Again { answer, at } => ("waiting", answer, *at, None),
            Receipt::Failed { answer } => ("failed", answer, now, Some(now)),
        };
        let sql = "UPDATE notice SET state = $3, answer = $4, next_at = $5, done_at = $6, tries = tries + 1, leased_until = 0 \
                   WHERE id = $1 AND holder = $2 AND state = 'waiting'";
        let params = vec![
            text(id),
            text(holder),
            text(state),
            text(answer),
            Value::Int(next_at.0),
            crate::table::int_opt(done_at.map(|at| at.0)),
        ];
        self.write(vec![Statement::new(sql, params)]).await.map(|_| ())
    }

    /// All that failed are tried again from now on, after somebody has put right what was wrong.
    pub async fn retry_failed_notices(&self, now: Instant) -> Result<()> {
        let sql = "UPDATE notice SET state = 'waiting', tries = 0, next_at = $1, done_at = NULL, leased_until = 0 WHERE state = 'failed'";
        self.write(vec![Statement::new(sql, vec![Value::Int(now.0)])])
            .await
            .map(|_| ())
    }

    pub async fn forget_notices(&self, before: Instant) -> Result<()> {
        let sql = "DELETE FROM notice WHERE made_at < $1";
        self.write(vec![Statement::new(sql, vec![Value::Int(before.0)])])
            .await
            .map(|_| ())
    }

    /// Where somebody wants to be mailed; nowhere, with an empty address.
    pub async fn set_mail_address(&self, account: &str, address: &str, now: Instant) -> Result<()> {
        let statement = if address.is_empty() {
            Statement::new("DELETE FROM mail_address WHERE account = $1", vec![text(account)])
        } else {
            let sql = "INSERT INTO mail_address (account, address, set_at) VALUES ($1, $2, $3) \
                       ON CONFLICT (account) DO UPDATE SET address = excluded.address, set_at = excluded.set_at";
            Statement::new(sql, vec![text(account), text(address), Value::Int(now.0)])
        };
        self.write(vec![statement]).await.map(|_| ())
    }
}
