//! Suspension of operation 停产停业 and the review before it starts again 复产审查 (安全生产法 art. 65). The order itself is an
//! enforcement paper with a number of its own; here stands that there is one, and that nothing is closed before the review.

use crate::{
    FileId,
    authority::Act,
    change::{Change, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{Answer, Restart, Suspension},
    },
    refusal::Refusal,
};

impl Hazard {
    pub fn suspend(mut self, order_no: &str, scope: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Suspend)?;
        let mut checks = Checks::default();
        let order_no = checks.text("order_no", order_no, 60);
        let scope = checks.text("scope", scope, 500);
        checks.done()?;

        let before = self.cell();
        self.course.suspensions.push(Suspension {
            order_no: order_no.clone(),
            scope: scope.clone(),
            by: moment.signature(),
            restart: None,
            refused: Vec::new(),
        });
        let told = HazardEvent::Suspended { order_no, scope };
        Ok(self.recorded(before, &moment, Act::Suspend, told))
    }

    pub fn ask_restart(
        mut self,
        summary: &str,
        evidence: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::AskRestart)?;
        let mut checks = Checks::default();
        let summary = checks.text("summary", summary, 2_000);
        let (ids, files) = self.attach("evidence", evidence, true, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let restart = Restart {
            summary: summary.clone(),
            evidence: ids.clone(),
            by: moment.signature(),
            answer: None,
        };
        if let Some(suspension) = self.course.suspensions.last_mut() {
            suspension.restart = Some(restart);
        }
        let told = HazardEvent::RestartAsked {
            summary,
            evidence: ids,
        };
        let change = self.recorded(before, &moment, Act::AskRestart, told);
        Ok(files
            .into_iter()
            .fold(change, |change, file| change.and(Row::File(file))))
    }

    pub fn review_restart(mut self, passed: bool, opinion: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::ReviewRestart)?;
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", opinion, 1_000);
        checks.done()?;

        let before = self.cell();
        let answer = Answer {
            passed,
            opinion: opinion.clone(),
            by: moment.signature(),
        };
        if let Some(suspension) = self.course.suspensions.last_mut()
            && let Some(mut restart) = suspension.restart.take()
        {
            restart.answer = Some(answer);
            if passed {
                suspension.restart = Some(restart);
            } else {
                suspension.refused.push(restart);
            }
        }
        let told = HazardEvent::RestartReviewed { passed, opinion };
        Ok(self.recorded(before, &moment, Act::ReviewRestart, told))
    }

    /// Files that become part of this hazard with the act: their ids, and the rows to write.
    pub(super) fn attach(
        &self,
        field: &'static str,
        evidence: Vec<EvidenceFile>,
        required: bool,
        checks: &mut Checks,
        moment: &Moment,
    ) -> (Vec<FileId>, Vec<EvidenceFile>) {
        if required && evidence.is_empty() {
            checks.fail(field, "required");
        }
        if evidence.len() > super::rectify::MOST_FILES {
            checks.fail_at(field, "too-many", super::rectify::MOST_FILES);
        }
        let ids = evidence.iter().map(|file| file.id).collect();
        let count = evidence.len();
        let files: Vec<EvidenceFile> = evidence
            .into_iter()
            .filter_map(|file| file.attach(moment.who, self.id))
            .collect();
        if files.len() < count {
            checks.fail(field, "not-attachable");
        }
        (ids, files)
    }
}
