//! A person sends the letter that the ladder drafted, as they have edited it, under a number of their series.

use domain::{
    EscalationId,
    authority::Act,
    escalation::{SendLetter, SendingRest},
    hazard::Moment,
};

use super::{Receipt, draft, recorded, standing};
use crate::{App, Caller, Failure, Outcome, hazard::show};

pub async fn send_letter(app: &App, who: &Caller, id: EscalationId, said: SendLetter) -> Outcome<Receipt> {
    let decide = async || {
        let escalation = standing(app, who, id, Act::SendLetter).await?;
        let hazard = show::find(app, who, escalation.hazard).await?;
        let form = app
            .reference
            .escalation
            .letter(escalation.drafts)
            .ok_or_else(|| Failure::Broken(format!("no form of letter for {}", escalation.drafts)))?;
        let mut rest = SendingRest {
            addressees: draft::addressees(app, who, &escalation).await?,
            explained_elsewhere: draft::explained_elsewhere(app, who, &escalation).await?,
            hazard,
            number: String::new(),
        };
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        // A letter that is refused takes no number of the series.
        let _unnumbered = escalation
            .clone()
            .send_letter(said.clone(), rest.clone(), moment)?;
        rest.number = app.next_letter_number(&who.actor.home(), form, now).await?;
        Ok(escalation.send_letter(said.clone(), rest, moment)?)
    };
    recorded(app, who, decide).await
}
