//! Report: somebody has found something. Asked once: what, where, whose, how bad at first sight, how it came to be known.

use crate::{
    FileId, HazardId,
    agency::Role,
    authority::{Act, Hand},
    change::{Body, Change, Event, Require, Row, Seen},
    deadline::{Due, Timetable},
    evidence::EvidenceFile,
    field::Checks,
    hazard::{
        Hazard, HazardEvent, InitialLevel, Moment, Offices, Source, Stage, SubjectRef, rectify::MOST_FILES,
    },
    place::Location,
    refusal::Refusal,
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
        if (who.role == Role::Unit) != (said.source == Source::SelfCheck) {
            checks.fail("source", "not-your-source");
        }
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
        let hazard = Hazard {
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
            regulator: subject.regulator,
            due: Some(Due::by_clock(&times.confirm, now, &times.calendar)),
            interim_measures: Vec::new(),
            returns: Vec::new(),
            hands: vec![Hand {
                act: Act::Report,
                by: who.signs(now),
            }],
            photos: photo_ids.clone(),
            stage: Stage::Reported,
        };
        let told = HazardEvent::Reported {
            number,
            subject: subject.id,
            description,
            location: hazard.location.clone(),
            initial_level: hazard.initial_level,
            source: hazard.source,
            found_at: hazard.found_at,
            photos: photo_ids,
        };
        let mut event = Event::by(who, event, Act::Report, hazard.target(), now, Body::Hazard(told));
        event.entered = Some(hazard.cell());
        let id = hazard.id;
        let mut change = Change::new(event, Row::Hazard(Box::new(hazard)))
            .require(who.requires())
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
