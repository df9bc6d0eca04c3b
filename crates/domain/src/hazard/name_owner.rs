//! 明确责任单位: a hazard that was found as nobody's gets the unit that answers for it. Reporting does not wait for the question whose
//! it is; whoever answers it says by what, and the case goes on with the real owner. Where it lies, who found it and its dates stay as
//! they are, and the spot that was reported stays visible.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Signature,
    authority::Act,
    change::{Change, Require},
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Stage, SubjectRef},
    refusal::Refusal,
    subject::{Subject, SubjectKind},
};

/// The unit was named. `was` is what stood before: the spot as reported, or a unit that had been named wrongly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerNamed {
    pub was: SubjectRef,
    pub basis: String,
    pub by: Signature,
}

impl Hazard {
    /// It was found as nobody's. An owner that turns out to be another may be named again.
    pub(super) fn seeks_its_owner(&self) -> bool {
        self.subject.kind == SubjectKind::Unowned || !self.course.owners.is_empty()
    }

    pub fn name_owner(mut self, owner: Subject, basis: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::NameOwner)?;
        let mut checks = Checks::default();
        let basis = checks.text("basis", basis, 500);
        if owner.kind == SubjectKind::Unowned {
            checks.fail("owner", "unowned-itself");
        } else if owner.id == self.subject.id {
            checks.fail("owner", "already-theirs");
        } else if owner.home.county != self.home.county {
            checks.fail("owner", "lies-elsewhere");
        }
        checks.done()?;

        let before = self.cell();
        let named = Require::Version {
            table: "subject",
            id: owner.id.to_string(),
            version: owner.seen.version,
        };
        // Before it is confirmed, whoever regulates the owner has it before them; afterwards whoever was named then goes on.
        self.regulator = match self.stage {
            Stage::Reported => owner.regulator.or(self.regulator),
            _ => self.regulator.or(owner.regulator),
        };
        let is = SubjectRef {
            id: owner.id,
            kind: owner.kind,
            name: owner.name.clone(),
            sector: owner.sector,
            steward: owner.steward,
        };
        let was = std::mem::replace(&mut self.subject, is);
        // What a finder ordered of a spot that cannot act, its owner has to do.
        let ordered = self.stage.plan_mut();
        if let Some(plan) = ordered.filter(|plan| plan.responsible_unit == was.name) {
            plan.responsible_unit.clone_from(&owner.name);
        }
        let told = HazardEvent::OwnerNamed {
            owner: owner.id,
            name: owner.name,
            was: was.name.clone(),
            basis: basis.clone(),
        };
        self.course.owners.push(OwnerNamed {
            was,
            basis,
            by: moment.signature(),
        });
        Ok(self
            .recorded(before, &moment, Act::NameOwner, told)
            .require(named))
    }
}
