//! The list is sent with one letter, and each item handed over by an act of its own. Where the program keeps the sender's series of
//! letters, the letter takes its number there; a letter that is refused takes none. What its list says of each item is kept with it.

use domain::{
    AgencyId, HazardId, ProblemListId,
    agency::Role,
    authority::Act,
    hazard::{Hazard, assign::Assign},
    problem_list::{Printed, SendList},
    refusal::Refusal,
};

use super::{Done, Listed, decided, looked_at, moment, one_by_one, show};
use crate::{App, Caller, Failure, Outcome, hazard::assign::assign_with};

/// The series that the letters of a role are numbered in, where the program keeps it (`data/papers.toml`).
pub fn series_of(role: Role) -> Option<&'static str> {
    (role == Role::CityOffice).then_some("handover")
}

pub async fn send(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    said: &SendList,
    to: AgencyId,
) -> Outcome<Done> {
    let decide = async || {
        let listed = looked_at(app, who, id, Act::SendProblemList).await?;
        let list = &listed.list;
        if let Some(sent) = list.sending() {
            // Said again, it goes on with what is left; another letter is another list.
            return if sent.to == to && sent.reply_by == said.reply_by {
                Ok(None)
            } else {
                Err(Refusal::ProblemListSent.into())
            };
        }
        list.expects(Act::SendProblemList)?;
        let agency = app.store.directory().agency(to).await?;
        let agency = agency.ok_or_else(|| Failure::field("addressee", "not-a-regulator-here"))?;
        let printed = printed(app, &listed).await?;
        let moment = moment(app, who);
        let list = listed.list;
        let Some(series) = series_of(who.actor.role) else {
            return Ok(Some(list.send(said, &agency, printed, moment)?));
        };
        let mut said = SendList {
            number: "—".to_owned(),
            ..said.clone()
        };
        let _unnumbered = list.clone().send(&said, &agency, printed.clone(), moment)?;
        said.number = app.next_paper_number(series, moment.now).await?;
        Ok(Some(list.send(&said, &agency, printed, moment)?))
    };
    decided(app, who, decide).await?;
    let listed = show(app, who, id).await?;
    let left: Vec<HazardId> = listed.unhanded().map(|item| item.hazard).collect();
    let Some(sending) = listed.list.sending() else {
        return Err(Failure::Conflict);
    };
    let alone = who.without_request();
    let mut refused = one_by_one(left, |hazard| {
        let said = Assign {
            reply_by: sending.reply_by,
            basis: None,
        };
        assign_with(app, &alone, hazard, said, sending.to, &listed.list)
    })
    .await?;
    let listed = show(app, who, id).await?;
    let waits = |id: HazardId| listed.unhanded().any(|item| item.hazard == id);
    // What somebody else did at the same time is told by how it stands.
    refused.retain(|(hazard, _)| waits(*hazard));
    Ok(Done { listed, refused })
}

/// What the letter's list says of the items as they stand, in their order.
async fn printed(app: &App, listed: &Listed) -> Outcome<Vec<Printed>> {
    let mut followers: Vec<AgencyId> = listed.hazards.iter().map(Hazard::supervisor).collect();
    followers.sort_unstable();
    followers.dedup();
    let names = app.store.directory().agency_names(&followers).await?;
    let printed = |hazard: &Hazard| {
        let supervisor = names.get(&hazard.supervisor()).cloned();
        Printed::of(hazard, place_of(app, hazard), supervisor.unwrap_or_default())
    };
    let items = listed.list.items.iter();
    let seen = items.filter_map(|item| listed.hazard(item));
    Ok(seen.map(printed).collect())
}

/// Town where there is one, behind its county.
fn place_of(app: &App, hazard: &Hazard) -> String {
    let county = app.reference.name(&hazard.home.county);
    match &hazard.home.town {
        Some(town) => format!("{county}{}", app.reference.name(town)),
        None => county,
    }
}
