//! An appointment ends. Whatever was being decided under it meanwhile becomes a conflict.

use domain::{AppointmentId, authority::Act, time::Day};
use store::StoreError;

use crate::{App, Caller, Failure, Outcome};

pub async fn end_appointment(
    app: &App,
    who: &Caller,
    id: AppointmentId,
    on: Day,
    reason: &str,
) -> Outcome<()> {
    who.actor.may_at_all(Act::EndAppointment)?;
    let appointment = app.store.directory().appointment(id).await?;
    let appointment = appointment
        .filter(|one| one.city == who.actor.seat.city)
        .ok_or(Failure::NotFound)?;
    let now = app.clock.now();
    let change = appointment.end(&who.actor, app.ids.event(now), on, reason, now)?;
    match app.record(&change).await {
        Err(StoreError::Conflict) => Err(Failure::Conflict),
        other => Ok(other?),
    }
}
