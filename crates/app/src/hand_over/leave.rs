//! An appointment ends, and what waits on it is told with it. Whatever was being decided under it meanwhile becomes a conflict.

use domain::{
    AppointmentId,
    change::{Change, Row},
    delegation::Colleague,
    directory::{Leave, LeaveRest},
    hazard::Moment,
};
use serde::{Deserialize, Serialize};
use store::StoreError;

use super::{may_leave, waiting};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

/// What ending an appointment answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaveReceipt {
    /// The appointment's id.
    pub id: String,
    /// The last day of it.
    pub on: String,
    pub successor: Option<String>,
    pub waiting: domain::directory::Waiting,
    pub version: i64,
    pub event: String,
    pub at: i64,
}

pub async fn leave(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    successor: Option<AppointmentId>,
    said: Leave,
) -> Outcome<LeaveReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = leave_anew(app, who, id, successor, said).await;
    who.unless_repeated(app, outcome).await
}

async fn leave_anew(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    successor: Option<AppointmentId>,
    said: Leave,
) -> Outcome<LeaveReceipt> {
    for _ in 0..TRIES {
        let directory = app.store.directory();
        let holding = may_leave(app, who, id).await?;
        let successor = match successor {
            None => None,
            Some(id) => {
                let found = directory.holding_by(id).await?;
                let found = found.ok_or_else(|| Failure::field("successor", "not-a-colleague"))?;
                Some(Colleague {
                    agency: found.agency.id,
                    appointment: found.appointment,
                })
            }
        };
        let left = waiting::of(app, who, holding).await?;
        let rest = LeaveRest {
            agency: left.holding.agency.id,
            successor,
            waiting: left.waiting,
        };
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = left.holding.appointment.end(said.clone(), rest, moment)?;
        let receipt = receipt(&change, left.waiting)?;
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            Err(StoreError::Taken { table }) if table == "answer" => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}

fn receipt(change: &Change, waiting: domain::directory::Waiting) -> Outcome<LeaveReceipt> {
    let Some(Row::Appointment(row)) = change.rows().first() else {
        return Err(Failure::Broken("the change is about no appointment".into()));
    };
    let event = change.event();
    Ok(LeaveReceipt {
        id: row.id.to_string(),
        on: row.to.map(|day| day.to_string()).unwrap_or_default(),
        successor: row.successor.map(|id| id.to_string()),
        waiting,
        version: event.target.seen.next(),
        event: event.id.to_string(),
        at: event.at.0,
    })
}
