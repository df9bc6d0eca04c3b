//! Numbers that people quote: `610902-2026-00123`, from blocks leased per jurisdiction and year. Gaps happen, repeats never.

use std::collections::HashMap;

use domain::{JurisdictionId, time::Instant};
use tokio::sync::Mutex;

use crate::{App, Failure, Outcome};

const BLOCK: i64 = 20;

#[derive(Debug, Default)]
pub struct Numbers {
    blocks: Mutex<HashMap<(JurisdictionId, i16), (i64, i64)>>,
}

impl App {
    pub(crate) async fn next_hazard_number(&self, home: &JurisdictionId, now: Instant) -> Outcome<String> {
        let year = now.day().year();
        let prefix = self
            .reference
            .jurisdiction(home)
            .map(|jurisdiction| jurisdiction.prefix.clone())
            .ok_or_else(|| Failure::Broken(format!("jurisdiction {home} is not in the directory")))?;
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
