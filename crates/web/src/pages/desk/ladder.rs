//! What the ladder lays on a desk: drafts to send, explanations asked, today's digest.

use app::{Failure, escalation, notice};

use super::Desk;
use crate::views::desk::Tile;

impl Desk<'_> {
    /// What the ladder lays on this desk; no tile where there is nothing.
    pub(super) async fn ladder_tiles(&self) -> Result<Vec<Tile>, Failure> {
        let mut tiles = Vec::new();
        for (label, only, filter) in [
            ("tile.drafts", "mine", self.who.drafts_to_decide()),
            ("tile.explain", "asked", self.who.explanations_asked()),
        ] {
            let Some(filter) = filter else { continue };
            let number = escalation::list::count(&self.site.app, self.who, &filter).await?;
            if number > 0 {
                tiles.push(Tile {
                    label: self.words.get(label).to_owned(),
                    number: crate::pages::marks::count(number),
                    href: format!("/escalations?only={only}"),
                    ..Tile::default()
                });
            }
        }
        Ok(tiles)
    }

    /// Today's digest, as it came to this desk.
    pub(super) async fn digest(&self) -> Result<Option<String>, Failure> {
        let digest = notice::on_the_desk(&self.site.app, self.who, self.now.day()).await?;
        Ok(digest.map(|digest| self.words.count("notices.today", digest.len())))
    }
}
