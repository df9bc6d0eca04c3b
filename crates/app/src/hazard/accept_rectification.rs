//! The supervisor accepts the rectification, or returns it.

use domain::{HazardId, PersonId, authority::Act, hazard::accept::Accept};

use super::{Receipt, act_on};
use crate::{App, Caller, Failure, Outcome};

pub async fn accept_rectification(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Accept,
    inspectors: &[PersonId],
) -> Outcome<Receipt> {
    let gather = || async move {
        let known = app.store.directory().persons(inspectors).await?;
        let named = inspectors
            .iter()
            .map(|id| known.iter().find(|person| person.id == *id).cloned());
        let named: Option<Vec<_>> = named.collect();
        let named = named.ok_or_else(|| Failure::field("inspectors", "unknown-person"))?;
        Ok((named, super::routes(app).await?))
    };
    act_on(
        app,
        who,
        id,
        Act::Accept,
        gather,
        |hazard, (inspectors, routes), moment| {
            let times = &app.reference.timetable;
            hazard.accept_rectification(said.clone(), inspectors, times, &routes, moment)
        },
    )
    .await
}
