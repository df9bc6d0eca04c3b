//! 县区一页纸 and 部门一页纸: the figures of one place and of one agency, and what they are made of.
//!
//! Never here: a comparison with others, or a person's name beside a number.

use askama::Template;

use super::{desk::DueRow, frame::Frame, stock::Cell};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "jurisdiction.html")]
pub struct JurisdictionPage {
    pub frame: Frame,
    pub name: String,
    pub period: String,
    /// Eight of them.
    pub figures: Vec<Figure>,
    pub overdue: List,
    pub returned: List,
    pub closed_last: List,
    /// Sector, standing, major, overdue.
    pub sectors: Vec<(String, Vec<Cell>)>,
    pub as_of: String,
    pub uncounted: i64,
    /// The county's lines in the stock table.
    pub stock: String,
    /// Name and address of the agencies whose own page may be seen.
    pub agencies: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default)]
pub struct Figure {
    pub label: String,
    /// Empty where there is nothing to say.
    pub number: String,
    pub note: Option<String>,
    pub href: Option<String>,
    pub alarm: bool,
}

#[derive(Clone, Debug, Default)]
pub struct List {
    pub rows: Vec<DueRow>,
    /// How many there are in all, and where they are listed, when not all are shown.
    pub all: Option<(i64, String)>,
}

#[derive(Clone, Debug, Default, Template)]
#[template(path = "agency.html")]
pub struct AgencyPage {
    pub frame: Frame,
    pub name: String,
    pub place: String,
    pub year: String,
    pub rows: Vec<(String, Vec<Cell>)>,
    pub as_of: String,
    pub uncounted: i64,
}

impl AgencyPage {
    /// In the order of the cells, by code.
    pub fn columns(&self) -> [&'static str; 7] {
        [
            "found",
            "ordered",
            "returned",
            "accepted",
            "signed_off",
            "revisited",
            "true_rate",
        ]
    }
}
