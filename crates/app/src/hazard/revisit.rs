//! Somebody looks again at what ended as rectified. What is not is opened again.

use domain::{FileId, HazardId, authority::Act, hazard::revisit::Revisit};

use super::{Receipt, act_on, files, open_linked::open_linked_of};
use crate::{App, Caller, Outcome};

pub async fn revisit(
    app: &App,
    who: &Caller,
    id: HazardId,
    said: Revisit,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    let again = HazardId(app.ids.derived(&["reopening", &id.to_string()]));
    let receipt = act_on(app, who, id, Act::Revisit, gather, |hazard, evidence, moment| {
        hazard.revisit(said.clone(), evidence, again, moment)
    })
    .await?;
    if !said.passed {
        open_linked_of(app, id).await;
    }
    Ok(receipt)
}
