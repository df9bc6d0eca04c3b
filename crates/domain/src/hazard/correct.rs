//! Correction 更正: a wrong fact is put right. What stood before stays visible, with who changed it and why.

use crate::{
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment,
        course::{Correction, Fact},
    },
    refusal::Refusal,
    time::Instant,
};

impl Hazard {
    /// `value` is a text, or an instant for when it was found.
    pub fn correct(
        mut self,
        fact: Fact,
        value: &str,
        reason: &str,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Correct)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        let (was, is) = match fact {
            Fact::Description => (self.description.clone(), checks.text("value", value, 2_000)),
            Fact::Place => (self.location.text.clone(), checks.text("value", value, 200)),
            Fact::FoundAt => {
                let is = Instant::parse(value.trim());
                match is {
                    None => checks.fail("value", "not-an-instant"),
                    Some(at) if at > self.reported_at => checks.fail("value", "in-the-future"),
                    Some(_) => {}
                }
                (
                    self.found_at.rfc3339(),
                    is.map(Instant::rfc3339).unwrap_or_default(),
                )
            }
        };
        if was == is {
            checks.fail("value", "unchanged");
        }
        checks.done()?;

        let before = self.cell();
        match fact {
            Fact::Description => self.description.clone_from(&is),
            Fact::Place => self.location.text.clone_from(&is),
            Fact::FoundAt => self.found_at = Instant::parse(&is).unwrap_or(self.found_at),
        }
        self.course.corrections.push(Correction {
            fact,
            was: was.clone(),
            is: is.clone(),
            reason: reason.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::Corrected {
            fact,
            was,
            is,
            reason,
        };
        Ok(self.recorded(before, &moment, Act::Correct, told))
    }
}
