//! Reference data: the files under `data/` read into what the rules work with. A file that does not make sense stops the program
//! at its start, with the file and the place named.

mod escalation;

use std::collections::HashMap;

use domain::{
    JurisdictionId,
    calendar::Calendar,
    change::Seen,
    deadline::{Clock, ClockUnit, Timetable},
    jurisdiction::{Jurisdiction, JurisdictionKind},
    route::{Route, RouteRule, RouteTable},
    subject::SubjectKind,
    time::Day,
};
use serde::Deserialize;

use crate::{Failure, Outcome, ids::sha256_hex, papers::Papers};

pub use escalation::{DigestDays, DigestTable, EscalationTable, LetterForm, filled};

/// What this installation knows from its data files.
#[derive(Debug, Clone)]
pub struct Reference {
    pub city: JurisdictionId,
    /// In official order.
    pub jurisdictions: Vec<Jurisdiction>,
    pub timetable: Timetable,
    pub routes: RouteTable,
    pub measures: Vec<Measure>,
    /// What is often found, in the order in which it is offered.
    pub common_items: Vec<CommonItem>,
    pub escalation: EscalationTable,
    /// Names of the divisions of GB/T 4754, by code.
    pub sectors: HashMap<String, String>,
    pub papers: Papers,
    /// Sets of rules to begin from, beside the shipped ones.
    pub presets: Vec<Preset>,
    pub workload: Workload,
    pub sources: Sources,
    by_id: HashMap<JurisdictionId, usize>,
}

/// The texts of the files, so that their digests can stand on the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    pub regions: (String, String),
    pub routes: (String, String),
    pub calendar: (String, String),
}

/// Rules to begin from, when the city changes its own. Their routes are those of the shipped table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    pub note_zh: String,
    pub note_en: String,
    pub rule: Vec<RouteRule>,
}

/// How much the city's office can look at, and where the figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workload {
    pub files_per_working_day: u32,
    pub note_zh: String,
    pub note_en: String,
    pub source: String,
}

/// An interim measure that the city's table offers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Measure {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
}

/// A finding that reporters press instead of typing it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommonItem {
    pub text_zh: String,
    /// Kinds of subjects on which it is offered.
    pub kinds: Vec<SubjectKind>,
    /// Sections of GB/T 4754 (`C`) on which it is offered; empty: on all.
    #[serde(default)]
    pub sectors: Vec<String>,
}

/// More than this nobody reads through on a phone, and each is a line of every report page.
const MOST_COMMON_ITEMS: usize = 120;

/// The texts that a reference is read from.
pub struct Texts<'a> {
    pub regions: &'a str,
    pub calendar: &'a str,
    pub clocks: &'a str,
    pub routes: &'a str,
    pub workload: &'a str,
    pub measures: &'a str,
    pub escalation: &'a str,
    pub sectors: &'a str,
    pub papers: &'a str,
    pub common_items: &'a str,
}

/// The files that come with the program.
pub const SHIPPED: Texts<'static> = Texts {
    regions: include_str!("../../../data/regions/ankang.csv"),
    calendar: include_str!("../../../data/calendar.toml"),
    clocks: include_str!("../../../data/clocks.toml"),
    routes: include_str!("../../../data/routes.toml"),
    workload: include_str!("../../../data/workload.toml"),
    measures: include_str!("../../../data/interim_measures.toml"),
    escalation: include_str!("../../../data/escalation.toml"),
    sectors: include_str!("../../../data/sectors.csv"),
    papers: include_str!("../../../data/papers.toml"),
    common_items: include_str!("../../../data/common_items.toml"),
};

impl Reference {
    pub fn shipped() -> Outcome<Self> {
        Self::read(&SHIPPED)
    }

    pub fn read(texts: &Texts) -> Outcome<Self> {
        let jurisdictions = read_regions(texts.regions)?;
        let city = jurisdictions
            .iter()
            .find(|jurisdiction| jurisdiction.kind == JurisdictionKind::City)
            .map(|jurisdiction| jurisdiction.id.clone())
            .ok_or_else(|| fault("regions", "no city"))?;
        let by_id = jurisdictions
            .iter()
            .enumerate()
            .map(|(at, one)| (one.id.clone(), at))
            .collect();
        let measures: Measures = read_toml("interim_measures.toml", texts.measures)?;
        let (routes, presets) = read_routes(texts.routes, &city)?;
        let named = |name: &str, text: &str| (name.to_owned(), sha256_hex(text.as_bytes()));
        Ok(Self {
            timetable: read_timetable(texts.clocks, texts.calendar)?,
            routes,
            presets,
            workload: read_workload(texts.workload)?,
            measures: measures.measure,
            common_items: read_common_items(texts.common_items)?,
            escalation: escalation::read(texts.escalation)?,
            sectors: read_sectors(texts.sectors),
            papers: Papers::read(texts.papers).map_err(|why| fault("papers.toml", why))?,
            sources: Sources {
                regions: named("data/regions/ankang.csv", texts.regions),
                routes: named("data/routes.toml", texts.routes),
                calendar: named("data/calendar.toml", texts.calendar),
            },
            city,
            jurisdictions,
            by_id,
        })
    }

