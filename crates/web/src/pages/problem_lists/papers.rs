//! The papers of a list: the letter with its list 交办函 + 问题清单, and the re-check opinion 整改复查（验收）意见 on all of it. Who sees the
//! list has its papers; the letter carries the number that it took when it was sent, a draft none. A letter that was sent is made of
//! what was kept with it then. A paper is Chinese whatever language the screen speaks.

use std::collections::BTreeSet;

use app::{
    Failure,
    problem_list::{self, Listed},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    PersonId,
    hazard::{Determination, Hazard, InitialLevel},
    problem_list::{Item, Looked, Printed, VisitKind},
    refusal::Refusal,
};
use press::{
    Mark, Paper, html,
    model::{Signature, date},
    papers::{
        handover::{self, Handover, Problem as Listing},
        recheck::{self, Inspector, Recheck, UnitSigns},
    },
};

use super::{
    super::{frame, hazard::papers::word, hazards::place, render},
    list::{Names, read_id},
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{frame::Section, paper::PaperPage},
    words::{Language, Words},
};

/// What the papers are made from.
struct Papers<'a> {
    site: &'a Site,
    listed: &'a Listed,
    names: &'a Names,
    words: Words,
    /// As the items stood when the letter was sent; of a draft, as they stand.
    printed: Vec<Printed>,
}

/// Places that are named one by one; of more the number is told.
const PLACES: usize = 3;

pub async fn letter(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    on_screen(&site, &browser, &id, "letter", |papers| Ok(papers.letter())).await
}

pub async fn letter_docx(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let paper = of(&site, &browser, &id, |papers| Ok(papers.letter())).await?;
    Ok(word(&site, &paper))
}

pub async fn recheck(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    on_screen(&site, &browser, &id, "recheck-opinion", |papers| papers.recheck()).await
}

pub async fn recheck_docx(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let paper = of(&site, &browser, &id, |papers| papers.recheck()).await?;
    Ok(word(&site, &paper))
}

async fn of(
    site: &Site,
    browser: &Browser,
    id: &str,
    paper: impl FnOnce(&Papers) -> Result<Paper, Failure>,
) -> Result<Paper, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let id = read_id(id, browser.words)?;
    let listed = problem_list::show(&site.app, &browser.live.caller, id).await;
    let listed = listed.map_err(problem)?;
    if listed.list.withdrawal().is_some() {
        return Err(problem(Refusal::ProblemListWithdrawn.into()));
    }
    let names = Names::of(site, &listed).await.map_err(problem)?;
    let as_they_stand = |hazard: &Hazard| {
        let supervisor = names.agency(hazard.supervisor());
        Printed::of(hazard, place(site, hazard), supervisor)
    };
    let papers = Papers {
        site,
        printed: match listed.list.sending() {
            Some(sending) => sending.printed.clone(),
            None => listed.hazards.iter().map(as_they_stand).collect(),
        },
        listed: &listed,
        names: &names,
        words: Words::new(Language::Chinese),
    };
    paper(&papers).map_err(problem)
}

async fn on_screen(
    site: &Site,
    browser: &Browser,
    id: &str,
    name: &str,
    paper: impl FnOnce(&Papers) -> Result<Paper, Failure>,
) -> Result<Response, Problem> {
    let paper = of(site, browser, id, paper).await?;
    let back = format!("{}/{id}", super::HERE);
    let here = format!("{back}/{name}");
    let now = site.app.clock.now();
    let page = PaperPage {
        frame: frame(
            site,
            browser,
            paper.name.clone(),
            Section::ProblemLists,
            &here,
            now,
        ),
        paper: html::write(&paper),
        word: format!("{here}.docx"),
        back,
    };
    Ok(render(StatusCode::OK, &page))
}

