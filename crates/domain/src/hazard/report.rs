//! Report: somebody has found something. Asked once: what, where, whose, how bad at first sight, how it came to be known.

use crate::{
    FileId, HazardId,
    agency::Role,
    authority::{Act, Hand},
    change::{Body, Change, Event, Require, Row, Seen},
    deadline::{Due, SetBy, Timetable},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Closing, Confirmation, Course, Determination, Hazard, HazardEvent, InitialLevel, Moment, Offices,
        Plan, Rectification, Source, Stage, StageName, SubjectRef, confirm::LONGEST_DAYS, event::Ordered,
        rectify::MOST_FILES, table_of,
    },
    money::Fen,
    place::Location,
    refusal::Refusal,
    route::{Facts, Route, RouteTable},
    subject::Subject,
    time::{HOUR, Instant},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub id: HazardId,
    pub description: String,
    pub location: Location,
    pub initial_level: InitialLevel,
    pub source: Source,
    /// When it was found, if not now.
    pub found_at: Option<Instant>,
    pub then: Then,
}

/// What the finder does beside reporting.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// Leaves it to the supervisor to confirm.
    Waits,
    /// Says what is to be done, by whom and until when: a unit takes it on, an agency orders it. Open where the route does not
    /// demand that somebody else confirms.
    Orders(Ordered),
    /// Saw it rectified while standing there 即查即改; for general hazards alone.
    Fixed { summary: String },
}

/// A clock on a phone may be this far ahead of ours.
const PHONE_CLOCK_AHEAD: i64 = HOUR;

impl Hazard {
    /// `subject` is the one it hangs on, entered together with the report when `is_new`.
    #[allow(clippy::too_many_arguments)]
    pub fn report(
        said: Report,
        number: String,
        subject: Subject,
        photos: Vec<EvidenceFile>,
        offices: Offices,
        times: &Timetable,
        routes: &RouteTable,
        moment: Moment,
    ) -> Result<Change, Refusal> {
        let Moment { who, now, event } = moment;
        let mut checks = Checks::default();
        let description = checks.text("description", &said.description, 2_000);
        let place = checks.text("location.text", &said.location.text, 200);
        let found_at = said.found_at.unwrap_or(now);
        if found_at > now.plus(PHONE_CLOCK_AHEAD) {
            checks.fail("found_at", "in-the-future");
        }
        if !may_name(who.role, said.source) {
            checks.fail("source", "not-your-source");
        }
        let route = routes.choose(&Facts {
            level: said.initial_level,
            determination: Determination::Pending,
            source: said.source,
            returns: 0,
            on_list: false,
        });
        let then = read_then(&said, route, &mut checks, &moment);
        if photos.len() > MOST_FILES {
            checks.fail_at("photos", "too-many", MOST_FILES);
        }
        let photo_ids: Vec<FileId> = photos.iter().map(|file| file.id).collect();
        let photos: Vec<Option<EvidenceFile>> =
            photos.into_iter().map(|file| file.attach(who, said.id)).collect();
        if photos.iter().any(Option::is_none) {
            checks.fail("photos", "not-attachable");
        }
        checks.done()?;

        let is_new = subject.seen == Seen::NEW;
        let (stage, order, fixed) = match then {
            Then::Waits => (Stage::Reported, None, None),
            Then::Orders(order) => (
                ordered(&order, &subject, (route, routes.no), &moment),
                Some(order),
                None,
            ),
            Then::Fixed { summary } => {
                let rectification = Rectification {
                    summary: summary.clone(),
                    evidence: photo_ids.clone(),
                    by: moment.signature(),
                };
                let closing = Closing::OnTheSpot { rectification };
                (Stage::Closed { closing }, None, Some(summary))
            }
        };
        let rectify_by = order
            .as_ref()
            .map(|order| Due::set(order.deadline, SetBy::Report));
        let due = match stage.name() {
            StageName::Reported => Some(Due::by_clock(&times.confirm, now, &times.calendar)),
            _ => rectify_by.clone(),
        };
        let mut hazard = Hazard {
            id: said.id,
            seen: Seen::NEW,
            number: number.clone(),
            home: subject.home.clone(),
            location: Location {
                text: place,
                point: said.location.point,
            },
            subject: SubjectRef {
                id: subject.id,
                kind: subject.kind,
                name: subject.name.clone(),
                sector: subject.sector.clone(),
                steward: subject.steward,
            },
            offices,
            description: description.clone(),
            source: said.source,
            found_at: found_at.min(now),
            reported_at: now,
            initial_level: said.initial_level,
            // Whoever orders something follows it, whoever else regulates the trade.
            regulator: match who.role {
                Role::CountyDepartment if stage.name() == StageName::Rectifying => Some(who.agency),
                _ => subject.regulator,
            },
            due,
            interim_measures: Vec::new(),
            returns: Vec::new(),
            hands: vec![Hand {
                act: Act::Report,
                by: who.signs(now),
            }],
            photos: photo_ids.clone(),
            course: Course {
                drawn: fixed.is_some() && moment.draws(route.sample),
                rectify_by,
                at_the_latest: order.as_ref().map(|order| order.deadline),
                ..Course::default()
            },
            stage,
        };
        hazard.note_span(now);
        let told = HazardEvent::Reported {
            number,
            subject: subject.id,
            description,
            location: hazard.location.clone(),
            initial_level: hazard.initial_level,
            source: hazard.source,
            found_at: hazard.found_at,
            photos: photo_ids,
            route: (order.is_some() || fixed.is_some()).then(|| route.id.clone()),
            order,
            fixed,
            routes_no: routes.no,
        };
        let mut event = Event::by(who, event, Act::Report, hazard.target(), now, Body::Hazard(told));
        event.entered = Some(hazard.cell());
        let id = hazard.id;
        let mut change = Change::new(event, Row::Hazard(Box::new(hazard)))
            .resting_on(who)
            .require(table_of(routes))
            .require(Require::no_hazard(id));
        change = if is_new {
            change.and(Row::Subject(subject))
        } else {
            change.require(Require::Version {
                table: "subject",
                id: subject.id.to_string(),
                version: subject.seen.version,
            })
        };
        Ok(photos
            .into_iter()
            .flatten()
            .fold(change, |change, file| change.and(Row::File(file))))
    }
}

