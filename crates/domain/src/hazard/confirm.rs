//! Confirmation: a supervisor takes it as a hazard, says what it is measured by, until when it is to be rectified and who
//! regulates it. The route is chosen here, once.

use crate::{
    agency::{Agency, AgencyKind},
    authority::Act,
    change::{Change, Require},
    deadline::{Due, SetBy},
    field::Checks,
    hazard::{Confirmation, Determination, Hazard, HazardEvent, InitialLevel, Moment, Stage, table_of},
    refusal::Refusal,
    route::{Facts, RouteTable},
    time::Day,
};

#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    pub initial_level: InitialLevel,
    pub determination: Determination,
    pub clauses: Vec<String>,
    pub deadline: Day,
    pub order_no: Option<String>,
}

/// No order gives more than two years.
pub(super) const LONGEST_DAYS: i64 = 731;

impl Hazard {
    /// `regulator` is the agency named, if one was; it must be able to regulate at home.
    pub fn confirm(
        mut self,
        said: Confirm,
        regulator: Option<Agency>,
        routes: &RouteTable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Confirm)?;
        let mut checks = Checks::default();
        let clauses = read_clauses(&mut checks, said.determination, &said.clauses);
        checks.not_before("deadline", said.deadline, moment.now.day());
        checks.not_after(
            "deadline",
            said.deadline,
            moment.now.day().plus_days(LONGEST_DAYS),
        );
        let order_no = said
            .order_no
            .as_deref()
            .map(|no| checks.optional("order_no", no, 60));
        let order_no = order_no.filter(|no| !no.is_empty());
        if regulator
            .as_ref()
            .is_some_and(|agency| !regulates_in(agency, &self))
        {
            checks.fail("regulator", "not-a-regulator-here");
        }
        checks.done()?;

        let before = self.cell();
        let facts = Facts {
            level: said.initial_level,
            determination: said.determination,
            ..self.facts()
        };
        let route = routes.choose(&facts).clone();
        let told = HazardEvent::Confirmed {
            initial_level: said.initial_level,
            determination: said.determination,
            clauses: clauses.clone(),
            deadline: said.deadline,
            regulator: regulator.as_ref().map(|agency| agency.id),
            order_no: order_no.clone(),
            route: route.id.clone(),
            routes_no: routes.no,
        };
        self.initial_level = said.initial_level;
        let named = regulator.as_ref().map(|agency| Require::Version {
            table: "agency",
            id: agency.id.to_string(),
            version: agency.seen.version,
        });
        self.regulator = regulator.map(|agency| agency.id).or(self.regulator);
        let due = Due::set(said.deadline, SetBy::Confirmation);
        self.course.rectify_by = Some(due.clone());
        self.course.at_the_latest = Some(said.deadline);
        self.due = Some(due);
        self.stage = Stage::Confirmed {
            confirmation: Confirmation {
                determination: said.determination,
                clauses,
                deadline: said.deadline,
                order_no,
                route,
                routes_no: routes.no,
                by: moment.signature(),
            },
        };
        let change = self
            .recorded(before, &moment, Act::Confirm, told)
            .require(table_of(routes));
        Ok(named.into_iter().fold(change, Change::require))
    }
}

/// At most 20 clauses; a major hazard needs one (安全生产法 art. 118: majors are judged by published criteria).
pub(super) fn read_clauses(
    checks: &mut Checks,
    determination: Determination,
    clauses: &[String],
) -> Vec<String> {
    if clauses.len() > 20 {
        checks.fail_at("clauses", "too-many", 20);
    }
    let clauses: Vec<String> = clauses
        .iter()
        .take(20)
        .map(|clause| checks.optional("clauses", clause, 300))
        .collect();
    let clauses: Vec<String> = clauses.into_iter().filter(|clause| !clause.is_empty()).collect();
    if determination == Determination::Major && clauses.is_empty() {
        checks.fail("clauses", "major-needs-clause");
    }
    clauses
}

fn regulates_in(agency: &Agency, hazard: &Hazard) -> bool {
    let here = agency.home.county == hazard.home.county;
    here && matches!(agency.kind, AgencyKind::Department | AgencyKind::SafetyOffice)
}