impl Papers<'_> {
    fn mark(&self) -> Mark {
        Mark {
            as_of: self.site.app.clock.now().to_minute(),
            record: Vec::new(),
            demo: self.site.demo.is_some(),
        }
    }

    fn seen(&self) -> impl Iterator<Item = (&Item, &Hazard)> {
        let items = self.listed.list.items.iter();
        items.filter_map(|item| Some((item, self.listed.hazard(item)?)))
    }

    fn printed(&self, item: &Item) -> Option<&Printed> {
        self.printed.iter().find(|one| one.hazard == item.hazard)
    }

    fn units(&self) -> BTreeSet<&str> {
        self.printed.iter().map(|one| one.unit.as_str()).collect()
    }

    fn letter(&self) -> Paper {
        let list = &self.listed.list;
        let sending = list.sending();
        let organ = self.names.agency(list.opened.agency);
        // The table of papers knows the city's own organs; whatever another is called is told by the directory and by no red head.
        let issuer = self.site.app.reference.papers.issuers.iter();
        let mut issuer = issuer.filter(|issuer| issuer.organ == organ);
        let issuer = issuer.next();
        let known = |typed: &str, kept: Option<&String>| {
            let typed = Some(typed).filter(|text| !text.is_empty()).map(str::to_owned);
            typed.or_else(|| kept.cloned()).unwrap_or_default()
        };
        let demands = sending.map_or("", |sending| sending.demands.as_str());
        let telephone = sending.map_or("", |sending| sending.telephone.as_str());
        let contact = sending.map_or("", |sending| sending.contact.as_str());
        handover::paper(&Handover {
            organ_mark: issuer.and_then(|issuer| issuer.mark()).map(str::to_owned),
            number: sending.map(|sending| sending.number.clone()).unwrap_or_default(),
            to: sending
                .map(|sending| self.names.agency(sending.to))
                .unwrap_or_default(),
            basis: basis(&list.visit.basis),
            visit: self.visit(),
            demands: demands.lines().map(str::to_owned).collect(),
            answer_by: sending
                .map(|sending| sending.reply_by.to_string())
                .unwrap_or_default(),
            contact: known(contact, issuer.map(|issuer| &issuer.contact)),
            telephone: known(telephone, issuer.map(|issuer| &issuer.telephone)),
            signature: Signature {
                organ,
                date: sending
                    .map(|sending| date(&sending.by.at.day().to_string()))
                    .unwrap_or_default(),
            },
            problems: list.items.iter().map(|item| self.problem(item)).collect(),
            mark: self.mark(),
        })
    }

    /// `2026年11月18日至2026年11月20日对汉滨区12家单位开展了四不两直检查`.
    fn visit(&self) -> String {
        let list = &self.listed.list;
        let visit = &list.visit;
        let (from, until) = (visit.from.to_string(), visit.until.to_string());
        let days = if from == until {
            date(&from)
        } else {
            format!("{}至{}", date(&from), date(&until))
        };
        let county = self.site.app.reference.name(&list.home.county);
        let what = match visit.kind {
            VisitKind::Oversight => "督查检查",
            VisitKind::Unannounced => "四不两直检查",
        };
        format!("{days}对{county}{}家单位开展了{what}", self.units().len())
    }

    fn problem(&self, item: &Item) -> Listing {
        let Some(one) = self.printed(item) else {
            return Listing {
                description: item.number.clone(),
                ..Listing::default()
            };
        };
        Listing {
            unit: one.unit.clone(),
            place: one.place.clone(),
            description: format!(
                "{}，{}：{}",
                date(&one.found_on.to_string()),
                one.location,
                one.description
            ),
            clause: one.clauses.join("；"),
            level: self.level(one),
            demand: one.demand.clone(),
            deadline: one.deadline.map(|day| day.to_string()).unwrap_or_default(),
            responsible: one.unit.clone(),
            supervisor: one.supervisor.clone(),
            photos: match one.photos {
                0 => String::new(),
                1 => format!("{}-1", item.number),
                n => format!("{}-1 至 {n}", item.number),
            },
        }
    }

    /// What was determined goes before the finder's first view.
    fn level(&self, one: &Printed) -> String {
        match (one.determination, one.initial_level) {
            (Determination::Major, _) | (Determination::NotMajor, InitialLevel::SuspectedMajor) => {
                self.words.of("determination", one.determination.as_str())
            }
            (_, level) => self.words.of("level", level.as_str()),
        }
    }

    fn recheck(&self) -> Result<Paper, Failure> {
        let list = &self.listed.list;
        if list.receipt().is_none() {
            return Err(domain::refusal::Refusal::ProblemListNotReceived.into());
        }
        let items = list.items.iter().map(|item| {
            let hazard = self.listed.hazard(item);
            let said = list.result(item.hazard).map_or("", |one| one.remark.as_str());
            item_of(item, hazard, self.listed.looked(item), said)
        });
        let units = self.units();
        let acceptances = self.seen().filter_map(|(_, hazard)| hazard.stage.acceptance());
        let acceptances: Vec<_> = acceptances.collect();
        let visits: BTreeSet<String> = acceptances
            .iter()
            .filter_map(|one| one.visited_at.map(|at| at.to_minute()))
            .collect();
        let visited: Vec<String> = match (visits.first(), visits.last()) {
            (Some(first), Some(last)) if first == last => vec![first.clone()],
            (Some(first), Some(last)) => vec![first.clone(), last.clone()],
            _ => Vec::new(),
        };
        let places: BTreeSet<&str> = acceptances
            .iter()
            .filter_map(|one| one.place.as_deref())
            .collect();
        let people: BTreeSet<PersonId> = acceptances
            .iter()
            .flat_map(|one| one.inspectors.iter().copied())
            .collect();
        let inspectors = people.into_iter().map(|id| {
            let (name, certificate_no) = self.names.person(id);
            Inspector { name, certificate_no }
        });
        Ok(recheck::paper(&Recheck {
            number: String::new(),
            order_no: list.sending().map(|one| one.number.clone()).unwrap_or_default(),
            unit: match units.first() {
                Some(only) if units.len() == 1 => (*only).to_owned(),
                _ => format!("问题清单所列 {} 家单位", units.len()),
            },
            about_unit: Vec::new(),
            visited: visited.join(" 至 "),
            place: named(&places),
            items: items.collect(),
            opinion: self.opinion(),
            inspectors: inspectors.collect(),
            unit_signs: UnitSigns::Awaited,
            signature: Signature {
                organ: list
                    .sending()
                    .map(|one| self.names.agency(one.to))
                    .unwrap_or_default(),
                date: String::new(),
            },
            mark: self.mark(),
        }))
    }

    /// How many came to what: counted, not judged.
    fn opinion(&self) -> String {
        let items = &self.listed.list.items;
        let count = |what: Looked| {
            items
                .iter()
                .filter(|item| self.listed.looked(item) == what)
                .count()
        };
        let told = Looked::ALL.iter().map(|what| (what, count(*what)));
        let told = told.filter(|(_, n)| *n > 0);
        let told = told.map(|(what, n)| format!("{} {n} 项", self.words.of("looked", what.as_str())));
        let told: Vec<String> = told.collect();
        format!("共 {} 项：{}。", items.len(), told.join("，"))
    }
}

