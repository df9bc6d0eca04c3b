//! One hazard: path, deadline and why, facts, plan, photos, timeline, and the acts that this person may do now.

pub mod card;
mod course;
mod course_forms;
pub(crate) mod escalations;
mod facts;
pub mod forms;
pub mod papers;
mod path;
mod responsible;
mod timeline;
pub(crate) mod why;

use app::{
    Caller, Failure,
    hazard::show::{self, Dossier},
};
use axum::{
    extract::{OriginalUri, Path, Query, State},
    http::StatusCode,
    response::Response,
};
use domain::{
    HazardId, actor::Signature, authority::Act, evidence::EvidenceFile, hazard::WaitsFor, refusal::Refusal,
    time::Instant,
};
use serde::Deserialize;

use super::{form::Form, frame, marks, notice, render, told::Told};
use crate::{
    api::acts::resource,
    caller::Browser,
    problem::Problem,
    site::Site,
    views::{
        frame::Section,
        hazard::{HazardPage, Idle, InterimMeasure, RecordLine, RecordState},
        marks::Who,
    },
    words::{Language, Words},
};

#[derive(Debug, Default, Deserialize)]
pub struct Arriving {
    /// The act that led here.
    done: Option<String>,
    key: Option<String>,
    /// The day that is asked about in [`responsible`].
    on: Option<String>,
}

/// A form that came back: which act, what was typed, which files it holds, what is wrong with it.
pub struct CameBack<'a> {
    pub act: Act,
    pub form: &'a Form,
    pub kept: Vec<EvidenceFile>,
    pub told: &'a Told,
}

/// What the parts of the page are made from.
pub(crate) struct Showing<'a> {
    pub site: &'a Site,
    pub dossier: &'a Dossier,
    pub words: Words,
    pub now: Instant,
}

pub async fn page(
    State(site): State<Site>,
    browser: Browser,
    Path(id): Path<String>,
    OriginalUri(uri): OriginalUri,
    Query(arriving): Query<Arriving>,
) -> Result<Response, Problem> {
    let problem = |failure| Problem::page(failure, browser.words).coming_from(uri.path());
    let id = HazardId::parse(&id).ok_or_else(|| problem(Failure::NotFound))?;
    let on = arriving.on.as_deref();
    let mut page = filled(&site, &browser, id, None, on).await.map_err(problem)?;
    let next = page
        .path
        .iter()
        .find(|step| step.state == crate::views::hazard::StepState::Now);
    let next = next.and_then(|step| step.who.clone());
    let next = next.map(|whom| browser.words.fill("delivered.next", &[("whom", &whom)]));
    page.frame.notice = notice(
        browser.words,
        arriving.done.as_deref(),
        arriving.key.as_deref(),
        next,
    );
    let status = match page.responsible.error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok(render(status, &page))
}

/// The page as it stands now, with one form open where it came back.
pub async fn fill(
    site: &Site,
    browser: &Browser,
    id: HazardId,
    came_back: Option<CameBack<'_>>,
) -> Result<HazardPage, Failure> {
    filled(site, browser, id, came_back, None).await
}

async fn filled(
    site: &Site,
    browser: &Browser,
    id: HazardId,
    came_back: Option<CameBack<'_>>,
    on: Option<&str>,
) -> Result<HazardPage, Failure> {
    let words = browser.words;
    let dossier = show::dossier(&site.app, &browser.live.caller, id).await?;
    let now = site.app.clock.now();
    let showing = Showing {
        site,
        dossier: &dossier,
        words,
        now,
    };
    let hazard = &dossier.hazard;
    let mut acts: Vec<_> = dossier
        .acts
        .iter()
        .filter_map(|act| forms::form(&showing, *act))
        .collect();
    let mut stranded = None;
    if let Some(back) = &came_back {
        let open = acts
            .iter_mut()
            .find(|form| Some(form.act.as_str()) == resource(back.act));
        match open {
            Some(form) => forms::put_back(form, back),
            // The act is no longer open: nothing can be sent any more, but what was typed is still there to be copied.
            None => {
                stranded = forms::form(&showing, back.act).map(|mut form| {
                    forms::put_back(&mut form, back);
                    form.buttons.clear();
                    form
                });
            }
        }
    }
    let title = hazard.number.clone();
    let (escalations, escalation_acts) = escalations::block(&showing, &browser.live.caller).await?;
    Ok(HazardPage {
        stuck: marks::stuck(hazard, site.app.reference.escalation.stuck_after_days, words, now),
        escalations,
        escalation_acts,
        frame: frame(
            site,
            browser,
            title,
            Section::Hazards,
            &format!("/hazards/{id}"),
            now,
        ),
        id: id.to_string(),
        number: hazard.number.clone(),
        description: hazard.description.clone(),
        stage: hazard.stage.name().to_string(),
        severity: marks::severity(hazard),
        path: path::steps(&showing),
        due: marks::due(hazard, words, now),
        why: hazard.due.as_ref().map(|due| why::this_date(due, words)),
        returns: u32::try_from(hazard.returns.len()).unwrap_or(u32::MAX),
        last_return: hazard.returns.last().map(|back| back.reason.clone()),
        facts: facts::facts(&showing),
        clauses: hazard
            .stage
            .confirmation()
            .map(|confirmation| confirmation.clauses.clone())
            .unwrap_or_default(),
        before: facts::before(&showing),
        after: facts::after(&showing),
        plan: facts::plan(&showing),
        measures: measures(&showing),
        responsible: responsible::on(&showing, on),
        timeline: timeline::events(&showing),
        idle: (acts.is_empty() || others_hands(&showing).is_some())
            .then(|| idle(&showing, &browser.live.caller)),
        acts,
        stranded,
        record: record(&showing),
        print: format!("/hazards/{id}/card"),
        papers: papers::links(hazard),
    })
}

