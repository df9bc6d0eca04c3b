//! What becomes of a draft: a person sends it, as they have edited it and with what was explained by then, or sets it aside and
//! says why. One of the two, once. A draft whose hazard has moved on can no longer be sent: its reason is gone.

use crate::{
    authority::Act,
    change::{Body, Change, Event, Require, Row},
    escalation::{Draft, Escalation, EscalationEvent, Explanation, Letter, Standing, desk_id},
    field::Checks,
    hazard::{Hazard, Moment, WaitsFor},
    refusal::Refusal,
};

pub const LONGEST_LETTER: usize = 5_000;

/// The letter as its sender has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendLetter {
    /// Id of an agency or a subject.
    pub addressee: String,
    pub title: String,
    pub text: String,
}

/// What a letter rests on beside the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct SendingRest {
    pub hazard: Hazard,
    /// To whom a letter of this kind may go.
    pub addressees: Vec<WaitsFor>,
    /// Explanations to other steps of the same hazard.
    pub explained_elsewhere: Vec<Explanation>,
    pub number: String,
}

impl Escalation {
    /// Is there a draft that nobody has decided over yet?
    pub fn expects_decision(&self) -> Result<(), Refusal> {
        match (&self.standing, self.drafts) {
            (_, Draft::Nothing) | (Standing::Told, _) => Err(Refusal::NothingDrafted),
            (Standing::Drafted, _) => Ok(()),
            (Standing::Sent { .. } | Standing::SetAside { .. }, _) => Err(Refusal::AlreadyDecided),
        }
    }

    pub fn send_letter(
        mut self,
        said: SendLetter,
        rest: SendingRest,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        moment
            .who
            .may_decide(Act::SendLetter, self.drafts, &self.about())?;
        self.expects_decision()?;
        let SendingRest {
            hazard,
            addressees,
            explained_elsewhere,
            number,
        } = rest;
        if !self.applies_to(&hazard) {
            return Err(Refusal::MovedOn);
        }
        let mut checks = Checks::default();
        let addressee = checks.text("addressee", &said.addressee, 100);
        let title = checks.text("title", &said.title, 120);
        let text = checks.text("letter", &said.text, LONGEST_LETTER);
        let desk = addressees.into_iter().find(|desk| desk_id(*desk) == addressee);
        match desk {
            Some(WaitsFor::Agency(agency)) if agency == moment.who.agency => {
                checks.fail("addressee", "your-own-agency")
            }
            None if !addressee.is_empty() => checks.fail("addressee", "not-a-choice"),
            _ => {}
        }
        checks.done()?;

        let mut explanations = explained_elsewhere;
        explanations.extend(self.explanations.iter().cloned());
        explanations.sort_by_key(|one| one.by.at);
        let told = EscalationEvent::LetterSent {
            number: number.clone(),
            drafts: self.drafts,
            addressee: addressee.clone(),
            title: title.clone(),
            text: text.clone(),
            explanations: explanations.clone(),
        };
        self.standing = Standing::Sent {
            letter: Letter {
                number,
                addressee,
                title,
                text,
                explanations,
                by: moment.who.signs(moment.now),
            },
        };
        let seen = Require::hazard(hazard.id, hazard.seen.version);
        Ok(self.decided(Act::SendLetter, told, moment).require(seen))
    }

    pub fn set_aside(mut self, reason: &str, moment: Moment) -> Result<Change, Refusal> {
        moment.who.may_decide(Act::SetAside, self.drafts, &self.about())?;
        self.expects_decision()?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        checks.done()?;

        let told = EscalationEvent::SetAside {
            reason: reason.clone(),
        };
        self.standing = Standing::SetAside {
            reason,
            by: moment.who.signs(moment.now),
        };
        Ok(self.decided(Act::SetAside, told, moment))
    }

    fn decided(self, act: Act, told: EscalationEvent, moment: Moment) -> Change {
        let event = Event::by(
            moment.who,
            moment.event,
            act,
            self.target(),
            moment.now,
            Body::Escalation(told),
        );
        Change::new(event, Row::Escalation(Box::new(self))).resting_on(moment.who)
    }
}
