//! The town office enters that it records for a small unit, or hands out a new slip. The codes are told once, to whoever asked first.

use domain::{
    PersonId, SubjectId,
    authority::Act,
    change::Row,
    hazard::Moment,
    proxy::{Issue, IssueRest, UnitProxy, about},
};
use store::StoreError;

use super::{ProxyReceipt, code::new_slip, id_of};
use crate::{App, Caller, Failure, Outcome, hazard::TRIES};

#[derive(Debug, Clone)]
pub struct Issued {
    pub receipt: ProxyReceipt,
    /// Empty where the same request was answered before.
    pub codes: Vec<String>,
}

impl Issued {
    fn again(receipt: ProxyReceipt) -> Self {
        Self {
            receipt,
            codes: Vec::new(),
        }
    }
}

/// The unit of this name or credit code, as far as the caller sees it.
pub async fn named(app: &App, who: &Caller, text: &str) -> Outcome<SubjectId> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::field("unit", "required"));
    }
    let subjects = app.store.subjects(&who.scope);
    if let Some(found) = subjects.by_credit_code(text).await? {
        return Ok(found.id);
    }
    match subjects.exactly_named(text).await?.as_slice() {
        [] => Err(Failure::field("unit", "no-such-unit")),
        [only] => Ok(only.id),
        _ => Err(Failure::field("unit", "ambiguous-name")),
    }
}

pub async fn issue(app: &App, who: &Caller, unit: SubjectId, said: Issue) -> Outcome<Issued> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(Issued::again(kept));
    }
    match issue_anew(app, who, unit, said).await {
        Err(failure) => {
            let kept = who.repeated(app).await?;
            kept.map(Issued::again).ok_or(failure)
        }
        done => done,
    }
}

async fn issue_anew(app: &App, who: &Caller, unit: SubjectId, said: Issue) -> Outcome<Issued> {
    for _ in 0..TRIES {
        let subject = app.store.subjects(&who.scope).find(unit).await?;
        let subject = subject.ok_or(Failure::NotFound)?;
        who.actor.may_about(Act::IssueProxy, &about(&subject))?;
        let now = app.clock.now();
        let before = app.store.unit_proxies(&who.scope).of(unit).await?;
        let acts_itself = app.store.directory().acts_itself(unit, now.day()).await?;
        let (codes, hashes) = new_slip(app).await?;
        let rest = IssueRest {
            id: id_of(app, unit),
            before,
            acts_itself,
            person: PersonId(app.ids.uuid(now)),
            hashes,
        };
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = UnitProxy::issue(&subject, said.clone(), rest, moment)?;
        let proxy = change.rows().iter().find_map(|row| match row {
            Row::UnitProxy(proxy) => Some(proxy),
            _ => None,
        });
        let proxy = proxy.ok_or_else(|| Failure::Broken("the change enters no arrangement".into()))?;
        let receipt = ProxyReceipt::of(proxy, change.event());
        match app.record_with(&change, who.answers(app, &receipt)?).await {
            Ok(()) => return Ok(Issued { receipt, codes }),
            Err(StoreError::Conflict) => {}
            // Somebody else entered it at the same time: theirs is now what stood before.
            Err(StoreError::Taken { table }) if table == "unit_proxy" => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}
