//! One list: the visit and its letter, the items with how each stands, and the steps that are open to the viewer.

use std::collections::HashMap;

use app::{
    Caller, Failure,
    problem_list::{self, Listed},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    AgencyId, HazardId, PersonId, ProblemListId,
    actor::Signature,
    authority::Act,
    hazard::StageName,
    problem_list::{Item, Looked, MOST_ITEMS, StateName},
};
use serde::Deserialize;

use super::{
    super::{frame, notice, render, signed_for},
    days,
    steps::{self, Back},
};
use crate::{
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        problem_list::{Aside, ListFact, ListPaper, ProblemListPage, ProblemRow, ResultCount, SignOffLink},
    },
    words::Words,
};

#[derive(Debug, Default, Deserialize)]
pub struct Arriving {
    done: Option<String>,
    key: Option<String>,
    /// A hazard that was reported from here and does not belong on this list.
    aside: Option<String>,
    /// The code of why not.
    #[serde(default)]
    why: String,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    Query(arriving): Query<Arriving>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words);
    let id = read_id(&id, browser.words)?;
    let mut page = fill(&site, &browser, id, Shown::default())
        .await
        .map_err(problem)?;
    page.frame.notice = notice(
        browser.words,
        arriving.done.as_deref(),
        arriving.key.as_deref(),
        None,
    );
    let aside = arriving.aside.as_deref().and_then(HazardId::parse);
    page.aside = aside.map(|id| Aside {
        href: format!("/hazards/{id}"),
        why: told_why(&arriving.why, browser.words),
    });
    Ok(render(StatusCode::OK, &page))
}

/// The code under which the address of the list tells why something was not put on it.
pub(super) fn why_aside(failure: Failure, words: Words) -> String {
    let body = Problem::page(failure, words).body;
    body.errors.first().map_or(body.code, |error| error.code.clone())
}

/// Its sentence; an address may say anything, and what is no code says nothing.
fn told_why(code: &str, words: Words) -> String {
    let refusal = format!("refusal.{code}");
    let field = format!("field_error.{code}");
    if words.has(&refusal) {
        words.get(&refusal).to_owned()
    } else if words.has(&field) {
        let most = MOST_ITEMS.to_string();
        words.fill(&field, &[("label", words.get("field.items")), ("limit", &most)])
    } else {
        String::new()
    }
}

/// Whoever reloads the address of a step is led to the list.
pub async fn to_list(Path(id): Path<String>) -> Response {
    match ProblemListId::parse(&id) {
        Some(id) => Redirect::to(&format!("{}/{id}", super::HERE)).into_response(),
        None => Redirect::to(super::HERE).into_response(),
    }
}

pub(super) fn read_id(id: &str, words: Words) -> Result<ProblemListId, Problem> {
    ProblemListId::parse(id).ok_or_else(|| Problem::page(Failure::NotFound, words))
}

/// What was just asked for: a step that came back, or why items were not acted on.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub step: &'a str,
    pub back: Back<'a>,
    pub refused: HashMap<HazardId, String>,
}

