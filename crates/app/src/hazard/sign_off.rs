//! The city signs off, or returns: an item by itself, or with a list that was decided.

use domain::{
    HazardId,
    authority::Act,
    hazard::sign_off::Decide,
    refusal::Refusal,
    sign_off_list::{Item, SignOffList, Standing},
};

use super::{Receipt, act_on};
use crate::{App, Caller, Outcome};

pub async fn sign_off(app: &App, who: &Caller, id: HazardId, said: Decide) -> Outcome<Receipt> {
    sign_off_with(app, who, id, said, None).await
}

/// With a list it rests on the list as it was decided, and on the acceptance that stands on it.
pub(crate) async fn sign_off_with(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Decide,
    listed: Option<(&SignOffList, &Item)>,
) -> Outcome<Receipt> {
    let gather = || super::routes(app);
    act_on(app, who, id, Act::SignOff, gather, |hazard, routes, moment| {
        let Some((list, item)) = listed else {
            return hazard.sign_off(said.clone(), &routes, moment);
        };
        if list.standing(item, &hazard) != Standing::Waiting {
            return Err(Refusal::NotNow { act: Act::SignOff });
        }
        let change = hazard.sign_off(said.clone(), &routes, moment)?;
        Ok(change.require(list.stands()))
    })
    .await
}
