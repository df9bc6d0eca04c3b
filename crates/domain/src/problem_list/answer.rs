//! The one answer: for each item what became of it, taken from where its hazard stands, and what the county adds in words.

use serde::{Deserialize, Serialize};

use super::{ListState, ProblemList, ProblemListEvent, looked};
use crate::{
    HazardId,
    actor::Signature,
    authority::Act,
    change::{Change, Require},
    field::Checks,
    hazard::{Hazard, Moment},
    refusal::Refusal,
    time::Instant,
};

crate::words! {
    /// What is found of an item.
    Looked {
        Done = "done",
        Partly = "partly",
        NotDone = "not_done",
        /// It came to something else: it is no hazard, was handed on, or is the same as another.
        Otherwise = "otherwise",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemResult {
    pub hazard: HazardId,
    pub result: Looked,
    pub remark: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// In the order of the list.
    pub results: Vec<ItemResult>,
    pub note: String,
    pub by: Signature,
}

/// What is said to one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub hazard: HazardId,
    pub text: String,
}

impl ProblemList {
    /// `hazards` are its items as they stand; one that is not among them has gone elsewhere.
    pub fn answer_with(
        mut self,
        remarks: &[Remark],
        note: &str,
        hazards: &[Hazard],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::AnswerProblemList)?;
        let ListState::Received { sending, receipt } = self.state.clone() else {
            return Err(Refusal::ProblemListNotReceived);
        };
        let mut checks = Checks::default();
        let note = checks.optional("answer_note", note, 1_000);
        if remarks.iter().any(|remark| self.item(remark.hazard).is_none()) {
            checks.fail("remarks", "not-on-this-list");
        }
        let results = self.items.iter().map(|item| {
            let hazard = hazards.iter().find(|hazard| hazard.id == item.hazard);
            let said = remarks.iter().find(|remark| remark.hazard == item.hazard);
            ItemResult {
                hazard: item.hazard,
                result: hazard.map_or(Looked::Otherwise, looked),
                remark: said.map_or_else(String::new, |said| checks.optional("remarks", &said.text, 500)),
            }
        });
        let results: Vec<ItemResult> = results.collect();
        checks.done()?;
        let told = ProblemListEvent::ProblemListAnswered {
            results: results.clone(),
            note: note.clone(),
            late: moment.now > sending.reply_by.end(),
        };
        let answer = Answer {
            results,
            note,
            by: moment.who.signs(moment.now),
        };
        self.state = ListState::Answered {
            sending,
            receipt,
            answer,
        };
        let change = self.recorded(Act::AnswerProblemList, told, &moment);
        let as_read = hazards
            .iter()
            .map(|hazard| Require::hazard(hazard.id, hazard.seen.version));
        Ok(as_read.fold(change, Change::require))
    }

    /// The answer came after its day, or the day has passed without one.
    pub fn is_late(&self, now: Instant) -> bool {
        let at = self.answer().map_or(now, |answer| answer.by.at);
        self.sending().is_some_and(|sending| at > sending.reply_by.end())
    }

    pub fn result(&self, hazard: HazardId) -> Option<&ItemResult> {
        let mut results = self.answer()?.results.iter();
        results.find(|result| result.hazard == hazard)
    }
}
