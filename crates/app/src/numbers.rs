//! Numbers that people quote: `610902-2026-00123`, from blocks leased per jurisdiction and year. Gaps happen, repeats never.

use std::collections::HashMap;

use domain::{JurisdictionId, jurisdiction::Jurisdiction, time::Instant};
use tokio::sync::Mutex;

use crate::{
    App, Failure, Outcome,
    reference::{LetterForm, filled},
};

const BLOCK: i64 = 20;

#[derive(Debug, Default)]
pub struct Numbers {
    blocks: Mutex<HashMap<(JurisdictionId, i16), (i64, i64)>>,
}

impl App {
    /// A number in a series of letters of a home. Leased one by one: a gap in a series of official papers has to be explained.
    pub(crate) async fn next_letter_number(
        &self,
        home: &JurisdictionId,
        form: &LetterForm,
        now: Instant,
    ) -> Outcome<String> {
        let year = now.day().year();
        let place = self.place(home)?.short.clone();
        let series = format!("letter-{}", form.drafts);
        let n = self.store.door.lease_numbers(home, &series, year, 1).await?;
        let values = [
            ("place", &*place),
            ("year", &year.to_string()),
            ("n", &n.to_string()),
        ];
        Ok(filled(&form.number, &values))
    }

    fn place(&self, home: &JurisdictionId) -> Outcome<&Jurisdiction> {
        self.reference
            .jurisdiction(home)
            .ok_or_else(|| Failure::Broken(format!("jurisdiction {home} is not in the directory")))
    }

    pub(crate) async fn next_hazard_number(&self, home: &JurisdictionId, now: Instant) -> Outcome<String> {
        let year = now.day().year();
        let prefix = self.place(home)?.prefix.clone();
        let mut blocks = self.numbers.blocks.lock().await;
        let block = blocks.entry((home.clone(), year)).or_insert((0, 0));
        if block.0 == block.1 {
            let first = self.store.door.lease_numbers(home, "hazard", year, BLOCK).await?;
            *block = (first, first + BLOCK);
        }
        let number = block.0;
        block.0 += 1;
        Ok(format!("{prefix}-{year}-{number:05}"))
    }
}
