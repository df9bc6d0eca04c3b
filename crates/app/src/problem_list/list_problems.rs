//! Hazards are put on a list that is not sent yet, or taken off it again.

use domain::{HazardId, ProblemListId, authority::Act};

use super::{Listed, all_of, decided, looked_at, moment, show, unsent};
use crate::{App, Caller, Outcome};

pub async fn list_problems(
    app: &App,
    who: &Caller,
    id: ProblemListId,
    added: &[HazardId],
    removed: &[HazardId],
) -> Outcome<Listed> {
    let decide = async || {
        let list = looked_at(app, who, id, Act::ListProblems).await?.list;
        list.expects(Act::ListProblems)?;
        let hazards = all_of(app, who, added).await?;
        let unsent = unsent(app, who, &list.home.county).await?;
        let moment = moment(app, who);
        Ok(Some(list.list_problems(&hazards, removed, &unsent, moment)?))
    };
    decided(app, who, decide).await?;
    show(app, who, id).await
}
