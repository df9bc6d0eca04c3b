//! 情况说明: whoever has to act, or answers for the unit, says how it stands. It changes no date and closes nothing; it goes with
//! the letter, so that nobody is written about unheard.

use crate::{
    authority::Act,
    change::{Body, Change, Event, Row},
    escalation::{Escalation, EscalationEvent, Explanation},
    evidence::EvidenceFile,
    field::Checks,
    hazard::Moment,
    refusal::Refusal,
};

pub const MOST_EXPLANATIONS: usize = 20;
pub const MOST_FILES: usize = 10;

impl Escalation {
    pub fn explain(
        mut self,
        text: &str,
        files: Vec<EvidenceFile>,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        moment.who.may_about(Act::Explain, &self.about())?;
        if self.explanations.len() >= MOST_EXPLANATIONS {
            return Err(Refusal::EnoughExplained);
        }
        let mut checks = Checks::default();
        let text = checks.text("explanation", text, 1_000);
        if files.len() > MOST_FILES {
            checks.fail_at("files", "too-many", MOST_FILES);
        }
        let ids = files.iter().map(|file| file.id).collect::<Vec<_>>();
        let attached: Vec<EvidenceFile> = files
            .into_iter()
            .filter_map(|file| file.attach(moment.who, self.hazard))
            .collect();
        if attached.len() < ids.len() {
            checks.fail("files", "not-attachable");
        }
        checks.done()?;

        let told = EscalationEvent::Explained {
            text: text.clone(),
            files: ids.clone(),
        };
        let event = Event::by(
            moment.who,
            moment.event,
            Act::Explain,
            self.target(),
            moment.now,
            Body::Escalation(told),
        );
        self.explanations.push(Explanation {
            text,
            files: ids,
            by: moment.who.signs(moment.now),
        });
        let change = Change::new(event, Row::Escalation(Box::new(self))).resting_on(moment.who);
        Ok(attached.into_iter().map(Row::File).fold(change, Change::and))
    }
}
