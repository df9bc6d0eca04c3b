//! My desk: what must I do, what is about to be late, what am I waiting for. Every number is the count of a list and leads to it.

mod ladder;

use std::collections::HashMap;

use app::{Caller, Failure, hazard::list};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{
    AgencyId,
    agency::Role,
    authority::Act,
    hazard::{Hazard, StageName},
    time::Instant,
};
use store::hazard::{Order, Place};

use super::{
    frame,
    hazard::forms::opener,
    hazards::{Shown, place, waits_for},
    marks, may_report, render,
};
use crate::{
    api::{acts::resource, hazards::agencies},
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        desk::{DeskPage, DueRow, MoreRows, RowButton, Stock, StockCell, StockRow, Tile, WaitRow},
        frame::Section,
        marks::Count,
    },
    words::Words,
};

const ROWS: usize = 8;

struct Desk<'a> {
    site: &'a Site,
    who: &'a Caller,
    words: Words,
    now: Instant,
}

pub async fn page(State(site): State<Site>, browser: Browser) -> Result<Response, Problem> {
    let words = browser.words;
    let now = site.app.clock.now();
    let desk = Desk {
        site: &site,
        who: &browser.live.caller,
        words,
        now,
    };
    let mut page = desk
        .fill()
        .await
        .map_err(|failure| Problem::page(failure, words))?;
    page.frame = frame(
        &site,
        &browser,
        words.get("section.desk").to_owned(),
        Section::Desk,
        "/",
        now,
    );
    Ok(render(StatusCode::OK, &page))
}

fn shown(set: impl Fn(&mut Shown)) -> Shown {
    let mut shown = Shown::default();
    set(&mut shown);
    shown
}

