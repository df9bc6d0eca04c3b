//! Hand-over 交办: the coordinating office hands a hazard to an agency with a day to reply by. The agency acknowledges 签收, or says
//! that it is not theirs 不属本单位职责; a duty that is disputed is settled by the coordinating office, with its basis.

use crate::{
    AgencyId, ProblemListId,
    agency::{Agency, AgencyKind},
    authority::Act,
    change::{Change, Require},
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment, StageName,
        course::{Assignment, Declined},
    },
    problem_list::ProblemList,
    refusal::Refusal,
    time::Day,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Assign {
    pub reply_by: Day,
    /// What the duty is theirs by; needed once it has been declined.
    pub basis: Option<String>,
}

/// No hand-over gives more time to reply.
pub const LONGEST_DAYS: i64 = 90;

crate::words! {
    /// How far a hand-over has come that is not answered: nobody has acknowledged it, or what came of it has not been reported.
    HandedOver { Unreceived = "unreceived", Unanswered = "unanswered" }
}

impl Hazard {
    /// Somebody has said that it is not theirs, and nobody has settled it since.
    pub fn is_disputed(&self) -> bool {
        self.course
            .assignments
            .last()
            .is_some_and(|assignment| assignment.declined.is_some())
    }

    /// A hand-over is answered when rectification is reported, or when the case ends; declined, it has gone back. What came with a
    /// problem list is received and answered with it, and counts there.
    pub fn handed_over(&self) -> Option<HandedOver> {
        let last = self.course.assignments.last()?;
        let theirs = last.list.is_none() && last.declined.is_none() && self.regulator == Some(last.to);
        let unanswered = matches!(
            self.stage.name(),
            StageName::Reported | StageName::Confirmed | StageName::Rectifying
        );
        (theirs && unanswered).then_some(match last.receipt {
            Some(_) => HandedOver::Unanswered,
            None => HandedOver::Unreceived,
        })
    }

    /// The problem list that it was handed over with, if it was: one for ever.
    pub fn problem_list(&self) -> Option<ProblemListId> {
        self.course.assignments.iter().find_map(|one| one.list)
    }

    pub fn assign(self, said: Assign, to: Agency, moment: Moment) -> Result<Change, Refusal> {
        self.hand_over(said, to, None, moment)
    }

    /// With the letter of a problem list, which may go to the agency that regulates it already.
    pub fn assign_with(
        self,
        list: &ProblemList,
        said: Assign,
        to: Agency,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        if self.problem_list().is_some() {
            return Err(Refusal::OnAnotherList);
        }
        // A disputed duty is settled by an office that coordinates, not by whoever made a visit.
        if self.is_disputed() {
            moment.who.may_about(Act::Assign, &self.about())?;
        }
        let change = self.hand_over(said, to, Some(list.id), moment)?;
        Ok(change.require(list.stands()))
    }

    fn hand_over(
        mut self,
        said: Assign,
        to: Agency,
        list: Option<ProblemListId>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Assign)?;
        let mut checks = Checks::default();
        // A letter says by when; what is handed over late is none the less on it.
        if list.is_none() {
            checks.not_before("reply_by", said.reply_by, moment.now.day());
        }
        checks.not_after(
            "reply_by",
            said.reply_by,
            moment.now.day().plus_days(LONGEST_DAYS),
        );
        let basis = said
            .basis
            .as_deref()
            .map(|basis| checks.optional("basis", basis, 500));
        let basis = basis.filter(|basis| !basis.is_empty());
        if self.is_disputed() && basis.is_none() {
            checks.fail("basis", "disputed-needs-basis");
        }
        let here = to.home.county == self.home.county;
        if !here || !matches!(to.kind, AgencyKind::Department | AgencyKind::SafetyOffice) {
            checks.fail("agency", "not-a-regulator-here");
        }
        if self.regulator == Some(to.id) && !self.is_disputed() && list.is_none() {
            checks.fail("agency", "already-theirs");
        }
        checks.done()?;

        let before = self.cell();
        let named = Require::Version {
            table: "agency",
            id: to.id.to_string(),
            version: to.seen.version,
        };
        let settled = self.is_disputed();
        self.course.assignments.push(Assignment {
            to: to.id,
            from: self.regulator,
            reply_by: said.reply_by,
            basis: basis.clone().filter(|_| settled),
            by: moment.signature(),
            receipt: None,
            declined: None,
            list,
        });
        self.regulator = Some(to.id);
        let told = HazardEvent::Assigned {
            to: to.id,
            reply_by: said.reply_by,
            basis,
            list,
        };
        Ok(self.recorded(before, &moment, Act::Assign, told).require(named))
    }

    pub fn acknowledge(mut self, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Acknowledge)?;
        let before = self.cell();
        let receipt = moment.signature();
        if let Some(assignment) = self.course.assignments.last_mut() {
            assignment.receipt = Some(receipt);
        }
        Ok(self.recorded(before, &moment, Act::Acknowledge, HazardEvent::Acknowledged {}))
    }

    pub fn decline(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Decline)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;
        let settled = self
            .assignment_pending()
            .is_some_and(|assignment| assignment.basis.is_some());
        if settled {
            return Err(Refusal::DutySettled);
        }

        let before = self.cell();
        let by = moment.signature();
        let mut back_to: Option<AgencyId> = None;
        if let Some(assignment) = self.course.assignments.last_mut() {
            back_to = assignment.from;
            assignment.declined = Some(Declined {
                reason: reason.clone(),
                by,
            });
        }
        // Until the coordinating office has settled it, it lies with whoever had it before; with the office itself where nobody had.
        self.regulator = back_to.filter(|agency| *agency != moment.who.agency);
        Ok(self.recorded(before, &moment, Act::Decline, HazardEvent::Declined { reason }))
    }
}
