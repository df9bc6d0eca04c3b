//! 明确责任单位: a hazard that was found as nobody's gets the unit that answers for it. Reporting does not wait for the question whose
//! it is; whoever answers it says by what, and the case goes on with the real owner, who is entered where nobody has entered them yet. Where it lies, who found it and its dates stay as
//! they are, and the spot that was reported stays visible.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Signature,
    authority::Act,
    change::{Change, Require, Row, Seen},
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

    /// An `owner` that nobody has entered yet is entered with it.
    pub fn name_owner(mut self, mut owner: Subject, basis: &str, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::NameOwner)?;
        let mut checks = Checks::default();
        let basis = checks.text("basis", basis, 500);
        let is_new = owner.seen == Seen::NEW;
        if is_new {
            owner.read_entry("owner", &mut checks);
        }
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
            sector: owner.sector.clone(),
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
            name: owner.name.clone(),
            was: was.name.clone(),
            basis: basis.clone(),
            entered: is_new,
        };
        self.course.owners.push(OwnerNamed {
            was,
            basis,
            by: moment.signature(),
        });
        let change = self.recorded(before, &moment, Act::NameOwner, told);
        Ok(if is_new {
            change.and(Row::Subject(owner))
        } else {
            change.require(named)
        })
    }
}
