//! Sign-off 销号: the city strikes it off the list, or sends it back. After it nothing can be done to the hazard any more.

use crate::{
    RouteId, SignOffListId,
    authority::Act,
    change::Change,
    field::Checks,
    hazard::{Hazard, HazardEvent, Moment, Return, SignOff, Stage, StageName, table_of},
    refusal::Refusal,
    route::{Ending, RouteTable},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Decide {
    pub passed: bool,
    pub opinion: String,
    /// The list it is signed off with, where it is not looked at by itself.
    pub list: Option<SignOffListId>,
}

impl Hazard {
    pub fn sign_off(mut self, said: Decide, routes: &RouteTable, moment: Moment) -> Result<Change, Refusal> {
        self.expects(Act::SignOff)?;
        let Stage::Accepted {
            confirmation,
            plan,
            rectification,
            acceptance,
        } = self.stage.clone()
        else {
            return Err(Refusal::WrongStage {
                act: Act::SignOff,
                stage: self.stage.name(),
            });
        };
        // Signing off on a list is what its route allows; item by item is always open.
        if said.passed && said.list.is_some() && confirmation.route.ending != Ending::List {
            return Err(Refusal::ItemByItem);
        }
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", &said.opinion, 1_000);
        checks.done()?;

        let before = self.cell();
        let mut route = None;
        if said.passed {
            self.end();
            let sign_off = SignOff {
                opinion: opinion.clone(),
                list: said.list,
                by: moment.signature(),
            };
            self.stage = Stage::SignedOff {
                confirmation,
                plan,
                rectification,
                acceptance,
                sign_off,
            };
        } else {
            route = self.come_back(StageName::Accepted, &opinion, routes, &moment);
        }
        let told = HazardEvent::SignedOff {
            passed: said.passed,
            opinion,
            list: said.list,
            routes_no: route.as_ref().map(|_| routes.no),
            route,
        };
        Ok(self
            .recorded(before, &moment, Act::SignOff, told)
            .require(table_of(routes)))
    }

    /// Back to rectification, with the reason kept and counted. The day set before still stands; what comes back once too often
    /// goes a stricter way, if the table says so.
    pub(super) fn come_back(
        &mut self,
        from: StageName,
        reason: &str,
        routes: &RouteTable,
        moment: &Moment,
    ) -> Option<RouteId> {
        self.due.clone_from(&self.course.rectify_by);
        self.returns.push(Return {
            from,
            reason: reason.to_owned(),
            by: moment.signature(),
        });
        if let Some(confirmation) = self.stage.confirmation().cloned() {
            self.stage = Stage::Rectifying {
                confirmation,
                plan: self.stage.plan().cloned(),
            };
        }
        self.rechoose(routes)
    }
}
