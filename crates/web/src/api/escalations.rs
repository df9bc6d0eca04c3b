//! Escalations: the list; what people do about one stands in [`acts`].

mod acts;

use std::collections::HashMap;

use app::{
    Caller, Failure,
    escalation::{self, Receipt, list},
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use domain::{
    AgencyId, EscalationId, HazardId, JurisdictionId,
    escalation::{Escalation, desk_id},
    hazard::WaitsFor,
    time::Instant,
};
use serde::{Deserialize, Serialize};
use store::escalation::EscalationFilter;
use utoipa::{IntoParams, ToSchema};

use super::{json, shape::Named};
use crate::{caller::Token, problem::Problem, site::Site, words::Language};

pub use acts::*;

#[derive(Debug, Serialize, ToSchema)]
pub struct EscalationList {
    pub items: Vec<EscalationView>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EscalationView {
    pub id: String,
    pub version: i64,
    pub hazard: String,
    /// Number of the hazard.
    pub number: String,
    pub subject: Named,
    pub county: Named,
    /// Id and name of the step in the city's ladder.
    pub step: Named,
    /// `nothing`, `reminder`, `supervision`, `leader_sheet` or `referral`.
    pub drafts: String,
    /// `told`, `drafted`, `sent` or `set_aside`.
    pub state: String,
    /// Whether the hazard still stands where the ladder saw it.
    pub applies: bool,
    pub raised_at: String,
    pub saw: SawView,
    pub explanations: Vec<ExplanationView>,
    pub letter: Option<LetterView>,
    /// The reason, where a draft was set aside.
    pub set_aside: Option<String>,
    /// What the caller may do about it now: `explain`, `send_letter`, `set_aside`.
    pub acts: Vec<String>,
}

/// What the ladder saw when it took the step.
#[derive(Debug, Serialize, ToSchema)]
pub struct SawView {
    pub stage: String,
    pub due_at: String,
    /// Whole days past due; negative before.
    pub days_over: i64,
    /// Whole days without an act on the hazard.
    pub idle_days: i64,
    pub waits_for: Option<Named>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationView {
    pub text: String,
    /// Ids of files.
    pub files: Vec<String>,
    pub agency: Named,
    pub at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    pub number: String,
    pub addressee: Named,
    pub title: String,
    pub text: String,
    /// So many explanations went with it.
    pub explanations: usize,
    pub sent_at: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EscalationReceipt {
    pub id: String,
    pub hazard: String,
    pub number: String,
    pub step: String,
    pub state: String,
    pub explanations: usize,
    pub letter: Option<String>,
    pub version: i64,
    pub event: String,
    pub at: String,
}

impl EscalationReceipt {
    fn of(receipt: Receipt) -> Self {
        Self {
            id: receipt.id,
            hazard: receipt.hazard,
            number: receipt.number,
            step: receipt.step,
            state: receipt.state,
            explanations: receipt.explanations,
            letter: receipt.letter,
            version: receipt.version,
            event: receipt.event,
            at: Instant(receipt.at).rfc3339(),
        }
    }
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EscalationQuery {
    /// Id of a step of the ladder.
    pub step: Option<String>,
    /// `told`, `drafted`, `sent` or `set_aside`.
    pub state: Option<String>,
    /// Id of a hazard.
    pub hazard: Option<String>,
    /// Id of a county or zone.
    pub county: Option<String>,
    /// `true` for those whose hazard still stands where the ladder saw it, `false` for the others.
    pub applies: Option<bool>,
    /// Where the page before ended: its `next`.
    pub cursor: Option<String>,
    /// 1 to 100; 50 if not said.
    pub limit: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/escalations", tag = "escalations", params(EscalationQuery), security(("token" = [])),
    responses((status = 200, body = EscalationList), (status = 401, body = crate::problem::Body), (status = 422, body = crate::problem::Body)))]
/// Steps of the ladder that the caller may see, the newest first.
pub async fn list(
    State(site): State<Site>,
    token: Token,
    query: Result<Query<EscalationQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let words = token.words;
    let problem = |failure| Problem::api(failure, words);
    let Query(query) = query.map_err(|error| Problem::unreadable(error.body_text(), words))?;
    let not_a_choice = |field: &'static str| problem(Failure::field(field, "not-a-choice"));
    let after = match query.cursor.as_deref() {
        Some(cursor) => Some(read_cursor(cursor).ok_or_else(|| not_a_choice("cursor"))?),
        None => None,
    };
    let hazard = query.hazard.as_deref().map(HazardId::parse);
    if hazard == Some(None) {
        return Err(not_a_choice("hazard"));
    }
    let states = ["told", "drafted", "sent", "set_aside"];
    if query
        .state
        .as_deref()
        .is_some_and(|state| !states.contains(&state))
    {
        return Err(not_a_choice("state"));
    }
    let filter = EscalationFilter {
        step: query.step,
        state: query.state,
        hazard: hazard.flatten(),
        county: query.county.map(JurisdictionId),
        applies: query.applies,
        ..EscalationFilter::default()
    };
    let caller = &token.live.caller;
    let limit = query.limit.unwrap_or(50);
    let page = list::list(&site.app, caller, &filter, after, limit)
        .await
        .map_err(problem)?;
    let names = names(&site, page.items.iter().map(|one| &one.escalation))
        .await
        .map_err(problem)?;
    let english = words.language() == Language::English;
    let items = page
        .items
        .iter()
        .map(|one| view(&site, caller, one, &names, english))
        .collect();
    let next = page.next.map(|(at, id)| format!("{at}~{id}"));
    Ok(json(StatusCode::OK, &EscalationList { items, next }))
}

pub(crate) fn read_cursor(cursor: &str) -> Option<(i64, String)> {
    let (at, id) = cursor.split_once('~')?;
    EscalationId::parse(id)?;
    Some((at.parse().ok()?, id.to_owned()))
}

/// Names of the agencies that escalations speak of, in one question.
pub(crate) async fn names<'a>(
    site: &Site,
    escalations: impl Iterator<Item = &'a Escalation>,
) -> Result<HashMap<AgencyId, String>, Failure> {
    let mut ids: Vec<AgencyId> = Vec::new();
    for one in escalations {
        let agency = |desk: WaitsFor| match desk {
            WaitsFor::Agency(agency) => Some(agency),
            WaitsFor::Unit(_) => None,
        };
        ids.extend(one.saw.waits_for.and_then(agency));
        ids.extend(one.reached().into_iter().filter_map(agency));
        ids.extend(one.explanations.iter().map(|told| told.by.agency));
        if let Some(letter) = one.standing.letter() {
            ids.extend(AgencyId::parse(&letter.addressee));
            ids.push(letter.by.agency);
        }
    }
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for batch in ids.chunks(200) {
        names.extend(site.app.store.directory().agency_names(batch).await?);
    }
    Ok(names)
}

/// The name of a desk: an agency's, or the unit's own.
pub(crate) fn desk_name(
    escalation: &Escalation,
    desk: WaitsFor,
    names: &HashMap<AgencyId, String>,
) -> String {
    match desk {
        WaitsFor::Agency(id) => names.get(&id).cloned().unwrap_or_default(),
        WaitsFor::Unit(_) => escalation.subject_name.clone(),
    }
}

/// Whom a letter went to.
pub(crate) fn addressee(escalation: &Escalation, id: &str, names: &HashMap<AgencyId, String>) -> String {
    if id == escalation.subject.to_string() {
        return escalation.subject_name.clone();
    }
    let agency = AgencyId::parse(id);
    agency.and_then(|id| names.get(&id).cloned()).unwrap_or_default()
}

/// A step as the city's ladder names it; one that it no longer has goes by its id.
pub(crate) fn step_name(site: &Site, id: &str, english: bool) -> String {
    let step = site.app.reference.escalation.step(id);
    step.map_or_else(
        || id.to_owned(),
        |step| if english { &step.name_en } else { &step.name_zh }.clone(),
    )
}

fn view(
    site: &Site,
    caller: &Caller,
    seen: &list::Seen,
    names: &HashMap<AgencyId, String>,
    english: bool,
) -> EscalationView {
    use domain::escalation::Standing;
    let one = &seen.escalation;
    let agency = |id: AgencyId| Named {
        id: id.to_string(),
        name: names.get(&id).cloned().unwrap_or_default(),
    };
    EscalationView {
        id: one.id.to_string(),
        version: one.seen.version,
        hazard: one.hazard.to_string(),
        number: one.number.clone(),
        subject: Named {
            id: one.subject.to_string(),
            name: one.subject_name.clone(),
        },
        county: Named {
            id: one.home.county.to_string(),
            name: site.app.reference.name(&one.home.county),
        },
        step: Named {
            id: one.step.clone(),
            name: step_name(site, &one.step, english),
        },
        drafts: one.drafts.to_string(),
        state: one.standing.code().to_owned(),
        applies: seen.applies(),
        raised_at: one.raised_at.rfc3339(),
        saw: SawView {
            stage: one.saw.stage.to_string(),
            due_at: one.saw.due_at.rfc3339(),
            days_over: one.saw.days_over,
            idle_days: one.saw.idle_days,
            waits_for: one.saw.waits_for.map(|desk| Named {
                id: desk_id(desk),
                name: desk_name(one, desk, names),
            }),
        },
        explanations: one
            .explanations
            .iter()
            .map(|told| ExplanationView {
                text: told.text.clone(),
                files: told.files.iter().map(ToString::to_string).collect(),
                agency: agency(told.by.agency),
                at: told.by.at.rfc3339(),
            })
            .collect(),
        letter: one.standing.letter().map(|letter| LetterView {
            number: letter.number.clone(),
            addressee: Named {
                id: letter.addressee.clone(),
                name: addressee(one, &letter.addressee, names),
            },
            title: letter.title.clone(),
            text: letter.text.clone(),
            explanations: letter.explanations.len(),
            sent_at: letter.by.at.rfc3339(),
        }),
        set_aside: match &one.standing {
            Standing::SetAside { reason, .. } => Some(reason.clone()),
            _ => None,
        },
        acts: escalation::acts(caller, one, seen.applies())
            .into_iter()
            .map(|act| act.to_string())
            .collect(),
    }
}
