//! Determination: where confirmation left open whether the hazard is major, somebody decides, with clause and basis.

use crate::{
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{Determination, Hazard, HazardEvent, Moment, confirm::read_clauses, table_of},
    refusal::Refusal,
    route::RouteTable,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Determine {
    pub determination: Determination,
    pub clauses: Vec<String>,
    pub basis: String,
}

impl Hazard {
    pub fn determine(
        mut self,
        said: Determine,
        routes: &RouteTable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Determine)?;
        if self.determination() != Determination::Pending {
            return Err(Refusal::DeterminationMade);
        }
        let mut checks = Checks::default();
        if said.determination == Determination::Pending {
            checks.fail("determination", "must-decide");
        }
        let clauses = read_clauses(&mut checks, said.determination, &said.clauses);
        let basis = checks.text("basis", &said.basis, 1_000);
        checks.done()?;

        let before = self.cell();
        if let Some(confirmation) = self.stage.confirmation_mut() {
            confirmation.determination = said.determination;
            confirmation.clauses.extend(clauses.iter().cloned());
        }
        // A major hazard goes the way of one, however far it has come.
        let route = self.rechoose(routes);
        let told = HazardEvent::Determined {
            determination: said.determination,
            clauses,
            basis,
            routes_no: route.as_ref().map(|_| routes.no),
            route,
        };
        Ok(self
            .recorded(before, &moment, Act::Determine, told)
            .require(table_of(routes)))
    }
}
