//! What stands beside the hazards on a desk: delegations that one could act under, and matters of people who left.

use app::{Failure, delegation, hand_over};

use super::Desk;
use crate::views::desk::Tile;

impl Desk<'_> {
    /// No tile where there is nothing.
    pub(super) async fn passed_tiles(&self) -> Result<Vec<Tile>, Failure> {
        let app = &self.site.app;
        let taken = delegation::waiting(app, self.who).await?;
        let passed = hand_over::count(app, self.who).await?;
        let numbers = [
            (
                "tile.delegated",
                i64::try_from(taken).unwrap_or(i64::MAX),
                "/delegations",
            ),
            ("tile.passed", passed, "/hand-overs"),
        ];
        let there = numbers.into_iter().filter(|(_, number, _)| *number > 0);
        Ok(there
            .map(|(label, number, href)| Tile {
                label: self.words.get(label).to_owned(),
                number: crate::pages::marks::count(number),
                href: href.to_owned(),
                ..Tile::default()
            })
            .collect())
    }
}
