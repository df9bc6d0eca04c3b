//! Withdrawing a list that was opened by mistake, as long as it is not sent: whoever opened it or the office says why. Its items are
//! free for another list, since only lists that are not sent keep them; the list itself stays, with its reason.

use serde::{Deserialize, Serialize};

use super::{ListState, ProblemList, ProblemListEvent};
use crate::{
    actor::Signature, authority::Act, change::Change, field::Checks, hazard::Moment, refusal::Refusal,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    pub reason: String,
    pub by: Signature,
}

impl ProblemList {
    pub fn withdraw(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::WithdrawProblemList)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 300);
        checks.done()?;
        let told = ProblemListEvent::ProblemListWithdrawn {
            reason: reason.clone(),
            items: self.items.len(),
        };
        self.state = ListState::Withdrawn {
            withdrawal: Withdrawal {
                reason,
                by: moment.who.signs(moment.now),
            },
        };
        Ok(self.recorded(Act::WithdrawProblemList, told, &moment))
    }
}
