//! One hazard with all that a reader needs beside it: names, events, files, what the reader may do now.

use std::collections::{HashMap, HashSet};

use domain::{
    AgencyId, FileId, HazardId, PersonId, PostId,
    actor::Actor,
    agency::Agency,
    authority::Act,
    evidence::EvidenceFile,
    hazard::{Hazard, WaitsFor, withhold::tells_of_instructions},
    refusal::Refusal,
    similar::Likeness,
    subject::{Subject, SubjectKind},
};
use store::{directory::Office, event::EventRow, hazard::RowStanding, subject::SubjectFilter};
use uuid::Uuid;

use super::{instruct, similar};
use crate::{App, Caller, Failure, Outcome, person_record, proxy};

#[derive(Debug, Clone)]
pub struct Dossier {
    pub hazard: Hazard,
    /// Of which event the row says that it is, and the digest that its columns give as they stand.
    pub row: RowStanding,
    /// Up to the one that wrote the row as it was read.
    pub events: Vec<EventRow>,
    /// Its own, and after them those of the record that it goes on from.
    pub files: Vec<EvidenceFile>,
    /// Photos of what was found: its own or, where it goes on from another record, those of that one.
    pub photos: Vec<FileId>,
    pub names: Names,
    /// Persons among them whose own record the reader may open.
    pub readable: HashSet<PersonId>,
    /// What the reader may do now.
    pub acts: Vec<Act>,
    /// What the stage allows but not to this reader, and why.
    pub refused: Vec<(Act, Refusal)>,
    /// Persons whom acceptance may name, where the reader may accept: certified, and with no hand in the rectification.
    pub inspectors: Vec<Office>,
    /// Records that were merged into this one, or opened because of it, as far as the reader sees them.
    pub linked: Vec<Hazard>,
    /// Agencies that confirmation may name, where the reader may confirm.
    pub regulators: Vec<Agency>,
    /// Units that may turn out to be the owner, where the reader may name one; at most [`MOST_OWNERS`].
    pub owners: Vec<Subject>,
    /// Persons whom an instruction may name, where the reader may record one.
    pub leaders: Vec<Office>,
    /// The reader's town records for the unit: what only the unit may do, they do for it.
    pub for_unit: bool,
    /// Places in the tree of the events that are sealed, by version.
    pub sealed: HashMap<i64, u64>,
    /// What it may be a duplicate of, where the reader may merge.
    pub similar: Vec<(Hazard, Likeness)>,
}

/// As many as a page can offer; any other is named in full.
pub const MOST_OWNERS: usize = 300;

impl Dossier {
    /// Place in the tree of the newest event, once it is sealed.
    pub fn sealed_as(&self) -> Option<u64> {
        self.events
            .last()
            .and_then(|event| self.sealed.get(&event.version).copied())
    }

    /// Every event has the digest of its columns and follows the one before, and the newest wrote the row as it stands. The whole
    /// record is checked by [`crate::record::verify`]; this is what one page can say of one case.
    pub fn chain_is_sound(&self) -> bool {
        let mut before = [0; 32];
        for event in &self.events {
            if event.computed_digest() != event.digest || event.prev.0 != before {
                return false;
            }
            before = event.digest.0;
        }
        before == self.hazard.seen.head && store::hazard::wrote(&self.row, self.events.last())
    }
}

/// Names of persons, titles of posts and names of agencies, by id.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub persons: HashMap<PersonId, String>,
    /// Numbers of enforcement certificates, of those who have one.
    pub certificates: HashMap<PersonId, String>,
    /// Title and the agency's short name.
    pub posts: HashMap<PostId, (String, String)>,
    pub agencies: HashMap<AgencyId, String>,
}

impl Names {
    pub fn person(&self, id: PersonId) -> String {
        self.persons.get(&id).cloned().unwrap_or_default()
    }

    pub fn agency(&self, id: AgencyId) -> String {
        self.agencies.get(&id).cloned().unwrap_or_default()
    }
}

pub async fn find(app: &App, who: &Caller, id: HazardId) -> Outcome<Hazard> {
    app.store
        .hazards(&who.scope)
        .find(id)
        .await?
        .ok_or(Failure::NotFound)
}

/// The hazard, when this person may do this to it as it stands: found, allowed, at the version that was named, in a stage for it.
/// With it, as whom they do it: a town's clerk may stand in for a small unit.
pub async fn standing(app: &App, who: &Caller, id: HazardId, act: Act) -> Outcome<(Hazard, Actor)> {
    standing_by(app, who, id, act, |actor, hazard| actor.may(act, hazard)).await
}

