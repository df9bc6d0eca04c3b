//! A step is taken: the ladder notes what it saw. Done by the system, on a hazard that must still stand as it was read.

use crate::{
    EscalationId, EventId,
    authority::Act,
    change::{Body, Change, Event, Require, Row, Seen},
    escalation::{Draft, Escalation, EscalationEvent, Reached, Saw, Standing, Step, desk_id, idle_days},
    hazard::Hazard,
    time::{DAY, Instant},
};

impl Escalation {
    /// `id` is derived from hazard, due date and step, so that the same step of the same hazard is raised once by whomever.
    /// Nothing, where the hazard waits for no date.
    pub fn raise(
        hazard: &Hazard,
        step: &Step,
        id: EscalationId,
        event: EventId,
        now: Instant,
    ) -> Option<Change> {
        let due = hazard.due.as_ref()?.at;
        let last_at = hazard.hands.last().map_or(hazard.reported_at, |hand| hand.by.at);
        let saw = Saw {
            hazard_version: hazard.seen.version,
            stage: hazard.stage.name(),
            level: hazard.initial_level,
            determination: hazard.determination(),
            due_at: due,
            days_over: (now.0 - due.0).div_euclid(DAY),
            waits_for: hazard.waits_for(),
            last_at,
            idle_days: idle_days(last_at, now),
        };
        let reaches = step.reaches.iter().filter_map(|as_whom| {
            as_whom.of(hazard).map(|desk| Reached {
                as_whom: *as_whom,
                desk,
            })
        });
        let told = EscalationEvent::Escalated {
            hazard: hazard.id,
            hazard_version: saw.hazard_version,
            step: step.id.clone(),
            drafts: step.drafts,
            stage: saw.stage,
            due_at: due,
            days_over: saw.days_over,
            idle_days: saw.idle_days,
            waits_for: saw.waits_for.map(desk_id),
            source: step.source.clone(),
        };
        let raised = Escalation {
            id,
            seen: Seen::NEW,
            home: hazard.home.clone(),
            hazard: hazard.id,
            number: hazard.number.clone(),
            subject: hazard.subject.id,
            subject_name: hazard.subject.name.clone(),
            steward: hazard.subject.steward,
            regulator: hazard.regulator,
            step: step.id.clone(),
            drafts: step.drafts,
            raised_at: now,
            reaches: reaches.collect(),
            explanations: Vec::new(),
            standing: match step.drafts {
                Draft::Nothing => Standing::Told,
                _ => Standing::Drafted,
            },
            saw,
        };
        let event = Event::by_the_system(event, Act::Escalate, raised.target(), now, Body::Escalation(told));
        let seen = Require::hazard(hazard.id, hazard.seen.version);
        Some(Change::new(event, Row::Escalation(Box::new(raised))).require(seen))
    }
}
