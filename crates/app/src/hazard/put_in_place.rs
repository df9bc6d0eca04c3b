//! One of the five is in place.

use domain::{FileId, HazardId, authority::Act, hazard::course::Part};

use super::{Receipt, act_on, files};
use crate::{App, Caller, Outcome};

pub async fn put_in_place(
    app: &App,
    who: &Caller,
    id: HazardId,
    part: Part,
    note: &str,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    act_on(
        app,
        who,
        id,
        Act::PutInPlace,
        gather,
        |hazard, evidence, moment| hazard.put_in_place(part, note, evidence, moment),
    )
    .await
}
