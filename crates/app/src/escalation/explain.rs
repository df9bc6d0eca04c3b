//! Whoever has to act, or answers for the unit, explains how it stands.

use domain::{EscalationId, FileId, authority::Act, hazard::Moment};

use super::{Receipt, recorded, standing};
use crate::{App, Caller, Outcome, hazard::files};

pub async fn explain(
    app: &App,
    who: &Caller,
    id: EscalationId,
    text: &str,
    attached: &[FileId],
) -> Outcome<Receipt> {
    let decide = async || {
        let escalation = standing(app, who, id, Act::Explain).await?;
        let attached = files(app, "files", attached).await?;
        let now = app.clock.now();
        let moment = Moment {
            who: &who.actor,
            event: app.ids.event(now),
            now,
        };
        Ok(escalation.explain(text, attached, moment)?)
    };
    recorded(app, who, decide).await
}
