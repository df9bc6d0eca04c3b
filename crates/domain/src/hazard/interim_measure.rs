//! Interim measures 临时管控措施: danger is held at once, at any open stage, by whoever is there (安全生产法 art. 65). They change no
//! stage, wait for no plan, and nothing waits for them.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Signature,
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment},
    refusal::Refusal,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterimMeasure {
    /// A word of the city's table (`evacuate`), or the reporter's own.
    pub kind: String,
    pub text: String,
    pub by: Signature,
}

impl Hazard {
    pub fn take_interim_measure(mut self, kind: &str, text: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::InterimMeasure)?;
        let mut checks = Checks::default();
        let kind = checks.text("kind", kind, 40);
        let text = checks.text("text", text, 1_000);
        checks.done()?;

        let before = self.cell();
        self.interim_measures.push(InterimMeasure {
            kind: kind.clone(),
            text: text.clone(),
            by: moment.signature(),
        });
        let told = HazardEvent::InterimMeasureTaken { kind, text };
        Ok(self.recorded(before, &moment, Act::InterimMeasure, told))
    }
}
