//! An arrangement ends: the unit acts by itself from now on, or is no more.

use domain::{SubjectId, authority::Act, change::Row, hazard::Moment, proxy::about};
use store::StoreError;

use super::ProxyReceipt;
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

pub async fn end(app: &App, who: &Caller, unit: SubjectId, reason: &str) -> Outcome<ProxyReceipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    let outcome = end_anew(app, who, unit, reason).await;
    who.unless_repeated(app, outcome).await
}

async fn end_anew(app: &App, who: &Caller, unit: SubjectId, reason: &str) -> Outcome<ProxyReceipt> {
    for _ in 0..TRIES {
        let subject = app.store.subjects(&who.scope).find(unit).await?;
        let subject = subject.ok_or(Failure::NotFound)?;
        who.actor.may_about(Act::EndProxy, &about(&subject))?;
        let proxy = app.store.unit_proxies(&who.scope).of(unit).await?;
        let proxy = proxy.ok_or(Failure::NotFound)?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = proxy.end(reason, moment)?;
        let Some(Row::UnitProxy(ended)) = change.rows().first() else {
            return Err(Failure::Broken("the change ends no arrangement".into()));
        };
        let receipt = ProxyReceipt::of(ended, change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(receipt),
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