/// As a letter begins; whoever typed the beginning themselves has it once.
fn basis(typed: &str) -> String {
    let typed = typed.trim().trim_end_matches(['，', ',', '。']);
    let begins = ["根据", "依据", "按照", "遵照", "按"];
    if typed.is_empty() || begins.iter().any(|word| typed.starts_with(word)) {
        typed.to_owned()
    } else {
        format!("根据{typed}")
    }
}

/// `一车间、二车间、库房等 7 处`.
fn named(places: &BTreeSet<&str>) -> String {
    let first: Vec<&str> = places.iter().take(PLACES).copied().collect();
    let more = if places.len() > PLACES {
        format!("等 {} 处", places.len())
    } else {
        String::new()
    };
    format!("{}{more}", first.join("、"))
}

/// One row of the opinion: what was listed, what became of it, and what was seen.
pub(crate) fn item_of(item: &Item, hazard: Option<&Hazard>, looked: Looked, remark: &str) -> recheck::Item {
    let acceptance = hazard.and_then(|hazard| hazard.stage.acceptance());
    let seen = acceptance.map(|one| one.opinion.clone()).unwrap_or_default();
    let seen: Vec<&str> = [seen.as_str(), remark]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    recheck::Item {
        problem: match hazard {
            Some(hazard) => format!(
                "{}：{}（{}）",
                hazard.subject.name, hazard.description, item.number
            ),
            None => item.number.clone(),
        },
        result: match looked {
            Looked::Done => recheck::Looked::Done,
            Looked::Partly => recheck::Looked::Partly,
            Looked::NotDone => recheck::Looked::NotDone,
            Looked::Otherwise => recheck::Looked::Open,
        },
        seen: seen.join("；"),
    }
}
