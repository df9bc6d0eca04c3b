//! What became of each row, apart: what was done, why the others were not, and what is wrong with the words as a whole.

use app::{Failure, hazard::together::Row};
use domain::{HazardId, hazard::Hazard};

use crate::{
    pages::told::Told,
    views::bulk::{BulkDone, BulkResult},
    words::Words,
};

/// What became of each, apart.
pub(super) struct Sorted {
    done: Vec<(HazardId, BulkDone)>,
    why: Vec<(HazardId, String)>,
    pub(super) told: Option<Told>,
    sent: bool,
}

impl Sorted {
    pub(super) fn of(rows: Vec<Row>, mut told: Option<Told>, words: Words) -> Self {
        let sent = !rows.is_empty();
        let (mut done, mut why) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(id) = HazardId::parse(&row.hazard) else {
                continue;
            };
            match row.outcome {
                Ok(receipt) => done.push((
                    id,
                    BulkDone {
                        number: receipt.number,
                        href: format!("/hazards/{id}"),
                        stage: receipt.stage,
                    },
                )),
                Err(failure) => {
                    let fields = matches!(failure, Failure::Fields(_));
                    let of_row = Told::of(failure, None, words);
                    let messages = of_row.errors.iter().map(|error| error.message.as_str());
                    why.push((id, messages.collect::<Vec<_>>().join(words.get("list.semicolon"))));
                    // What is wrong with the words is wrong in each row: it is told at the fields, once.
                    if fields && told.is_none() {
                        told = Some(of_row);
                    }
                }
            }
        }
        Self {
            done,
            why,
            told,
            sent,
        }
    }

    pub(super) fn is_done(&self, id: HazardId) -> bool {
        self.done.iter().any(|(done, _)| *done == id)
    }

    pub(super) fn why(&self, id: HazardId) -> Option<String> {
        let why = self.why.iter().find(|(refused, _)| *refused == id);
        why.map(|(_, why)| why.clone())
    }

    pub(super) fn result(&self, found: &[Hazard]) -> Option<BulkResult> {
        let place = |id: &HazardId| found.iter().position(|hazard| hazard.id == *id);
        let mut done = self.done.clone();
        done.sort_by_key(|(id, _)| place(id));
        self.sent.then(|| BulkResult {
            done: done.into_iter().map(|(_, done)| done).collect(),
            refused: self.why.len(),
        })
    }
}
