//! The ladder is climbed: each step is raised for the hazards at which it has fallen and for which it has not been raised yet.
//!
//! Takes no input and may run twice, in several processes: the id follows from hazard, due date and step, and what is there already
//! is not found again. So after any standstill it goes on where it was. It writes escalations and nothing else.

use domain::{EscalationId, escalation::Escalation, escalation::Step, hazard::Hazard};
use store::{StoreError, escalation::due_for};

use crate::{App, Outcome, directory::load::named};

const PAGE: usize = 100;
/// Of one step in one run; the rest comes a minute later.
const MOST: usize = 500;

/// How many were raised.
pub async fn raise(app: &App) -> Outcome<usize> {
    let mut raised = 0;
    for step in &app.reference.escalation.steps {
        raised += raise_step(app, step).await?;
    }
    Ok(raised)
}

async fn raise_step(app: &App, step: &Step) -> Outcome<usize> {
    let calendar = &app.reference.timetable.calendar;
    let (mut after, mut raised, mut looked_at) = (None, 0, 0);
    while looked_at < MOST {
        let now = app.clock.now();
        let door = &app.store.door;
        let due = due_for(door, step, calendar, now, after.as_ref(), PAGE).await?;
        looked_at += due.len();
        for hazard in due.iter().filter(|hazard| step.falls_on(hazard, now, calendar)) {
            if app.is_ending() {
                return Ok(raised);
            }
            if raise_one(app, step, hazard).await? {
                raised += 1;
            }
        }
        match due.last() {
            Some(last) if due.len() == PAGE => {
                after = last.due.as_ref().map(|due| (due.at.0, last.id.to_string()))
            }
            _ => break,
        }
    }
    Ok(raised)
}

/// The id of a step of a hazard at a due date: the same, whoever makes it.
pub fn id_of(hazard: &Hazard, due_at: i64, step: &str) -> EscalationId {
    EscalationId(named("escalation", &format!("{}:{due_at}:{step}", hazard.id)))
}

async fn raise_one(app: &App, step: &Step, hazard: &Hazard) -> Outcome<bool> {
    let now = app.clock.now();
    let Some(due) = &hazard.due else {
        return Ok(false);
    };
    let id = id_of(hazard, due.at.0, &step.id);
    let Some(change) = Escalation::raise(hazard, step, id, app.ids.event(now), now) else {
        return Ok(false);
    };
    match app.record(&change).await {
        Ok(()) => Ok(true),
        // Another process raised it, or the hazard has moved on since we looked.
        Err(StoreError::Conflict) => Ok(false),
        Err(StoreError::Taken { table }) if table == "escalation" => Ok(false),
        Err(error) => Err(error.into()),
    }
}
