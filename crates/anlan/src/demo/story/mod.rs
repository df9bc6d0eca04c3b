//! The story of one hazard, told forward from the day on which it is found along the route that the city's table gives it: who
//! reports it, how long each next step takes, what is said. It is told to its end; the schedule leaves out what has not happened yet.
//!
//! Everything here is plausible and nothing is a rule: whether an act is allowed is decided by the use case that replays it.

mod again;
mod asking;
mod draft;
mod finding;
mod handing;
mod judging;
mod major;
mod rectifying;

use app::reference::Measure;
use domain::{
    deadline::Timetable,
    hazard::{InitialLevel, StageName},
    jurisdiction::Jurisdiction,
    route::RouteTable,
    time::Day,
};

use super::{
    act::{Case, On},
    cast::Cast,
    chance::Chance,
    hours::Hours,
    profile::Profile,
    spots::{Spot, Spots},
    task::{Task, Turn},
    texts::Texts,
};
use draft::Draft;

pub struct Teller<'a> {
    pub cast: &'a Cast,
    pub texts: &'a Texts,
    pub spots: &'a Spots,
    pub measures: &'a [Measure],
    pub hours: Hours<'a>,
    pub times: &'a Timetable,
    pub routes: &'a RouteTable,
    pub counties: &'a [Jurisdiction],
    pub profile: &'a Profile,
}

impl Teller<'_> {
    /// `None` where nobody is in office to do what has to be done.
    pub fn tell(
        &self,
        chance: &mut Chance,
        task: Task,
        spot: &Spot,
        place: &str,
        first: Day,
    ) -> Option<Case> {
        let (site, text) = (self.spots.site(spot), &self.texts.hazard[spot.text]);
        let location: String = format!("{}，{place}", site.address).chars().take(200).collect();
        let mut draft = Draft::new(chance, text, site, spot, place, first);
        self.told(&mut draft, task, first)?;
        Some(Case {
            subject: site.named.clone(),
            kind: site.kind,
            location,
            level: text.level,
            key: draft.key,
            acts: draft.acts,
        })
    }

    fn told(&self, draft: &mut Draft, task: Task, first: Day) -> Option<()> {
        self.report(draft, task, first)?;
        match task.turn {
            Turn::Void => return self.void(draft),
            Turn::NotHazard | Turn::SiteGone => return self.dismiss(draft, task.turn),
            Turn::Merged => {
                self.merge(draft)?;
                draft.key = draft.acts.len();
            }
            Turn::Transferred => {
                self.transfer(draft)?;
                draft.key = draft.acts.len();
            }
            _ => {}
        }
        if draft.stage == StageName::Closed {
            return match task.turn {
                Turn::Revisited | Turn::Untrue => None,
                _ => Some(()),
            };
        }
        if draft.on == On::First {
            self.hold_at_once(draft);
        }
        self.go_round(draft, task.turn)?;
        match task.turn {
            Turn::Revisited => {
                self.revisit(draft, true)?;
                draft.key = draft.acts.len();
            }
            Turn::Untrue => {
                self.revisit(draft, false)?;
                draft.key = draft.acts.len();
                draft.opened();
                self.go_round(draft, Turn::Plain)?;
            }
            _ => {}
        }
        Some(())
    }

    /// From where it stands to its end, or to the stage in which it is left lying.
    fn go_round(&self, draft: &mut Draft, turn: Turn) -> Option<()> {
        let stays = |draft: &Draft| turn == Turn::Overdue(draft.stage);
        if draft.stage == StageName::Reported {
            if let Turn::Assigned { declined } = turn {
                self.assign(draft, declined)?;
                draft.key = draft.acts.len();
            }
            if stays(draft) {
                return Some(());
            }
            self.confirm(draft, turn)?;
        }
        if turn == Turn::Corrected {
            self.correct(draft)?;
            draft.key = draft.acts.len();
        }
        if let Turn::Major(major) = turn
            && major.suspended
        {
            self.suspend(draft)?;
        }
        if draft.is_pending() {
            self.determine(draft)?;
            draft.key = draft.key.max(draft.acts.len());
        }
        if draft.stage == StageName::Confirmed {
            self.plan(draft)?;
        }
        if matches!(turn, Turn::Major(_)) {
            draft.key = draft.key.max(draft.acts.len());
            self.five_in_place(draft)?;
        }
        match turn {
            Turn::Extended { granted } => self.extend(draft, granted)?,
            Turn::Paused => self.pause(draft)?,
            _ => {}
        }
        if stays(draft) || matches!(turn, Turn::Major(major) if major.overdue) {
            return Some(());
        }
        self.rectify(draft)?;
        if stays(draft) || draft.stage == StageName::Closed {
            return Some(());
        }
        if let Turn::Returned(times) = turn {
            for _ in 0..times {
                self.return_it(draft)?;
                draft.key = draft.acts.len();
                self.rectify_again(draft)?;
            }
        }
        if matches!(turn, Turn::Major(major) if major.suspended) {
            self.restart(draft)?;
        }
        self.accept(draft)?;
        if stays(draft) || draft.stage == StageName::Closed {
            return Some(());
        }
        self.sign_off(draft)
    }

    /// What a county may decide about by itself.
    pub fn fits(&self, task: Task, spot: &Spot) -> bool {
        let (text, site) = (&self.texts.hazard[spot.text], self.spots.site(spot));
        let suspected = text.level == InitialLevel::SuspectedMajor;
        let general = text.level == InitialLevel::General;
        let level = match task.turn {
            Turn::Major(_) => suspected && text.determination == domain::hazard::Determination::Major,
            Turn::Suspected => suspected && text.determination != domain::hazard::Determination::Major,
            Turn::OnTheSpot | Turn::NotHazard | Turn::SiteGone | Turn::Void | Turn::Untrue => general,
            Turn::Returned(2..) => general && !text.everyday,
            Turn::Overdue(StageName::Reported) => !suspected && !text.everyday,
            _ => !suspected,
        };
        // Whoever the city finds at fault, or has something major, files a full plan.
        let full = task.found == super::task::Finder::City || matches!(task.turn, Turn::Untrue);
        let alone = match task.turn {
            Turn::Assigned { .. } => site.regulator.is_none() && spot.named.is_some() && site.has_steward,
            Turn::SiteGone => site.has_steward,
            Turn::Transferred | Turn::Major(_) | Turn::Suspected => !site.has_steward,
            _ => true,
        };
        level && alone && (!full || !text.everyday)
    }
}
