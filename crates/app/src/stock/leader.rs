//! The leader's page 领导一页纸: the figures of the city or a county, its lines in official order, and what is overdue: why the date is
//! what it is, who was responsible when, what it waits for now, and the letter that the ladder has drafted.
//!
//! The safety office opens or prints it; a leader needs no account. Never here: a ranking, a person beside a number, a referral to
//! discipline.

use std::collections::{BTreeMap, HashMap};

use domain::{
    AgencyId, HazardId,
    agency::Role,
    escalation::{Draft, Escalation, Standing as Step},
    hazard::{Determination, Hazard, StageName, WaitsFor},
    jurisdiction::Jurisdiction,
    stock::{By, Part, Period},
};
use store::{
    deed::{self, Revisits},
    escalation::EscalationFilter,
    hazard::{HazardFilter, Order},
    stock::{Behind, Within},
};

use super::{Asked, Reading, Standing, Table};
use crate::{
    App, Caller, Failure, Outcome,
    escalation::{
        draft::{Drafted, draft},
        list,
    },
};

/// Cases that are told in full; the rest is behind its number.
pub const CASES: usize = 8;
/// Steps of the ladder that are looked through for a draft.
const STEPS: usize = 20;

#[derive(Debug, Clone)]
pub struct Overview {
    pub place: Jurisdiction,
    /// By county for the city, by town for a county; of this month.
    pub table: Table,
    /// Of what is overdue, what is legally major: by line.
    pub overdue_major: BTreeMap<String, i64>,
    pub waits_for_sign_off: i64,
    /// In the year so far, of all and by county.
    pub revisits: Revisits,
    pub revisits_by_county: BTreeMap<String, Revisits>,
    /// Major ones first, then what has been due longest.
    pub cases: Vec<Case>,
    /// Names of the agencies that the cases waited for.
    pub agencies: HashMap<AgencyId, String>,
    pub standing: Standing,
}

#[derive(Debug, Clone)]
pub struct Case {
    pub hazard: Hazard,
    pub letter: Option<Letter>,
}

/// What the ladder has drafted about a case, and the draft itself while nobody has sent it.
#[derive(Debug, Clone)]
pub struct Letter {
    pub escalation: Escalation,
    pub draft: Option<Drafted>,
}

/// Whether there is such a page for this person.
pub fn may_see(who: &Caller) -> bool {
    matches!(who.actor.role, Role::CityOffice | Role::CountyOffice)
}

pub async fn overview(app: &App, who: &Caller) -> Outcome<Overview> {
    if !may_see(who) {
        return Err(Failure::NotFound);
    }
    let seat = &who.actor.seat;
    let own = seat
        .county
        .as_ref()
        .filter(|_| who.actor.role == Role::CountyOffice);
    let place = app.reference.jurisdiction(own.unwrap_or(&seat.city));
    let place = place.cloned().ok_or(Failure::NotFound)?;
    let period = Period::month_of(app.clock.now());
    let asked = Asked {
        by: if own.is_some() { By::Town } else { By::County },
        period,
        within: Within::default(),
    };
    let major = Within {
        determination: Some(Determination::Major),
        ..Within::default()
    };
    let mut reading = Reading::of(app, &who.scope).await?;
    let table = reading.table(app, who, asked.clone()).await?;
    let of_majors = Asked {
        within: major.clone(),
        ..asked
    };
    let overdue_major = reading
        .part(&of_majors, Part::Overdue)
        .await?
        .into_iter()
        .collect();
    let standing = reading.standing.clone();
    drop(reading);

    let hazards = app.store.hazards(&who.scope);
    let overdue = |within: Within| HazardFilter {
        behind: Some(Behind {
            part: Part::Overdue,
            period,
            by: By::Month,
            within,
            now: standing.as_of,
        }),
        ..HazardFilter::default()
    };
    let by_due = Order::Due { after: None };
    let mut cases = hazards.list(&overdue(major), &by_due, CASES).await?;
    for hazard in hazards.list(&overdue(Within::default()), &by_due, CASES).await? {
        if cases.len() < CASES && cases.iter().all(|case| case.id != hazard.id) {
            cases.push(hazard);
        }
    }
    let accepted = HazardFilter {
        stage: Some(StageName::Accepted),
        ..HazardFilter::default()
    };
    let waits_for_sign_off = hazards.count(&accepted).await?;
    let mut revisits_by_county = deed::revisits_by_county(&app.store.door, period.year()).await?;
    revisits_by_county.retain(|county, _| match own {
        Some(own) => own.as_str() == county,
        None => app.reference.counties().any(|one| one.id.as_str() == county),
    });
    let revisits = revisits_by_county
        .values()
        .fold(Revisits::default(), |sum, one| Revisits {
            all: sum.all + one.all,
            passed: sum.passed + one.passed,
        });
    let agencies = names(app, &cases).await?;
    let mut told = Vec::with_capacity(cases.len());
    for hazard in cases {
        let letter = letter(app, who, hazard.id).await?;
        told.push(Case { hazard, letter });
    }
    Ok(Overview {
        place,
        table,
        overdue_major,
        waits_for_sign_off,
        revisits,
        revisits_by_county,
        cases: told,
        agencies,
        standing,
    })
}

/// The gravest letter that was drafted for how the case stands now, sent or not. What was set aside says nothing here.
async fn letter(app: &App, who: &Caller, hazard: HazardId) -> Outcome<Option<Letter>> {
    let filter = EscalationFilter {
        hazard: Some(hazard),
        applies: Some(true),
        ..EscalationFilter::default()
    };
    let gravity = |escalation: &Escalation| match (escalation.drafts, &escalation.standing) {
        (Draft::Nothing | Draft::Referral, _) | (_, Step::Told | Step::SetAside { .. }) => None,
        (Draft::Reminder, _) => Some(1),
        (Draft::Supervision, _) => Some(2),
        (Draft::LeaderSheet, _) => Some(3),
    };
    let seen = list::list(app, who, &filter, None, STEPS).await?.items;
    let gravest = seen
        .into_iter()
        .filter_map(|one| Some((gravity(&one.escalation)?, one)))
        .max_by_key(|(gravity, _)| *gravity);
    let Some((_, seen)) = gravest else { return Ok(None) };
    let draft = match seen.escalation.standing {
        Step::Drafted => draft(app, who, &seen.escalation, &seen.hazard).await?,
        _ => None,
    };
    Ok(Some(Letter {
        escalation: seen.escalation,
        draft,
    }))
}

async fn names(app: &App, cases: &[Hazard]) -> Outcome<HashMap<AgencyId, String>> {
    let desks = cases.iter().flat_map(|case| {
        let spans = case.course.spans.iter().map(|span| span.waits_for);
        spans.chain(case.waits_for())
    });
    let mut ids: Vec<AgencyId> = desks
        .filter_map(|desk| match desk {
            WaitsFor::Agency(agency) => Some(agency),
            WaitsFor::Unit(_) => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = HashMap::new();
    for batch in ids.chunks(200) {
        names.extend(app.store.directory().agency_names(batch).await?);
    }
    Ok(names)
}