/// The same, where the right to it is another.
pub(super) async fn standing_by(
    app: &App,
    who: &Caller,
    id: HazardId,
    act: Act,
    right: impl Fn(&Actor, &Hazard) -> Result<(), Refusal>,
) -> Outcome<(Hazard, Actor)> {
    let hazard = find(app, who, id).await?;
    let stands_in = proxy::standing_in(app, who, &hazard).await?;
    let actor = proxy::acting(who, stands_in, &hazard, act);
    right(&actor, &hazard)?;
    who.expects(&hazard)?;
    hazard.expects(act)?;
    Ok((hazard, actor))
}

pub async fn events(app: &App, who: &Caller, id: HazardId) -> Outcome<Vec<EventRow>> {
    let mut hazard = find(app, who, id).await?;
    let mut events = store::event::of_hazard(&app.store.door, &hazard.home.county, id).await?;
    withhold(who, &mut hazard, &mut events);
    events.retain(|event| !event.body.is_null());
    Ok(events)
}

pub async fn dossier(app: &App, who: &Caller, id: HazardId) -> Outcome<Dossier> {
    let (mut hazard, row) = app
        .store
        .hazards(&who.scope)
        .find_with_row(id)
        .await?
        .ok_or(Failure::NotFound)?;
    let mut events = store::event::of_hazard(&app.store.door, &hazard.home.county, id).await?;
    // What was done between the two reads is for the next look.
    events.retain(|event| event.version <= hazard.seen.version);
    let hidden = withhold(who, &mut hazard, &mut events);
    let mut files = app.store.files().of_hazard(id).await?;
    files.retain(|file| !hidden.contains(&file.id));
    let mut photos = hazard.photos.clone();
    if let Some(origin) = &hazard.course.origin
        && let Some(mut source) = app
            .store
            .hazards(&who.actor.city_wide())
            .find(origin.hazard)
            .await?
    {
        let of_source = app.store.files().of_hazard(source.id).await?;
        if photos.is_empty() {
            photos.clone_from(&source.photos);
        }
        let hidden = withhold(who, &mut source, &mut []);
        files.extend(of_source.into_iter().filter(|file| !hidden.contains(&file.id)));
    }
    let stands_in = proxy::standing_in(app, who, &hazard).await?;
    let for_unit = stands_in.is_some();
    let (acts, refused) = acts(who, stands_in, &hazard);
    let day = app.clock.now().day();
    let directory = app.store.directory();
    let inspectors = if acts.contains(&Act::Accept) {
        let certified = once_each(directory.offices(&hazard.home.county, true, day).await?, who);
        let fit = |office: &Office| hazard.may_be_judged_by(office.person);
        certified.into_iter().filter(fit).collect()
    } else {
        Vec::new()
    };
    let regulators = if acts.contains(&Act::Confirm) || acts.contains(&Act::Assign) {
        directory.regulators(&hazard.home.county).await?
    } else {
        Vec::new()
    };
    let owners = if acts.contains(&Act::NameOwner) {
        let of_the_county = SubjectFilter {
            county: Some(hazard.home.county.clone()),
            ..SubjectFilter::default()
        };
        let mut offered = app
            .store
            .subjects(&who.scope)
            .list(&of_the_county, MOST_OWNERS)
            .await?;
        offered.retain(|one| one.kind != SubjectKind::Unowned && one.id != hazard.subject.id);
        offered
    } else {
        Vec::new()
    };
    let leaders = if acts.contains(&Act::Instruct) {
        instruct::leaders(app, who).await?
    } else {
        Vec::new()
    };
    let sealed = store::event::leaves_of(&app.store.door, &hazard.home.county, id).await?;
    let names = names(app, &hazard, &events).await?;
    let persons = names.persons.keys().copied();
    let readable = persons.filter(|id| person_record::may_read(who, *id)).collect();
    let linked = app.store.hazards(&who.scope).linked_to(id).await?;
    let similar = if acts.contains(&Act::Merge) {
        similar::to(app, who, &hazard).await?
    } else {
        Vec::new()
    };
    Ok(Dossier {
        hazard,
        row,
        events,
        files,
        photos,
        names,
        readable,
        acts,
        refused,
        inspectors,
        linked,
        regulators,
        owners,
        leaders,
        for_unit,
        sealed,
        similar,
    })
}

