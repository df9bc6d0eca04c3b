//! A supervisor confirms a report.

use domain::{AgencyId, HazardId, authority::Act, hazard::confirm::Confirm};

use super::{Receipt, act_on};
use crate::{App, Caller, Failure, Outcome};

pub async fn confirm(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Confirm,
    regulator: Option<AgencyId>,
) -> Outcome<Receipt> {
    let gather = || async move {
        let regulator = match regulator {
            Some(id) => {
                let agency = app.store.directory().agency(id).await?;
                Some(agency.ok_or_else(|| Failure::field("regulator", "not-a-regulator-here"))?)
            }
            None => None,
        };
        Ok((regulator, super::routes(app).await?))
    };
    act_on(
        app,
        who,
        id,
        Act::Confirm,
        gather,
        |hazard, (regulator, routes), moment| hazard.confirm(said.clone(), regulator, &routes, moment),
    )
    .await
}