    pub fn jurisdiction(&self, id: &JurisdictionId) -> Option<&Jurisdiction> {
        self.by_id.get(id).map(|at| &self.jurisdictions[*at])
    }

    /// Counties and zones, in official order.
    pub fn counties(&self) -> impl Iterator<Item = &Jurisdiction> {
        self.jurisdictions
            .iter()
            .filter(|one| matches!(one.kind, JurisdictionKind::County | JurisdictionKind::Zone))
    }

    /// The name of a division, or its code where it has none.
    pub fn sector(&self, code: &str) -> String {
        self.sectors.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    pub fn name(&self, id: &JurisdictionId) -> String {
        self.jurisdiction(id)
            .map_or_else(|| id.to_string(), |one| one.name.clone())
    }
}

fn fault(file: &str, why: impl std::fmt::Display) -> Failure {
    Failure::Broken(format!("reference data, {file}: {why}"))
}

fn read_toml<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Outcome<T> {
    toml::from_str(text).map_err(|error| fault(file, error))
}

/// `id,code,name,short,kind,parent,order,prefix,…`, without quotes.
fn read_regions(text: &str) -> Outcome<Vec<Jurisdiction>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|one| *one == name)
            .ok_or_else(|| fault("regions", format!("no column {name}")))
    };
    let (id, code, name, short, kind) = (
        column("id")?,
        column("code")?,
        column("name")?,
        column("short")?,
        column("kind")?,
    );
    let (parent, order, prefix, run_by) = (
        column("parent")?,
        column("order")?,
        column("prefix")?,
        column("run_by")?,
    );
    let mut rows = Vec::new();
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let wrong = |why: &str| fault("regions", format!("line {}: {why}", at + 2));
        rows.push(Jurisdiction {
            id: cell(id).into(),
            seen: Seen::NEW,
            city: JurisdictionId(String::new()),
            // Work that arises in a town goes to whoever runs it, which may be a zone instead of the county it lies in.
            parent: [cell(run_by), cell(parent)]
                .into_iter()
                .find(|id| !id.is_empty())
                .map(JurisdictionId::from),
            kind: JurisdictionKind::parse(cell(kind)).ok_or_else(|| wrong("the kind is not known"))?,
            code: cell(code).to_owned(),
            name: cell(name).to_owned(),
            short: cell(short).to_owned(),
            prefix: cell(prefix).to_owned(),
            rank: cell(order).parse().map_err(|_| wrong("the order is no number"))?,
        });
    }
    let city = rows
        .iter()
        .find(|row| row.kind == JurisdictionKind::City)
        .map(|row| row.id.clone());
    let city = city.ok_or_else(|| fault("regions", "no city"))?;
    rows.iter_mut().for_each(|row| row.city = city.clone());
    Ok(rows)
}

fn read_common_items(text: &str) -> Outcome<Vec<CommonItem>> {
    #[derive(Deserialize)]
    struct Items {
        item: Vec<CommonItem>,
    }
    let Items { item: items } = read_toml("common_items.toml", text)?;
    if items.len() > MOST_COMMON_ITEMS {
        return Err(fault(
            "common_items.toml",
            format!("more than {MOST_COMMON_ITEMS} items"),
        ));
    }
    for item in &items {
        let wrong = |why: &str| fault("common_items.toml", format!("{}: {why}", item.text_zh));
        if item.text_zh.trim().is_empty() || item.text_zh.chars().count() > 60 {
            return Err(wrong("a text has 1 to 60 characters"));
        }
        if item.kinds.is_empty() {
            return Err(wrong("offered on no kind of subject"));
        }
        if item
            .sectors
            .iter()
            .any(|code| !matches!(code.as_bytes(), [b'A'..=b'T']))
        {
            return Err(wrong("a sector is a section of GB/T 4754, A to T"));
        }
    }
    Ok(items)
}

/// `code,name,…`; a name with a comma in it is quoted.
fn read_sectors(text: &str) -> HashMap<String, String> {
    let named = text.lines().skip(1).filter_map(|line| {
        let (code, rest) = line.split_once(',')?;
        let name = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next()?,
            None => rest.split(',').next()?,
        };
        Some((code.to_owned(), name.to_owned()))
    });
    named.collect()
}

#[derive(Deserialize)]
struct Measures {
    measure: Vec<Measure>,
}

#[derive(Deserialize)]
struct Clocks {
    clock: Vec<ClockRow>,
}

#[derive(Deserialize)]
struct ClockRow {
    id: String,
    name_zh: String,
    name_en: String,
    length: u32,
    unit: ClockUnit,
    note_zh: String,
    source: String,
}

