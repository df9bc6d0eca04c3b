//! My desk: what must I do, what is about to be late, what am I waiting for. Every number is the count of a list and leads to it.

mod ladder;
mod passed;
mod rows;
mod splits;
mod stock;
mod tiles;

use app::{Caller, Failure};
use axum::{extract::State, http::StatusCode, response::Response};
use domain::{agency::Role, hazard::Hazard, time::Instant};

use super::{frame, hazards::Shown, may_report, render};
use crate::{
    api::hazards::agencies,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{desk::DeskPage, frame::Section},
    words::Words,
};

/// Of what is mine to do today.
const ROWS: usize = 8;
/// Of the lists beside it, so that all three are seen without scrolling.
const BESIDE: usize = 4;

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
        let late = self.rows(&soon, BESIDE).await?;
        let awaited = match &waiting {
            Some(waiting) => self.rows(waiting, BESIDE).await?,
            None => Vec::new(),
        };
        let everyone: Vec<Hazard> = today.iter().chain(&late).chain(&awaited).cloned().collect();
        let names = agencies(self.site, &everyone).await?;
        Ok(DeskPage {
            tiles: self.tiles().await?,
            splits: self.splits().await?,
            digest: self.digest().await?,
            today_all: self.more(acts_here.then_some(&mine), today.len(), ROWS).await?,
            today: today
                .iter()
                .map(|hazard| self.due_row(hazard, &names, true))
                .collect(),
            soon_all: self.more(Some(&soon), late.len(), BESIDE).await?,
            soon: late
                .iter()
                .map(|hazard| self.due_row(hazard, &names, false))
                .collect(),
            waiting_all: self.more(waiting.as_ref(), awaited.len(), BESIDE).await?,
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
}