/// From whom a hazard of this source can come: an enterprise checks itself, a town patrols, a county checks, the city oversees.
pub fn may_name(role: Role, source: Source) -> bool {
    use Source::*;
    match source {
        SelfCheck | InternalReport => role == Role::Unit,
        ExpertService => true,
        Patrol => matches!(
            role,
            Role::TownOffice | Role::CountyOffice | Role::CountyDepartment
        ),
        CountyCheck => matches!(role, Role::CountyOffice | Role::CountyDepartment),
        Oversight => matches!(role, Role::CityOffice | Role::CityDepartment),
        HandedDown | Transfer | Tip | Media | Accident | Warning => role != Role::Unit,
    }
}

fn read_then(said: &Report, route: &Route, checks: &mut Checks, moment: &Moment) -> Then {
    match &said.then {
        Then::Waits => Then::Waits,
        Then::Orders(order) => {
            // Whatever the route says: what may be major is found not to be by whoever confirms it, never by its finder.
            if route.confirm || said.initial_level == InitialLevel::SuspectedMajor {
                checks.fail("order", "needs-confirmation");
            }
            let order_no = order
                .order_no
                .as_deref()
                .map(|no| checks.optional("order.order_no", no, 60));
            checks.not_before("order.deadline", order.deadline, moment.now.day());
            checks.not_after(
                "order.deadline",
                order.deadline,
                moment.now.day().plus_days(LONGEST_DAYS),
            );
            Then::Orders(Ordered {
                measures: checks.text("order.measures", &order.measures, 2_000),
                responsible_person: checks.text("order.responsible_person", &order.responsible_person, 60),
                deadline: order.deadline,
                order_no: order_no.filter(|no| !no.is_empty()),
            })
        }
        Then::Fixed { summary } => {
            if said.initial_level != InitialLevel::General {
                checks.fail("fixed", "only-general");
            }
            Then::Fixed {
                summary: checks.text("fixed.summary", summary, 1_000),
            }
        }
    }
}

/// What is not suspected of being major is ordered by its finder as not major.
fn ordered(order: &Ordered, subject: &Subject, (route, routes_no): (&Route, i64), moment: &Moment) -> Stage {
    Stage::Rectifying {
        confirmation: Confirmation {
            determination: Determination::NotMajor,
            clauses: Vec::new(),
            deadline: order.deadline,
            order_no: order.order_no.clone(),
            route: route.clone(),
            routes_no,
            by: moment.signature(),
        },
        plan: Some(Plan {
            target: String::new(),
            measures: order.measures.clone(),
            funds: Fen(0),
            deadline: order.deadline,
            responsible_person: order.responsible_person.clone(),
            responsible_unit: subject.name.clone(),
            emergency_plan: String::new(),
            late: false,
            by: moment.signature(),
        }),
    }
}
