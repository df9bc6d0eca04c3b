//! The numbers of a desk. What a role has is one list, in the order in which it is shown; each number is counted by the very filter
//! of the list that it opens. A number may be taken apart by place and by department, and then each part opens its own rows.

use std::collections::BTreeMap;

use app::Failure;
use domain::{
    AgencyId,
    agency::Role,
    hazard::{Source, StageName},
};
use store::hazard::{HazardFilter, Split};

use super::{Desk, Shown, shown};
use crate::{
    pages::marks,
    views::{
        desk::{Part, Split as SplitView, Tile},
        marks::Count,
    },
};

/// As many parts as one line of a split holds; the rest is told as a number, behind the whole list.
const PARTS: usize = 16;

/// A tile before it is counted.
struct Counted {
    label: &'static str,
    shown: Shown,
    alarm: bool,
    note: Option<&'static str>,
    parts: Vec<(&'static str, Shown)>,
    /// Left out where there is nothing.
    only_if_any: bool,
}

fn tile(label: &'static str, shown: Shown) -> Counted {
    Counted {
        label,
        shown,
        alarm: false,
        note: None,
        parts: Vec::new(),
        only_if_any: false,
    }
}

fn alarm(label: &'static str, shown: Shown) -> Counted {
    Counted {
        alarm: true,
        ..tile(label, shown)
    }
}

fn stage(name: StageName) -> Shown {
    shown(|s| s.stage = name.to_string())
}

fn only(word: &str) -> Shown {
    shown(|s| s.only = word.into())
}

fn on_desk(desk: &str, due: &str) -> Shown {
    shown(|s| {
        s.desk = desk.into();
        s.due = due.into();
    })
}

/// Handed over and not acknowledged, or not answered.
fn handed(label: &'static str, desk: &str) -> Counted {
    let of = |word: &str| {
        shown(|s| {
            s.desk = desk.into();
            s.only = word.into();
        })
    };
    Counted {
        parts: vec![
            ("tile.unreceived", of("unreceived")),
            ("tile.unanswered", of("unanswered")),
        ],
        ..tile(label, of("handed"))
    }
}

fn week(desk: &str) -> Counted {
    Counted {
        note: Some("tile.due_week_note"),
        ..tile("tile.this_week", on_desk(desk, "week"))
    }
}

fn late(desk: &str) -> Counted {
    alarm("tile.overdue", on_desk(desk, "overdue"))
}

fn tips() -> Counted {
    tile(
        "tile.tips",
        shown(|s| {
            s.stage = StageName::Reported.to_string();
            s.source = Source::Tip.to_string();
        }),
    )
}

fn of_role(role: Role) -> Vec<Counted> {
    let major = || alarm("tile.major_open", only("major"));
    let to_do = || tile("tile.to_do", on_desk("mine", ""));
    let to_accept = || tile("tile.pending_accept", stage(StageName::Submitted));
    let open = |label| tile(label, only("open"));
    let asked = || Counted {
        only_if_any: true,
        ..tile("tile.asked", on_desk("asked", ""))
    };
    match role {
        Role::CityOffice => vec![
            tile("tile.pending_sign_off", stage(StageName::Accepted)),
            late(""),
            major(),
            handed("tile.handed", ""),
            week(""),
            tips(),
            asked(),
        ],
        Role::CountyOffice => vec![
            to_do(),
            to_accept(),
            late(""),
            major(),
            handed("tile.handed", ""),
            handed("tile.to_us", "to_us"),
            week(""),
            tips(),
            asked(),
        ],
        Role::CountyDepartment => vec![
            to_do(),
            to_accept(),
            late(""),
            major(),
            handed("tile.to_us", "to_us"),
            week(""),
            asked(),
        ],
        Role::CityDepartment => vec![
            open("tile.open"),
            late(""),
            major(),
            handed("tile.to_us", "to_us"),
            week(""),
            tile("tile.returned", only("returned")),
            asked(),
        ],
        Role::TownOffice => vec![
            to_do(),
            late("mine"),
            week("mine"),
            tile("tile.reported_by_me", only("by_me")),
            asked(),
        ],
        Role::Unit => vec![to_do(), late("mine"), week("mine"), open("tile.mine_open")],
        Role::Discipline | Role::Admin => vec![
            open("tile.open"),
            late(""),
            major(),
            tile("tile.returned", only("returned")),
        ],
    }
}

impl Desk<'_> {
    pub(super) async fn tiles(&self) -> Result<Vec<Tile>, Failure> {
        let mut tiles = Vec::new();
        for one in of_role(self.who.actor.role) {
            let number = self.count(&one.shown).await?;
            if one.only_if_any && number.is_nil() {
                continue;
            }
            let mut parts = Vec::with_capacity(one.parts.len());
            for (label, shown) in &one.parts {
                parts.push(Part {
                    label: self.words.get(label).to_owned(),
                    number: self.count(shown).await?,
                    href: shown.href(),
                });
            }
            tiles.push(Tile {
                label: self.words.get(one.label).to_owned(),
                number,
                href: one.shown.href(),
                alarm: one.alarm,
                note: one.note.map(|note| self.words.get(note).to_owned()),
                parts,
            });
        }
        tiles.extend(self.ladder_tiles().await?);
        Ok(tiles)
    }

    pub(super) async fn count(&self, shown: &Shown) -> Result<Count, Failure> {
        let Some(filter) = shown.filter(self.who, self.now) else {
            return Ok(Count::default());
        };
        let count = self
            .site
            .app
            .store
            .hazards(&self.who.scope)
            .count(&filter)
            .await?;
        Ok(marks::count(count))
    }

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
        let directory = self.site.app.store.directory();
        let found = hazards.split(filter, Split::Regulator).await?;
        let nobody = found.iter().find(|(id, _)| id.is_empty()).map(|(_, n)| *n);
        let mut counted: BTreeMap<AgencyId, i64> = BTreeMap::new();
        for (id, n) in &found {
            if let Some(id) = AgencyId::parse(id) {
                counted.insert(id, *n);
            }
        }
        let lines = self.who.actor.role == Role::CityOffice;
        let ids: Vec<AgencyId> = counted.keys().copied().collect();
        let mut agencies = Vec::new();
        for batch in ids.chunks(200) {
            agencies.extend(directory.agencies_among(batch).await?);
        }
        if lines {
            let mut of_lines: BTreeMap<AgencyId, i64> = BTreeMap::new();
            for agency in &agencies {
                let n = counted.get(&agency.id).copied().unwrap_or_default();
                *of_lines.entry(agency.parent.unwrap_or(agency.id)).or_default() += n;
            }
            counted = of_lines;
            let ids: Vec<AgencyId> = counted.keys().copied().collect();
            agencies.clear();
            for batch in ids.chunks(200) {
                agencies.extend(directory.agencies_among(batch).await?);
            }
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
