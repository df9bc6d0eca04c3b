//! Somebody reports a hazard. The subject is named by id, by credit code or by name; one that nobody has entered yet is entered
//! with the report, unverified, so that nobody types twice.

use domain::{
    FileId, HazardId, SubjectId,
    agency::{AgencyKind, Role},
    authority::{About, Act},
    change::{Change, Seen},
    field::Checks,
    hazard::{
        Determination, Hazard, HazardEvent, Moment, Offices, StageName,
        event::Ordered,
        report::{Report, Then},
    },
    place::Home,
    subject::{Subject, SubjectKind},
    time::Instant,
};

use super::{Receipt, enter::enter, files, record};
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
    let outcome = decide_and_record(app, who, &said).await;
    who.unless_repeated(app, outcome).await
}

async fn decide_and_record(app: &App, who: &Caller, said: &ReportHazard) -> Outcome<Receipt> {
    for _ in 0..super::TRIES {
        let subject = subject(app, who, said.kind, &said.subject).await?;
        who.actor.may_about(Act::Report, &about(&subject))?;
        if let Some(first) = first_answer(app, who, said, &subject).await? {
            return Ok(first);
        }
        // The same report, twice at the same time: the other was recorded after we had looked, and its photos are attached to it.
        let change = match decide(app, who, said, subject.clone()).await {
            Ok(change) => change,
            Err(failure) => return first_answer(app, who, said, &subject).await?.ok_or(failure),
        };
        if let Some(receipt) = record(app, who, &change).await? {
            return Ok(receipt);
        }
    }
    Err(Failure::Conflict)
}

async fn decide(app: &App, who: &Caller, said: &ReportHazard, subject: Subject) -> Outcome<Change> {
    let photos = files(app, "photos", &said.photos).await?;
    let now = app.clock.now();
    let offices = offices(app, &subject.home).await?;
    let routes = super::routes(app).await?;
    let number = app.next_hazard_number(&subject.home.county, now).await?;
    let moment = Moment {
        who: &who.actor,
        event: app.ids.event(now),
        now,
    };
    Ok(Hazard::report(
        said.report.clone(),
        number,
        subject,
        photos,
        offices,
        &app.reference.timetable,
        &routes,
        moment,
    )?)
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
        order,
        fixed,
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
        && same_then(&report.then, order.as_ref(), fixed.as_deref())
        && (of == subject.id || subject.seen == Seen::NEW && hazard.subject.name == subject.name);
    if !same {
        return Err(Failure::IdTaken);
    }
    Ok(Some(Receipt {
        id: hazard.id.to_string(),
        number: hazard.number.clone(),
        version: first.version,
        initial_level: initial_level.to_string(),
        determination: first_determination(order.is_some()).to_string(),
        stage: match (&order, &fixed) {
            (None, None) => StageName::Reported,
            (Some(_), _) => StageName::Rectifying,
            (None, Some(_)) => StageName::Closed,
        }
        .to_string(),
        due_at: match (&order, &fixed) {
            (None, None) => due_at_first(app, first.at),
            (Some(order), _) => Some(order.deadline.end().0),
            (None, Some(_)) => None,
        },
        waits_for: match (&order, &fixed) {
            (None, None) => Some(subject.regulator.unwrap_or(hazard.offices.county).to_string()),
            (Some(_), _) => Some(
                subject
                    .steward
                    .map_or_else(|| subject.id.to_string(), |steward| steward.to_string()),
            ),
            (None, Some(_)) => None,
        },
        event: first.id.clone(),
        at: first.at.0,
    }))
}

fn same_then(then: &Then, order: Option<&Ordered>, fixed: Option<&str>) -> bool {
    match then {
        Then::Waits => order.is_none() && fixed.is_none(),
        Then::Orders(said) => order.is_some_and(|order| {
            order.deadline == said.deadline
                && order.measures == said.measures.trim()
                && order.responsible_person == said.responsible_person.trim()
                && order.order_no.as_deref().unwrap_or_default()
                    == said.order_no.as_deref().unwrap_or_default().trim()
        }),
        Then::Fixed { summary } => fixed == Some(summary.trim()),
    }
}

/// What a finder orders is, by ordering it, not major.
fn first_determination(ordered: bool) -> Determination {
    if ordered {
        Determination::NotMajor
    } else {
        Determination::Pending
    }
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

/// It lies where the reporter's post lies.
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
    enter(app, who, home, kind, name).await
}

/// The agencies in which the county's and the city's safety officers sit. Nobody stands in for a county's office: a hazard that
/// nobody may confirm is not taken.
pub(super) async fn offices(app: &App, home: &Home) -> Outcome<Offices> {
    let directory = app.store.directory();
    let county = directory
        .agency_with_role(&home.county, Role::CountyOffice)
        .await?;
    let city = directory.agency_with_role(&home.city, Role::CityOffice).await?;
    let town = match &home.town {
        Some(town) => {
            directory
                .agency_of_kind(&home.county, Some(town), AgencyKind::TownOffice)
                .await?
        }
        None => None,
    };
    let town = town.map(|office| office.id);
    match (county, city) {
        (Some(county), Some(city)) => Ok(Offices {
            county: county.id,
            city: city.id,
            town,
        }),
        (None, Some(_)) => Err(Failure::field("subject", "no-county-office")),
        (_, None) => Err(Failure::Broken(format!(
            "no safety office of the city {} is in the directory",
            home.city
        ))),
    }
}
