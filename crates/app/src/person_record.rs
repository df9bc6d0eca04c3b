//! One person's record 个人履职记录: posts held, and acts on hazards by time. Oneself reads one's own; whoever else may reads it after
//! giving a reason, which is an event, and for eight hours. To all others it is not found.
//!
//! Never here: a figure, a comparison, or more than one person. What is listed lies within the reader's own scope, and who brought in
//! a tip is not told to those who may not know it.

use domain::{
    PersonId, PersonOpeningId,
    authority::Act,
    hazard::{Moment, Source},
    person::Person,
    person_opening::PersonOpening,
    refusal::Refusal,
};
use store::{
    StoreError,
    directory::Holding,
    person_opening::{Deed, deeds},
};

use crate::{
    App, Caller, Failure, Outcome,
    hazard::{TRIES, show::Names},
};

/// The most acts of one page, and the most openings that are shown.
pub const MOST: usize = 50;

/// Whom the record is of, and whether it lies open to this reader.
#[derive(Debug, Clone)]
pub struct Standing {
    pub person: Person,
    pub own: bool,
    /// Under which it is read; one's own needs none.
    pub opening: Option<PersonOpening>,
}

impl Standing {
    pub fn is_open(&self) -> bool {
        self.own || self.opening.is_some()
    }
}

#[derive(Debug, Clone)]
pub struct PersonRecord {
    pub standing: Standing,
    pub posts: Vec<Holding>,
    /// Acts on hazards, the newest first.
    pub deeds: Vec<Deed>,
    /// The key of the last of them, where there are more.
    pub next: Option<(i64, String)>,
    /// Who opened it, as far as the reader is told.
    pub openings: Vec<PersonOpening>,
    pub names: Names,
}

/// Whether this reader gets at the record of this person at all; a link to it is offered by the same question.
pub fn may_read(who: &Caller, person: PersonId) -> bool {
    who.actor.person == person || who.actor.may_at_all(Act::OpenPersonRecord).is_ok()
}

pub async fn standing(app: &App, who: &Caller, person: PersonId) -> Outcome<Standing> {
    if !may_read(who, person) {
        return Err(Failure::NotFound);
    }
    let found = app.store.directory().persons(&[person]).await?.pop();
    let person = found
        .filter(|one| one.city == who.actor.seat.city)
        .ok_or(Failure::NotFound)?;
    let own = person.id == who.actor.person;
    let opening = if own {
        None
    } else {
        let openings = app.store.person_openings(who.actor.sees_openings());
        openings.holding(person.id, &who.actor, app.clock.now()).await?
    };
    Ok(Standing { person, own, opening })
}

/// The record, where it lies open to this reader.
pub async fn show(
    app: &App,
    who: &Caller,
    person: PersonId,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<PersonRecord> {
    let standing = standing(app, who, person).await?;
    if !standing.is_open() {
        return Err(Refusal::RecordNotOpened.into());
    }
    let limit = limit.clamp(1, MOST);
    let tips = who.actor.may_know_who_reported(Source::Tip);
    let mut deeds = deeds(&app.store.door, &who.scope, person, tips, after, limit + 1).await?;
    let more = deeds.len() > limit;
    deeds.truncate(limit);
    let next = deeds
        .last()
        .filter(|_| more)
        .map(|last| (last.at.0, last.event.clone()));
    let posts = app.store.directory().ever_held(person).await?;
    let openings = app.store.person_openings(who.actor.sees_openings());
    let openings = openings.of(person, MOST).await?;
    let names = names(app, &deeds, &openings).await?;
    Ok(PersonRecord {
        standing,
        posts,
        deeds,
        next,
        openings,
        names,
    })
}

async fn names(app: &App, deeds: &[Deed], openings: &[PersonOpening]) -> Outcome<Names> {
    let directory = app.store.directory();
    let mut names = Names::default();
    let readers = openings.iter().map(|one| one.by.person);
    let mut persons: Vec<PersonId> = readers
        .chain(deeds.iter().filter_map(|one| one.principal))
        .collect();
    persons.sort_unstable();
    persons.dedup();
    let persons = directory.persons(&persons).await?;
    names
        .persons
        .extend(persons.into_iter().map(|one| (one.id, one.name)));
    let mut posts: Vec<_> = openings.iter().map(|one| one.by.post).collect();
    posts.extend(deeds.iter().filter_map(|one| one.post));
    posts.sort_unstable();
    posts.dedup();
    let titles = directory.titles(&posts).await?;
    names.posts.extend(
        titles
            .into_iter()
            .map(|(id, title, agency)| (id, (title, agency))),
    );
    Ok(names)
}

/// Says why, and opens the record to this reader. The same id with the same reason is the same opening.
pub async fn open(
    app: &App,
    who: &Caller,
    id: PersonOpeningId,
    person: PersonId,
    reason: &str,
) -> Outcome<PersonOpening> {
    let whose = standing(app, who, person).await?.person;
    who.actor.may_at_all(Act::OpenPersonRecord)?;
    for _ in 0..TRIES {
        if let Some(first) = first_time(app, who, id, person, reason).await? {
            return Ok(first);
        }
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = PersonOpening::make(id, &whose, reason, moment)?;
        match app.record(&change).await {
            Ok(()) | Err(StoreError::Conflict | StoreError::Taken { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    first_time(app, who, id, person, reason)
        .await?
        .ok_or(Failure::Conflict)
}

async fn first_time(
    app: &App,
    who: &Caller,
    id: PersonOpeningId,
    person: PersonId,
    reason: &str,
) -> Outcome<Option<PersonOpening>> {
    let openings = app.store.person_openings(who.actor.sees_openings());
    let Some(found) = openings.find(id).await? else {
        return Ok(None);
    };
    let by_them = found.by.person == who.actor.person && found.by.post == who.actor.post;
    if by_them && found.person == person && found.reason == reason.trim() {
        Ok(Some(found))
    } else {
        Err(Failure::IdTaken)
    }
}

/// The id of an opening that is sent under a key: the same key, the same opening.
pub fn id_of(app: &App, who: &Caller) -> PersonOpeningId {
    let fresh = || app.ids.uuid(app.clock.now());
    PersonOpeningId(who.request.as_ref().map_or_else(fresh, |request| {
        crate::directory::load::named("person-opening", &format!("{}:{}", who.name(), request.key))
    }))
}
