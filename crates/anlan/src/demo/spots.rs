//! Where a text of the demo's hazards can be found: every subject whose kind and scenes fit it, and places without an owner that
//! town officers come upon and enter with their report.
//!
//! A spot also knows whose desk it crosses: who judges a report, who is named as regulator when it is confirmed, who rectifies.

use app::{
    App, Failure, Outcome,
    directory::{
        load::{agency_id, subject_id},
        load_subjects::SubjectFile,
    },
    hazard::report::Named,
};
use domain::{
    AgencyId, JurisdictionId,
    agency::Role,
    jurisdiction::Jurisdiction,
    place::Home,
    scope::{Grant, Scope},
    subject::SubjectKind,
    time::Day,
};

use super::{
    cast::Cast,
    texts::{Text, Texts},
};

/// A subject as the stories need it.
#[derive(Debug, Clone)]
pub struct Site {
    pub named: Named,
    pub kind: SubjectKind,
    pub name: String,
    pub sector: String,
    pub home: Home,
    pub address: String,
    pub principal_head: String,
    pub regulator: Option<AgencyId>,
    /// Who rectifies: the steward, or the subject's own unit.
    pub rectifier: AgencyId,
    pub has_steward: bool,
    /// Of the town it lies in, if somebody sits there.
    pub town_office: Option<AgencyId>,
}

#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub site: usize,
    pub text: usize,
    /// Named when it is confirmed, where the subject has no regulator of its own.
    pub named: Option<AgencyId>,
    /// Somebody sits where it has to be rectified and where it has to be accepted.
    pub goes_round: bool,
}

pub struct Spots {
    pub sites: Vec<Site>,
    pub spots: Vec<Spot>,
}

impl Spots {
    pub async fn of(app: &App, cast: &Cast, file: &SubjectFile, texts: &Texts, day: Day) -> Outcome<Self> {
        let everywhere = Scope {
            grants: vec![Grant::City {
                city: app.city().clone(),
                sectors: None,
            }],
        };
        let subjects = app.store.subjects(&everywhere);
        let mut scenes = Vec::new();
        let mut sites = Vec::new();
        for row in &file.subject {
            let subject = subjects.find(subject_id(&row.id)).await?;
            let town = subject.as_ref().and_then(|subject| subject.home.town.as_ref());
            let town_office = town
                .map(|town| agency_id(&format!("{town}-safety")))
                .filter(|office| !cast.at(*office, day).is_empty());
            let subject =
                subject.ok_or_else(|| Failure::Broken(format!("the subject {} was not loaded", row.id)))?;
            scenes.push(row.scenes.clone());
            sites.push(Site {
                named: Named::Id(subject.id),
                kind: subject.kind,
                name: subject.name,
                sector: subject.sector,
                address: subject.address,
                principal_head: subject.principal_head,
                regulator: subject.regulator,
                rectifier: subject
                    .steward
                    .unwrap_or_else(|| agency_id(&format!("unit:{}", row.id))),
                has_steward: subject.steward.is_some(),
                town_office,
                home: subject.home,
            });
        }
        for town in towns_in_office(app, cast, day) {
            if sites.iter().any(|site| site.rectifier == town.office) {
                continue;
            }
            for (kind, scene, name) in BY_THE_WAY {
                scenes.push(vec![(*scene).to_owned()]);
                sites.push(by_the_way(&town, *kind, name));
            }
        }
        let mut spots = Vec::new();
        for (site, (at, scenes)) in sites.iter().zip(&scenes).enumerate() {
            for (text, what) in texts
                .hazard
                .iter()
                .enumerate()
                .filter(|(_, text)| text.fits(at.kind, scenes))
            {
                let named = if at.regulator.is_none() {
                    regulator_for(what, &at.home.county, cast, day)
                } else {
                    None
                };
                let judged = at
                    .regulator
                    .or(named)
                    .is_some_and(|agency| cast.at(agency, day).len() >= 2);
                let goes_round = judged && !cast.at(at.rectifier, day).is_empty();
                spots.push(Spot {
                    site,
                    text,
                    named,
                    goes_round,
                });
            }
        }
        Ok(Self { sites, spots })
    }

    pub fn site(&self, spot: &Spot) -> &Site {
        &self.sites[spot.site]
    }
}

struct Town<'a> {
    office: AgencyId,
    home: Home,
    jurisdiction: &'a Jurisdiction,
}

fn towns_in_office<'a>(app: &'a App, cast: &Cast, day: Day) -> Vec<Town<'a>> {
    let mut towns: Vec<Town> = Vec::new();
    for (_, holding) in cast
        .accounts()
        .filter(|(_, holding)| holding.role == Role::TownOffice && holding.appointment.holds_on(day))
    {
        let home = holding.agency.home.clone();
        let known = home
            .town
            .as_ref()
            .and_then(|town| app.reference.jurisdiction(town));
        if let Some(jurisdiction) =
            known.filter(|_| towns.iter().all(|town| town.office != holding.agency.id))
        {
            towns.push(Town {
                office: holding.agency.id,
                home,
                jurisdiction,
            });
        }
    }
    towns
}

/// What a town officer comes upon: kind, scene, and how it is called after the town.
const BY_THE_WAY: &[(SubjectKind, &str, &str)] = &[
    (SubjectKind::Unowned, "slope", "集镇后山边坡"),
    (SubjectKind::Unowned, "slope", "通村公路2公里处边坡"),
    (SubjectKind::Unowned, "spoil", "沟口弃渣堆"),
    (SubjectKind::PublicAsset, "rural_road", "通村公路"),
    (SubjectKind::PublicAsset, "bridge", "集镇人行便桥"),
    (SubjectKind::PublicAsset, "drain", "集镇排洪渠"),
];

fn by_the_way(town: &Town, kind: SubjectKind, what: &str) -> Site {
    let name = format!("{}{what}（演示）", town.jurisdiction.name);
    Site {
        named: Named::Name(name.clone()),
        kind,
        name,
        sector: String::new(),
        home: town.home.clone(),
        address: format!("{}{what}", town.jurisdiction.name),
        principal_head: String::new(),
        regulator: None,
        rectifier: town.office,
        has_steward: true,
        town_office: Some(town.office),
    }
}

/// The department of the county that such a thing belongs to, if the county has one with people in it.
fn regulator_for(text: &Text, county: &JurisdictionId, cast: &Cast, day: Day) -> Option<AgencyId> {
    let department = if text.has(&["slope", "spoil", "oldpit"]) {
        "natural-resources"
    } else if text.has(&["rural_road", "bridge", "ford", "dock", "boat"]) {
        "transport"
    } else if text.has(&["dam", "drain", "levee", "pump", "river"]) {
        "water"
    } else if text.has(&["rental", "kitchen", "gas_user"]) {
        "fire"
    } else {
        "housing"
    };
    let of = |department: &str| agency_id(&format!("{county}-{department}"));
    [of(department), of("emergency")]
        .into_iter()
        .find(|agency| cast.at(*agency, day).len() >= 2)
}
