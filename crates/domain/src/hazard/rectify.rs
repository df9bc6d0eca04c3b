//! Rectification: the responsible unit says that it is done, and shows it where the route wants to see. What nobody re-checks is
//! closed with it.

use crate::{
    authority::Act,
    change::{Change, Row},
    deadline::{Due, Timetable},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{Closing, Determination, Hazard, HazardEvent, Moment, Rectification, Stage},
    refusal::Refusal,
    route::Recheck,
};

/// The most files that one rectification may bring.
pub const MOST_FILES: usize = 30;

impl Hazard {
    /// `evidence` are files as they were read; each must be the caller's own and attached to nothing yet.
    pub fn rectify(
        mut self,
        summary: &str,
        evidence: Vec<EvidenceFile>,
        times: &Timetable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Rectify)?;
        let Some(confirmation) = self.stage.confirmation().cloned() else {
            return Err(Refusal::WrongStage {
                act: Act::Rectify,
                stage: self.stage.name(),
            });
        };
        let plan = self.stage.plan().cloned();
        if !self.plan_suffices() {
            return Err(Refusal::PlanDemanded);
        }
        let mut checks = Checks::default();
        let summary = checks.text("summary", summary, 2_000);
        let wanted = confirmation.route.evidence;
        let (ids, files) = self.attach("evidence", evidence, wanted, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        let told = HazardEvent::Rectified {
            summary: summary.clone(),
            evidence: ids.clone(),
        };
        let rectification = Rectification {
            summary,
            evidence: ids,
            by: moment.signature(),
        };
        // What the town recorded for the unit is not closed on the town's word: another looks.
        if confirmation.route.recheck == Recheck::Unit && moment.who.stands_in.is_none() {
            if confirmation.determination == Determination::Pending {
                return Err(Refusal::DeterminationPending);
            }
            if self.course.suspended().is_some() {
                return Err(Refusal::RestartReviewDemanded);
            }
            self.close(
                confirmation.route.sample,
                Closing::ByUnit {
                    confirmation,
                    plan,
                    rectification,
                },
                &moment,
            );
        } else {
            // Work goes on while the clock stands still; should it come back, the days that it stood count as they would have.
            self.end_pause(&moment);
            self.due = Some(Due::by_clock(&times.accept, moment.now, &times.calendar));
            self.stage = Stage::Submitted {
                confirmation,
                plan,
                rectification,
            };
        }
        let change = self.recorded(before, &moment, Act::Rectify, told);
        Ok(files
            .into_iter()
            .fold(change, |change, file| change.and(Row::File(file))))
    }

    /// Closed, and perhaps drawn to be looked at again.
    pub(super) fn close(&mut self, sample: u8, closing: Closing, moment: &Moment) {
        self.course.drawn = moment.draws(sample);
        self.stage = Stage::Closed { closing };
        self.end();
    }
}
