//! What waits, read from what is still to be done. Where the person sits is counted with their own eyes; what stands by their name is
//! listed as far as the reader sees it.

use domain::{
    authority::Act,
    directory::Waiting,
    hazard::{Hazard, StageName},
};
use store::{
    directory::Holding,
    hazard::{Desk, HazardFilter, Order},
};

use super::{Left, MOST};
use crate::{App, Caller, Outcome, escalation, session};

pub(super) async fn of(app: &App, who: &Caller, holding: Holding) -> Outcome<Left> {
    let there = session::caller(&holding);
    let today = app.clock.now().day();
    let (person, appointment) = (holding.appointment.person, holding.appointment.id);
    let hand_overs = app.store.hand_overs(&who.scope);
    let cases = hand_overs.cases(&there.desks(), person, MOST).await?;
    let plans = plans(app, who, &there, &holding.person_name).await?;
    let problem_lists = hand_overs.problem_lists(holding.agency.id, person, MOST).await?;
    let sign_off_lists = hand_overs.sign_off_lists(person, MOST).await?;
    let delegations = app.store.delegations().open_of(appointment, today, MOST).await?;
    let successor = match holding.appointment.successor {
        Some(id) => app.store.directory().holding_by(id).await?,
        None => None,
    };
    let given = delegations
        .iter()
        .filter(|one| one.giver.appointment == appointment)
        .count();
    let own = app.store.hazards(&there.scope);
    let instructed = HazardFilter {
        instructed: true,
        ..HazardFilter::default()
    };
    let waiting = Waiting {
        desk: own.count(&there.on_my_desk()).await?,
        letters: match there.drafts_to_decide() {
            Some(filter) => escalation::list::count(app, &there, &filter).await?,
            None => 0,
        },
        instructions: if there.actor.may_somewhere(Act::AnswerInstruction) {
            own.count(&instructed).await?
        } else {
            0
        },
        cases: n(cases.len()),
        plans: n(plans.len()),
        problem_lists: n(problem_lists.len()),
        sign_off_lists: n(sign_off_lists.len()),
        delegations_given: n(given),
        delegations_taken: n(delegations.len() - given),
    };
    Ok(Left {
        holding,
        waiting,
        cases,
        plans,
        problem_lists,
        sign_off_lists,
        delegations,
        successor,
    })
}

/// Cases of the same desk being rectified whose plan names this person. A plan has a name as it was typed and no person.
async fn plans(app: &App, who: &Caller, there: &Caller, name: &str) -> Outcome<Vec<Hazard>> {
    let filter = HazardFilter {
        waits_for: Some(Desk::Of(there.desks())),
        stage: Some(StageName::Rectifying),
        ..HazardFilter::default()
    };
    let hazards = app.store.hazards(&who.scope);
    let order = Order::Newest { after: None };
    let mut found = hazards.list(&filter, &order, MOST).await?;
    found.retain(|hazard| {
        let plan = hazard.stage.plan();
        plan.is_some_and(|plan| plan.responsible_person.trim() == name)
    });
    Ok(found)
}

fn n(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}
