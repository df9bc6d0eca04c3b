//! 存量 on a desk: open hazards by place and stage, each number with the address of its rows.

use app::Failure;
use domain::{agency::Role, hazard::StageName};
use store::hazard::Place;

use super::{Desk, Shown, shown};
use crate::views::desk::{Stock, StockCell, StockRow};

impl Desk<'_> {
    /// Open hazards by county for the city, by town for a county.
    pub(super) async fn stock(&self) -> Result<Option<Stock>, Failure> {
        let (by, heading) = match self.who.actor.role {
            Role::CityOffice | Role::CityDepartment | Role::Discipline | Role::Admin => {
                (Place::County, "desk.by_county")
            }
            Role::CountyOffice | Role::CountyDepartment => (Place::Town, "desk.by_town"),
            Role::TownOffice | Role::Unit => return Ok(None),
        };
        let lines = self
            .site
            .app
            .store
            .hazards(&self.who.scope)
            .stock(by, self.now)
            .await?;
        let stages = [
            StageName::Reported,
            StageName::Confirmed,
            StageName::Rectifying,
            StageName::Submitted,
            StageName::Accepted,
        ];
        let row = |name: String, place: Option<&str>| {
            let of = |set: &dyn Fn(&mut Shown)| {
                shown(|s| {
                    match (by, place) {
                        (Place::County, Some(place)) => s.county = place.to_owned(),
                        (Place::Town, Some("")) => s.town = "-".to_owned(),
                        (Place::Town, Some(place)) => s.town = place.to_owned(),
                        _ => {}
                    }
                    s.only = "open".into();
                    set(s);
                })
                .href()
            };
            let here = || {
                lines
                    .iter()
                    .filter(|line| place.is_none_or(|place| line.place == place))
            };
            let cell = |count: i64, href| StockCell {
                count: u64::try_from(count).unwrap_or_default(),
                href,
            };
            StockRow {
                name,
                href: of(&|_| ()),
                cells: stages
                    .iter()
                    .map(|stage| {
                        let n = here()
                            .filter(|line| line.stage == *stage)
                            .map(|line| line.n)
                            .sum();
                        cell(n, of(&|s| s.stage = stage.to_string()))
                    })
                    .collect(),
                sum: cell(here().map(|line| line.n).sum(), of(&|_| ())),
                major: cell(
                    here().map(|line| line.major).sum(),
                    of(&|s| s.only = "major".into()),
                ),
                overdue: cell(
                    here().map(|line| line.overdue).sum(),
                    of(&|s| s.due = "overdue".into()),
                ),
            }
        };
        let reference = &self.site.app.reference;
        let rows = reference
            .jurisdictions
            .iter()
            .filter(|one| lines.iter().any(|line| line.place == one.id.as_str()))
            .map(|one| row(one.name.clone(), Some(one.id.as_str())));
        // What lies in no town as far as anybody has said is part of the sum, so it has a row too.
        let nowhere = lines.iter().any(|line| line.place.is_empty());
        let nowhere = nowhere.then(|| row(self.words.get("place.no_town").to_owned(), Some("")));
        Ok(Some(Stock {
            heading: self.words.get(heading).to_owned(),
            stages: stages.iter().map(ToString::to_string).collect(),
            rows: rows.chain(nowhere).collect(),
            total: Some(row(self.words.get("desk.stock_sum").to_owned(), None)),
        }))
    }
}
