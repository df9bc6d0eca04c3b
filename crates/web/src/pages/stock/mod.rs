//! 隐患存量增量表: what is looked at stands in the address, and every number is the address of the rows behind it.

mod export;
mod table;

use app::{
    Caller, Failure,
    stock::{self, Asked, Table},
};
use axum::{
    extract::{OriginalUri, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    agency::Role,
    hazard::{Determination, InitialLevel, Source},
    stock::{By, Period},
    time::Instant,
};
use serde::Deserialize;
use store::stock::Within;

use super::{encode, frame, render, shown::given};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        hazards::{ChosenFilter, Filter, FilterOption, Parameter},
        stock::{PeriodOption, StockPage, StockPrint},
    },
    words::Words,
};

pub use export::{csv, xlsx};
pub(super) use table::{checkpoint, line_name, number, percent, period_name, rows_behind};

/// What is looked at, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Looked {
    #[serde(default)]
    pub by: String,
    #[serde(default)]
    pub period: String,
    #[serde(default)]
    pub county: String,
    #[serde(default)]
    pub town: String,
    #[serde(default)]
    pub sector: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub determination: String,
    #[serde(default)]
    pub source: String,
}

/// What narrows the table, in the order in which it is said.
const FILTERS: [&str; 6] = ["county", "town", "sector", "level", "determination", "source"];

impl Looked {
    fn get(&self, name: &str) -> &str {
        match name {
            "by" => &self.by,
            "period" => &self.period,
            "county" => &self.county,
            "town" => &self.town,
            "sector" => &self.sector,
            "level" => &self.level,
            "determination" => &self.determination,
            _ => &self.source,
        }
    }

    fn set(&self, name: &str, value: &str) -> Self {
        let mut looked = self.clone();
        let field = match name {
            "by" => &mut looked.by,
            "period" => &mut looked.period,
            "county" => &mut looked.county,
            "town" => &mut looked.town,
            "sector" => &mut looked.sector,
            "level" => &mut looked.level,
            "determination" => &mut looked.determination,
            _ => &mut looked.source,
        };
        value.clone_into(field);
        looked
    }

    fn href(&self, path: &str) -> String {
        let names = ["by", "period"].into_iter().chain(FILTERS);
        let said = names.filter(|name| !self.get(name).is_empty());
        let query: Vec<String> = said
            .map(|name| format!("{name}={}", encode(self.get(name))))
            .collect();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", query.join("&"))
        }
    }

    /// Counties for the city, towns for a county, this month, unless something else is said. A word that is not known is no
    /// table.
    fn asked(&self, who: &Caller, now: Instant) -> Option<Asked> {
        fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
            if text.is_empty() {
                Some(None)
            } else {
                parse(text).map(Some)
            }
        }
        let usual = match &who.actor.seat.county {
            None => By::County,
            Some(_) if who.actor.role == Role::TownOffice => By::Sector,
            Some(_) => By::Town,
        };
        let by = word(&self.by, By::parse)?.unwrap_or(usual);
        let period = word(&self.period, Period::parse)?.unwrap_or_else(|| Period::month_of(now));
        Some(Asked {
            by,
            period: if by == By::Month { period.year() } else { period },
            within: Within {
                county: given(&self.county),
                town: given(&self.town),
                sector: given(&self.sector),
                level: word(&self.level, InitialLevel::parse)?,
                determination: word(&self.determination, Determination::parse)?,
                source: word(&self.source, Source::parse)?,
            },
        })
    }
}

/// The table that an address asks for. Enterprise people have their ledger, and no table.
async fn read(site: &Site, who: &Caller, looked: &Looked) -> Result<Table, Failure> {
    let now = site.app.clock.now();
    let asked = looked
        .asked(who, now)
        .filter(|asked| asked.period.from() <= now && who.actor.role != Role::Unit)
        .ok_or(Failure::NotFound)?;
    stock::table(&site.app, who, asked).await
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    OriginalUri(uri): OriginalUri,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let table = read(&site, caller, &looked)
        .await
        .map_err(|failure| Problem::page(failure, words))?;
    let here = uri.path_and_query().map_or("/stock", |here| here.as_str());
    let now = site.app.clock.now();
    let (by, period) = (table.asked.by, table.asked.period);
    let beside = |n| {
        let there = period.plus(n).filter(|period| period.from() <= now)?;
        Some(looked.set("period", &there.to_string()).href("/stock"))
    };
    let page = StockPage {
        frame: frame(
            &site,
            &browser,
            words.get("stock.title").to_owned(),
            Section::Stock,
            here,
            now,
        ),
        table: table::view(&site, &table, words),
        filters: filters(&site, &looked, caller, by, words),
        chosen: chosen(&site, &looked, words),
        periods: periods(by, period, now, words),
        kept: kept(&looked),
        before: beside(-1),
        after: beside(1),
        print: looked.href("/stock/print"),
        xlsx: looked.href("/stock/table.xlsx"),
        csv: looked.href("/stock/table.csv"),
    };
    Ok(render(StatusCode::OK, &page))
}

