//! The ladder as data: how many days before or after a due date a step is taken, of which hazards, what it drafts and whom it
//! reaches. No day and no name of a step stands in code; a city that wants another ladder changes `data/escalation.toml`.

use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    deadline::ClockUnit,
    hazard::{Determination, Hazard, InitialLevel, StageName, WaitsFor},
    time::{DAY, Day, Instant},
};

crate::words! {
    /// What a step lays on the table for a person to send.
    Draft {
        /// It draws attention and no more.
        Nothing = "nothing",
        /// 提醒函
        Reminder = "reminder",
        /// 督办函
        Supervision = "supervision",
        /// 领导批示件
        LeaderSheet = "leader_sheet",
        /// 问题线索移送
        Referral = "referral",
    }
}

impl Draft {
    /// Leaders and discipline are written to by the city's office alone.
    pub fn is_the_citys(self) -> bool {
        matches!(self, Draft::LeaderSheet | Draft::Referral)
    }
}

/// Which referrals somebody sees. A lead that nobody has decided over is not for those it may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeesReferrals {
    All,
    /// Once they are sent.
    Sent,
    None,
}

crate::words! {
    /// Whom a step reaches, by how they stand to the hazard.
    Reach {
        /// Whoever the next step waits for.
        Awaited = "awaited",
        /// Whoever rectifies: the unit, or its steward.
        ResponsibleUnit = "responsible_unit",
        /// Whoever judges the rectification.
        Supervisor = "supervisor",
        CountyOffice = "county_office",
        CityOffice = "city_office",
    }
}

impl Reach {
    pub fn of(self, hazard: &Hazard) -> Option<WaitsFor> {
        match self {
            Reach::Awaited => hazard.waits_for(),
            Reach::ResponsibleUnit => {
                let steward = hazard.subject.steward.map(WaitsFor::Agency);
                Some(steward.unwrap_or(WaitsFor::Unit(hazard.subject.id)))
            }
            Reach::Supervisor => Some(WaitsFor::Agency(hazard.supervisor())),
            Reach::CountyOffice => Some(WaitsFor::Agency(hazard.offices.county)),
            Reach::CityOffice => Some(WaitsFor::Agency(hazard.offices.city)),
        }
    }
}

/// Days before (negative) or after the due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offset {
    pub days: i32,
    pub unit: ClockUnit,
}

/// No ladder reaches further than this from a due date, in either direction.
pub const FURTHEST: i32 = 180;

/// The day that a due instant ends: 24:00 belongs to the day before.
fn last_day(due: Instant) -> Day {
    due.plus(-1).day()
}

impl Offset {
    /// Before the due date it begins with the day; after it, once that many days are over.
    pub fn falls_at(self, due: Instant, calendar: &Calendar) -> Instant {
        let n = self.days.unsigned_abs();
        match (self.unit, self.days) {
            (ClockUnit::WorkingDays, i32::MIN..=-1) => calendar.working_days_before(last_day(due), n).start(),
            (ClockUnit::WorkingDays, 1..) => calendar.working_days_after(last_day(due), n).0.end(),
            _ => due.plus(i64::from(self.days) * DAY),
        }
    }

    /// The latest due instant for which the step has fallen by now.
    pub fn cut(self, now: Instant, calendar: &Calendar) -> Instant {
        if self.unit != ClockUnit::WorkingDays || self.days == 0 {
            return now.plus(-i64::from(self.days) * DAY);
        }
        // Long holidays stretch working days: seven of them may take sixteen.
        let ahead = if self.days < 0 {
            i64::from(self.days.unsigned_abs()) * 3 + 20
        } else {
            0
        };
        let mut day = now.day().plus_days(ahead);
        while self.falls_at(day.end(), calendar) > now {
            day = day.plus_days(-1);
        }
        day.end()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub name_zh: String,
    pub name_en: String,
    pub offset: Offset,
    pub stages: Vec<StageName>,
    /// Only hazards of one of these levels, or of one of these determinations; all, where neither names any.
    #[serde(default)]
    pub levels: Vec<InitialLevel>,
    #[serde(default)]
    pub determinations: Vec<Determination>,
    pub drafts: Draft,
    pub reaches: Vec<Reach>,
    /// What it rests on, and that it is no law.
    pub source: String,
}

impl Step {
    pub fn is_about(&self, hazard: &Hazard) -> bool {
        let any = self.levels.is_empty() && self.determinations.is_empty();
        self.stages.contains(&hazard.stage.name())
            && (any
                || self.levels.contains(&hazard.initial_level)
                || self.determinations.contains(&hazard.determination()))
    }

