//! Reference data go in: jurisdictions, routes, then the directory of agencies, posts, persons and accounts from one TOML file.
//! Everything stands on the record with the SHA-256 of its file. Loading the same file again changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AccountId, AgencyId, AppointmentId, JurisdictionId, PersonId, PostId,
    agency::{Agency, AgencyKind, Post, Role},
    change::{Row, Seen},
    directory,
    jurisdiction::{Jurisdiction, JurisdictionKind},
    person::{Account, Appointment, Person},
    place::Home,
    time::Day,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::file::{DirectoryFile, TownOffices};
use crate::{App, Failure, Outcome, ids::sha256_hex};

/// The id of whatever a file names: the same name always gives the same id.
pub fn named(kind: &str, name: &str) -> Uuid {
    let digest = Sha256::digest(format!("anlan:{kind}:{name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

pub fn agency_id(name: &str) -> AgencyId {
    AgencyId(named("agency", name))
}

pub fn subject_id(name: &str) -> domain::SubjectId {
    domain::SubjectId(named("subject", name))
}

/// Jurisdictions and routes of the reference data, as far as they are not there already.
pub async fn load_reference(app: &App) -> Outcome<()> {
    let reference = &app.reference;
    let jurisdictions = reference.jurisdictions.iter().cloned();
    let rows = jurisdictions.map(Row::Jurisdiction).collect();
    record_all(app, &reference.sources.regions, rows).await?;
    let routes = vec![Row::RouteTable(reference.routes.clone())];
    record_all(app, &reference.sources.routes, routes).await?;
    crate::calendar::make_known(app).await
}

/// The directory of a file. `units` places the posts that subjects have of their own.
pub async fn load_directory(
    app: &App,
    name: &str,
    text: &str,
    units: &BTreeMap<String, Unit>,
    password_hash: &str,
) -> Outcome<DirectoryFile> {
    let fault = |why: String| Failure::Broken(format!("{name}: {why}"));
    let file: DirectoryFile = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
    let rows = rows(app, &file, units, password_hash).map_err(fault)?;
    record_all(app, &(name.to_owned(), sha256_hex(text.as_bytes())), rows).await?;
    Ok(file)
}

/// What the event of one part of a file says.
#[derive(Deserialize)]
pub(crate) struct Loaded {
    pub loaded: Part,
}

#[derive(Deserialize)]
pub(crate) struct Part {
    pub file: String,
    pub sha256: String,
    part: usize,
    parts: usize,
}

/// Takes a file onto the record, part by part. Parts that stand there already are passed over, so that a loading that was interrupted
/// goes on where it ended. A file that has changed since it came in is not loaded over what was done since.
pub async fn record_all(app: &App, source: &(String, String), rows: Vec<Row>) -> Outcome<()> {
    let (file, sha256) = source;
    let now = app.clock.now();
    let changes = directory::load(file, sha256, app.city(), rows, &mut || app.ids.event(now), now);
    let loads = store::event::loads(&app.store.door, app.city()).await?;
    let of_this_file: Vec<Part> = loads
        .into_iter()
        .filter_map(|body| serde_json::from_value::<Loaded>(body).ok())
        .map(|told| told.loaded)
        .filter(|part| part.file == *file)
        .collect();
    let same = |part: &&Part| part.sha256 == *sha256 && part.parts == changes.len();
    if !of_this_file.is_empty() && !of_this_file.iter().any(|part| same(&part)) {
        tracing::warn!(
            %file, %sha256,
            "this file has changed since it was loaded, and what is new in it is not taken over: put the old file back, or make \
             the changes by acts on the directory"
        );
        return Ok(());
    }
    let there: BTreeSet<usize> = of_this_file.iter().filter(same).map(|part| part.part).collect();
    for (change, part) in changes.iter().zip(1..) {
        if there.contains(&part) {
            continue;
        }
        app.record(change).await?;
    }
    Ok(())
}

fn rows(
    app: &App,
    file: &DirectoryFile,
    units: &BTreeMap<String, Unit>,
    password_hash: &str,
) -> Result<Vec<Row>, String> {
    let city = app.city();
    let mut rows = Vec::new();
    for row in &file.agency {
        let home = home(app, &row.jurisdiction)?;
        rows.push(Row::Agency(Agency {
            id: agency_id(&row.id),
            seen: Seen::NEW,
            home,
            kind: row.kind,
            name: row.name.clone(),
            short: row.short.clone(),
            parent: row.parent.as_deref().map(agency_id),
            lead: row.lead.as_deref().map(agency_id),
            enforcement: row.enforcement,
            sectors: row.sectors.clone(),
            unit: None,
            rank: row.order,
        }));
    }
    let towns = app
        .reference
        .jurisdictions
        .iter()
        .filter(|one| one.kind == JurisdictionKind::Town);
    if let Some(rule) = &file.town_offices {
        for (at, town) in towns.enumerate() {
            rows.extend(town_office(
                app,
                rule,
                town,
                10_000 + i64::try_from(at).unwrap_or(0),
            )?);
        }
    }
    for (at, (subject, own)) in units.iter().enumerate() {
        rows.push(Row::Agency(unit(
            subject,
            own,
            20_000 + i64::try_from(at).unwrap_or(0),
        )));
        let has_its_own = file
            .post
            .iter()
            .any(|post| post.subject.as_deref() == Some(subject));
        if !has_its_own && !own.principal_head.is_empty() {
            rows.extend(principal_head(subject, own));
        }
    }
    for row in &file.post {
        let agency = match (&row.agency, &row.subject) {
            (Some(agency), None) => agency_id(agency),
            (None, Some(subject)) => agency_id(&format!("unit:{subject}")),
            _ => {
                return Err(format!(
                    "post {} names neither an agency nor a subject, or both",
                    row.id
                ));
            }
        };
        rows.push(Row::Post(Post {
            id: PostId(named("post", &row.id)),
            seen: Seen::NEW,
            agency,
            city: city.clone(),
            title: row.title.clone(),
            role: row.role,
        }));
    }
    for row in &file.person {
        rows.push(Row::Person(Person {
            id: PersonId(named("person", &row.id)),
            seen: Seen::NEW,
            city: city.clone(),
            name: row.name.clone(),
            certificate_no: row.certificate_no.clone(),
        }));
        for (at, holds) in row.holds.iter().enumerate() {
            rows.push(Row::Appointment(Appointment {
                id: AppointmentId(named("appointment", &format!("{}:{at}", row.id))),
                seen: Seen::NEW,
                city: city.clone(),
                person: PersonId(named("person", &row.id)),
                post: PostId(named("post", &holds.post)),
                from: holds.from,
                to: holds.to.map(|day| day.plus_days(-1)),
                successor: None,
            }));
        }
    }
    for row in &file.account {
        rows.push(Row::Account(Account {
            id: AccountId(named("account", &row.user)),
            seen: Seen::NEW,
            city: city.clone(),
            person: PersonId(named("person", &row.person)),
            username: row.user.clone(),
            password_hash: password_hash.to_owned(),
            open: true,
        }));
    }
    Ok(rows)
}

fn town_office(app: &App, rule: &TownOffices, town: &Jurisdiction, rank: i64) -> Result<[Row; 2], String> {
    let home = home(app, &town.id)?;
    let fill = |text: &str| {
        text.replace("{town}", town.id.as_str())
            .replace("{name}", &town.name)
            .replace("{county}", home.county.as_str())
    };
    let agency = agency_id(&fill(&rule.agency_id));
    let office = Row::Agency(Agency {
        id: agency,
        seen: Seen::NEW,
        kind: AgencyKind::TownOffice,
        name: fill(&rule.name),
        short: fill(&rule.short),
        parent: Some(agency_id(&fill(&rule.parent))),
        lead: None,
        enforcement: rule.enforcement,
        sectors: Vec::new(),
        unit: None,
        rank,
        home: home.clone(),
    });
    let post = Row::Post(Post {
        id: PostId(named("post", &fill(&rule.post_id))),
        seen: Seen::NEW,
        agency,
        city: home.city,
        title: rule.post_title.clone(),
        role: rule.post_role,
    });
    Ok([office, post])
}

/// A subject that acts for itself: its name, its principal head, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub name: String,
    pub principal_head: String,
    pub since: Day,
    pub home: Home,
}

/// Where the file names nobody else, the principal head answers for the unit (安全生产法 art. 5).
fn principal_head(subject: &str, own: &Unit) -> [Row; 3] {
    let name = format!("unit:{subject}");
    let (post, person) = (PostId(named("post", &name)), PersonId(named("person", &name)));
    let city = own.home.city.clone();
    [
        Row::Post(Post {
            id: post,
            seen: Seen::NEW,
            agency: agency_id(&name),
            city: city.clone(),
            title: "主要负责人".into(),
            role: Role::Unit,
        }),
        Row::Person(Person {
            id: person,
            seen: Seen::NEW,
            city: city.clone(),
            name: own.principal_head.clone(),
            certificate_no: String::new(),
        }),
        Row::Appointment(Appointment {
            id: AppointmentId(named("appointment", &name)),
            seen: Seen::NEW,
            city,
            person,
            post,
            from: own.since,
            to: None,
            successor: None,
        }),
    ]
}

fn unit(subject: &str, own: &Unit, rank: i64) -> Agency {
    Agency {
        id: agency_id(&format!("unit:{subject}")),
        seen: Seen::NEW,
        home: own.home.clone(),
        kind: AgencyKind::Unit,
        name: own.name.clone(),
        short: own.name.clone(),
        parent: None,
        lead: None,
        enforcement: false,
        sectors: Vec::new(),
        unit: Some(subject_id(subject)),
        rank,
    }
}

/// City, county and town of whatever lies in a jurisdiction. A town that a zone runs belongs to the zone.
pub fn home(app: &App, id: &JurisdictionId) -> Result<Home, String> {
    let of = |id: &JurisdictionId| {
        app.reference
            .jurisdiction(id)
            .ok_or_else(|| format!("jurisdiction {id} is not known"))
    };
    let one = of(id)?;
    let city = one.city.clone();
    Ok(match one.kind {
        JurisdictionKind::City => Home {
            county: city.clone(),
            city,
            town: None,
        },
        JurisdictionKind::County | JurisdictionKind::Zone => Home {
            city,
            county: one.id.clone(),
            town: None,
        },
        JurisdictionKind::Town => {
            let county = one
                .parent
                .clone()
                .ok_or_else(|| format!("town {id} lies in no county"))?;
            Home {
                city,
                county,
                town: Some(one.id.clone()),
            }
        }
    })
}
