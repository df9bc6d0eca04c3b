//! Use cases around escalations: the sweep that raises them, and the acts of people on them.

pub mod draft;
pub mod explain;
pub mod list;
pub mod send_letter;
pub mod set_aside;
pub mod sweep;

use domain::{
    EscalationId,
    authority::Act,
    change::{Change, Row},
    escalation::{Escalation, Standing},
    hazard::WaitsFor,
};
use serde::{Deserialize, Serialize};
use store::StoreError;

use crate::{App, Caller, Failure, Outcome};

/// What an act answers: where the escalation stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub id: String,
    pub hazard: String,
    /// Number of the hazard.
    pub number: String,
    pub step: String,
    pub state: String,
    pub explanations: usize,
    /// Number of the letter, once one is sent.
    pub letter: Option<String>,
    pub version: i64,
    pub event: String,
    pub at: i64,
}

impl Receipt {
    fn of(change: &Change) -> Outcome<Self> {
        let raised = change.rows().iter().find_map(|row| match row {
            Row::Escalation(escalation) => Some(&**escalation),
            _ => None,
        });
        let one = raised.ok_or_else(|| Failure::Broken("the change is about no escalation".into()))?;
        let event = change.event();
        Ok(Self {
            id: one.id.to_string(),
            hazard: one.hazard.to_string(),
            number: one.number.clone(),
            step: one.step.clone(),
            state: one.standing.code().to_owned(),
            explanations: one.explanations.len(),
            letter: one.standing.letter().map(|letter| letter.number.clone()),
            version: event.target.seen.next(),
            event: event.id.to_string(),
            at: event.at.0,
        })
    }
}

pub async fn find(app: &App, who: &Caller, id: EscalationId) -> Outcome<Escalation> {
    let escalations = app.store.escalations(&who.scope, who.actor.sees_referrals());
    escalations.find(id).await?.ok_or(Failure::NotFound)
}

/// The escalation, when this person may do this to it as it stands: found, allowed, at the version that was named, not yet decided.
pub async fn standing(app: &App, who: &Caller, id: EscalationId, act: Act) -> Outcome<Escalation> {
    let escalation = find(app, who, id).await?;
    may(who, act, &escalation)?;
    who.expects_version(escalation.seen.version)?;
    if act != Act::Explain {
        escalation.expects_decision()?;
    }
    Ok(escalation)
}

/// May this person do this to it, whatever has become of it? The question that buttons are decided by.
pub fn may(who: &Caller, act: Act, escalation: &Escalation) -> Outcome<()> {
    let about = escalation.about();
    match act {
        Act::Explain => who.actor.may_about(act, &about)?,
        _ => who.actor.may_decide(act, escalation.drafts, &about)?,
    }
    Ok(())
}

/// The acts that are open to this person on it now.
pub fn acts(who: &Caller, escalation: &Escalation, applies: bool) -> Vec<Act> {
    let open = match (&escalation.standing, applies) {
        (Standing::Drafted, true) => vec![Act::Explain, Act::SendLetter, Act::SetAside],
        (Standing::Told | Standing::Sent { .. }, true) => vec![Act::Explain],
        _ => Vec::new(),
    };
    let own = WaitsFor::Agency(who.actor.agency);
    let to_another = escalation.drafts.is_the_citys() || escalation.reached().iter().any(|desk| *desk != own);
    let room = escalation.explanations.len() < domain::escalation::MOST_EXPLANATIONS;
    open.into_iter()
        .filter(|act| *act != Act::Explain || room)
        .filter(|act| *act != Act::SendLetter || to_another)
        .filter(|act| may(who, *act, escalation).is_ok())
        .collect()
}

/// How often an act is decided anew when others were faster.
const TRIES: usize = 5;

/// Decides and records; from the start again when others were faster. A repeated request gets its first answer.
async fn recorded<Deciding>(app: &App, who: &Caller, decide: impl Fn() -> Deciding) -> Outcome<Receipt>
where
    Deciding: Future<Output = Outcome<Change>>,
{
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = decided(app, who, decide).await;
    who.unless_repeated(app, outcome).await
}

async fn decided<Deciding>(app: &App, who: &Caller, decide: impl Fn() -> Deciding) -> Outcome<Receipt>
where
    Deciding: Future<Output = Outcome<Change>>,
{
    for _ in 0..TRIES {
        let change = decide().await?;
        let receipt = Receipt::of(&change)?;
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            // The same request, twice at the same time: the other one was recorded, and its answer is ours.
            Err(StoreError::Taken { table }) if table == "answer" => {
                return who.repeated(app).await?.ok_or(Failure::Conflict);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