impl Desk<'_> {
    async fn fill(&self) -> Result<DeskPage, Failure> {
        let role = self.who.actor.role;
        let acts_here = !matches!(role, Role::Admin | Role::Discipline);
        let mine = shown(|s| s.desk = "mine".into());
        let soon = shown(|s| {
            s.desk = if acts_here { "others" } else { "" }.into();
            s.due = "soon".into();
        });
        let waiting = self.waiting_for();

        let today = if acts_here {
            self.rows(&mine, ROWS).await?
        } else {
            Vec::new()
        };
        let late = self.rows(&soon, ROWS).await?;
        let awaited = match &waiting {
            Some(waiting) => self.rows(waiting, ROWS).await?,
            None => Vec::new(),
        };
        let everyone: Vec<&Hazard> = today.iter().chain(&late).chain(&awaited).collect();
        let everyone: Vec<Hazard> = everyone.into_iter().cloned().collect();
        let names = agencies(self.site, &everyone).await?;
        Ok(DeskPage {
            tiles: self.tiles().await?,
            digest: self.digest().await?,
            today_all: self.more(acts_here.then_some(&mine), today.len()).await?,
            today: today
                .iter()
                .map(|hazard| self.due_row(hazard, &names, true))
                .collect(),
            soon_all: self.more(Some(&soon), late.len()).await?,
            soon: late
                .iter()
                .map(|hazard| self.due_row(hazard, &names, false))
                .collect(),
            waiting_all: self.more(waiting.as_ref(), awaited.len()).await?,
            waiting: awaited
                .iter()
                .map(|hazard| self.wait_row(hazard, &names))
                .collect(),
            stock: self.stock().await?,
            read_only: !acts_here,
            may_report: may_report(self.who),
            ..DeskPage::default()
        })
    }

    /// What I have passed on and others have to do now.
    fn waiting_for(&self) -> Option<Shown> {
        let stage = |name: StageName| shown(|s| s.stage = name.to_string());
        match self.who.actor.role {
            Role::CityOffice => Some(stage(StageName::Submitted)),
            Role::CountyOffice | Role::CountyDepartment => Some(stage(StageName::Accepted)),
            Role::TownOffice => Some(shown(|s| {
                s.only = "by_me".into();
                s.desk = "others".into();
            })),
            Role::Unit | Role::CityDepartment => Some(shown(|s| s.desk = "others".into())),
            Role::Admin | Role::Discipline => None,
        }
    }

    async fn tiles(&self) -> Result<Vec<Tile>, Failure> {
        let stage = |name: StageName| shown(|s| s.stage = name.to_string());
        let mine = shown(|s| s.desk = "mine".into());
        let mine_late = shown(|s| {
            s.desk = "mine".into();
            s.due = "overdue".into();
        });
        let mine_week = shown(|s| {
            s.desk = "mine".into();
            s.due = "week".into();
        });
        let late = shown(|s| s.due = "overdue".into());
        let major = shown(|s| s.only = "major".into());
        let returned = shown(|s| s.only = "returned".into());
        let open = shown(|s| s.only = "open".into());
        let tiles: Vec<(&str, Shown, bool)> = match self.who.actor.role {
            Role::CityOffice => vec![
                ("tile.pending_sign_off", stage(StageName::Accepted), false),
                ("tile.pending_accept", stage(StageName::Submitted), false),
                ("tile.pending_confirm", stage(StageName::Reported), false),
                ("tile.overdue", late, true),
                ("tile.major_open", major, true),
                ("tile.returned", returned, false),
            ],
            Role::CountyOffice | Role::CountyDepartment => vec![
                ("tile.to_do", mine, false),
                ("tile.pending_confirm", stage(StageName::Reported), false),
                ("tile.pending_accept", stage(StageName::Submitted), false),
                ("tile.overdue", late, true),
                ("tile.major_open", major, true),
                ("tile.returned", returned, false),
            ],
            Role::Unit => vec![
                ("tile.to_do", mine, false),
                ("tile.overdue", mine_late, true),
                ("tile.due_week", mine_week, false),
                ("tile.mine_open", open, false),
            ],
            Role::TownOffice => vec![
                ("tile.to_do", mine, false),
                ("tile.overdue", mine_late, true),
                ("tile.due_week", mine_week, false),
                ("tile.reported_by_me", shown(|s| s.only = "by_me".into()), false),
            ],
            Role::CityDepartment | Role::Discipline | Role::Admin => vec![
                ("tile.open", open, false),
                ("tile.overdue", late, true),
                ("tile.major_open", major, true),
                ("tile.returned", returned, false),
            ],
        };
        let mut counted = Vec::with_capacity(tiles.len());
        for (label, shown, alarm) in tiles {
            let number = self.count(&shown).await?;
            let label = self.words.get(label).to_owned();
            counted.push(Tile {
                label,
                number,
                href: shown.href(),
                alarm,
            });
        }
        counted.extend(self.instruction_tile().await?);
        counted.extend(self.ladder_tiles().await?);
        Ok(counted)
    }

    /// What leaders wrote and nobody has answered yet, for the offices that may answer.
    async fn instruction_tile(&self) -> Result<Option<Tile>, Failure> {
        if !self.who.actor.may_somewhere(Act::AnswerInstruction) {
            return Ok(None);
        }
        let shown = shown(|s| s.only = "instructed".into());
        Ok(Some(Tile {
            label: self.words.get("tile.instructed").to_owned(),
            number: self.count(&shown).await?,
            href: shown.href(),
            alarm: false,
        }))
    }

    async fn count(&self, shown: &Shown) -> Result<Count, Failure> {
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

    async fn rows(&self, shown: &Shown, limit: usize) -> Result<Vec<Hazard>, Failure> {
        let Some(filter) = shown.filter(self.who, self.now) else {
            return Ok(Vec::new());
        };
        let page = list::list(
            &self.site.app,
            self.who,
            &filter,
            Order::Due { after: None },
            limit,
        )
        .await?;
        Ok(page.items)
    }

    async fn more(&self, shown: Option<&Shown>, listed: usize) -> Result<Option<MoreRows>, Failure> {
        let Some(shown) = shown.filter(|_| listed == ROWS) else {
            return Ok(None);
        };
        let count = self.count(shown).await?;
        Ok((count.n > listed as u64).then(|| MoreRows {
            count,
            href: shown.href(),
        }))
    }

    fn due_row(&self, hazard: &Hazard, names: &HashMap<AgencyId, String>, mine: bool) -> DueRow {
        DueRow {
            href: format!("/hazards/{}", hazard.id),
            number: hazard.number.clone(),
            description: hazard.description.clone(),
            unit: hazard.subject.name.clone(),
            place: place(self.site, hazard),
            stage: hazard.stage.name().to_string(),
            severity: marks::severity(hazard),
            due: marks::due(hazard, self.words, self.now),
            button: mine.then(|| self.first_button(hazard)).flatten(),
            waits_for: if mine { None } else { waits_for(hazard, names) },
            stuck: marks::stuck(
                hazard,
                self.site.app.reference.escalation.stuck_after_days,
                self.words,
                self.now,
            ),
        }
    }

    /// The act that carries it on, if this person may do it.
    fn first_button(&self, hazard: &Hazard) -> Option<RowButton> {
        let carries_on = |act: &Act| {
            matches!(
                act,
                Act::Confirm | Act::Plan | Act::Rectify | Act::Accept | Act::SignOff
            )
        };
        let act = hazard
            .open_acts()
            .filter(carries_on)
            .find(|act| self.who.actor.may(*act, hazard).is_ok())?;
        let href = format!("/hazards/{}#act-{}", hazard.id, resource(act)?);
        Some(RowButton {
            label: opener(act, self.words),
            href,
        })
    }

    fn wait_row(&self, hazard: &Hazard, names: &HashMap<AgencyId, String>) -> WaitRow {
        let since = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
        let span = self.words.span(self.now.0 - since.0);
        WaitRow {
            href: format!("/hazards/{}", hazard.id),
            number: hazard.number.clone(),
            description: hazard.description.clone(),
            unit: hazard.subject.name.clone(),
            stage: hazard.stage.name().to_string(),
            whom: waits_for(hazard, names).unwrap_or_default(),
            since: self.words.fill("desk.waited", &[("span", &span)]),
            since_full: since.to_minute(),
            due: marks::due(hazard, self.words, self.now),
        }
    }

    /// Open hazards by county for the city, by town for a county.
    async fn stock(&self) -> Result<Option<Stock>, Failure> {
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
