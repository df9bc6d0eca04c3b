//! Visits of the city and their problem lists: one answered in time, one answered late, one sent and not received, one that is still
//! being put together. They are made of what the city's own officers report in the year that is replayed, through the use cases that
//! people use; the cases go on as they would have.

use std::collections::HashSet;

use app::{
    App, Caller, Outcome,
    problem_list::{self, answer, open, receive, send},
};
use domain::{
    HazardId, JurisdictionId, ProblemListId,
    authority::Act,
    hazard::Hazard,
    problem_list::{SendList, Visit, VisitKind},
    time::{DAY, Day, Instant},
};

use super::cast::{Cast, Who};

/// No list of the demo city has more on it.
const MOST: usize = 6;
const REPLY_DAYS: i64 = 15;
/// A visit fell in the weeks before its list,
const LOOKED_BACK: i64 = 21;
/// took a working week,
const VISIT_DAYS: i64 = 5;
/// and was made by a few people of the office.
const TEAM: usize = 3;

/// When the steps of one list fall, in days before the end of the year; what is not named is not done.
struct Planned {
    opened: i64,
    sent: bool,
    received: Option<i64>,
    answered: Option<i64>,
    kind: VisitKind,
    /// Once it has been opened, and for whom.
    list: Option<(ProblemListId, JurisdictionId)>,
    is_received: bool,
    is_answered: bool,
}

pub struct Visits {
    end: Instant,
    planned: Vec<Planned>,
    /// Cases that are handed to somebody else in their own story.
    handed_elsewhere: HashSet<HazardId>,
}

impl Visits {
    pub fn until(end: Instant) -> Self {
        let planned = |opened, sent, received, answered, kind| Planned {
            opened,
            sent,
            received,
            answered,
            kind,
            list: None,
            is_received: false,
            is_answered: false,
        };
        Self {
            end,
            planned: vec![
                planned(120, true, Some(119), Some(108), VisitKind::Oversight),
                planned(50, true, Some(47), Some(30), VisitKind::Unannounced),
                planned(5, true, None, None, VisitKind::Unannounced),
                planned(0, false, None, None, VisitKind::Oversight),
            ],
            handed_elsewhere: HashSet::new(),
        }
    }

    /// Its own story hands this one over.
    pub fn leaves_out(&mut self, hazard: HazardId) {
        self.handed_elsewhere.insert(hazard);
    }

    /// Does what has fallen due by now, at the moment of whatever happens next.
    pub async fn pass(&mut self, app: &App, cast: &Cast, at: Instant) -> Outcome<()> {
        let ago = (self.end.0 - at.0).div_euclid(DAY);
        for n in 0..self.planned.len() {
            let planned = &self.planned[n];
            let due = |day: Option<i64>| day.is_some_and(|day| ago <= day);
            match &planned.list {
                None if ago <= planned.opened => self.opens(app, cast, n, at.day()).await?,
                Some((id, county)) if due(planned.received) && !planned.is_received => {
                    if let Some(officer) = officer(cast, Some(county), at.day()) {
                        receive::receive(app, &cast.member(officer).caller, *id).await?;
                        self.planned[n].is_received = true;
                    }
                }
                Some((id, county))
                    if due(planned.answered) && planned.is_received && !planned.is_answered =>
                {
                    if let Some(officer) = officer(cast, Some(county), at.day()) {
                        let caller = &cast.member(officer).caller;
                        answer::answer(app, caller, *id, &[], "已按清单逐项督促整改，未完成的继续跟进。")
                            .await?;
                        self.planned[n].is_answered = true;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Where most has been found lately. Where nothing has, a later act is waited for.
    async fn opens(&mut self, app: &App, cast: &Cast, n: usize, today: Day) -> Outcome<()> {
        let Some(officer) = officer(cast, None, today) else {
            return Ok(());
        };
        let caller = &cast.member(officer).caller;
        let mut best: Option<(JurisdictionId, Vec<Hazard>)> = None;
        for county in problem_list::counties(app, caller) {
            let found = in_one_week(self.found(app, cast, caller, &county, today).await?);
            if found.len() > best.as_ref().map_or(0, |(_, most)| most.len()) {
                best = Some((county, found));
            }
        }
        let Some((county, found)) = best else {
            return Ok(());
        };
        let items: Vec<HazardId> = found.iter().map(|hazard| hazard.id).take(MOST).collect();
        let days = found.iter().take(MOST).map(|hazard| hazard.found_at.day());
        let visit = Visit {
            kind: self.planned[n].kind,
            from: days.clone().min().unwrap_or(today),
            until: days.max().unwrap_or(today),
            team: team(cast, today),
            basis: "年度安全生产督查计划".to_owned(),
        };
        let opened = open::open(app, caller, &county, &visit, &items).await?;
        let Some(id) = ProblemListId::parse(&opened.id) else {
            return Ok(());
        };
        if self.planned[n].sent
            && let Some(to) = cast.office(Some(&county))
        {
            let said = SendList {
                reply_by: today.plus_days(REPLY_DAYS),
                number: String::new(),
                demands: String::new(),
                contact: cast.name(officer).to_owned(),
                telephone: String::new(),
            };
            send::send(app, caller, id, &said, to).await?;
        }
        self.planned[n].list = Some((id, county));
        Ok(())
    }

    /// Own reports that can be handed to the county's office, which follows them already or would.
    async fn found(
        &self,
        app: &App,
        cast: &Cast,
        caller: &Caller,
        county: &JurisdictionId,
        today: Day,
    ) -> Outcome<Vec<Hazard>> {
        let office = cast.office(Some(county));
        let since = today.plus_days(-LOOKED_BACK);
        let mut found = problem_list::reports(app, caller, county, Some(since)).await?;
        found.retain(|hazard| {
            hazard.expects(Act::Assign).is_ok()
                && hazard.course.assignments.is_empty()
                && (hazard.regulator.is_none() || hazard.regulator == office)
                && !self.handed_elsewhere.contains(&hazard.id)
        });
        found.reverse();
        Ok(found)
    }
}

/// Those of the days in which most was found.
fn in_one_week(found: Vec<Hazard>) -> Vec<Hazard> {
    let of_a_visit = |first: Day| {
        let last = first.plus_days(VISIT_DAYS - 1);
        let days = found.iter().filter(move |hazard| {
            let day = hazard.found_at.day();
            first <= day && day <= last
        });
        days.cloned().collect::<Vec<_>>()
    };
    let visits = found.iter().map(|hazard| of_a_visit(hazard.found_at.day()));
    visits.max_by_key(Vec::len).unwrap_or_default()
}

fn team(cast: &Cast, day: Day) -> Vec<String> {
    let office = cast.office(None);
    let people = office.map(|office| cast.at(office, day)).unwrap_or_default();
    let people = people.into_iter().take(TEAM);
    people.map(|one| cast.name(one).to_owned()).collect()
}

fn officer(cast: &Cast, county: Option<&JurisdictionId>, day: Day) -> Option<Who> {
    cast.at(cast.office(county)?, day).into_iter().next()
}
