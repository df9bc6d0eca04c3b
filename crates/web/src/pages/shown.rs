//! What a list of hazards shows: read from an address, written into addresses, and turned into the filter of the finder, so that a
//! number and the list behind it never differ.

use app::{Caller, hazard::list};
use domain::{
    AgencyId, JurisdictionId, SubjectId,
    hazard::{Determination, HandedOver, InitialLevel, Source, StageName},
    stock::{By, Part, Period},
    time::Instant,
};
use serde::Deserialize;
use store::{
    hazard::{Department, HazardFilter},
    stock::{Behind, Within},
};

use super::encode;

/// What a list shows, as its address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Shown {
    #[serde(default)]
    pub stage: String,
    #[serde(default)]
    pub county: String,
    #[serde(default)]
    pub town: String,
    #[serde(default)]
    pub level: String,
    #[serde(default)]
    pub source: String,
    /// `overdue`, `today`, `week`.
    #[serde(default)]
    pub due: String,
    /// `mine`, `others`; `asked` of my agency, `to_us` handed over to it and not answered.
    #[serde(default)]
    pub desk: String,
    /// `open`, `major`, `returned`, `by_me`, `instructed`, `listed`; `handed` over and not answered, of these `unreceived`, `unanswered`.
    #[serde(default)]
    pub only: String,
    #[serde(default)]
    pub subject: String,
    /// Code of a division; `-` for none known, as everywhere.
    #[serde(default)]
    pub sector: String,
    #[serde(default)]
    pub determination: String,
    /// A column of the stock table, whose rows these are; then place, sector and words are those of the table's line.
    #[serde(default)]
    pub part: String,
    /// Of the stock table; or else when it was reported.
    #[serde(default)]
    pub period: String,
    /// What the lines of the stock table were.
    #[serde(default)]
    pub by: String,
    /// Reported by the people of this agency.
    #[serde(default)]
    pub agency: String,
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub after: String,
    /// The agency that regulates it; `-` for none named.
    #[serde(default)]
    pub department: String,
    /// The city department that the regulating agency belongs to.
    #[serde(default)]
    pub line: String,
}

impl Shown {
    pub(super) fn parameters(&self) -> [(&'static str, &str); 18] {
        [
            ("stage", &self.stage),
            ("county", &self.county),
            ("town", &self.town),
            ("level", &self.level),
            ("source", &self.source),
            ("due", &self.due),
            ("desk", &self.desk),
            ("only", &self.only),
            ("subject", &self.subject),
            ("sector", &self.sector),
            ("determination", &self.determination),
            ("part", &self.part),
            ("period", &self.period),
            ("by", &self.by),
            ("agency", &self.agency),
            ("q", &self.q),
            ("department", &self.department),
            ("line", &self.line),
        ]
    }

    pub fn href(&self) -> String {
        let given = self
            .parameters()
            .into_iter()
            .filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        if query.is_empty() {
            "/hazards".into()
        } else {
            format!("/hazards?{}", query.join("&"))
        }
    }

    pub(super) fn set(&self, name: &str, value: &str) -> Self {
        let mut shown = Self {
            after: String::new(),
            ..self.clone()
        };
        let field = match name {
            "stage" => &mut shown.stage,
            "county" => &mut shown.county,
            "town" => &mut shown.town,
            "level" => &mut shown.level,
            "source" => &mut shown.source,
            "due" => &mut shown.due,
            "desk" => &mut shown.desk,
            "only" => &mut shown.only,
            "subject" => &mut shown.subject,
            "sector" => &mut shown.sector,
            "determination" => &mut shown.determination,
            "part" => {
                shown.period.clear();
                shown.by.clear();
                &mut shown.part
            }
            "period" => &mut shown.period,
            "by" => &mut shown.by,
            "agency" => &mut shown.agency,
            "department" => &mut shown.department,
            "line" => &mut shown.line,
            _ => &mut shown.q,
        };
        value.clone_into(field);
        shown
    }

    /// The rows that this address stands for. A word that is not known shows nothing rather than everything.
    pub fn filter(&self, who: &Caller, now: Instant) -> Option<HazardFilter> {
        fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
            if text.is_empty() {
                Some(None)
            } else {
                parse(text).map(Some)
            }
        }
        let desk = match self.desk.as_str() {
            "" => HazardFilter::default(),
            "mine" => who.on_my_desk(),
            "others" => who.on_other_desks(),
            "asked" => HazardFilter {
                asks: Some(who.actor.agency),
                ..HazardFilter::default()
            },
            "to_us" => HazardFilter {
                handed_to: Some(who.actor.agency),
                handed_over: HandedOver::ALL.to_vec(),
                ..HazardFilter::default()
            },
            _ => return None,
        };
        let end_of_today = now.day().end();
        let (overdue_at, due_within) = match self.due.as_str() {
            "" => (None, None),
            "overdue" => (Some(now), None),
            "today" => (None, Some((now, end_of_today))),
            "week" => (None, Some((now, now.plus(list::WEEK)))),
            "soon" => (Some(now.plus(list::WEEK)), None),
            _ => return None,
        };
        let handed_over = match self.only.as_str() {
            "" | "open" | "major" | "returned" | "by_me" | "instructed" | "listed" => {
                desk.handed_over.clone()
            }
            "handed" => HandedOver::ALL.to_vec(),
            word => vec![HandedOver::parse(word)?],
        };
        let department = match (self.department.as_str(), self.line.as_str()) {
            ("", "") => None,
            ("-", "") => Some(Department::Nobody),
            ("", line) => Some(Department::Line(AgencyId::parse(line)?)),
            (itself, "") => Some(Department::Itself(AgencyId::parse(itself)?)),
            _ => return None,
        };
        let period = word(&self.period, Period::parse)?;
        let within = Within {
            county: given(&self.county),
            town: given(&self.town),
            sector: given(&self.sector),
            level: word(&self.level, InitialLevel::parse)?,
            determination: word(&self.determination, Determination::parse)?,
            source: word(&self.source, Source::parse)?,
        };
        let desk = HazardFilter {
            stage: word(&self.stage, StageName::parse)?,
            subject: word(&self.subject, SubjectId::parse)?,
            reporter_agency: word(&self.agency, AgencyId::parse)?,
            overdue_at,
            due_within,
            handed_over,
            department,
            ..desk
        };
        let desk = match word(&self.part, Part::parse)? {
            Some(part) => HazardFilter {
                behind: Some(Behind {
                    part,
                    period: period?,
                    by: word(&self.by, By::parse)?.unwrap_or(By::Month),
                    within,
                    now,
                }),
                ..desk
            },
            None => HazardFilter {
                county: within.county.map(JurisdictionId),
                town: within.town.map(JurisdictionId),
                sector: within.sector,
                level: within.level,
                source: within.source,
                determination: within.determination,
                reported_within: period.map(|period| (period.from(), period.until())),
                ..desk
            },
        };
        let major = (self.only == "major").then_some(Determination::Major);
        Some(HazardFilter {
            determination: desk.determination.or(major),
            open: matches!(self.only.as_str(), "open" | "major" | "returned").then_some(true),
            returned: self.only == "returned",
            instructed: self.only == "instructed",
            listed: self.only == "listed",
            reporter: (self.only == "by_me").then_some(who.actor.person),
            text: (!self.q.is_empty()).then(|| self.q.clone()),
            ..desk
        })
    }
}

/// What an address says; `-` is what has no value.
pub(super) fn given(text: &str) -> Option<String> {
    match text {
        "" => None,
        "-" => Some(String::new()),
        text => Some(text.to_owned()),
    }
}