#[derive(Deserialize)]
struct Years {
    year: Vec<Year>,
}

#[derive(Deserialize)]
struct Year {
    year: i16,
    #[serde(default)]
    title: String,
    #[serde(default)]
    doc_no: String,
    #[serde(default)]
    work: Vec<Day>,
    #[serde(default)]
    holiday: Vec<Holiday>,
}

#[derive(Deserialize)]
struct Holiday {
    rest: Vec<Day>,
}

fn read_timetable(clocks: &str, calendar: &str) -> Outcome<Timetable> {
    let clocks: Clocks = read_toml("clocks.toml", clocks)?;
    let years: Years = read_toml("calendar.toml", calendar)?;
    let clock = |id: &str| {
        let row = clocks
            .clock
            .iter()
            .find(|row| row.id == id)
            .ok_or_else(|| fault("clocks.toml", format!("no clock {id}")))?;
        Ok::<_, Failure>(Clock {
            id: row.id.clone(),
            name_zh: row.name_zh.clone(),
            name_en: row.name_en.clone(),
            length: row.length,
            unit: row.unit,
            source: format!("{} {}", row.note_zh, row.source),
        })
    };
    let holidays: Vec<Day> = years
        .year
        .iter()
        .flat_map(|year| &year.holiday)
        .flat_map(|one| one.rest.iter().copied())
        .collect();
    let worked: Vec<Day> = years
        .year
        .iter()
        .flat_map(|year| year.work.iter().copied())
        .collect();
    let calendar = Calendar::new(years.year.iter().map(|year| year.year), &holidays, &worked);
    let named = years.year.iter().filter(|year| !year.title.is_empty());
    let calendar = named.fold(calendar, |calendar, year| {
        let no = Some(&year.doc_no).filter(|no| !no.is_empty());
        let no = no.map(|no| format!("（{no}）")).unwrap_or_default();
        calendar.known_by(year.year, &format!("《{}》{no}", year.title))
    });
    Ok(Timetable {
        confirm: clock("confirm")?,
        accept: clock("accept")?,
        sign_off: clock("sign_off")?,
        ask_extension: clock("ask_extension")?,
        answer: clock("answer")?,
        calendar,
    })
}

#[derive(Deserialize)]
struct Routes {
    route: Vec<Route>,
    rule: Vec<RouteRule>,
    #[serde(default)]
    preset: Vec<Preset>,
}

fn read_routes(text: &str, city: &JurisdictionId) -> Outcome<(RouteTable, Vec<Preset>)> {
    let read: Routes = read_toml("routes.toml", text)?;
    let table = RouteTable {
        city: city.clone(),
        seen: Seen::NEW,
        no: 1,
        routes: read.route,
        rules: read.rule,
    };
    if let Some(why) = table.fault() {
        return Err(fault("routes.toml", why));
    }
    for preset in &read.preset {
        let offered = RouteTable {
            rules: preset.rule.clone(),
            ..table.clone()
        };
        if let Some(first) = offered.findings().first() {
            return Err(fault(
                "routes.toml",
                format!("preset {}: {} {:?}", preset.id, first.flaw, first.rule),
            ));
        }
    }
    Ok((table, read.preset))
}

fn read_workload(text: &str) -> Outcome<Workload> {
    let workload: Workload = read_toml("workload.toml", text)?;
    if !(1..=1_000).contains(&workload.files_per_working_day) {
        return Err(fault("workload.toml", "files_per_working_day is 1 to 1000"));
    }
    Ok(workload)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_items_that_make_no_sense_stop_the_program() {
        let read = |items: &str| {
            Reference::read(&Texts {
                common_items: items,
                ..SHIPPED
            })
        };
        let item = |text: &str, rest: &str| format!("[[item]]\ntext_zh = \"{text}\"\n{rest}\n");
        let sound = item("井盖缺失", "kinds = [\"unowned\"]\nsectors = [\"N\"]");
        assert_eq!(read(&sound).unwrap().common_items.len(), 1);
        let many = sound.repeat(MOST_COMMON_ITEMS + 1);
        for (wrong, why) in [
            (item("", "kinds = [\"unowned\"]"), "1 to 60 characters"),
            (
                item(&"长".repeat(61), "kinds = [\"unowned\"]"),
                "1 to 60 characters",
            ),
            (item("井盖缺失", "kinds = []"), "no kind"),
            (item("井盖缺失", "kinds = [\"hole\"]"), "hole"),
            (
                item("井盖缺失", "kinds = [\"unowned\"]\nsectors = [\"N77\"]"),
                "A to T",
            ),
            (item("井盖缺失", "kinds = [\"unowned\"]\nlevel = 1"), "level"),
            (many, "more than 120"),
        ] {
            let told = read(&wrong).expect_err(why);
            assert!(
                matches!(&told, Failure::Broken(text) if text.contains("common_items.toml") && text.contains(why)),
                "{told:?}"
            );
        }
    }
}
