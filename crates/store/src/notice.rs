//! Notices: digests on their way to people, and what became of them. A person's own are found by the person; how the whole outbox
//! stands is asked by whoever runs the system, in figures and without names of subjects.

use domain::{
    PersonId,
    time::{Day, Instant},
};
use seal::Value;

use crate::{door::Door, error::Result, row::Record, table::text};

domain::words! {
    Channel { Desk = "desk", Mail = "mail", Webhook = "webhook" }
}

domain::words! {
    NoticeState { Waiting = "waiting", Delivered = "delivered", Failed = "failed" }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: String,
    pub account: String,
    pub person: PersonId,
    /// Of which the digest is.
    pub day: Day,
    pub channel: Channel,
    /// An e-mail address; empty for the other channels.
    pub address: String,
    pub subject: String,
    pub body: String,
    pub state: NoticeState,
    pub tries: i64,
    pub next_at: Instant,
    pub made_at: Instant,
    pub done_at: Option<Instant>,
    /// What the other side said last.
    pub answer: String,
}

/// How many notices of a channel are in a state, and since when the oldest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub channel: Channel,
    pub state: NoticeState,
    pub n: i64,
    pub oldest: Instant,
}

pub struct Notices<'a> {
    pub(crate) door: &'a Door,
}

impl Notices<'_> {
    /// A person's own, the newest first.
    pub async fn of(&self, person: PersonId, limit: usize) -> Result<Vec<Notice>> {
        let sql = format!("SELECT * FROM notice WHERE person = $1 ORDER BY made_at DESC, id LIMIT {limit}");
        let rows = self.door.read(sql, vec![text(person)]).await?;
        rows.iter().map(read).collect()
    }

    pub async fn counts(&self) -> Result<Vec<Count>> {
        let sql = "SELECT channel AS id, state, count(*) AS n, min(made_at) AS oldest FROM notice GROUP BY channel, state \
                   ORDER BY channel, state LIMIT 100";
        let rows = self.door.read(sql, vec![]).await?;
        rows.iter()
            .map(|row| {
                let row = row.of("notice");
                Ok(Count {
                    channel: row.word("id", Channel::parse)?,
                    state: row.word("state", NoticeState::parse)?,
                    n: row.int("n")?,
                    oldest: row.instant("oldest")?,
                })
            })
            .collect()
    }

    /// How many wait, at most `limit`.
    pub async fn waiting(&self, limit: i64) -> Result<i64> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM notice WHERE state = 'waiting' LIMIT {limit}) AS counted"
        );
        let rows = self.door.read(sql, vec![]).await?;
        Ok(rows.first().map_or(0, Record::number))
    }

    /// Those that were given up, the newest first.
    pub async fn failed(&self, limit: usize) -> Result<Vec<Notice>> {
        let sql =
            format!("SELECT * FROM notice WHERE state = 'failed' ORDER BY made_at DESC, id LIMIT {limit}");
        self.door.read(sql, vec![]).await?.iter().map(read).collect()
    }

    pub async fn mail_address(&self, account: &str) -> Result<Option<String>> {
        let sql = "SELECT account AS id, address FROM mail_address WHERE account = $1";
        let rows = self.door.read(sql, vec![text(account)]).await?;
        rows.first()
            .map(|row| row.of("mail_address").text("address"))
            .transpose()
    }

    pub async fn of_id(&self, id: &str) -> Result<Option<Notice>> {
        let rows = self
            .door
            .read(
                "SELECT * FROM notice WHERE id = $1",
                vec![Value::Text(id.to_owned())],
            )
            .await?;
        rows.first().map(read).transpose()
    }
}

pub(crate) fn read(record: &Record) -> Result<Notice> {
    let row = record.of("notice");
    Ok(Notice {
        id: row.text("id")?,
        account: row.text("account")?,
        person: PersonId(row.uuid("person")?),
        day: row.day("day")?,
        channel: row.word("channel", Channel::parse)?,
        address: row.text("address")?,
        subject: row.text("subject")?,
        body: row.text("body")?,
        state: row.word("state", NoticeState::parse)?,
        tries: row.int("tries")?,
        next_at: row.instant("next_at")?,
        made_at: row.instant("made_at")?,
        done_at: row.int_opt("done_at")?.map(Instant),
        answer: row.text("answer")?,
    })
}
