//! Somebody finds it, takes a photo and reports it: rectified on the spot, ordered to be rectified, or left to the supervisor. Danger is
//! held where that can be done at once.

use domain::{
    agency::Role,
    authority::Act as Right,
    hazard::{Determination, InitialLevel, Source, StageName, event::Ordered, report::Then},
    time::{Day, Instant},
};

use super::{Draft, Teller};
use crate::demo::{
    act::Step,
    cast::Who,
    hours::MINUTE,
    task::{Finder, Task, Turn},
};

/// Of what towns find, rectified before anybody leaves; and of what others order, left to the supervisor to confirm instead.
const TOWN_ON_THE_SPOT: f64 = 0.22;
const LEFT_TO_CONFIRM: f64 = 0.12;

impl Teller<'_> {
    pub(super) fn report(&self, draft: &mut Draft, task: Task, first: Day) -> Option<()> {
        draft.source = task.found.source(draft.chance.happens(0.4));
        let who = self.finder(draft, task.found, first)?;
        let early = task.found == Finder::Unit && draft.chance.happens(0.25);
        let at = if early {
            self.hours.early_on(first, draft.chance)
        } else {
            self.hours.on(first, draft.chance)
        };
        draft.at = at;
        // Who rectifies at once, or looks round every day, does not photograph everything.
        if task.turn != Turn::OnTheSpot || draft.chance.happens(0.4) {
            self.with_photo(draft, who, at, "before");
        }
        let found_at = draft.acts.first().map_or(at, |photo| photo.at);
        let then = self.at_once(draft, task, who, at);
        let step = Step::Report {
            source: draft.source,
            found_at,
            description: draft.text_with_place(),
            then,
        };
        self.then(draft, who, at, step);
        Some(())
    }

    fn finder(&self, draft: &mut Draft, found: Finder, day: Day) -> Option<Who> {
        let site = draft.site;
        match found {
            Finder::Unit => {
                let who = self.somebody(draft, Right::Report, site.rectifier, day)?;
                (self.cast.role(who) == Role::Unit).then_some(who)
            }
            Finder::Town => self.somebody(draft, Right::Report, site.town_office?, day),
            Finder::County => {
                // A department sees what it regulates; what nobody does yet is the county's office's.
                match site.regulator {
                    Some(agency) => self.somebody(draft, Right::Report, agency, day),
                    None => self.county_office(draft, Right::Report, day),
                }
            }
            Finder::City if draft.source == Source::Oversight && draft.chance.happens(0.6) => {
                let sector = self.cast.at_city_for(draft.chance, &site.sector, day);
                sector.or_else(|| self.city_office(draft, Right::Report, day))
            }
            Finder::City => self.city_office(draft, Right::Report, day),
            Finder::Tip => self.county_office(draft, Right::Report, day),
        }
    }

    /// What the finder does beside reporting, and how the record stands after it.
    fn at_once(&self, draft: &mut Draft, task: Task, who: Who, at: Instant) -> Then {
        let general = draft.text.level == InitialLevel::General;
        let town = task.found == Finder::Town && task.turn == Turn::Plain;
        let small = draft.text.everyday && draft.chance.happens(TOWN_ON_THE_SPOT * 2.0);
        if general && (task.turn == Turn::OnTheSpot || town && small) {
            draft.stage = StageName::Closed;
            let summary = draft.text.rectified.clone();
            return Then::Fixed { summary };
        }
        let route = self.route(draft);
        let waits = task.turn.waits_to_be_judged()
            || task.found == Finder::Tip
            || task.turn == Turn::Plain
                && task.found != Finder::Unit
                && draft.chance.happens(LEFT_TO_CONFIRM);
        if route.confirm || waits {
            draft.due = self.due_by(&self.times.confirm, at);
            return Then::Waits;
        }
        draft.stage = StageName::Rectifying;
        draft.determination = Determination::NotMajor;
        draft.orderer = Some(self.cast.agency(who));
        draft.route = Some(route);
        draft.deadline = at.day().plus_days(draft.text.days);
        draft.ordered = draft.deadline;
        draft.due = Some(draft.deadline.end());
        if self.cast.role(who) == Role::CountyDepartment {
            draft.regulator = Some(self.cast.agency(who));
        }
        let order_no = (task.found == Finder::County).then(|| self.order_no(draft, at));
        let responsible_person = self.responsible_person(draft, at.day());
        Then::Orders(Ordered {
            measures: draft.text.measures.clone(),
            responsible_person,
            deadline: draft.deadline,
            order_no,
        })
    }

    pub(super) fn order_no(&self, draft: &mut Draft, at: Instant) -> String {
        format!(
            "演示责改〔{}〕{}号",
            at.day().year(),
            draft.chance.between(3, 460)
        )
    }

    /// Danger is held at once where the text names how, by whoever found it if they may.
    pub(super) fn hold_at_once(&self, draft: &mut Draft) {
        let share = if draft.text.level == InitialLevel::General {
            0.35
        } else {
            0.85
        };
        let Some(reporter) = draft.has_done(Right::Report) else {
            return;
        };
        let may = match self.cast.role(reporter) {
            Role::Unit | Role::TownOffice | Role::CountyOffice | Role::CityOffice => true,
            Role::CountyDepartment => draft.regulator == Some(self.cast.agency(reporter)),
            _ => false,
        };
        if may && draft.chance.happens(share) {
            let at = draft.at.plus(draft.chance.between(4 * MINUTE, 9 * MINUTE));
            self.hold(draft, reporter, at);
        }
    }

    pub(super) fn hold(&self, draft: &mut Draft, who: Who, at: Instant) {
        let named = draft.text.interim.as_ref();
        let Some(measure) = self.measures.iter().find(|measure| Some(&measure.id) == named) else {
            return;
        };
        if draft.has_done(Right::InterimMeasure).is_some() {
            return;
        }
        let text = match self.cast.role(who) {
            Role::Unit => format!(
                "{}：{}，隐患消除前不恢复，由当班负责人看守。",
                measure.name_zh, draft.place
            ),
            Role::TownOffice => format!("{}：{}，镇村每日查看，雨天加密。", measure.name_zh, draft.place),
            _ => format!("现场要求{}：{}，整改验收前保持。", measure.name_zh, draft.place),
        };
        let kind = measure.id.clone();
        self.then(draft, who, at, Step::Interim { kind, text });
    }
}