pub async fn print(
    State(site): State<Site>,
    browser: Browser,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let table = read(&site, caller, &looked)
        .await
        .map_err(|failure| Problem::page(failure, words))?;
    let now = site.app.clock.now();
    let title = words.get("stock.title").to_owned();
    let page = StockPrint {
        frame: frame(&site, &browser, title, Section::Stock, "/stock/print", now),
        table: table::view(&site, &table, words).unlinked(),
        chosen: chosen(&site, &looked, words)
            .into_iter()
            .map(|one| one.label)
            .collect(),
        viewer: caller.agency_name.clone(),
        back: looked.href("/stock"),
    };
    Ok(render(StatusCode::OK, &page))
}

fn kept(looked: &Looked) -> Vec<Parameter> {
    let names = std::iter::once("by").chain(FILTERS);
    let said = names.filter(|name| !looked.get(name).is_empty());
    said.map(|name| Parameter {
        name: name.to_owned(),
        value: looked.get(name).to_owned(),
    })
    .collect()
}

/// This year and the one before by month, and the years; what is chosen is among them, however old.
fn periods(by: By, chosen: Period, now: Instant, words: Words) -> Vec<PeriodOption> {
    let this = Period::month_of(now);
    let years = (0..3).filter_map(|n| this.year().plus(-n));
    let months = (0..24).filter_map(|n| this.plus(-n)).filter(|_| by != By::Month);
    let mut offered: Vec<Period> = months.chain(years).collect();
    if !offered.contains(&chosen) {
        offered.push(chosen);
    }
    let option = |period: Period| PeriodOption {
        value: period.to_string(),
        label: period_name(&period.to_string(), words),
        chosen: period == chosen,
    };
    offered.into_iter().map(option).collect()
}

fn filters(site: &Site, looked: &Looked, who: &Caller, by: By, words: Words) -> Vec<Filter> {
    let option = |name: &str, value: String, label: String, chosen: bool| FilterOption {
        label,
        href: looked.set(name, &value).href("/stock"),
        chosen,
    };
    let county = who.actor.seat.county.is_some();
    let lines = By::ALL.iter().filter(|one| !(county && **one == By::County));
    let mut filters = vec![Filter {
        label: words.get("stock.by").to_owned(),
        options: lines
            .map(|one| option("by", one.to_string(), words.of("by", one.as_str()), *one == by))
            .collect(),
    }];
    let mut offer = |name: &str, offered: Vec<(String, String)>| {
        let present = looked.get(name);
        let all = option(
            name,
            String::new(),
            words.get("filter.all").to_owned(),
            present.is_empty(),
        );
        let rest = offered.into_iter().map(|(value, label)| {
            let chosen = value == present;
            option(name, value, label, chosen)
        });
        filters.push(Filter {
            label: words.of("by", name),
            options: std::iter::once(all).chain(rest).collect(),
        });
    };
    if !county {
        let counties = site.app.reference.counties();
        offer(
            "county",
            counties
                .map(|one| (one.id.to_string(), one.short.clone()))
                .collect(),
        );
    }
    let named = |family: &str, codes: Vec<&str>| {
        let named = codes
            .into_iter()
            .map(|code| (code.to_owned(), words.of(family, code)));
        named.collect::<Vec<_>>()
    };
    offer(
        "level",
        named(
            "level",
            InitialLevel::ALL.iter().map(|one| one.as_str()).collect(),
        ),
    );
    let determinations = Determination::ALL.iter().map(|one| one.as_str()).collect();
    offer("determination", named("determination", determinations));
    offer(
        "source",
        named("source", Source::ALL.iter().map(|one| one.as_str()).collect()),
    );
    filters
}

fn chosen(site: &Site, looked: &Looked, words: Words) -> Vec<ChosenFilter> {
    let said = FILTERS.iter().filter(|name| !looked.get(name).is_empty());
    said.map(|name| {
        let by = By::parse(name).unwrap_or(By::County);
        let value = line_name(site, by, looked.get(name), words);
        ChosenFilter {
            label: words.fill(
                "filter.joined",
                &[("label", &words.of("by", name)), ("value", &value)],
            ),
            without: looked.set(name, "").href("/stock"),
        }
    })
    .collect()
}
