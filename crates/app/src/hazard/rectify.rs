//! The responsible unit reports that it is rectified, with evidence.

use domain::{FileId, HazardId, authority::Act};

use super::{Receipt, act_on, files};
use crate::{App, Caller, Outcome};

pub async fn rectify(
    app: &App,
    who: &Caller,
    id: HazardId,
    summary: &str,
    evidence: &[FileId],
) -> Outcome<Receipt> {
    let gather = || files(app, "evidence", evidence);
    act_on(app, who, id, Act::Rectify, gather, |hazard, evidence, moment| {
        hazard.rectify(summary, evidence, &app.reference.timetable, moment)
    })
    .await
}
