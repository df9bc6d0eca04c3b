//! Listed supervision: proposed, approved, served, reported on, taken off.

use domain::{
    FileId, HazardId,
    authority::Act,
    hazard::{
        Hazard,
        listing::{Decided, Listing, ListingLevel, ProposeListing},
    },
    time::Day,
};

use super::{Receipt, act_on, files, nothing_else};
use crate::{App, Caller, Outcome};

/// What a leader decided, as it is typed; the page by the ids of its files.
#[derive(Debug, Clone)]
pub struct Said {
    pub level: Option<ListingLevel>,
    pub leader: String,
    pub leader_office: String,
    pub signed_on: Day,
    pub page: Vec<FileId>,
}

pub async fn propose(app: &App, who: &Caller, id: HazardId, said: ProposeListing) -> Outcome<Receipt> {
    act_on(
        app,
        who,
        id,
        Act::ProposeListing,
        nothing_else,
        |hazard, (), moment| hazard.propose_listing(said.clone(), moment),
    )
    .await
}

pub async fn approve(app: &App, who: &Caller, id: HazardId, number: &str, said: Said) -> Outcome<Receipt> {
    let gather = || decided(app, &said);
    act_on(
        app,
        who,
        id,
        Act::ApproveListing,
        gather,
        |hazard, decided, moment| hazard.approve_listing(number, decided, moment),
    )
    .await
}

pub async fn serve(
    app: &App,
    who: &Caller,
    id: HazardId,
    level: Option<ListingLevel>,
    on: Day,
    receiver: &str,
    proof: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "proof", proof);
    act_on(
        app,
        who,
        id,
        Act::ServeListing,
        gather,
        |hazard, proof, moment| hazard.serve_listing(level, on, receiver, proof, moment),
    )
    .await
}

pub async fn report_progress(
    app: &App,
    who: &Caller,
    id: HazardId,
    note: &str,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    act_on(
        app,
        who,
        id,
        Act::ReportProgress,
        gather,
        |hazard, evidence, moment| hazard.report_progress(note, evidence, moment),
    )
    .await
}

pub async fn delist(
    app: &App,
    who: &Caller,
    id: HazardId,
    opinion: &str,
    published: &str,
    said: Said,
) -> Outcome<Receipt> {
    let gather = || decided(app, &said);
    act_on(app, who, id, Act::Delist, gather, |hazard, decided, moment| {
        hazard.delist(opinion, published, decided, moment)
    })
    .await
}

pub async fn cancel(
    app: &App,
    who: &Caller,
    id: HazardId,
    reason: &str,
    published: &str,
    said: Said,
) -> Outcome<Receipt> {
    let gather = || decided(app, &said);
    act_on(
        app,
        who,
        id,
        Act::CancelListing,
        gather,
        |hazard, decided, moment| hazard.cancel_listing(reason, published, decided, moment),
    )
    .await
}

async fn decided(app: &App, said: &Said) -> Outcome<Decided> {
    Ok(Decided {
        level: said.level,
        leader: said.leader.clone(),
        leader_office: said.leader_office.clone(),
        signed_on: said.signed_on,
        page: files(app, "leader_page", &said.page).await?,
    })
}

/// Levels that it is not proposed or listed at.
pub fn free(hazard: &Hazard) -> Vec<&'static str> {
    let taken = |level: ListingLevel| hazard.course.listings_open().any(|one| one.level == level);
    let free = ListingLevel::ALL.iter().filter(|level| !taken(**level));
    free.map(|level| level.as_str()).collect()
}

/// Levels of the listings that an act could be about.
pub fn open_for(hazard: &Hazard, act: Act) -> Vec<&'static str> {
    let fits = |one: &&Listing| match act {
        Act::ApproveListing => one.approval.is_none(),
        Act::ServeListing => one.approval.is_some() && one.service.is_none(),
        Act::Delist => one.is_in_force(),
        _ => true,
    };
    let open = hazard.course.listings_open().filter(fits);
    open.map(|one| one.level.as_str()).collect()
}
