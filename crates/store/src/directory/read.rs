//! How rows of the directory are read back into what they are.

use domain::{
    AccountId, AgencyId, AppointmentId, JurisdictionId, PersonId, PostId, SubjectId,
    agency::{Agency, AgencyKind, Role},
    jurisdiction::{Jurisdiction, JurisdictionKind},
    person::{Account, Appointment, Person},
    place::Home,
};

use super::{Holding, Office};
use crate::{
    error::Result,
    row::{In, Record},
};

fn home(row: &In) -> Result<Home> {
    Ok(Home {
        city: row.jurisdiction("city")?,
        county: row.jurisdiction("county")?,
        town: row.text_opt("town")?.map(JurisdictionId),
    })
}

pub(super) fn jurisdiction(record: &Record) -> Result<Jurisdiction> {
    let row = record.of("jurisdiction");
    Ok(Jurisdiction {
        id: row.jurisdiction("id")?,
        seen: row.seen()?,
        city: row.jurisdiction("city")?,
        parent: row.text_opt("parent")?.map(JurisdictionId),
        kind: row.word("kind", JurisdictionKind::parse)?,
        code: row.text("code")?,
        name: row.text("name")?,
        short: row.text("short")?,
        prefix: row.text("prefix")?,
        rank: row.int("rank")?,
    })
}

pub(super) fn agency(record: &Record) -> Result<Agency> {
    let row = record.of("agency");
    Ok(Agency {
        id: AgencyId(row.uuid("id")?),
        seen: row.seen()?,
        home: home(&row)?,
        kind: row.word("kind", AgencyKind::parse)?,
        name: row.text("name")?,
        short: row.text("short")?,
        parent: row.uuid_opt("parent")?.map(AgencyId),
        lead: row.uuid_opt("lead")?.map(AgencyId),
        enforcement: row.bool("enforcement")?,
        sectors: row
            .text("sectors")?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        unit: row.uuid_opt("unit")?.map(SubjectId),
        rank: row.int("rank")?,
    })
}

pub(super) fn person(record: &Record) -> Result<Person> {
    let row = record.of("person");
    Ok(Person {
        id: PersonId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("city")?,
        name: row.text("name")?,
        certificate_no: row.text("certificate_no")?,
    })
}

pub(super) fn appointment(record: &Record) -> Result<Appointment> {
    let row = record.of("appointment");
    Ok(Appointment {
        id: AppointmentId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("city")?,
        person: PersonId(row.uuid("person")?),
        post: PostId(row.uuid("post")?),
        from: row.day("from_day")?,
        to: row.day_opt("to_day")?,
        successor: row.uuid_opt("successor")?.map(AppointmentId),
    })
}

pub(super) fn account(record: &Record) -> Result<Account> {
    let row = record.of("account");
    Ok(Account {
        id: AccountId(row.uuid("id")?),
        seen: row.seen()?,
        city: row.jurisdiction("city")?,
        person: PersonId(row.uuid("person")?),
        username: row.text("username")?,
        password_hash: row.text("password_hash")?,
        open: row.bool("open")?,
    })
}

pub(super) fn holding(record: &Record) -> Result<Holding> {
    let row = record.of("appointment");
    Ok(Holding {
        appointment: Appointment {
            id: AppointmentId(row.uuid("h_id")?),
            seen: domain::change::Seen {
                version: row.int("h_version")?,
                head: row.digest("h_head")?,
            },
            city: row.jurisdiction("h_city")?,
            person: PersonId(row.uuid("person")?),
            post: PostId(row.uuid("post")?),
            from: row.day("from_day")?,
            to: row.day_opt("to_day")?,
            successor: row.uuid_opt("successor")?.map(AppointmentId),
        },
        person_name: row.text("person_name")?,
        title: row.text("title")?,
        role: row.word("role", Role::parse)?,
        agency: agency(record)?,
    })
}

pub(super) fn office(record: &Record) -> Result<Office> {
    let row = record.of("appointment");
    Ok(Office {
        person: PersonId(row.uuid("person")?),
        person_name: row.text("person_name")?,
        certificate_no: row.text("certificate_no")?,
        title: row.text("title")?,
        role: row.word("role", Role::parse)?,
        agency: AgencyId(row.uuid("agency")?),
        agency_name: row.text("agency_name")?,
        appointment: AppointmentId(row.uuid("id")?),
        from: row.day("from_day")?,
        place: row.jurisdiction("place")?,
        username: row.text_opt("username")?,
    })
}
