//! A delegation ends at once: by whoever gave it, whoever has it, or the administrator.

use domain::{DelegationId, hazard::Moment};

use super::{DelegationReceipt, again, find};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

pub async fn end(app: &App, who: &Caller, id: DelegationId, reason: &str) -> Outcome<DelegationReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = end_anew(app, who, id, reason).await;
    who.unless_repeated(app, outcome).await
}

async fn end_anew(app: &App, who: &Caller, id: DelegationId, reason: &str) -> Outcome<DelegationReceipt> {
    for _ in 0..TRIES {
        let found = find(app, who, id).await?;
        found.may_be_ended_by(&who.actor)?;
        who.expects_version(found.seen.version)?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = found.end(reason, moment)?;
        let receipt = DelegationReceipt::of(&change)?;
        if !again(app.record_with(&change, who.answers(app, &receipt)?).await)? {
            return Ok(receipt);
        }
    }
    Err(Failure::Conflict)
}
