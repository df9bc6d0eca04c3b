//! The one writer: up to [`GROUP`] batches in one transaction, each in a savepoint of its own.
//!
//! Traps that this file knows: a full disk undoes the whole transaction, so after an error `is_autocommit` decides whether the
//! group is carried out again one by one; a caller is answered after COMMIT only.

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{
    super::Statement,
    statement::{fault, run},
};
use crate::{
    error::{Result, StoreError},
    row::Record,
};

/// Batches that one COMMIT makes durable.
const GROUP: usize = 128;

pub(super) enum Work {
    Batch(Vec<Statement>),
    Migration(Statement, Vec<String>),
}

pub(super) struct Job {
    pub(super) work: Work,
    pub(super) answer: oneshot::Sender<Result<Vec<Record>>>,
}

pub(super) fn write_until_closed(connection: Connection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.blocking_recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
        write_group(&connection, group);
    }
}

/// All jobs in one transaction, each in a savepoint of its own. When that fails as a whole, each in a transaction of its own.
fn write_group(connection: &Connection, group: Vec<Job>) {
    let answers = if group.len() > 1 {
        write_together(connection, &group)
    } else {
        None
    };
    let answers = answers.unwrap_or_else(|| {
        group
            .iter()
            .map(|job| write_alone(connection, &job.work))
            .collect()
    });
    for (job, answer) in group.into_iter().zip(answers) {
        // A caller that has gone away does not need the answer; what was written stays.
        let _ = job.answer.send(answer);
    }
}

fn write_together(connection: &Connection, group: &[Job]) -> Option<Vec<Result<Vec<Record>>>> {
    let give_up = || {
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        None
    };
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        return match fault(error) {
            // Another process has been writing all the while: each alone would wait as long again, one after the other.
            StoreError::Unavailable(why) => Some(
                group
                    .iter()
                    .map(|_| Err(StoreError::Unavailable(why.clone())))
                    .collect(),
            ),
            _ => give_up(),
        };
    }
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        if connection.execute_batch("SAVEPOINT one").is_err() {
            return give_up();
        }
        let answer = carry_out(connection, &job.work);
        if connection.is_autocommit() {
            return None;
        }
        let end = if answer.is_ok() {
            "RELEASE one"
        } else {
            "ROLLBACK TO one; RELEASE one"
        };
        if connection.execute_batch(end).is_err() {
            return give_up();
        }
        answers.push(answer.map_err(fault));
    }
    if connection.execute_batch("COMMIT").is_err() {
        give_up()
    } else {
        Some(answers)
    }
}

fn write_alone(connection: &Connection, work: &Work) -> Result<Vec<Record>> {
    connection.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
    let done = carry_out(connection, work).and_then(|rows| connection.execute_batch("COMMIT").map(|()| rows));
    if !connection.is_autocommit() {
        let _ = connection.execute_batch("ROLLBACK");
    }
    done.map_err(fault)
}

fn carry_out(connection: &Connection, work: &Work) -> rusqlite::Result<Vec<Record>> {
    match work {
        Work::Batch(batch) => {
            let mut rows = Vec::new();
            for statement in batch {
                rows = run(connection, statement)?;
            }
            Ok(rows)
        }
        Work::Migration(mark, scripts) => {
            let marked = run(connection, mark)?;
            for script in scripts {
                connection.execute_batch(script)?;
            }
            Ok(marked)
        }
    }
}
