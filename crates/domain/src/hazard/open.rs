//! Opening a linked record: what another record demands, by transfer or because a revisit found it not to be rectified. It is the
//! system that writes it; whoever transferred or revisited stands in it as the finder.

use crate::{
    AgencyId, EventId, HazardId,
    authority::{Act, Hand},
    change::{Body, Change, Event, Require, Row, Seen},
    deadline::{Due, Timetable},
    hazard::{
        Hazard, HazardEvent, InitialLevel, Offices, Source, Stage, SubjectRef,
        course::{Assignment, Course, OpeningKind, Origin, Suspension},
    },
    place::Home,
    time::Instant,
};

/// Where the linked record is opened.
#[derive(Debug, Clone, PartialEq)]
pub struct There {
    pub home: Home,
    pub offices: Offices,
    pub number: String,
}

impl Hazard {
    /// `None` where nothing is to be opened.
    pub fn open_linked(
        &self,
        there: There,
        times: &Timetable,
        event: EventId,
        now: Instant,
    ) -> Option<Change> {
        let opening = self.course.opening.as_ref()?;
        let due = Due::by_clock(&times.confirm, now, &times.calendar);
        let transferred = opening.kind == OpeningKind::Transfer;
        let assignment = Assignment {
            to: there.offices.county,
            from: None,
            reply_by: due.day(),
            basis: None,
            by: opening.by.clone(),
            receipt: None,
            declined: None,
        };
        // What was ordered to stop stays stopped wherever the case goes on.
        let still_suspended = self.course.suspended().map(|suspension| Suspension {
            restart: None,
            refused: Vec::new(),
            ..suspension.clone()
        });
        let mut hazard = Hazard {
            id: opening.id,
            seen: Seen::NEW,
            number: there.number.clone(),
            home: there.home,
            offices: there.offices,
            source: if transferred {
                Source::Transfer
            } else {
                Source::Oversight
            },
            // What was major there is suspected of it here, until somebody determines it again.
            initial_level: if self.may_be_major() {
                InitialLevel::SuspectedMajor
            } else {
                self.initial_level
            },
            reported_at: now,
            regulator: if transferred {
                Some(there.offices.county)
            } else {
                self.regulator
            },
            due: Some(due),
            interim_measures: Vec::new(),
            returns: Vec::new(),
            hands: vec![Hand {
                act: Act::Report,
                by: opening.by.clone(),
            }],
            photos: Vec::new(),
            subject: self.subject_there(there.offices.county, transferred),
            course: Course {
                origin: Some(Origin {
                    kind: opening.kind,
                    hazard: self.id,
                    county: self.home.county.clone(),
                    number: self.number.clone(),
                }),
                suspensions: still_suspended.into_iter().collect(),
                assignments: if transferred { vec![assignment] } else { Vec::new() },
                ..Course::default()
            },
            stage: Stage::Reported,
            ..self.clone()
        };
        hazard.note_span(now);
        let told = HazardEvent::Opened {
            number: there.number,
            kind: opening.kind,
            from: self.id,
            from_number: self.number.clone(),
            reason: opening.reason.clone(),
            description: hazard.description.clone(),
        };
        let mut event = Event::by_the_system(event, Act::Open, hazard.target(), now, Body::Hazard(told));
        event.entered = Some(hazard.cell());
        let id: HazardId = hazard.id;
        Some(Change::new(event, Row::Hazard(Box::new(hazard))).require(Require::no_hazard(id)))
    }

    /// What nobody owns is in the care of an office of the place: over there of the office that it was transferred to, until it is
    /// known whose it is.
    fn subject_there(&self, office: AgencyId, transferred: bool) -> SubjectRef {
        let steward = self
            .subject
            .steward
            .map(|steward| if transferred { office } else { steward });
        SubjectRef {
            steward,
            ..self.subject.clone()
        }
    }
}
