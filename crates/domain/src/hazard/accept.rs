//! Acceptance 验收: the supervisor judges the rectification on the spot or on paper. Passed, it goes on to sign-off or is closed,
//! as its route says; failed, it returns with a reason and the return is counted.

use crate::{
    PersonId,
    authority::{Act, separate},
    change::{Change, Require},
    deadline::{Due, Timetable},
    field::Checks,
    hazard::{
        Acceptance, Cause, Closing, Confirmation, Determination, Hazard, HazardEvent, Moment, Rectification,
        Stage, StageName, ToldTo, table_of,
    },
    person::Person,
    refusal::Refusal,
    route::{Ending, RouteTable, Visit},
    time::{HOUR, Instant},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Accept {
    pub passed: bool,
    pub opinion: String,
    pub visited_at: Option<Instant>,
    pub place: Option<String>,
    /// What it came from; asked for where the route wants to know.
    pub cause: Option<Cause>,
}

impl Hazard {
    /// `inspectors` are the persons named, as they were read.
    pub fn accept_rectification(
        mut self,
        said: Accept,
        inspectors: Vec<Person>,
        times: &Timetable,
        routes: &RouteTable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::Accept)?;
        let Stage::Submitted {
            confirmation,
            plan,
            rectification,
        } = self.stage.clone()
        else {
            return Err(Refusal::WrongStage {
                act: Act::Accept,
                stage: self.stage.name(),
            });
        };
        if said.passed && confirmation.determination == Determination::Pending {
            return Err(Refusal::DeterminationPending);
        }
        if said.passed {
            self.nothing_is_wanting(&confirmation, &rectification)?;
        }
        let said_opinion = said.opinion.clone();
        let acceptance = self.read_acceptance(said.clone(), &inspectors, &confirmation, &moment)?;

        let before = self.cell();
        let mut told = HazardEvent::Accepted {
            passed: said.passed,
            opinion: acceptance.opinion.clone(),
            visited_at: acceptance.visited_at,
            place: acceptance.place.clone(),
            inspectors: acceptance.inspectors.clone(),
            cause: acceptance.cause,
            route: None,
            routes_no: None,
        };
        if !said.passed {
            let chosen = self.come_back(StageName::Submitted, said_opinion.trim(), routes, &moment);
            if let HazardEvent::Accepted { route, routes_no, .. } = &mut told {
                *routes_no = chosen.as_ref().map(|_| routes.no);
                *route = chosen;
            }
        } else if confirmation.route.ending != Ending::Close {
            self.due = Some(Due::by_clock(&times.sign_off, moment.now, &times.calendar));
            self.stage = Stage::Accepted {
                confirmation,
                plan,
                rectification,
                acceptance,
            };
        } else {
            self.close(
                confirmation.route.sample,
                Closing::Accepted {
                    confirmation,
                    plan,
                    rectification,
                    acceptance,
                },
                &moment,
            );
        }
        let change = self
            .recorded(before, &moment, Act::Accept, told)
            .require(table_of(routes));
        let rests_on = inspectors.into_iter().map(|person| Require::Version {
            table: "person",
            id: person.id.to_string(),
            version: person.seen.version,
        });
        Ok(rests_on.fold(change, Change::require))
    }

    /// What has to be there before it can be accepted: the review of a restart, the two who are told, the five in place.
    /// Its route may have become stricter since it was rectified: what that demands of plan and evidence is asked for here again.
    fn nothing_is_wanting(
        &self,
        confirmation: &Confirmation,
        rectification: &Rectification,
    ) -> Result<(), Refusal> {
        if self.course.suspended().is_some() {
            return Err(Refusal::RestartReviewDemanded);
        }
        if self.rests_on_unconfirmed() {
            return Err(Refusal::ProxyUnconfirmed);
        }
        if !self.plan_suffices() {
            return Err(Refusal::PlanDemanded);
        }
        if confirmation.route.evidence && rectification.evidence.is_empty() {
            return Err(Refusal::EvidenceDemanded);
        }
        if !confirmation.route.in_place {
            return Ok(());
        }
        let untold = ToldTo::ALL.iter().copied().find(|to| !self.course.is_told(*to));
        if let Some(to) = untold {
            return Err(Refusal::NotTold { to });
        }
        let missing = self.course.missing();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(Refusal::NotInPlace { missing })
        }
    }

    fn read_acceptance(
        &self,
        said: Accept,
        inspectors: &[Person],
        confirmation: &Confirmation,
        moment: &Moment,
    ) -> Result<Acceptance, Refusal> {
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", &said.opinion, 1_000);
        let place = said
            .place
            .as_deref()
            .map(|place| checks.optional("place", place, 200));
        let place = place.filter(|place| !place.is_empty());
        let route = &confirmation.route;
        let visit = match route.visit {
            Visit::Never => false,
            Visit::Major => confirmation.determination == Determination::Major,
            Visit::Always => true,
        };
        if said.passed && visit && said.visited_at.is_none() {
            checks.fail("visited_at", "visit-demanded");
        }
        if said.passed && visit && place.is_none() {
            checks.fail("place", "visit-demanded");
        }
        if said.visited_at.is_some_and(|at| at > moment.now.plus(HOUR)) {
            checks.fail("visited_at", "in-the-future");
        }
        if said.passed && route.cause && said.cause.is_none() {
            checks.fail("cause", "required");
        }
        self.check_inspectors(&mut checks, said.passed, inspectors, route.inspectors);
        checks.done()?;
        Ok(Acceptance {
            opinion,
            visited_at: said.visited_at,
            place,
            inspectors: inspectors.iter().map(|person| person.id).collect(),
            cause: said.cause.filter(|_| said.passed),
            by: moment.signature(),
        })
    }

    /// Different certified persons, as many as the route demands, and nobody whose work they would be judging.
    fn check_inspectors(&self, checks: &mut Checks, passed: bool, inspectors: &[Person], demanded: u8) {
        let mut different: Vec<PersonId> = inspectors.iter().map(|person| person.id).collect();
        different.sort_unstable();
        different.dedup();
        if different.len() < inspectors.len() {
            checks.fail("inspectors", "twice-the-same");
        } else if passed && inspectors.len() < usize::from(demanded) {
            checks.fail_at("inspectors", "too-few", demanded);
        }
        if inspectors.len() > 10 {
            checks.fail_at("inspectors", "too-many", 10);
        }
        if inspectors.iter().any(|person| person.certificate_no.is_empty()) {
            checks.fail("inspectors", "no-certificate");
        }
        if inspectors.iter().any(|person| !self.may_be_judged_by(person.id)) {
            checks.fail("inspectors", "judges-own-work");
        }
    }

    /// Nobody judges a rectification that they had a hand in, neither for themselves nor through somebody they stood in for.
    pub fn may_be_judged_by(&self, person: PersonId) -> bool {
        !self.hands.iter().any(|hand| {
            separate(Act::Accept, hand.act)
                && hand.act != Act::SignOff
                && (hand.by.person == person || hand.by.principal == Some(person))
        })
    }
}
