//! A list that was opened by mistake is withdrawn, with a reason.

use domain::{ProblemListId, authority::Act};

use super::{Listed, decided, looked_at, moment, show};
use crate::{App, Caller, Outcome};

pub async fn withdraw(app: &App, who: &Caller, id: ProblemListId, reason: &str) -> Outcome<Listed> {
    let decide = async || {
        let list = looked_at(app, who, id, Act::WithdrawProblemList).await?.list;
        let moment = moment(app, who);
        Ok(Some(list.withdraw(reason, moment)?))
    };
    decided(app, who, decide).await?;
    show(app, who, id).await
}
