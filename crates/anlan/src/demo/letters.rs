//! The ladder in the demo city's year. Its steps are raised in the first minute of each day, as they are where the program runs; near
//! the end of a working day offices decide over the drafts on their desk, after whoever was asked has explained or has not.
//!
//! What was raised on the last day or two still lies there when somebody looks at the city, with a few that nobody dealt with.

use app::{
    App, Outcome,
    escalation::{
        draft::draft, explain::explain, list, list::Seen, send_letter::send_letter, set_aside::set_aside,
        sweep,
    },
};
use domain::{
    agency::Role,
    escalation::SendLetter,
    hazard::WaitsFor,
    time::{Day, HOUR, Instant},
};

use super::{
    cast::{Cast, Who},
    chance::Chance,
    hours::MINUTE,
    texts::Sayings,
};

/// Nobody decides before it has lain there so long, so that it can be explained.
const LIES: i64 = 20 * HOUR;
/// Drafts that one office decides over in a day.
const MOST_IN_A_DAY: usize = 6;
pub const BEGINS: i64 = 15 * HOUR;
pub const ENDS: i64 = 17 * HOUR + 50 * MINUTE;
const EXPLAINED: f64 = 0.6;
const SENT: f64 = 0.55;
const SET_ASIDE: f64 = 0.07;

pub struct Letters<'a> {
    pub app: &'a App,
    pub cast: &'a Cast,
    pub sayings: &'a Sayings,
    pub chance: Chance,
}

impl Letters<'_> {
    /// The steps that fall in the night before each of the days after the first and up to the second, as far as these have begun.
    pub async fn raise(&self, after: Day, to: Day, now: Instant) -> Outcome<()> {
        let mut day = after.plus_days(1);
        while day <= to && day.start().plus(MINUTE) <= now {
            self.app.clock.set(day.start().plus(MINUTE));
            sweep::raise(self.app).await?;
            day = day.plus_days(1);
        }
        Ok(())
    }

    /// In the afternoon of a working day, after the last act and before `now`. Says when the last of it was.
    pub async fn decide(&mut self, mut last: Instant, now: Instant) -> Outcome<Instant> {
        let day = last.day();
        let ends = Instant(day.start().plus(ENDS).0.min(now.0));
        let mut at = Instant(last.0.max(day.start().plus(BEGINS).0));
        let offices: Vec<Who> = self.cast.at_offices(day);
        for officer in offices {
            let who = &self.cast.member(officer).caller;
            let Some(filter) = who.drafts_to_decide() else {
                continue;
            };
            let page = list::list(self.app, who, &filter, None, list::MOST).await?;
            let by = at.plus(-LIES);
            let ripe = |seen: &Seen| seen.applies() && seen.escalation.raised_at <= by;
            for seen in page.items.into_iter().rev().filter(ripe).take(MOST_IN_A_DAY) {
                at = at.plus(self.chance.between(40, 160) * MINUTE / 60);
                if at >= ends {
                    return Ok(last);
                }
                last = at;
                self.app.clock.set(at);
                self.decide_one(officer, seen, day).await?;
            }
        }
        Ok(last)
    }

    async fn decide_one(&mut self, officer: Who, mut seen: Seen, day: Day) -> Outcome<()> {
        let who = &self.cast.member(officer).caller;
        let id = seen.escalation.id;
        let drawn = self.chance.share();
        if drawn < SET_ASIDE {
            if let Some(reason) = self.chance.one(&self.sayings.set_aside) {
                set_aside(self.app, who, id, reason).await?;
            }
            return Ok(());
        }
        if drawn > SET_ASIDE + SENT {
            return Ok(());
        }
        if self.chance.happens(EXPLAINED) {
            self.explained(&seen, day).await?;
            seen.escalation = app::escalation::find(self.app, who, id).await?;
        }
        let Some(letter) = draft(self.app, who, &seen.escalation, &seen.hazard).await? else {
            return Ok(());
        };
        let Some((addressee, _)) = letter.addressees.first().cloned() else {
            return Ok(());
        };
        let said = SendLetter {
            addressee,
            title: letter.title,
            text: letter.text,
        };
        send_letter(self.app, who, id, said).await?;
        Ok(())
    }

    /// By whoever the step waits for, where somebody of theirs is in the cast and may.
    async fn explained(&mut self, seen: &Seen, day: Day) -> Outcome<()> {
        let by = match seen.escalation.saw.waits_for {
            Some(WaitsFor::Agency(agency)) => self.cast.at(agency, day).first().copied(),
            Some(WaitsFor::Unit(unit)) => self.cast.of_unit(unit, day),
            None => None,
        };
        let (Some(by), Some(text)) = (by, self.chance.one(&self.sayings.explained)) else {
            return Ok(());
        };
        let who = &self.cast.member(by).caller;
        // A unit is not shown that it is being referred; what it has to say stands with an earlier step.
        let Ok(escalation) = app::escalation::find(self.app, who, seen.escalation.id).await else {
            return Ok(());
        };
        let open = app::escalation::acts(who, &escalation, true);
        if open.contains(&domain::authority::Act::Explain) {
            explain(self.app, who, seen.escalation.id, text, &[]).await?;
        }
        Ok(())
    }
}

impl Cast {
    /// One officer of each safety office on a day, the city's first.
    fn at_offices(&self, day: Day) -> Vec<Who> {
        let mut offices: Vec<Who> = self
            .office_agencies()
            .filter_map(|agency| self.at(agency, day).first().copied())
            .collect();
        offices.sort_by_key(|who| (self.role(*who) != Role::CityOffice, self.person(*who)));
        offices
    }
}
