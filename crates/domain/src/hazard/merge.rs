//! Merging 并案: two records of one thing. One ends as a duplicate and names the other; both keep their histories. Records of two
//! jurisdictions are not merged: one is transferred first.

use crate::{
    authority::Act,
    change::{Change, Require},
    field::Checks,
    hazard::{Hazard, HazardEvent, Merging, Moment, Stage},
    refusal::Refusal,
};

impl Hazard {
    pub fn merge(mut self, into: &Hazard, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::Merge)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        if into.id == self.id {
            checks.fail("into", "itself");
        } else if into.home.county != self.home.county {
            checks.fail("into", "transfer-first");
        } else if !into.stage.name().is_open() {
            checks.fail("into", "has-ended");
        }
        checks.done()?;
        // What was ordered to stop is reviewed where the order stands: the other record is merged into this one.
        if self.course.suspended().is_some() {
            return Err(Refusal::RestartReviewDemanded);
        }

        let before = self.cell();
        let merging = Merging {
            into: into.id,
            number: into.number.clone(),
            reason: reason.clone(),
            by: moment.signature(),
        };
        let told = HazardEvent::Merged {
            into: into.id,
            number: into.number.clone(),
            reason,
        };
        let stood = std::mem::replace(&mut self.stage, Stage::Reported);
        self.stage = Stage::Merged {
            merging,
            before: Box::new(stood),
        };
        self.end();
        let stands = Require::Version {
            table: "hazard",
            id: into.id.to_string(),
            version: into.seen.version,
        };
        let change = self.recorded(before, &moment, Act::Merge, told);
        Ok(change.require(stands))
    }
}
