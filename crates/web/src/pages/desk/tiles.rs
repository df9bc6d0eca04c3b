//! The numbers of a desk. What a role has is one list, in the order in which it is shown; each number is counted by the very filter
//! of the list that it opens.

use app::{Failure, complaint};
use domain::{
    agency::Role,
    hazard::{Source, StageName},
};

use super::{Desk, Shown, shown};
use crate::{
    pages::{marks, problem_lists::Shown as Lists},
    views::{
        desk::{Part, Tile},
        marks::Count,
    },
};

/// A tile before it is counted.
struct Counted {
    label: &'static str,
    shown: Shown,
    alarm: bool,
    note: Option<&'static str>,
    parts: Vec<(&'static str, Shown)>,
    /// Letters of problem lists, each counted as one; left out where there are none.
    lists: Vec<(&'static str, Lists)>,
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
        lists: Vec::new(),
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

pub(super) fn on_desk(desk: &str, due: &str) -> Shown {
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
    let to = if desk == "to_us" { "us" } else { "" };
    Counted {
        parts: vec![
            ("tile.unreceived", of("unreceived")),
            ("tile.unanswered", of("unanswered")),
        ],
        lists: vec![
            ("tile.lists_unreceived", Lists::of("unreceived", to)),
            ("tile.lists_unanswered", Lists::of("unanswered", to)),
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
    // What leaders wrote and nobody has answered yet.
    let instructed = || tile("tile.instructed", only("instructed"));
    let listed = || tile("tile.listed", only("listed"));
    match role {
        Role::CityOffice => vec![
            tile("tile.pending_sign_off", stage(StageName::Accepted)),
            late(""),
            major(),
            listed(),
            handed("tile.handed", ""),
            instructed(),
            week(""),
            tips(),
            asked(),
        ],
        Role::CountyOffice => vec![
            to_do(),
            late(""),
            major(),
            Counted {
                only_if_any: true,
                ..listed()
            },
            handed("tile.handed", ""),
            handed("tile.to_us", "to_us"),
            Counted {
                only_if_any: true,
                ..instructed()
            },
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
            for (label, lists) in &one.lists {
                let number = self.count_lists(lists).await?;
                if !number.is_nil() {
                    parts.push(Part {
                        label: self.words.get(label).to_owned(),
                        number,
                        href: lists.href(),
                    });
                }
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
        tiles.extend(self.complaints().await?);
        tiles.extend(self.passed_tiles().await?);
        Ok(tiles)
    }

    /// Complaints that wait for an answer, for those who answer; no tile where there are none.
    async fn complaints(&self) -> Result<Option<Tile>, Failure> {
        if !complaint::may_answer(self.who) {
            return Ok(None);
        }
        let number = marks::count(complaint::waiting(&self.site.app, self.who).await?);
        Ok((!number.is_nil()).then(|| Tile {
            label: self.words.get("tile.complaints").to_owned(),
            number,
            href: "/complaints?show=open".to_owned(),
            ..Tile::default()
        }))
    }

    async fn count_lists(&self, lists: &Lists) -> Result<Count, Failure> {
        let Some(filter) = lists.filter(self.who, self.now) else {
            return Ok(Count::default());
        };
        let found = self.site.app.store.problem_lists(&self.who.scope);
        Ok(marks::count(found.count(&filter).await?))
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
}
