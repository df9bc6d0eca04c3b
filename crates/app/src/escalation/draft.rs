//! What the ladder lays on the table: the city's form of the letter, filled with what is known, and to whom it may go. Nothing of it
//! is kept until a person sends it.

use domain::{
    AgencyId,
    agency::AgencyKind,
    escalation::{Draft, Escalation, Explanation, desk_id, idle_days},
    hazard::{Hazard, WaitsFor},
    time::{DAY, Day},
};
use store::escalation::EscalationFilter;

use crate::{App, Caller, Outcome, reference::filled};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafted {
    pub title: String,
    pub text: String,
    /// Id and name; the first is proposed.
    pub addressees: Vec<(String, String)>,
}

/// To whom a letter of this kind may go: to those the step reaches, to the city's committee, or to discipline.
pub async fn addressees(app: &App, who: &Caller, escalation: &Escalation) -> Outcome<Vec<WaitsFor>> {
    let kind = match escalation.drafts {
        Draft::LeaderSheet => AgencyKind::SafetyCommittee,
        Draft::Referral => AgencyKind::Discipline,
        Draft::Nothing | Draft::Reminder | Draft::Supervision => {
            let own = WaitsFor::Agency(who.actor.agency);
            return Ok(escalation
                .reached()
                .into_iter()
                .filter(|desk| *desk != own)
                .collect());
        }
    };
    let city = app.city();
    let agency = app.store.directory().agency_of_kind(city, None, kind).await?;
    Ok(agency
        .map(|agency| WaitsFor::Agency(agency.id))
        .into_iter()
        .collect())
}

/// What was explained to the other steps of the same hazard, as far as the sender sees them.
pub async fn explained_elsewhere(
    app: &App,
    who: &Caller,
    escalation: &Escalation,
) -> Outcome<Vec<Explanation>> {
    let of_the_hazard = EscalationFilter {
        hazard: Some(escalation.hazard),
        ..EscalationFilter::default()
    };
    let escalations = app.store.escalations(&who.scope, who.actor.sees_referrals());
    let others = escalations.list(&of_the_hazard, None, 50).await?;
    let others = others.into_iter().filter(|one| one.id != escalation.id);
    Ok(others.flat_map(|one| one.explanations).collect())
}

/// The draft as this person would send it today; `None` where the step drafts nothing.
pub async fn draft(
    app: &App,
    who: &Caller,
    escalation: &Escalation,
    hazard: &Hazard,
) -> Outcome<Option<Drafted>> {
    let table = &app.reference.escalation;
    let Some(form) = table.letter(escalation.drafts) else {
        return Ok(None);
    };
    let mut explained = explained_elsewhere(app, who, escalation).await?;
    explained.extend(escalation.explanations.iter().cloned());
    explained.sort_by_key(|one| one.by.at);
    let addressees = addressees(app, who, escalation).await?;
    let waits_for = hazard.waits_for();
    let agencies: Vec<AgencyId> = addressees
        .iter()
        .copied()
        .chain(waits_for)
        .filter_map(|desk| match desk {
            WaitsFor::Agency(agency) => Some(agency),
            WaitsFor::Unit(_) => None,
        })
        .chain(explained.iter().map(|one| one.by.agency))
        .collect();
    let names = app.store.directory().agency_names(&agencies).await?;
    let name = |desk: WaitsFor| match desk {
        WaitsFor::Agency(agency) => names.get(&agency).cloned().unwrap_or_default(),
        WaitsFor::Unit(_) => hazard.subject.name.clone(),
    };
    let sender = sender(app, who).await?;
    let now = app.clock.now();
    let due = escalation.saw.due_at;
    let last_at = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
    let addressees: Vec<(String, String)> = addressees
        .into_iter()
        .map(|desk| (desk_id(desk), name(desk)))
        .collect();

    let wording = &table.wording;
    let told = explained.iter().enumerate().map(|(at, one)| {
        let agency = names.get(&one.by.agency).cloned().unwrap_or_default();
        let values = [
            ("n", &*(at + 1).to_string()),
            ("agency", &agency),
            ("day", &in_chinese(one.by.at.day())),
            ("text", &one.text),
        ];
        filled(&wording.explanation, &values)
    });
    let explanations = if explained.is_empty() {
        wording.no_explanation.clone()
    } else {
        let heading = filled(&wording.explanations, &[("n", &explained.len().to_string())]);
        std::iter::once(heading)
            .chain(told)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let values = [
        ("number", &*hazard.number),
        ("subject", &hazard.subject.name),
        (
            "description",
            hazard.description.trim_end_matches(['。', '.', ' ']),
        ),
        ("stage", wording.stage(hazard.stage.name())),
        (
            "level",
            wording.level(hazard.initial_level, hazard.determination()),
        ),
        ("due", &in_chinese(due.plus(-1).day())),
        ("days_over", &((now.0 - due.0).max(0) / DAY).to_string()),
        ("idle_days", &idle_days(last_at, now).to_string()),
        ("waits_for", &waits_for.map(name).unwrap_or_default()),
        (
            "addressee",
            addressees.first().map_or("", |(_, name)| name.as_str()),
        ),
        ("sender", &sender),
        ("today", &in_chinese(now.day())),
        ("explanations", &explanations),
    ];
    Ok(Some(Drafted {
        title: filled(&form.title, &values),
        text: filled(&form.text, &values),
        addressees,
    }))
}

/// In whose name it is written: the safety office of the place, which another agency may host, else the sender's own agency.
async fn sender(app: &App, who: &Caller) -> Outcome<String> {
    let directory = app.store.directory();
    let home = who.actor.home();
    let office = directory
        .agency_of_kind(&home, None, AgencyKind::SafetyOffice)
        .await?;
    Ok(office.map_or_else(|| who.agency_name.clone(), |office| office.name))
}

/// 2026年3月4日, as official papers write it.
fn in_chinese(day: Day) -> String {
    format!("{}年{}月{}日", day.0.year(), day.0.month(), day.0.day())
}
