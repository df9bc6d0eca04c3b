//! Somebody reports a hazard. The subject is named by id, by credit code or by name; one that nobody has entered yet is entered
//! with the report, unverified, so that nobody types twice.

use domain::{
    FileId, HazardId, SubjectId,
    agency::{AgencyKind, Role},
    authority::{About, Act},
    change::Seen,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Offices, report::Report},
    place::Home,
    subject::{Subject, SubjectKind, SubjectStatus},
    time::Instant,
};

use super::{Receipt, files, record};
use crate::{App, Caller, Failure, Outcome};

/// The subject as the reporter names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Id(SubjectId),
    CreditCode(String),
    Name(String),
}

#[derive(Debug, Clone, PartialEq)]
pub struct ReportHazard {
    pub kind: SubjectKind,
    pub subject: Named,
    pub report: Report,
    pub photos: Vec<FileId>,
}

pub async fn report(app: &App, who: &Caller, said: ReportHazard) -> Outcome<Receipt> {
    if let Some(kept) = who.repeated(app).await? {
        return Ok(kept);
    }
    for _ in 0..super::TRIES {
        let subject = subject(app, who, said.kind, &said.subject).await?;
        who.actor.may_about(Act::Report, &about(&subject))?;
        if let Some(first) = first_answer(app, who, &said, &subject).await? {
            return Ok(first);
        }
        let photos = files(app, "photos", &said.photos).await?;
        let now = app.clock.now();
        let offices = offices(app, &subject.home).await?;
        let number = app.next_hazard_number(&subject.home.county, now).await?;
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        let change = Hazard::report(
            said.report.clone(),
            number,
            subject,
            photos,
            offices,
            &app.reference.timetable,
            moment,
        )?;
        if let Some(receipt) = record(app, who, &change).await? {
            return Ok(receipt);
        }
    }
    Err(Failure::Conflict)
}

/// What is decided before the fields of a report are looked at: that the subject is found, the right, and that the id is free. Asked
/// where a report cannot be understood, so that nobody learns of a wrong field before that.
pub async fn standing(
    app: &App,
    who: &Caller,
    kind: SubjectKind,
    named: &Named,
    id: Option<HazardId>,
) -> Outcome<()> {
    let subject = subject(app, who, kind, named).await?;
    who.actor.may_about(Act::Report, &about(&subject))?;
    let Some(id) = id else { return Ok(()) };
    let taken = app
        .store
        .hazards(&who.actor.city_wide())
        .find(id)
        .await?
        .is_some();
    if taken { Err(Failure::IdTaken) } else { Ok(()) }
}

fn about(subject: &Subject) -> About<'_> {
    About {
        awaited: None,
        home: &subject.home,
        subject: Some(subject.id),
        steward: subject.steward,
        regulator: subject.regulator,
    }
}

/// An id made by a phone may come twice. The same id, reporter and content is the first answer; anything else under the id is
/// refused. Whoever uses another's id learns nothing but that it is taken.
async fn first_answer(
    app: &App,
    who: &Caller,
    said: &ReportHazard,
    subject: &Subject,
) -> Outcome<Option<Receipt>> {
    let everywhere = who.actor.city_wide();
    let Some(hazard) = app.store.hazards(&everywhere).find(said.report.id).await? else {
        return Ok(None);
    };
    let events = store::event::of_hazard(&app.store.door, &hazard.home.county, hazard.id).await?;
    let Some(first) = events.first() else {
        return Err(Failure::IdTaken);
    };
    let told: HazardEvent = serde_json::from_value(first.body.clone())
        .map_err(|error| Failure::Broken(format!("event {} cannot be read: {error}", first.id)))?;
    let HazardEvent::Reported {
        description,
        location,
        initial_level,
        source,
        found_at,
        photos,
        subject: of,
        ..
    } = told
    else {
        return Err(Failure::IdTaken);
    };
    let report = &said.report;
    let same = first.person.as_deref() == Some(&who.actor.person.to_string())
        && description == report.description.trim()
        && location.text == report.location.text.trim()
        && location.point == report.location.point
        && initial_level == report.initial_level
        && source == report.source
        && report.found_at.is_none_or(|at| at.min(first.at) == found_at)
        && photos == said.photos
        && (of == subject.id || subject.seen == Seen::NEW && hazard.subject.name == subject.name);
    if !same {
        return Err(Failure::IdTaken);
    }
    Ok(Some(Receipt {
        id: hazard.id.to_string(),
        number: hazard.number.clone(),
        stage: "reported".into(),
        version: first.version,
        initial_level: initial_level.to_string(),
        determination: "pending".into(),
        due_at: due_at_first(app, first.at),
        waits_for: Some(subject.regulator.unwrap_or(hazard.offices.county).to_string()),
        event: first.id.clone(),
        at: first.at.0,
    }))
}

