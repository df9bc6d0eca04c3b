//! A person sets a draft aside and says why.

use domain::{EscalationId, authority::Act, hazard::Moment};

use super::{Receipt, recorded, standing};
use crate::{App, Caller, Outcome};

pub async fn set_aside(app: &App, who: &Caller, id: EscalationId, reason: &str) -> Outcome<Receipt> {
    let decide = async || {
        let escalation = standing(app, who, id, Act::SetAside).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        Ok(escalation.set_aside(reason, moment)?)
    };
    recorded(app, who, decide).await
}
