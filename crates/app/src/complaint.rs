//! Complaints about the system and what is demanded through it: made, found, answered.
//!
//! Of whoever gives no name nothing is kept: no person in the complaint or its event, no answer under their name for a retry, and
//! what counts how often somebody complains is known to this process alone. Sent again under the same id, it is the same complaint.

use domain::{
    ComplaintId,
    authority::Act,
    complaint::{Complain, Complaint},
    hazard::Moment,
    time::HOUR,
};
use store::{StoreError, complaint::Whose};

use crate::{App, Caller, Failure, Outcome, hazard::TRIES, ids::sha256_hex};

/// The most of one page.
pub const MOST: usize = 50;
/// So many in an hour are more than a person has to say.
const PER_HOUR: i64 = 10;

pub async fn complain(app: &App, who: &Caller, said: Complain) -> Outcome<Complaint> {
    who.actor.may_at_all(Act::Complain)?;
    if let Some(first) = first_time(app, who, &said).await? {
        return Ok(first);
    }
    let now = app.clock.now();
    let moment = Moment {
        who: &who.actor,
        event: app.ids.event(now),
        now,
    };
    let change = Complaint::make(said.clone(), moment)?;
    let key = format!(
        "complaint:{}",
        sha256_hex(&[&app.nameless[..], who.name().as_bytes()].concat())
    );
    if app.store.door.count_try(&key, HOUR, now).await? > PER_HOUR {
        return Err(Failure::TooOften {
            minutes: HOUR / 60_000,
        });
    }
    match app.record(&change).await {
        Ok(()) | Err(StoreError::Conflict | StoreError::Taken { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    // Recorded now, or by the same form that came twice at once.
    first_time(app, who, &said).await?.ok_or(Failure::Conflict)
}

/// The same id with the same words is the same complaint; with others it is somebody else's id.
async fn first_time(app: &App, who: &Caller, said: &Complain) -> Outcome<Option<Complaint>> {
    let Some(found) = app.store.complaints().find(said.id).await? else {
        return Ok(None);
    };
    let by_them = if said.anonymous {
        found.by.is_none()
    } else {
        found.is_of(&who.actor)
    };
    let same = by_them && found.kind == said.kind && found.text == said.text.trim();
    if same {
        Ok(Some(found))
    } else {
        Err(Failure::IdTaken)
    }
}

/// Whether this person reads and answers them all.
pub fn may_answer(who: &Caller) -> bool {
    who.actor.may_at_all(Act::AnswerComplaint).is_ok()
}

/// One complaint: one's own, any for those who answer, and one without a name for whoever holds its address.
pub async fn find(app: &App, who: &Caller, id: ComplaintId) -> Outcome<Complaint> {
    let found = app.store.complaints().find(id).await?.ok_or(Failure::NotFound)?;
    let may = found.by.is_none() || found.is_of(&who.actor) || may_answer(who);
    if may && found.city == who.actor.seat.city {
        Ok(found)
    } else {
        Err(Failure::NotFound)
    }
}

/// The newest first: one's own, or all for those who answer.
pub async fn list(
    app: &App,
    who: &Caller,
    mine: bool,
    answered: Option<bool>,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<(Vec<Complaint>, Option<(i64, String)>)> {
    let whose = if mine {
        Whose::Of(who.actor.person)
    } else {
        who.actor.may_at_all(Act::AnswerComplaint)?;
        Whose::City(who.actor.seat.city.clone())
    };
    let limit = limit.clamp(1, MOST);
    let mut found = app
        .store
        .complaints()
        .list(&whose, answered, after, limit + 1)
        .await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| (last.at.0, last.id.to_string()));
    Ok((found, next))
}

/// How many wait for an answer, for those who answer.
pub async fn waiting(app: &App, who: &Caller) -> Outcome<i64> {
    who.actor.may_at_all(Act::AnswerComplaint)?;
    let whose = Whose::City(who.actor.seat.city.clone());
    Ok(app.store.complaints().count(&whose, Some(false)).await?)
}

pub async fn answer(app: &App, who: &Caller, id: ComplaintId, text: &str) -> Outcome<Complaint> {
    for _ in 0..TRIES {
        let found = find(app, who, id).await?;
        who.actor.may_at_all(Act::AnswerComplaint)?;
        let mine = found
            .answer
            .as_ref()
            .is_some_and(|one| one.text == text.trim() && one.by.person == who.actor.person);
        if mine {
            return Ok(found);
        }
        who.expects_version(found.seen.version)?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = found.answer(text, moment)?;
        match app.record(&change).await {
            Ok(()) => return find(app, who, id).await,
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Failure::Conflict)
}

/// The id of a complaint that is sent under a key: the same key, the same complaint. The id stands in the record, and a key may be
/// short: where no name was given, the id is mixed with what this process alone knows, so that trying everybody's finds nobody. A
/// retry is known as one by the process that took the first.
pub fn id_of(app: &App, who: &Caller, anonymous: bool) -> ComplaintId {
    let Some(request) = &who.request else {
        return ComplaintId(app.ids.uuid(app.clock.now()));
    };
    let mut name = format!("{}:{}", who.name(), request.key);
    if anonymous {
        name = sha256_hex(&[&app.nameless[..], name.as_bytes()].concat());
    }
    ComplaintId(crate::directory::load::named("complaint", &name))
}
