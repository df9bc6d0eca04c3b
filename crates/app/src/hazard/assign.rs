//! A hazard is handed to an agency, which acknowledges it or says that it is not theirs.

use domain::{
    AgencyId, HazardId,
    actor::Actor,
    authority::Act,
    hazard::{Hazard, assign::Assign},
    problem_list::ProblemList,
};

use super::{Receipt, act_on, act_with_right, nothing_else};
use crate::{App, Caller, Failure, Outcome};

pub async fn assign(app: &App, who: &Caller, id: HazardId, said: Assign, to: AgencyId) -> Outcome<Receipt> {
    let gather = || async move {
        let agency = app.store.directory().agency(to).await?;
        agency.ok_or_else(|| Failure::field("agency", "not-a-regulator-here"))
    };
    act_on(app, who, id, Act::Assign, gather, |hazard, agency, moment| {
        hazard.assign(said.clone(), agency, moment)
    })
    .await
}

/// With the letter of a problem list: whoever may send the list may hand over what stands on it.
pub(crate) async fn assign_with(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Assign,
    to: AgencyId,
    list: &ProblemList,
) -> Outcome<Receipt> {
    let gather = || async move {
        let agency = app.store.directory().agency(to).await?;
        agency.ok_or_else(|| Failure::field("agency", "not-a-regulator-here"))
    };
    let right = |actor: &Actor, _: &Hazard| actor.may_about(Act::SendProblemList, &list.about());
    act_with_right(
        app,
        who,
        id,
        Act::Assign,
        right,
        gather,
        |hazard, agency, moment| hazard.assign_with(list, said.clone(), agency, moment),
    )
    .await
}

pub async fn acknowledge(app: &App, who: &Caller, id: HazardId) -> Outcome<Receipt> {
    act_on(
        app,
        who,
        id,
        Act::Acknowledge,
        nothing_else,
        |hazard, (), moment| hazard.acknowledge(moment),
    )
    .await
}

pub async fn decline(app: &App, who: &Caller, id: HazardId, reason: &str) -> Outcome<Receipt> {
    act_on(app, who, id, Act::Decline, nothing_else, |hazard, (), moment| {
        hazard.decline(reason, moment)
    })
    .await
}
