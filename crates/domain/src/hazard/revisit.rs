//! Revisit 回头看: somebody who had no hand in it looks again at what ended as rectified. What is found not to be is opened again as
//! a record of its own, linked to this one, and counts against whoever accepted.

use crate::{
    HazardId,
    authority::Act,
    change::{Change, Row},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        EndedAs, Hazard, HazardEvent, Moment,
        course::{self, Opening, OpeningKind},
    },
    refusal::Refusal,
    time::{HOUR, Instant},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Revisit {
    /// It is really rectified.
    pub passed: bool,
    pub opinion: String,
    pub visited_at: Instant,
}

impl Hazard {
    /// `again` is the id under which it is opened again, should it not be rectified.
    pub fn revisit(
        mut self,
        said: Revisit,
        evidence: Vec<EvidenceFile>,
        again: HazardId,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Revisit)?;
        if self.stage.ended_as() != Some(EndedAs::Fixed) || self.course.opening.is_some() {
            return Err(Refusal::NotNow { act: Act::Revisit });
        }
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", &said.opinion, 1_000);
        if said.visited_at > moment.now.plus(HOUR) {
            checks.fail("visited_at", "in-the-future");
        }
        // An instruction may be answered after the end: the last hand is not always the one that closed it.
        let ended_at = self.stage.ended_at().unwrap_or(self.reported_at);
        if said.visited_at.day() < ended_at.day() {
            checks.fail_at("visited_at", "too-early", ended_at.day());
        }
        let (ids, files) = self.attach("evidence", evidence, !said.passed, &mut checks, &moment);
        checks.done()?;

        let before = self.cell();
        self.course.revisits.push(course::Revisit {
            passed: said.passed,
            opinion: opinion.clone(),
            visited_at: said.visited_at,
            evidence: ids.clone(),
            by: moment.signature(),
        });
        if !said.passed {
            self.course.opening = Some(Opening {
                kind: OpeningKind::Reopening,
                id: again,
                county: self.home.county.clone(),
                reason: opinion.clone(),
                by: moment.signature(),
            });
        }
        let told = HazardEvent::Revisited {
            passed: said.passed,
            opinion,
            visited_at: said.visited_at,
            evidence: ids,
            again: (!said.passed).then_some(again),
        };
        let change = self.recorded(before, &moment, Act::Revisit, told);
        Ok(files
            .into_iter()
            .fold(change, |change, file| change.and(Row::File(file))))
    }
}