    /// A reminder of what is still to come is not made up for once it has come.
    pub fn is_missed(&self, due: Instant, now: Instant) -> bool {
        self.offset.days < 0 && due <= now
    }

    /// Is it to be taken now?
    pub fn falls_on(&self, hazard: &Hazard, now: Instant, calendar: &Calendar) -> bool {
        hazard.due.as_ref().is_some_and(|due| {
            self.is_about(hazard)
                && self.offset.falls_at(due.at, calendar) <= now
                && !self.is_missed(due.at, now)
        })
    }
}

/// What cannot be meant by a ladder, in the words of whoever wrote it.
pub fn fault(steps: &[Step]) -> Option<String> {
    let mut ids = std::collections::BTreeSet::new();
    for step in steps {
        let id = &step.id;
        let fits =
            !id.is_empty() && id.len() <= 40 && id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        if !fits || !ids.insert(id) {
            return Some(format!(
                "step {id:?}: an id is lower-case letters and _, and used once"
            ));
        }
        if step.offset.days.abs() > FURTHEST || step.offset.unit == ClockUnit::Hours {
            return Some(format!(
                "step {id}: an offset is at most {FURTHEST} calendar_days or working_days"
            ));
        }
        if step.stages.is_empty() || step.stages.iter().any(|stage| !stage.is_open()) {
            return Some(format!(
                "step {id}: stages are those in which something is still to be done"
            ));
        }
        if step.reaches.is_empty() || step.source.trim().is_empty() {
            return Some(format!("step {id}: it reaches somebody and names its source"));
        }
    }
    steps.is_empty().then(|| "there is no step".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> Calendar {
        let day = |text: &str| Day::parse(text).unwrap();
        let holidays: Vec<Day> = (1..=7).map(|n| day(&format!("2026-10-0{n}"))).collect();
        Calendar::new([2026], &holidays, &[day("2026-10-10")])
    }

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn days(days: i32, unit: ClockUnit) -> Offset {
        Offset { days, unit }
    }

    #[test]
    fn calendar_days_count_from_the_due_instant_and_working_days_in_whole_days() {
        let due = at("2026-10-13T00:00:00+08:00"); // Monday 12 October, 24:00
        let falls = |offset: Offset| offset.falls_at(due, &calendar()).rfc3339();
        assert_eq!(
            falls(days(7, ClockUnit::CalendarDays)),
            "2026-10-20T00:00:00+08:00"
        );
        assert_eq!(
            falls(days(-1, ClockUnit::CalendarDays)),
            "2026-10-12T00:00:00+08:00"
        );
        assert_eq!(
            falls(days(0, ClockUnit::WorkingDays)),
            "2026-10-13T00:00:00+08:00"
        );
        assert_eq!(
            falls(days(-1, ClockUnit::WorkingDays)),
            "2026-10-10T00:00:00+08:00"
        );
        assert_eq!(
            falls(days(-4, ClockUnit::WorkingDays)),
            "2026-09-30T00:00:00+08:00"
        );
        assert_eq!(
            falls(days(5, ClockUnit::WorkingDays)),
            "2026-10-20T00:00:00+08:00"
        );
    }

    #[test]
    fn the_cut_is_where_falling_ends() {
        let calendar = calendar();
        for unit in [ClockUnit::CalendarDays, ClockUnit::WorkingDays] {
            for n in [-30, -3, -1, 0, 1, 7, 30] {
                let offset = days(n, unit);
                for hour in 0..(60 * 4) {
                    let now = at("2026-09-10T00:00:00+08:00").plus(hour * DAY / 4);
                    let cut = offset.cut(now, &calendar);
                    assert!(
                        offset.falls_at(cut, &calendar) <= now,
                        "{unit} {n} {}",
                        now.rfc3339()
                    );
                    let next = last_day(cut).plus_days(1).end();
                    assert!(
                        offset.falls_at(next, &calendar) > now,
                        "{unit} {n} {}",
                        now.rfc3339()
                    );
                }
            }
        }
    }
}
