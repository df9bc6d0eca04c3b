//! One letter to one agency with one day to reply by, and its one receipt. The items are handed over and acknowledged by acts of
//! their own, which name the list.

use serde::{Deserialize, Serialize};

use super::{ListState, Printed, ProblemList, ProblemListEvent};
use crate::{
    AgencyId,
    actor::Signature,
    agency::{Agency, AgencyKind},
    authority::Act,
    change::{Change, Require},
    field::Checks,
    hazard::{Moment, assign::LONGEST_DAYS},
    refusal::Refusal,
    time::Day,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendList {
    pub reply_by: Day,
    /// Of the sender's own register; where the program keeps the series, it gives the number.
    pub number: String,
    /// What the answer is to contain beside the results.
    pub demands: String,
    pub contact: String,
    pub telephone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    pub to: AgencyId,
    pub reply_by: Day,
    /// 发文字号.
    pub number: String,
    pub demands: String,
    pub contact: String,
    pub telephone: String,
    /// What the list of the letter says; nothing of an item that the sender no longer saw.
    pub printed: Vec<Printed>,
    pub by: Signature,
}

impl ProblemList {
    /// `printed` is how the items stood when the letter was written. It does not rest on that: a letter that is on its way when an
    /// item changes says what was so when it was written, as on paper.
    pub fn send(
        mut self,
        said: &SendList,
        to: &Agency,
        mut printed: Vec<Printed>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::SendProblemList)?;
        if self.items.is_empty() {
            return Err(Refusal::ProblemListEmpty);
        }
        let mut checks = Checks::default();
        let today = moment.now.day();
        checks.not_before("reply_by", said.reply_by, today);
        checks.not_after("reply_by", said.reply_by, today.plus_days(LONGEST_DAYS));
        let here = to.home.county == self.home.county;
        if !here || !matches!(to.kind, AgencyKind::Department | AgencyKind::SafetyOffice) {
            checks.fail("addressee", "not-a-regulator-here");
        }
        if to.id == self.opened.agency {
            checks.fail("addressee", "to-oneself");
        }
        printed.retain(|one| self.item(one.hazard).is_some());
        let sending = Sending {
            to: to.id,
            reply_by: said.reply_by,
            number: checks.text("letter_no", &said.number, 60),
            demands: checks.optional("demands", &said.demands, 500),
            contact: checks.optional("contact", &said.contact, 60),
            telephone: checks.optional("telephone", &said.telephone, 40),
            printed,
            by: moment.who.signs(moment.now),
        };
        checks.done()?;
        let told = ProblemListEvent::ProblemListSent {
            to: to.id,
            reply_by: sending.reply_by,
            number: sending.number.clone(),
            items: self.items.len(),
        };
        self.state = ListState::Sent { sending };
        let named = Require::Version {
            table: "agency",
            id: to.id.to_string(),
            version: to.seen.version,
        };
        Ok(self.recorded(Act::SendProblemList, told, &moment).require(named))
    }

    pub fn receive(mut self, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::ReceiveProblemList)?;
        let Some(sending) = self.sending().cloned() else {
            return Err(Refusal::ProblemListNotSent);
        };
        self.state = ListState::Received {
            sending,
            receipt: moment.who.signs(moment.now),
        };
        let told = ProblemListEvent::ProblemListReceived {};
        Ok(self.recorded(Act::ReceiveProblemList, told, &moment))
    }
}
