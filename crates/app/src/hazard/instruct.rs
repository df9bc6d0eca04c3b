//! A clerk records what a leader wrote on a case; the office answers it later.

use domain::{
    FileId, HazardId, PersonId,
    authority::Act,
    hazard::{Hazard, instruct::Instruct},
    person::Person,
};
use store::directory::Office;

use super::{Receipt, act_on, files};
use crate::{App, Caller, Failure, Outcome};

/// `leader` names a person of the directory; whoever is not there is named by the text in `said`.
pub async fn instruct(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Instruct,
    leader: Option<PersonId>,
    page: &[FileId],
) -> Outcome<Receipt> {
    let gather = || async {
        let leader = match leader {
            Some(person) => Some(known(app, who, person).await?),
            None => None,
        };
        Ok((leader, files(app, "leader_page", page).await?))
    };
    act_on(
        app,
        who,
        id,
        Act::Instruct,
        gather,
        |hazard, (leader, page), moment| {
            let mut said = said.clone();
            let leader = leader.map(|(person, office)| {
                if said.leader_office.trim().is_empty() {
                    said.leader_office = office;
                }
                person
            });
            hazard.instruct(said, leader, page, moment)
        },
    )
    .await
}

pub async fn answer(
    app: &App,
    who: &Caller,
    id: HazardId,
    instruction: usize,
    text: &str,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    act_on(
        app,
        who,
        id,
        Act::AnswerInstruction,
        gather,
        |hazard, evidence, moment| hazard.answer_instruction(instruction, text, evidence, moment),
    )
    .await
}

/// Persons of the directory whom the caller may name as the leader: those in office at the caller's own level.
pub async fn leaders(app: &App, who: &Caller) -> Outcome<Vec<Office>> {
    let day = app.clock.now().day();
    let mut offices = app
        .store
        .directory()
        .offices(&who.actor.home(), false, day)
        .await?;
    offices.retain(|office| office.place == who.actor.home());
    let mut seen = std::collections::HashSet::new();
    offices.retain(|office| seen.insert(office.person));
    Ok(offices)
}

/// The person, and the office as the list of leaders names it; of others, the post held longest.
async fn known(app: &App, who: &Caller, id: PersonId) -> Outcome<(Person, String)> {
    let unknown = || Failure::field("leader", "unknown-person");
    let directory = app.store.directory();
    let person = directory.persons(&[id]).await?.pop();
    let person = person
        .filter(|person| person.city == who.actor.seat.city)
        .ok_or_else(unknown)?;
    let offered = leaders(app, who).await?;
    if let Some(one) = offered.iter().find(|one| one.person == id) {
        return Ok((person, format!("{}{}", one.agency_name, one.title)));
    }
    let holdings = directory.holdings(id, app.clock.now().day()).await?;
    let office = holdings.first();
    let office = office.map(|one| format!("{}{}", one.agency.name, one.title));
    Ok((person, office.unwrap_or_default()))
}

/// How an instruction stands, for lists that name it.
pub fn unanswered(hazard: &Hazard) -> Vec<(usize, String)> {
    let waiting = hazard.course.unanswered();
    waiting
        .map(|(number, one)| {
            (
                number,
                format!("{} {} {}", one.signed_on, one.leader.name, one.leader.office),
            )
        })
        .collect()
}
