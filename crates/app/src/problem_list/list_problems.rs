//! Hazards are put on a list that is not sent yet, or taken off it again.

use domain::{HazardId, ProblemListId, authority::Act};

use super::{Listed, all_of, decided, show, unsent};
use crate::{App, Caller, Outcome};

pub async fn list_problems(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    added: &[HazardId],
    removed: &[HazardId],
) -> Outcome<Listed> {
    decided(app, who, id, Act::ListProblems, async |listed, moment| {
        let hazards = all_of(app, who, added).await?;
        let unsent = unsent(app, who, &listed.list.home.county).await?;
        let change = listed.list.list_problems(&hazards, removed, &unsent, moment)?;
        Ok(Some(change))
    })
    .await?;
    show(app, who, id).await
}