/// Takes away what this reader may not know, and gives the files that belong to it. Columns of events stay, for the digest; of an event
/// that is not told at all the body is null.
fn withhold(who: &Caller, hazard: &mut Hazard, events: &mut [EventRow]) -> Vec<FileId> {
    if !who.actor.may_know_who_reported(hazard.source) {
        withhold_reporter(hazard, events);
    }
    if who.actor.may_read_instructions() {
        return Vec::new();
    }
    let told = |event: &&mut EventRow| Act::parse(&event.act).is_some_and(tells_of_instructions);
    for event in events.iter_mut().filter(told) {
        event.body = serde_json::Value::Null;
    }
    hazard.withhold_instructions()
}

/// What is told of the event that brought it in, on whatever page or paper: not who.
fn withhold_reporter(hazard: &mut Hazard, events: &mut [EventRow]) {
    hazard.withhold_reporter();
    if let Some(first) = events.first_mut().filter(|event| event.version == 1) {
        first.person = None;
        first.post = None;
    }
}

/// Whoever holds several posts is named once: the reader first, then colleagues, then the others in official order.
pub fn once_each(mut offices: Vec<Office>, who: &Caller) -> Vec<Office> {
    offices.sort_by_key(|office| {
        (
            office.person != who.actor.person,
            office.agency != who.actor.agency,
        )
    });
    let mut seen = HashSet::new();
    offices.retain(|office| seen.insert(office.person));
    offices
}

/// The acts that the stage allows, divided into what this reader may do and what not.
fn acts(who: &Caller, stands_in: Option<Actor>, hazard: &Hazard) -> (Vec<Act>, Vec<(Act, Refusal)>) {
    let mut may = Vec::new();
    let mut refused = Vec::new();
    for act in hazard.open_acts() {
        let actor = proxy::acting(who, stands_in.clone(), hazard, act);
        match actor.may(act, hazard) {
            Ok(()) => may.push(act),
            Err(refusal) => refused.push((act, refusal)),
        }
    }
    (may, refused)
}

async fn names(app: &App, hazard: &Hazard, events: &[EventRow]) -> Outcome<Names> {
    let hands = hazard.hands.iter().map(|hand| &hand.by);
    let mut persons: Vec<PersonId> = hands
        .clone()
        .flat_map(|by| [Some(by.person), by.principal])
        .flatten()
        .collect();
    persons.extend(
        hazard
            .stage
            .acceptance()
            .into_iter()
            .flat_map(|acceptance| acceptance.inspectors.iter().copied()),
    );
    // Inspectors of acceptances that came to nothing stand in their events alone.
    for event in events {
        let named = event
            .body
            .pointer("/accepted/inspectors")
            .and_then(|ids| ids.as_array());
        let ids = named.into_iter().flatten().filter_map(|id| id.as_str());
        persons.extend(ids.filter_map(|id| Uuid::try_parse(id).ok()).map(PersonId));
    }
    let mut posts: Vec<PostId> = hands.map(|by| by.post).collect();
    let mut agencies = vec![hazard.offices.county, hazard.offices.city];
    agencies.extend(hazard.regulator);
    agencies.extend(hazard.subject.steward);
    agencies.extend(hazard.offices.town);
    agencies.extend(hazard.rechecker().map(|(_, agency)| agency));
    agencies.extend(hazard.course.assignments.iter().map(|assignment| assignment.to));
    agencies.extend(
        hazard
            .course
            .spans
            .iter()
            .filter_map(|span| match span.waits_for {
                WaitsFor::Agency(agency) => Some(agency),
                WaitsFor::Unit(_) => None,
            }),
    );
    agencies.sort_unstable();
    agencies.dedup();
    persons.sort_unstable();
    persons.dedup();
    posts.sort_unstable();
    posts.dedup();

    let directory = app.store.directory();
    let mut names = Names::default();
    for batch in persons.chunks(200) {
        for person in directory.persons(batch).await? {
            if !person.certificate_no.is_empty() {
                names.certificates.insert(person.id, person.certificate_no);
            }
            names.persons.insert(person.id, person.name);
        }
    }
    for batch in posts.chunks(200) {
        names.posts.extend(
            directory
                .titles(batch)
                .await?
                .into_iter()
                .map(|(id, title, agency)| (id, (title, agency))),
        );
    }
    for batch in agencies.chunks(200) {
        names.agencies.extend(directory.agency_names(batch).await?);
    }
    Ok(names)
}
