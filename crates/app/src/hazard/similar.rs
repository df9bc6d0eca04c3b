//! What may have been reported already, within what the caller may see: what they may not see is not told. Asked before a report is
//! sent, and where somebody merges duplicates.

use domain::{
    HazardId, JurisdictionId, SubjectId,
    hazard::Hazard,
    place::Point,
    similar::{DAYS, Likeness, Sought, name_pairs, named_alike},
    subject::Subject,
    time::DAY,
};
use store::hazard::Near;

use crate::{App, Caller, Outcome};

/// So many of each kind of place are looked at, the newest.
const LOOKED_AT: usize = 200;

/// A report, as far as it has been typed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typed {
    pub description: String,
    pub subject: Option<SubjectId>,
    pub point: Option<Point>,
}

pub async fn to_a_report(app: &App, who: &Caller, typed: Typed) -> Outcome<Vec<(Hazard, Likeness)>> {
    let subject = match typed.subject {
        Some(id) => app.store.subjects(&who.scope).find(id).await?,
        None => None,
    };
    let (town, sector) = match &subject {
        Some(subject) => (subject.home.town.clone(), subject.sector.clone()),
        None => (who.actor.seat.town.clone(), String::new()),
    };
    let sought = Sought {
        description: typed.description,
        subject: subject.map(|subject| subject.id),
        point: typed.point,
        town,
        sector,
        besides: None,
    };
    among_what_is_seen(app, who, &sought).await
}

pub async fn to(app: &App, who: &Caller, hazard: &Hazard) -> Outcome<Vec<(Hazard, Likeness)>> {
    let mut found = among_what_is_seen(app, who, &Sought::of(hazard)).await?;
    // Only what lies in one county can become one record.
    found.retain(|(one, _)| one.home.county == hazard.home.county);
    Ok(found)
}

async fn among_what_is_seen(app: &App, who: &Caller, sought: &Sought) -> Outcome<Vec<(Hazard, Likeness)>> {
    if sought.description.trim().is_empty() {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let subject = sought.subject.map(Near::Subject);
    let point = sought.point.map(Near::Point);
    let town = sought.town.clone().map(|town| Near::Town {
        town,
        sector: sought.sector.clone(),
    });
    let hazards = app.store.hazards(&who.scope);
    let mut found: Vec<Hazard> = Vec::new();
    for near in [subject, point, town].into_iter().flatten() {
        let there = hazards.open_near(&near, now.plus(-DAYS * DAY), LOOKED_AT).await?;
        let known: Vec<HazardId> = found.iter().map(|one| one.id).collect();
        found.extend(there.into_iter().filter(|one| !known.contains(&one.id)));
    }
    Ok(sought.among(found, now))
}

/// Units of a county that may be the one that is about to be entered, by their names.
pub async fn units(app: &App, who: &Caller, county: &JurisdictionId, name: &str) -> Outcome<Vec<Subject>> {
    let parts = name_pairs(name);
    let subjects = app.store.subjects(&who.scope);
    let found = subjects.named_like(county, &parts, LOOKED_AT).await?;
    Ok(named_alike(name, found))
}
