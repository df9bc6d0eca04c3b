//! Transfer 移送 to another jurisdiction (安全生产法 art. 69). A record's home never changes: it ends here as transferred, and a linked
//! record is opened there, under an id that follows from this one. The office there acknowledges it.

use crate::{
    HazardId,
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, Moment, Stage, Transfer,
        course::{Opening, OpeningKind},
    },
    jurisdiction::{Jurisdiction, JurisdictionKind},
    refusal::Refusal,
};

impl Hazard {
    /// `there` is the id under which the linked record will be opened.
    pub fn transfer(
        mut self,
        to: &Jurisdiction,
        reason: &str,
        there: HazardId,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Transfer)?;
        let mut checks = Checks::default();
        let reason = checks.text("reason", reason, 500);
        if to.id == self.home.county {
            checks.fail("to", "lies-here");
        }
        if !matches!(to.kind, JurisdictionKind::County | JurisdictionKind::Zone) || to.city != self.home.city
        {
            checks.fail("to", "not-a-county");
        }
        checks.done()?;

        let before = self.cell();
        let by = moment.signature();
        let told = HazardEvent::Transferred {
            to: to.id.clone(),
            reason: reason.clone(),
            there,
        };
        self.course.opening = Some(Opening {
            kind: OpeningKind::Transfer,
            id: there,
            county: to.id.clone(),
            reason: reason.clone(),
            by: by.clone(),
        });
        let stood = std::mem::replace(&mut self.stage, Stage::Reported);
        self.stage = Stage::Transferred {
            transfer: Transfer {
                to: to.id.clone(),
                reason,
                by,
            },
            before: Box::new(stood),
        };
        self.end();
        Ok(self.recorded(before, &moment, Act::Transfer, told))
    }
}