impl Showing<'_> {
    pub fn who(&self, by: &Signature) -> Who {
        let names = &self.dossier.names;
        if by.is_withheld() {
            return Who {
                person: self.words.get("who.withheld").to_owned(),
                post: String::new(),
            };
        }
        let (title, agency) = names.posts.get(&by.post).cloned().unwrap_or_default();
        let person = names.person(by.person);
        let giver = by.principal.filter(|_| self.is_delegated(by));
        Who {
            person: match giver {
                Some(giver) => super::signed_for(&person, &names.person(giver), self.words),
                None => person,
            },
            post: format!("{agency} {title}").trim().to_owned(),
        }
    }

    /// Done under a delegation: neither recorded for a small unit nor for a leader who wrote on paper.
    pub fn is_delegated(&self, by: &Signature) -> bool {
        let course = &self.dossier.hazard.course;
        by.principal.is_some()
            && !timeline::is_by_proxy(self, by)
            && !course.instructions.iter().any(|one| one.by == *by)
    }

    pub fn waits_for(&self) -> Option<String> {
        self.dossier.hazard.waits_for().map(|who| match who {
            WaitsFor::Agency(id) => self.dossier.names.agency(id),
            WaitsFor::Unit(_) => self.dossier.hazard.subject.name.clone(),
        })
    }

    /// The city's name for an interim measure.
    pub fn measure(&self, kind: &str) -> String {
        let english = self.words.language() == Language::English;
        let known = self.site.app.reference.measures.iter().find(|one| one.id == kind);
        if let Some(known) = known {
            return if english {
                known.name_en.clone()
            } else {
                known.name_zh.clone()
            };
        }
        // Of an earlier list of measures, kept as it was said.
        kind.to_owned()
    }
}

fn measures(showing: &Showing) -> Vec<InterimMeasure> {
    let in_force = showing.dossier.hazard.stage.name().is_open();
    let taken = showing.dossier.hazard.interim_measures.iter();
    taken
        .map(|measure| InterimMeasure {
            kind: showing.measure(&measure.kind),
            text: measure.text.clone(),
            ordered: marks::short(measure.by.at, showing.now),
            by: showing.who(&measure.by),
            in_force,
        })
        .collect()
}

/// Why there is nothing to press, and who can.
fn idle(showing: &Showing, who: &Caller) -> Idle {
    let words = showing.words;
    let hazard = &showing.dossier.hazard;
    if !hazard.stage.name().is_open() {
        return Idle {
            why: words.get("idle.ended").to_owned(),
            rule: None,
            who_can: None,
        };
    }
    let why = match others_hands(showing) {
        Some((act, refusal)) => format!(
            "{} {}",
            words.of("act", act.as_str()),
            words.of("refusal", refusal.code())
        ),
        None if who.actor.only_reads() => words.get("idle.read_only").to_owned(),
        None => words.get("idle.waits").to_owned(),
    };
    Idle {
        why,
        rule: None,
        who_can: showing.waits_for(),
    }
}

/// The step that carries it on, where this reader's post may do it and only their own hands in the case stand in the way.
fn others_hands<'a>(showing: &'a Showing) -> Option<(Act, &'a Refusal)> {
    let mut refused = showing.dossier.refused.iter();
    refused
        .find(|(act, refusal)| act.is_a_step() && refusal.code() == "same-hands")
        .map(|(act, refusal)| (*act, refusal))
}

pub(super) fn record(showing: &Showing) -> RecordLine {
    let dossier = showing.dossier;
    RecordLine {
        events: dossier.events.len() as u64,
        sealed_to: dossier.sealed_as(),
        state: if dossier.chain_is_sound() {
            if dossier.sealed_as().is_some() {
                RecordState::Sound
            } else {
                RecordState::Waiting
            }
        } else {
            RecordState::Broken
        },
        checkpoint: None,
    }
}