pub(super) async fn fill(
    site: &Site,
    browser: &Browser,
    id: ProblemListId,
    shown: Shown<'_>,
) -> Result<ProblemListPage, Failure> {
    let words = browser.words;
    let caller = &browser.live.caller;
    let listed = problem_list::show(&site.app, caller, id).await?;
    let names = Names::of(site, &listed).await?;
    let list = &listed.list;
    let now = site.app.clock.now();
    let here = format!("{}/{id}", super::HERE);
    let title = title(site, &listed, words);
    let mut steps = steps::steps(site, caller, &listed, words).await?;
    for step in steps.iter_mut().filter(|step| step.name == shown.step) {
        steps::put_back(step, shown.back);
    }
    if shown.back.is_some() && !steps.iter().any(|step| step.name == shown.step) {
        // The step is gone: what was wrong with it is told above all others.
        if let (Some(first), Some((_, told))) = (steps.first_mut(), shown.back) {
            first.errors.clone_from(&told.errors);
        }
    }
    let may_list = may_list(caller, &listed);
    let rows = list.items.iter().enumerate().map(|(at, item)| {
        let mut row = row(caller, &listed, at, item, words);
        row.problem = shown.refused.get(&item.hazard).cloned().or(row.problem);
        row.take_off = may_list.then(|| site.app.ids.uuid(now).to_string());
        row
    });
    let counts = Looked::ALL.iter().map(|result| ResultCount {
        result: result.to_string(),
        n: list
            .items
            .iter()
            .filter(|item| listed.looked(item) == *result)
            .count(),
    });
    let sign_offs = listed.sign_offs.iter().map(|one| SignOffLink {
        href: format!("/sign-off-lists/{}", one.id),
        opened: one.opened.at.to_minute(),
        items: one.items.len(),
        state: store::sign_off_list::word(&one.state).to_owned(),
    });
    Ok(ProblemListPage {
        title: title.clone(),
        state: list.state_name().to_string(),
        late: list.is_late(now),
        facts: facts(&listed, &names, words),
        rows: rows.collect(),
        counts: counts.filter(|count| count.n > 0).collect(),
        steps,
        report: may_list.then(|| format!("{here}/report")),
        papers: papers(&listed, &here),
        sign_offs: sign_offs.collect(),
        refused: shown.refused.len(),
        aside: None,
        frame: frame(site, browser, title, Section::ProblemLists, &here, now),
    })
}

pub(super) fn may_list(caller: &Caller, listed: &Listed) -> bool {
    let list = &listed.list;
    let act = Act::ListProblems;
    caller.actor.may_about(act, &list.about()).is_ok() && list.expects(act).is_ok()
}

/// Of a list that was withdrawn nothing is printed any more: no letter was sent.
fn papers(listed: &Listed, here: &str) -> Vec<ListPaper> {
    if listed.list.withdrawal().is_some() {
        return Vec::new();
    }
    let paper = |name: &str, word| ListPaper {
        href: format!("{here}/{name}"),
        name: word,
    };
    let mut papers = vec![
        paper("letter", "paper.problem_letter"),
        paper("letter.docx", "paper.problem_letter_docx"),
    ];
    if listed.list.receipt().is_some() {
        papers.push(paper("recheck-opinion", "paper.recheck_opinion"));
    }
    papers
}

pub(super) fn title(site: &Site, listed: &Listed, words: Words) -> String {
    let county = site.app.reference.name(&listed.list.home.county);
    let days = days(&listed.list, words);
    words.fill("problems.list_title", &[("county", &county), ("days", &days)])
}

/// Whoever is named on the page or its papers.
pub(super) struct Names {
    persons: HashMap<PersonId, (String, String)>,
    agencies: HashMap<AgencyId, String>,
}

impl Names {
    pub(super) async fn of(site: &Site, listed: &Listed) -> Result<Self, Failure> {
        let list = &listed.list;
        let signed = [
            Some(&list.opened),
            list.sending().map(|sending| &sending.by),
            list.receipt(),
            list.answer().map(|answer| &answer.by),
            list.withdrawal().map(|one| &one.by),
        ];
        let signed: Vec<&Signature> = signed.into_iter().flatten().collect();
        let accepted = listed
            .hazards
            .iter()
            .filter_map(|hazard| hazard.stage.acceptance());
        let inspectors = accepted.flat_map(|one| one.inspectors.iter().copied());
        let mut persons: Vec<PersonId> = signed
            .iter()
            .flat_map(|by| by.persons())
            .chain(inspectors)
            .collect();
        let mut agencies: Vec<AgencyId> = signed.iter().map(|by| by.agency).collect();
        agencies.extend(list.sending().map(|sending| sending.to));
        agencies.extend(listed.hazards.iter().map(|hazard| hazard.supervisor()));
        agencies.sort_unstable();
        agencies.dedup();
        persons.sort_unstable();
        persons.dedup();
        let directory = site.app.store.directory();
        let mut named = HashMap::new();
        for batch in persons.chunks(200) {
            let found = directory.persons(batch).await?.into_iter();
            named.extend(found.map(|person| (person.id, (person.name, person.certificate_no))));
        }
        Ok(Self {
            persons: named,
            agencies: directory.agency_names(&agencies).await?,
        })
    }

