//! Rectification: the responsible unit says that it is done and shows it.

use crate::{
    FileId,
    authority::Act,
    change::{Change, Row},
    deadline::{Due, Timetable},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Rectification, Stage},
    refusal::Refusal,
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
        if confirmation.route.plan && plan.is_none() {
            return Err(Refusal::PlanDemanded);
        }
        let mut checks = Checks::default();
        let summary = checks.text("summary", summary, 2_000);
        if evidence.is_empty() {
            checks.fail("evidence", "required");
        }
        if evidence.len() > MOST_FILES {
            checks.fail_at("evidence", "too-many", MOST_FILES);
        }
        let ids: Vec<FileId> = evidence.iter().map(|file| file.id).collect();
        let id = self.id;
        let files: Vec<Option<EvidenceFile>> = evidence
            .into_iter()
            .map(|file| file.attach(moment.who, id))
            .collect();
        if files.iter().any(Option::is_none) {
            checks.fail("evidence", "not-attachable");
        }
        checks.done()?;

        let before = self.cell();
        self.due = Some(Due::by_clock(&times.accept, moment.now, &times.calendar));
        let told = HazardEvent::Rectified {
            summary: summary.clone(),
            evidence: ids.clone(),
        };
        let rectification = Rectification {
            summary,
            evidence: ids,
            by: moment.signature(),
        };
        self.stage = Stage::Submitted {
            confirmation,
            plan,
            rectification,
        };
        let change = self.recorded(before, &moment, Act::Rectify, told);
        Ok(files
            .into_iter()
            .flatten()
            .fold(change, |change, file| change.and(Row::File(file))))
    }
}
