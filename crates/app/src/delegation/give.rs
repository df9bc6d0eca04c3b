//! Somebody gives a colleague some of the acts of their post, for some days.

use domain::{
    AppointmentId, DelegationId,
    authority::Act,
    delegation::{Colleague, Delegation, Give},
    hazard::Moment,
};

use super::{DelegationReceipt, again};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

pub async fn give(app: &App, who: &Caller, to: AppointmentId, said: Give) -> Outcome<DelegationReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = give_anew(app, who, to, said).await;
    who.unless_repeated(app, outcome).await
}

async fn give_anew(app: &App, who: &Caller, to: AppointmentId, said: Give) -> Outcome<DelegationReceipt> {
    who.actor.may_at_all(Act::Delegate)?;
    for _ in 0..TRIES {
        let taker = app.store.directory().holding_by(to).await?;
        let taker = taker
            .filter(|one| one.appointment.city == who.actor.seat.city)
            .ok_or_else(|| Failure::field("taker", "not-a-colleague"))?;
        let taker = Colleague {
            agency: taker.agency.id,
            appointment: taker.appointment,
        };
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let id = DelegationId(app.ids.uuid(now));
        let change = Delegation::give(id, said.clone(), taker, moment)?;
        let receipt = DelegationReceipt::of(&change)?;
        if !again(app.record_with(&change, who.answers(app, &receipt)?).await)? {
            return Ok(receipt);
        }
    }
    Err(Failure::Conflict)
}
