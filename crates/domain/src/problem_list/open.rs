//! Opening a list for a visit, and putting on it what the visit reported. A hazard stands on one list at most.

use serde::{Deserialize, Serialize};

use super::{Item, ListState, MOST_ITEMS, ProblemList, ProblemListEvent};
use crate::{
    HazardId, ProblemListId,
    authority::Act,
    change::{Change, Require, Seen},
    field::Checks,
    hazard::{Hazard, Moment, StageName},
    place::Home,
    refusal::Refusal,
    time::Day,
};

crate::words! {
    VisitKind {
        /// Announced to the county.
        Oversight = "oversight",
        /// Without a word before: no notice, no reception 四不两直.
        Unannounced = "unannounced",
    }
}

/// What the list is about: who went, when, and on what it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    pub kind: VisitKind,
    pub from: Day,
    pub until: Day,
    /// Names, as the letter and the record of the visit give them.
    pub team: Vec<String>,
    /// The plan, the letter or the order that it was made under.
    pub basis: String,
}

const MOST_PEOPLE: usize = 20;
/// A visit is days or weeks; what lasts longer is several.
const LONGEST_VISIT: i64 = 60;

impl ProblemList {
    /// `elsewhere` are the lists of the county that are not sent yet.
    pub fn open(
        id: ProblemListId,
        home: Home,
        said: &Visit,
        hazards: &[Hazard],
        elsewhere: &[ProblemList],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        let mut checks = Checks::default();
        let visit = read_visit(said, &mut checks, moment.now.day());
        let mut list = ProblemList {
            id,
            seen: Seen::NEW,
            home,
            visited_by: moment.who.seat.county.clone(),
            opened: moment.who.signs(moment.now),
            visit: visit.clone(),
            items: Vec::new(),
            state: ListState::Open,
        };
        list.take(hazards, elsewhere, &mut checks);
        checks.done()?;
        let told = ProblemListEvent::ProblemListOpened {
            visit,
            items: list.items.clone(),
        };
        let change = list.recorded(Act::OpenProblemList, told, &moment);
        Ok(rests_on(change, hazards))
    }

    /// Puts hazards on a list that is not sent yet, and takes others off. What stands on it already is left where it is.
    pub fn list_problems(
        mut self,
        added: &[Hazard],
        removed: &[HazardId],
        elsewhere: &[ProblemList],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        self.expects(Act::ListProblems)?;
        let mut checks = Checks::default();
        let nothing = removed.is_empty() && added.iter().all(|one| self.item(one.id).is_some());
        if nothing {
            checks.fail("items", "required");
        }
        if removed.iter().any(|id| self.item(*id).is_none()) {
            checks.fail("remove", "not-on-this-list");
        }
        let off = |item: &Item| removed.contains(&item.hazard);
        let removed: Vec<Item> = self.items.iter().filter(|item| off(item)).cloned().collect();
        self.items.retain(|item| !off(item));
        let before = self.items.len();
        let fresh = added.iter().filter(|one| self.item(one.id).is_none());
        let fresh: Vec<Hazard> = fresh.cloned().collect();
        self.take(&fresh, elsewhere, &mut checks);
        let added = self.items[before..].to_vec();
        checks.done()?;
        let told = ProblemListEvent::ProblemsListed { added, removed };
        let change = self.recorded(Act::ListProblems, told, &moment);
        Ok(rests_on(change, &fresh))
    }

    fn take(&mut self, hazards: &[Hazard], elsewhere: &[ProblemList], checks: &mut Checks) {
        if self.items.len() + hazards.len() > MOST_ITEMS {
            checks.fail_at("items", "too-many", MOST_ITEMS);
            return;
        }
        for hazard in hazards {
            let of_another = elsewhere
                .iter()
                .any(|list| list.id != self.id && list.item(hazard.id).is_some());
            let own = hazard
                .reporter()
                .is_some_and(|by| by.agency == self.opened.agency);
            if hazard.home.county != self.home.county {
                checks.fail("items", "another-county");
            } else if !own {
                checks.fail("items", "not-your-report");
            } else if of_another || hazard.problem_list().is_some() {
                checks.fail("items", "on-another-list");
            } else if !may_be_handed_over(hazard.stage.name()) {
                checks.fail("items", "is-void");
            } else if self.item(hazard.id).is_some() {
                checks.fail("items", "twice-the-same");
            } else {
                self.items.push(Item {
                    hazard: hazard.id,
                    number: hazard.number.clone(),
                });
            }
        }
    }
}

/// What was fixed while the visitors looked on stands on their list as well; what has ended otherwise is no matter of theirs.
fn may_be_handed_over(stage: StageName) -> bool {
    stage.is_open() || stage == StageName::Closed
}

fn read_visit(said: &Visit, checks: &mut Checks, today: Day) -> Visit {
    checks.not_after("visit_from", said.from, today);
    checks.not_before("visit_until", said.until, said.from);
    checks.not_after("visit_until", said.until, said.from.plus_days(LONGEST_VISIT));
    let team = said
        .team
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty());
    let team: Vec<&str> = team.collect();
    if team.is_empty() {
        checks.fail("team", "required");
    }
    if team.len() > MOST_PEOPLE {
        checks.fail_at("team", "too-many", MOST_PEOPLE);
    }
    let team = team.into_iter().take(MOST_PEOPLE);
    Visit {
        team: team.map(|name| checks.optional("team", name, 60)).collect(),
        basis: checks.text("basis", &said.basis, 300),
        ..said.clone()
    }
}

fn rests_on(change: Change, hazards: &[Hazard]) -> Change {
    let as_read = hazards
        .iter()
        .map(|hazard| Require::hazard(hazard.id, hazard.seen.version));
    as_read.fold(change, Change::require)
}