fn due_at_first(app: &App, at: Instant) -> Option<i64> {
    let times = &app.reference.timetable;
    Some(
        domain::deadline::Due::by_clock(&times.confirm, at, &times.calendar)
            .at
            .0,
    )
}

async fn subject(app: &App, who: &Caller, kind: SubjectKind, named: &Named) -> Outcome<Subject> {
    let subjects = app.store.subjects(&who.scope);
    let found = match named {
        Named::Id(id) => subjects.find(*id).await?,
        Named::CreditCode(code) => subjects.by_credit_code(code).await?,
        Named::Name(name) => {
            let name = name.trim();
            let mut named = subjects.named(kind, name).await?;
            match named.len() {
                0 => return new_subject(app, who, kind, name).await,
                1 => named.pop(),
                _ => return Err(Failure::field("subject", "ambiguous-name")),
            }
        }
    };
    let found = found.ok_or(Failure::NotFound)?;
    if found.kind != kind {
        return Err(Failure::field("subject.kind", "another-kind"));
    }
    Ok(found)
}

/// It lies where the reporter's post lies, and the reporter's own office answers for it until somebody else is named.
async fn new_subject(app: &App, who: &Caller, kind: SubjectKind, name: &str) -> Outcome<Subject> {
    let mut checks = Checks::default();
    checks.text("subject.name", name, 120);
    checks.done()?;
    let seat = &who.actor.seat;
    let Some(county) = seat.county.clone().filter(|_| who.actor.role != Role::Unit) else {
        return Err(Failure::field("subject", "not-registered"));
    };
    let home = Home {
        city: seat.city.clone(),
        county,
        town: seat.town.clone(),
    };
    let town_office = match &home.town {
        Some(town) => {
            app.store
                .directory()
                .agency_of_kind(&home.county, Some(town), AgencyKind::TownOffice)
                .await?
        }
        None => None,
    };
    let steward = match town_office {
        Some(office) => office.id,
        None => offices(app, &home).await?.county,
    };
    Ok(Subject {
        id: SubjectId(app.ids.uuid(app.clock.now())),
        seen: Seen::NEW,
        home,
        kind,
        name: name.to_owned(),
        credit_code: String::new(),
        sector: String::new(),
        address: String::new(),
        principal_head: String::new(),
        regulator: None,
        steward: Some(steward),
        status: SubjectStatus::Unverified,
    })
}

/// The agencies in which the county's and the city's safety officers sit.
async fn offices(app: &App, home: &Home) -> Outcome<Offices> {
    let directory = app.store.directory();
    let county = directory
        .agency_with_role(&home.county, Role::CountyOffice)
        .await?;
    let city = directory.agency_with_role(&home.city, Role::CityOffice).await?;
    match (county, city) {
        (Some(county), Some(city)) => Ok(Offices {
            county: county.id,
            city: city.id,
        }),
        (None, Some(city)) => Ok(Offices {
            county: city.id,
            city: city.id,
        }),
        (_, None) => Err(Failure::Broken(format!(
            "no safety office of the city {} is in the directory",
            home.city
        ))),
    }
}
