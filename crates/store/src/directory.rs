//! Jurisdictions, agencies, posts, persons, appointments, accounts: how they stand in the tables.

mod find;
mod read;

use domain::{
    agency::{Agency, Post},
    jurisdiction::Jurisdiction,
    person::{Account, Appointment, Person},
};
use seal::Value;

use crate::table::{Image, Kind::*, Table, text, text_opt};

pub use find::{Directory, Holding, Office};

pub const JURISDICTION: Table = Table {
    name: "jurisdiction",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("parent", Text),
        ("kind", Text),
        ("code", Text),
        ("name", Text),
        ("short", Text),
        ("prefix", Text),
        ("rank", Int),
    ],
};

pub fn jurisdiction_image(row: &Jurisdiction) -> Image {
    let values = vec![
        text(&row.id),
        text(&row.city),
        text_opt(row.parent.as_ref()),
        text(row.kind),
        text(&row.code),
        text(&row.name),
        text(&row.short),
        text(&row.prefix),
        Value::Int(row.rank),
    ];
    Image {
        table: &JURISDICTION,
        seen: row.seen,
        values,
    }
}

pub const AGENCY: Table = Table {
    name: "agency",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("county", Text),
        ("town", Text),
        ("kind", Text),
        ("name", Text),
        ("short", Text),
        ("parent", Text),
        ("lead", Text),
        ("enforcement", Bool),
        ("sectors", Text),
        ("unit", Text),
        ("rank", Int),
    ],
};

pub fn agency_image(row: &Agency) -> Image {
    let values = vec![
        text(row.id),
        text(&row.home.city),
        text(&row.home.county),
        text_opt(row.home.town.as_ref()),
        text(row.kind),
        text(&row.name),
        text(&row.short),
        text_opt(row.parent),
        text_opt(row.lead),
        Value::Bool(row.enforcement),
        text(row.sectors.join(" ")),
        text_opt(row.unit),
        Value::Int(row.rank),
    ];
    Image {
        table: &AGENCY,
        seen: row.seen,
        values,
    }
}

pub const POST: Table = Table {
    name: "post",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("agency", Text),
        ("title", Text),
        ("role", Text),
    ],
};

pub fn post_image(row: &Post) -> Image {
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.agency),
        text(&row.title),
        text(row.role),
    ];
    Image {
        table: &POST,
        seen: row.seen,
        values,
    }
}

pub const PERSON: Table = Table {
    name: "person",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("name", Text),
        ("certificate_no", Text),
    ],
};

pub fn person_image(row: &Person) -> Image {
    let values = vec![
        text(row.id),
        text(&row.city),
        text(&row.name),
        text(&row.certificate_no),
    ];
    Image {
        table: &PERSON,
        seen: row.seen,
        values,
    }
}

pub const APPOINTMENT: Table = Table {
    name: "appointment",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("person", Text),
        ("post", Text),
        ("from_day", Text),
        ("to_day", Text),
        ("successor", Text),
    ],
};

pub fn appointment_image(row: &Appointment) -> Image {
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.person),
        text(row.post),
        text(row.from),
        text_opt(row.to),
        text_opt(row.successor),
    ];
    Image {
        table: &APPOINTMENT,
        seen: row.seen,
        values,
    }
}

pub const ACCOUNT: Table = Table {
    name: "account",
    columns: &[
        ("id", Text),
        ("city", Text),
        ("person", Text),
        ("username", Text),
        ("password_hash", Text),
        ("open", Bool),
    ],
};

pub fn account_image(row: &Account) -> Image {
    let values = vec![
        text(row.id),
        text(&row.city),
        text(row.person),
        text(&row.username),
        text(&row.password_hash),
        Value::Bool(row.open),
    ];
    Image {
        table: &ACCOUNT,
        seen: row.seen,
        values,
    }
}