    pub(super) fn agency(&self, id: AgencyId) -> String {
        self.agencies.get(&id).cloned().unwrap_or_default()
    }

    /// Name and number of the certificate.
    pub(super) fn person(&self, id: PersonId) -> (String, String) {
        self.persons.get(&id).cloned().unwrap_or_default()
    }

    fn who(&self, by: &Signature, words: Words) -> String {
        let (person, _) = self.person(by.person);
        let person = match by.principal {
            Some(giver) => signed_for(&person, &self.person(giver).0, words),
            None => person,
        };
        format!("{} {person} {}", self.agency(by.agency), by.at.to_minute())
    }
}

fn facts(listed: &Listed, names: &Names, words: Words) -> Vec<ListFact> {
    let list = &listed.list;
    let visit = &list.visit;
    let kind = words.of("visit_kind", visit.kind.as_str());
    let team = visit.team.join(words.get("list.comma"));
    let mut facts = vec![
        ("field.visit_kind", kind),
        ("problems.days", days(list, words)),
        ("field.team", team),
        ("field.basis", visit.basis.clone()),
        ("problems.opened_by", names.who(&list.opened, words)),
    ];
    if let Some(sending) = list.sending() {
        facts.extend([
            ("field.letter_no", sending.number.clone()),
            ("field.addressee", names.agency(sending.to)),
            ("field.reply_by", sending.reply_by.to_string()),
            ("problems.sent", names.who(&sending.by, words)),
        ]);
    }
    facts.extend(
        list.receipt()
            .map(|by| ("problems.received", names.who(by, words))),
    );
    if let Some(answer) = list.answer() {
        let late = if list.is_late(answer.by.at) {
            words.get("problems.late_mark")
        } else {
            ""
        };
        facts.push((
            "problems.answered",
            format!("{}{late}", names.who(&answer.by, words)),
        ));
        if !answer.note.is_empty() {
            facts.push(("field.answer_note", answer.note.clone()));
        }
    }
    if let Some(withdrawal) = list.withdrawal() {
        facts.extend([
            ("problems.withdrawn", names.who(&withdrawal.by, words)),
            ("problems.withdrawn_because", withdrawal.reason.clone()),
        ]);
    }
    let fact = |(label, value)| ListFact {
        label: words.get(label).to_owned(),
        value,
    };
    facts.into_iter().map(fact).collect()
}

fn row(caller: &Caller, listed: &Listed, at: usize, item: &Item, words: Words) -> ProblemRow {
    let list = &listed.list;
    let answered = list.result(item.hazard);
    let mut row = ProblemRow {
        n: at + 1,
        id: item.hazard.to_string(),
        number: item.number.clone(),
        result: listed.looked(item).to_string(),
        answered: answered.map(|one| one.result.to_string()).unwrap_or_default(),
        remark: answered.map(|one| one.remark.clone()).unwrap_or_default(),
        ..ProblemRow::default()
    };
    if !matches!(list.state_name(), StateName::Open | StateName::Withdrawn) {
        row.hand_over = listed.hand_over(item).to_string();
    }
    let Some(hazard) = listed.hazard(item) else {
        return row;
    };
    row.href = format!("/hazards/{}", hazard.id);
    row.unit.clone_from(&hazard.subject.name);
    row.description.clone_from(&hazard.description);
    row.level = hazard.initial_level.to_string();
    row.stage = hazard.stage.name().to_string();
    row.deadline = hazard.deadline().map(|day| day.to_string()).unwrap_or_default();
    let judges = caller.actor.may_about(Act::Accept, &list.about()).is_ok();
    if judges && list.receipt().is_some() && hazard.stage.name() == StageName::Submitted {
        let refused = caller.actor.may(Act::Accept, hazard).err();
        row.problem = refused.map(|refusal| Problem::page(refusal.into(), words).body.detail);
    }
    row
}
