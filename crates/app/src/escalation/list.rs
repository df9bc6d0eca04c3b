//! Lists and counts of escalations, within what the caller may see, each with its hazard as it stands now.

use std::collections::HashMap;

use domain::{HazardId, authority::Act, escalation::Escalation, hazard::Hazard};
use store::escalation::{Decidable, EscalationFilter};

use crate::{App, Caller, Outcome};

pub const MOST: usize = 100;

#[derive(Debug, Clone)]
pub struct Seen {
    pub escalation: Escalation,
    pub hazard: Hazard,
}

impl Seen {
    pub fn applies(&self) -> bool {
        self.escalation.applies_to(&self.hazard)
    }
}

/// One page, and where the next begins.
#[derive(Debug, Clone)]
pub struct Page {
    pub items: Vec<Seen>,
    pub next: Option<(i64, String)>,
}

pub async fn list(
    app: &App,
    who: &Caller,
    filter: &EscalationFilter,
    after: Option<(i64, String)>,
    limit: usize,
) -> Outcome<Page> {
    let limit = limit.clamp(1, MOST);
    let escalations = app.store.escalations(&who.scope, who.actor.sees_referrals());
    let mut found = escalations.list(filter, after.as_ref(), limit + 1).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found
        .last()
        .filter(|_| more)
        .map(|last| (last.raised_at.0, last.id.to_string()));
    let ids: Vec<HazardId> = found.iter().map(|one| one.hazard).collect();
    let hazards = app.store.hazards(&who.scope).among(&ids).await?;
    let hazards: HashMap<HazardId, Hazard> = hazards.into_iter().map(|one| (one.id, one)).collect();
    // One whose hazard was moved out of sight between the two questions is left out.
    let items = found.into_iter().filter_map(|escalation| {
        let hazard = hazards.get(&escalation.hazard)?.clone();
        Some(Seen { escalation, hazard })
    });
    Ok(Page {
        items: items.collect(),
        next,
    })
}

pub async fn count(app: &App, who: &Caller, filter: &EscalationFilter) -> Outcome<i64> {
    let escalations = app.store.escalations(&who.scope, who.actor.sees_referrals());
    Ok(escalations.count(filter).await?)
}

impl Caller {
    /// Drafts that wait for this person to send them or set them aside; none for those whose post sends nothing.
    pub fn drafts_to_decide(&self) -> Option<EscalationFilter> {
        let sends = domain::authority::roles_that_may(Act::SendLetter).contains(&self.actor.role);
        sends.then(|| EscalationFilter {
            applies: Some(true),
            to_decide: Some(Decidable {
                by: self.actor.agency.to_string(),
                citys_own: self.actor.may_decide_the_citys_own(),
            }),
            ..EscalationFilter::default()
        })
    }

    /// Steps of which this person's desk is asked how it came about; none for those who explain nothing.
    pub fn explanations_asked(&self) -> Option<EscalationFilter> {
        let explains = domain::authority::roles_that_may(Act::Explain).contains(&self.actor.role);
        explains.then(|| EscalationFilter {
            applies: Some(true),
            asks: Some(self.desks()),
            ..EscalationFilter::default()
        })
    }
}
