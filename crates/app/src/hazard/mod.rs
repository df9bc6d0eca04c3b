//! Use cases around the hazard: one file each, and the one loop that all acts on a hazard go through.

pub mod accept_rectification;
pub mod assign;
pub mod confirm;
pub mod confirm_proxy;
pub mod correct;
pub mod determine;
pub mod dismiss;
mod enter;
pub mod extend;
pub mod instruct;
pub mod interim_measure;
pub mod list;
pub mod listing;
pub mod merge;
pub mod name_owner;
pub mod open_linked;
pub mod pause;
pub mod plan;
pub mod put_in_place;
pub mod rectify;
pub mod report;
pub mod revisit;
pub mod show;
pub mod sign_off;
pub mod similar;
pub mod suspend;
pub mod tell;
pub mod together;
pub mod transfer;
pub mod void;

use domain::{
    FileId, HazardId,
    actor::Actor,
    authority::Act,
    change::Change,
    evidence::EvidenceFile,
    field::Checks,
    hazard::{Hazard, Moment, WaitsFor, rectify::MOST_FILES},
    refusal::Refusal,
    route::RouteTable,
};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::{App, Caller, Failure, Outcome};

/// What an act answers: where the hazard stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub id: String,
    pub number: String,
    pub stage: String,
    pub version: i64,
    pub initial_level: String,
    pub determination: String,
    /// Milliseconds UTC.
    pub due_at: Option<i64>,
    pub waits_for: Option<String>,
    pub event: String,
    pub at: i64,
}

impl Receipt {
    pub(crate) fn of(hazard: &Hazard, event: &domain::change::Event) -> Self {
        Self {
            id: hazard.id.to_string(),
            number: hazard.number.clone(),
            stage: hazard.stage.name().to_string(),
            version: event.target.seen.next(),
            initial_level: hazard.initial_level.to_string(),
            determination: hazard.determination().to_string(),
            due_at: hazard.due.as_ref().map(|due| due.at.0),
            waits_for: hazard.waits_for().map(|who| match who {
                WaitsFor::Agency(agency) => agency.to_string(),
                WaitsFor::Unit(subject) => subject.to_string(),
            }),
            event: event.id.to_string(),
            at: event.at.0,
        }
    }
}

/// How often an act is decided anew when others were faster.
pub(crate) const TRIES: usize = 5;

/// Read, check the right, gather what else it rests on, decide, record; from the start again when others were faster.
///
/// The order of answers: a repeated request, not found, not allowed, stale, wrong stage, fields. So nothing is gathered before the
/// stage is known to fit.
async fn act_on<Rest, Gathering>(
    app: &App,
    who: &Caller,
    id: HazardId,
    act: Act,
    gather: impl Fn() -> Gathering,
    decide: impl Fn(Hazard, Rest, Moment) -> Result<Change, Refusal>,
) -> Outcome<Receipt>
where
    Gathering: Future<Output = Outcome<Rest>>,
{
    let right = |actor: &Actor, hazard: &Hazard| actor.may(act, hazard);
    act_with_right(app, who, id, act, right, gather, decide).await
}

/// Where the right to the act follows from something else than the hazard.
async fn act_with_right<Rest, Gathering>(
    app: &App,
    who: &Caller,
    id: HazardId,
    act: Act,
    right: impl Fn(&Actor, &Hazard) -> Result<(), Refusal>,
    gather: impl Fn() -> Gathering,
    decide: impl Fn(Hazard, Rest, Moment) -> Result<Change, Refusal>,
) -> Outcome<Receipt>
where
    Gathering: Future<Output = Outcome<Rest>>,
{
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = decide_and_record(app, who, id, act, right, gather, decide).await;
    who.unless_repeated(app, outcome).await
}

async fn decide_and_record<Rest, Gathering>(
    app: &App,
    who: &Caller,
    id: HazardId,
    act: Act,
    right: impl Fn(&Actor, &Hazard) -> Result<(), Refusal>,
    gather: impl Fn() -> Gathering,
    decide: impl Fn(Hazard, Rest, Moment) -> Result<Change, Refusal>,
) -> Outcome<Receipt>
where
    Gathering: Future<Output = Outcome<Rest>>,
{
    for _ in 0..TRIES {
        let (hazard, actor) = show::standing_by(app, who, id, act, &right).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &actor,
            event: app.ids.event(now),
            now,
        };
        let rest = gather().await?;
        let change = decide(hazard, rest, moment)?;
        if let Some(receipt) = record(app, who, &change).await? {
            return Ok(receipt);
        }
    }
    Err(Failure::Conflict)
}

/// The city's routes that are in force today.
async fn routes(app: &App) -> Outcome<RouteTable> {
    let today = app.clock.now().day();
    let routes = app.store.routes_on(app.city(), today).await?;
    routes.ok_or_else(|| Failure::Broken("the city has no table of routes".into()))
}

/// For acts that rest on the hazard alone.
async fn nothing_else() -> Outcome<()> {
    Ok(())
}

/// Records a change of a hazard and gives its receipt; `None` when something it rested on has changed meanwhile.
async fn record(app: &App, who: &Caller, change: &Change) -> Outcome<Option<Receipt>> {
    let hazard = change
        .hazard()
        .ok_or_else(|| Failure::Broken("the change is about no hazard".into()))?;
    let receipt = Receipt::of(hazard, change.event());
    match app.record_with(change, who.answers(app, &receipt)?).await {
        Ok(()) => Ok(Some(receipt)),
        Err(StoreError::Conflict) => Ok(None),
        // The same id, of a hazard or of a subject entered with it, twice at the same time: whoever comes second decides anew, and
        // finds it taken.
        Err(StoreError::Taken { table }) if table == "hazard" || table == "subject" => Ok(None),
        // The same request, twice at the same time: the other one was recorded, and its answer is ours.
        Err(StoreError::Taken { table }) if table == "answer" => who.repeated(app).await,
        Err(error) => Err(error.into()),
    }
}

/// Files by id, every one of them. More than the rules allow are not even looked up.
pub(crate) async fn files(app: &App, field: &'static str, ids: &[FileId]) -> Outcome<Vec<EvidenceFile>> {
    let mut checks = Checks::default();
    if ids.len() > MOST_FILES {
        checks.fail_at(field, "too-many", MOST_FILES);
    }
    checks.done()?;
    let mut found = Vec::with_capacity(ids.len());
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        if !seen.insert(*id) {
            return Err(Failure::field(field, "twice-the-same"));
        }
        let file = app.store.files().find(*id).await?;
        found.push(file.ok_or_else(|| Failure::field(field, "not-attachable"))?);
    }
    Ok(found)
}
