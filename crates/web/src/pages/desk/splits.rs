//! What is overdue taken apart by place and by department, each part with the address of exactly its rows. Parts stand in official
//! order and are never ranked.

use std::collections::BTreeMap;

use app::Failure;
use domain::{
    AgencyId,
    agency::{Agency, Role},
};
use store::hazard::{HazardFilter, Split};

use super::{Desk, Shown, tiles::on_desk};
use crate::views::{
    desk::{Part, Split as SplitView},
    marks::Count,
};

/// As many parts as one line holds; the rest is told as a number, behind the whole list.
const PARTS: usize = 16;

impl Desk<'_> {
    /// What is overdue, by place and by department, for those who look after several of them.
    pub(super) async fn splits(&self) -> Result<Vec<SplitView>, Failure> {
        let overdue = on_desk("", "overdue");
        let (place, departments) = match self.who.actor.role {
            Role::CityOffice => (Split::County, true),
            Role::CountyOffice => (Split::Town, true),
            Role::CityDepartment | Role::Discipline => (Split::County, false),
            Role::CountyDepartment => (Split::Town, false),
            Role::TownOffice | Role::Unit | Role::Admin => return Ok(Vec::new()),
        };
        let Some(filter) = overdue.filter(self.who, self.now) else {
            return Ok(Vec::new());
        };
        let mut splits = vec![self.by_place(&overdue, &filter, place).await?];
        if departments {
            splits.push(self.by_department(&overdue, &filter).await?);
        }
        splits.retain(|split| !split.parts.is_empty());
        Ok(splits)
    }

    /// In official order; what lies in no town comes last.
    async fn by_place(&self, whole: &Shown, filter: &HazardFilter, by: Split) -> Result<SplitView, Failure> {
        let hazards = self.site.app.store.hazards(&self.who.scope);
        let mut found: BTreeMap<String, i64> = hazards.split(filter, by).await?.into_iter().collect();
        let (name, heading) = match by {
            Split::County => ("county", "desk.by_county"),
            _ => ("town", "desk.by_town"),
        };
        let places = self.site.app.reference.jurisdictions.iter();
        let mut parts: Vec<Part> = places
            .filter_map(|place| {
                let n = found.remove(place.id.as_str())?;
                Some(part(place.short.clone(), n, &whole.set(name, place.id.as_str())))
            })
            .collect();
        if let Some(n) = found.remove("") {
            let nowhere = self.words.get("place.no_town").to_owned();
            parts.push(part(nowhere, n, &whole.set(name, "-")));
        }
        Ok(self.bounded(heading, parts, whole))
    }

    /// By the agency that regulates it; for the city by the department of its own that this one belongs to.
    async fn by_department(&self, whole: &Shown, filter: &HazardFilter) -> Result<SplitView, Failure> {
        let hazards = self.site.app.store.hazards(&self.who.scope);
        let found = hazards.split(filter, Split::Regulator).await?;
        let nobody = found.iter().find(|(id, _)| id.is_empty()).map(|(_, n)| *n);
        let mut counted: BTreeMap<AgencyId, i64> = BTreeMap::new();
        for (id, n) in &found {
            if let Some(id) = AgencyId::parse(id) {
                counted.insert(id, *n);
            }
        }
        let lines = self.who.actor.role == Role::CityOffice;
        let mut agencies = self.agencies(&counted).await?;
        if lines {
            let mut of_lines: BTreeMap<AgencyId, i64> = BTreeMap::new();
            for agency in &agencies {
                let n = counted.get(&agency.id).copied().unwrap_or_default();
                *of_lines.entry(agency.parent.unwrap_or(agency.id)).or_default() += n;
            }
            counted = of_lines;
            agencies = self.agencies(&counted).await?;
        }
        agencies.sort_by_key(|agency| (agency.rank, agency.id));
        let name = if lines { "line" } else { "department" };
        let mut parts: Vec<Part> = agencies
            .into_iter()
            .map(|agency| {
                let n = counted.get(&agency.id).copied().unwrap_or_default();
                part(agency.short, n, &whole.set(name, &agency.id.to_string()))
            })
            .collect();
        if let Some(n) = nobody {
            let label = self.words.get("desk.no_department").to_owned();
            parts.push(part(label, n, &whole.set("department", "-")));
        }
        Ok(self.bounded("desk.by_department", parts, whole))
    }

    async fn agencies(&self, counted: &BTreeMap<AgencyId, i64>) -> Result<Vec<Agency>, Failure> {
        let ids: Vec<AgencyId> = counted.keys().copied().collect();
        let mut agencies = Vec::with_capacity(ids.len());
        for batch in ids.chunks(200) {
            agencies.extend(self.site.app.store.directory().agencies_among(batch).await?);
        }
        Ok(agencies)
    }

    fn bounded(&self, heading: &str, mut parts: Vec<Part>, whole: &Shown) -> SplitView {
        let more = parts.len().saturating_sub(PARTS);
        parts.truncate(PARTS);
        SplitView {
            heading: self.words.get(heading).to_owned(),
            parts,
            more: (more > 0).then(|| (self.words.count("desk.split_more", more), whole.href())),
        }
    }
}

fn part(label: String, n: i64, shown: &Shown) -> Part {
    Part {
        label,
        number: Count {
            n: u64::try_from(n).unwrap_or_default(),
            at_least: false,
        },
        href: shown.href(),
    }
}
