//! Major hazards of the demo city that its committee has put on its list 挂牌督办: proposed, approved and served in the course of days,
//! and one that still waits for its approval. Through the use cases that people use.

use app::{
    App, Outcome,
    file::receive::receive,
    hazard::listing::{self, Said, approve, propose, serve},
};
use domain::{
    FileId, HazardId,
    authority::Act,
    hazard::{
        Determination, Hazard,
        listing::{ListingLevel, ProposeListing, ReportCycle},
    },
    time::{DAY, Instant},
};
use store::hazard::{HazardFilter, Order};

use super::{
    cast::{Cast, Who},
    texts::{Sayings, drawing},
};

/// The plan is filed within so many days.
const PLAN_DAYS: i64 = 10;
/// Of those due first, so many are looked through for one that is on no list.
const LOOKED_AT: usize = 20;
const PAGE: &str = "record-after.png";

/// When each step is taken, in days before the end of the year; what is not reached is still to come.
struct Planned {
    steps: [Option<i64>; 3],
    taken: usize,
    about: Option<HazardId>,
}

pub struct Listings {
    end: Instant,
    planned: Vec<Planned>,
}

/// As everyday.toml has it.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    pub requirements: String,
    pub overseer: String,
    pub overseer_office: String,
    pub number: String,
    pub leader: String,
    pub leader_office: String,
    pub receiver: String,
}

impl Listings {
    pub fn until(end: Instant) -> Self {
        let planned = |steps| Planned {
            steps,
            taken: 0,
            about: None,
        };
        Self {
            end,
            planned: vec![
                planned([Some(26), Some(23), Some(21)]),
                planned([Some(12), Some(8), Some(6)]),
                planned([Some(2), None, None]),
            ],
        }
    }

    /// Does what has fallen due by now, at the moment of whatever happens next.
    pub async fn pass(&mut self, app: &App, cast: &Cast, sayings: &Sayings, at: Instant) -> Outcome<()> {
        let ago = (self.end.0 - at.0).div_euclid(DAY);
        let Some(clerk) = cast
            .office(None)
            .and_then(|office| cast.at(office, at.day()).first().copied())
        else {
            return Ok(());
        };
        for (planned, said) in self.planned.iter_mut().zip(&sayings.listings) {
            let next = planned.steps.get(planned.taken).copied().flatten();
            if next.is_none_or(|day| ago > day) {
                continue;
            }
            if planned.taken == 0 {
                planned.about = proposed(app, cast, clerk, said, at).await?;
            } else if let Some(hazard) = planned.about {
                go_on(app, cast, clerk, hazard, said, at).await?;
            }
            // Where there was nothing to list, another day is as good.
            planned.taken += usize::from(planned.about.is_some());
        }
        Ok(())
    }
}

async fn proposed(
    app: &App,
    cast: &Cast,
    clerk: Who,
    said: &Saying,
    at: Instant,
) -> Outcome<Option<HazardId>> {
    let caller = &cast.member(clerk).caller;
    let major = HazardFilter {
        open: Some(true),
        determination: Some(Determination::Major),
        ..HazardFilter::default()
    };
    let order = Order::Due { after: None };
    let found = app
        .store
        .hazards(&caller.scope)
        .list(&major, &order, LOOKED_AT)
        .await?;
    let fits = |one: &&Hazard| {
        one.course.listings.is_empty()
            && one.expects(Act::ProposeListing).is_ok()
            && caller.actor.may(Act::ProposeListing, one).is_ok()
    };
    let Some(hazard) = found.iter().find(fits) else {
        return Ok(None);
    };
    let proposal = ProposeListing {
        level: ListingLevel::City,
        requirements: said.requirements.clone(),
        leader: said.overseer.clone(),
        leader_office: said.overseer_office.clone(),
        plan_by: at.day().plus_days(PLAN_DAYS),
        reports_every: ReportCycle::Month,
    };
    propose(app, caller, hazard.id, proposal).await?;
    Ok(Some(hazard.id))
}

/// Whichever step is next, unless the case has gone where it cannot be taken any more.
async fn go_on(app: &App, cast: &Cast, clerk: Who, id: HazardId, said: &Saying, at: Instant) -> Outcome<()> {
    let caller = &cast.member(clerk).caller;
    let Some(hazard) = app.store.hazards(&caller.scope).find(id).await? else {
        return Ok(());
    };
    let next = [Act::ApproveListing, Act::ServeListing];
    let Some(act) = next.into_iter().find(|act| hazard.expects(*act).is_ok()) else {
        return Ok(());
    };
    let bytes = drawing(PAGE, &format!("{id} {}", at.rfc3339()))?;
    let page = receive(app, caller, "挂牌督办.png", bytes).await?;
    let page: Vec<FileId> = FileId::parse(&page.id).into_iter().collect();
    if act == Act::ServeListing {
        serve(app, caller, id, None, at.day(), &said.receiver, &page).await?;
        return Ok(());
    }
    let decided = Said {
        level: listing::open_for(&hazard, act)
            .first()
            .and_then(|level| ListingLevel::parse(level)),
        leader: said.leader.clone(),
        leader_office: said.leader_office.clone(),
        signed_on: at.day(),
        page,
    };
    approve(app, caller, id, &said.number, decided).await?;
    Ok(())
}
