//! The sign-off list 销号清单: what one county's offices accepted and the city signs off together, after looking at a drawn sample.
//!
//! The list says what is on it and what was drawn; how each item stands is read from the hazard itself, so that nothing has to be
//! kept in step. An item is signed off by an act of its own, whose event names the list. Nobody chooses what is drawn: see
//! docs/sign-off-lists.md for how anybody can draw again and compare.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    HazardId, ProblemListId, RouteId, SignOffListId,
    actor::Signature,
    authority::{About, Act},
    change::{Body, Change, Event, Require, Row, Seen, Target},
    field::Checks,
    hazard::{Hazard, Moment, Stage, StageName},
    place::Home,
    refusal::Refusal,
    route::Ending,
    time::Instant,
};

/// No list is longer: it has to be read by somebody.
pub const MOST_ITEMS: usize = 200;

#[derive(Debug, Clone, PartialEq)]
pub struct SignOffList {
    pub id: SignOffListId,
    pub seen: Seen,
    pub home: Home,
    pub opened: Signature,
    /// The visit whose problems it signs off; none where it takes what waits in the county otherwise.
    pub problem_list: Option<ProblemListId>,
    /// 64 hexadecimal digits that nobody chose; what is drawn follows from them.
    pub seed: String,
    /// Oldest acceptance first.
    pub items: Vec<Item>,
    pub state: ListState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub hazard: HazardId,
    pub number: String,
    pub route: RouteId,
    /// The per cent of its route, as it was when the list was opened.
    pub sample: u8,
    /// The acceptance that is on the list; a later one is not.
    pub accepted_at: Instant,
    pub drawn: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListState {
    Open,
    /// The rest may be signed off 同意清单销号.
    Passed(Decision),
    /// The list has ended and its items wait on 不予清单销号.
    Refused(Decision),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub opinion: String,
    pub by: Signature,
}

crate::words! {
    /// How an item of a list stands now, read from the hazard.
    Standing {
        Waiting = "waiting",
        /// Signed off with this list.
        OnTheList = "on_the_list",
        /// Signed off by itself.
        ByItself = "by_itself",
        Returned = "returned",
        /// Something else has happened to it: it is void, merged, transferred, or was accepted anew.
        MovedOn = "moved_on",
    }
}

/// What the event of a list tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOffListEvent {
    ListOpened {
        seed: String,
        items: Vec<Item>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        problem_list: Option<ProblemListId>,
    },
    ListDecided {
        passed: bool,
        opinion: String,
    },
}

/// Whether a hazard waits for a list: accepted, on a route that ends with one. What a problem list handed over waits for a list of
/// its own.
pub fn belongs_on_a_list(hazard: &Hazard) -> bool {
    matches!(&hazard.stage, Stage::Accepted { confirmation, .. } if confirmation.route.ending == Ending::List)
}

impl SignOffList {
    /// `waiting` is what was found accepted there, oldest first; what does not belong on a list is left out, and what is beyond
    /// [`MOST_ITEMS`] waits for the next one.
    pub fn open(
        id: SignOffListId,
        home: Home,
        waiting: &[Hazard],
        seed: [u8; 32],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        Self::open_of(id, home, None, waiting, seed, moment)
    }

    /// Of what one problem list handed over, or of all else.
    pub fn open_of(
        id: SignOffListId,
        home: Home,
        problem_list: Option<ProblemListId>,
        waiting: &[Hazard],
        seed: [u8; 32],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        let items = waiting
            .iter()
            .filter(|hazard| hazard.home.county == home.county && hazard.problem_list() == problem_list);
        let mut items: Vec<Item> = items.filter_map(item).take(MOST_ITEMS).collect();
        if items.is_empty() {
            return Err(Refusal::NothingToList);
        }
        draw(&mut items, &seed);
        let list = SignOffList {
            id,
            seen: Seen::NEW,
            home,
            opened: moment.who.signs(moment.now),
            problem_list,
            seed: hex(&seed),
            items,
            state: ListState::Open,
        };
        let told = SignOffListEvent::ListOpened {
            seed: list.seed.clone(),
            items: list.items.clone(),
            problem_list,
        };
        Ok(list.recorded(Act::OpenList, told, &moment))
    }

    /// Decides about the rest once every drawn item has been decided by itself. `hazards` are its items as they stand; one that is
    /// not among them has moved on to where the reader does not look.
    pub fn decide(
        mut self,
        passed: bool,
        opinion: &str,
        hazards: &[Hazard],
        moment: Moment,
    ) -> Result<Change, Refusal> {
        if self.state != ListState::Open {
            return Err(Refusal::ListDecided);
        }
        let undecided = self
            .drawn()
            .filter(|item| self.standing_among(item, hazards) == Standing::Waiting);
        let undecided = undecided.count();
        if undecided > 0 {
            return Err(Refusal::SampleUndecided { n: undecided });
        }
        let mut checks = Checks::default();
        let opinion = checks.text("opinion", opinion, 1_000);
        checks.done()?;
        let decision = Decision {
            opinion: opinion.clone(),
            by: moment.who.signs(moment.now),
        };
        self.state = if passed {
            ListState::Passed(decision)
        } else {
            ListState::Refused(decision)
        };
        Ok(self.recorded(
            Act::DecideList,
            SignOffListEvent::ListDecided { passed, opinion },
            &moment,
        ))
    }

    pub fn drawn(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.drawn)
    }

    /// What a list that was passed signs off: all that was not drawn.
    pub fn rest(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.drawn)
    }

    pub fn decision(&self) -> Option<&Decision> {
        match &self.state {
            ListState::Open => None,
            ListState::Passed(decision) | ListState::Refused(decision) => Some(decision),
        }
    }

    /// How an item stands, where its hazard is among these.
    pub fn standing_among(&self, item: &Item, hazards: &[Hazard]) -> Standing {
        let hazard = hazards.iter().find(|hazard| hazard.id == item.hazard);
        hazard.map_or(Standing::MovedOn, |hazard| self.standing(item, hazard))
    }

    pub fn standing(&self, item: &Item, hazard: &Hazard) -> Standing {
        if let Some(sign_off) = hazard.stage.sign_off() {
            return if sign_off.list == Some(self.id) {
                Standing::OnTheList
            } else {
                Standing::ByItself
            };
        }
        let same = hazard
            .stage
            .acceptance()
            .is_some_and(|one| one.by.at == item.accepted_at);
        if hazard.stage.name() == StageName::Accepted && same {
            return Standing::Waiting;
        }
        let returned =
            |back: &crate::hazard::Return| back.from == StageName::Accepted && back.by.at >= self.opened.at;
        if hazard.returns.iter().any(returned) {
            Standing::Returned
        } else {
            Standing::MovedOn
        }
    }

    /// What a sign-off with this list rests on.
    pub fn stands(&self) -> Require {
        Require::Version {
            table: "sign_off_list",
            id: self.id.to_string(),
            version: self.seen.version,
        }
    }

    pub fn about(&self) -> About<'_> {
        about(&self.home)
    }

    fn recorded(self, act: Act, told: SignOffListEvent, moment: &Moment) -> Change {
        let target = Target {
            noun: "sign_off_list",
            id: self.id.to_string(),
            home: self.home.county.clone(),
            seen: self.seen,
        };
        let body = Body::SignOffList(told);
        let event = Event::by(moment.who, moment.event, act, target, moment.now, body);
        Change::new(event, Row::SignOffList(Box::new(self))).resting_on(moment.who)
    }
}

/// How a person stands to the lists of a county.
pub fn about(home: &Home) -> About<'_> {
    About {
        home,
        subject: None,
        steward: None,
        regulator: None,
        awaited: None,
    }
}

fn item(hazard: &Hazard) -> Option<Item> {
    let Stage::Accepted {
        confirmation,
        acceptance,
        ..
    } = &hazard.stage
    else {
        return None;
    };
    belongs_on_a_list(hazard).then(|| Item {
        hazard: hazard.id,
        number: hazard.number.clone(),
        route: confirmation.route.id.clone(),
        sample: confirmation.route.sample,
        accepted_at: acceptance.by.at,
        drawn: false,
    })
}

/// Each item's lot is SHA-256 over the seed and the sixteen bytes of its id. Of each route its per cent is drawn, rounded up, those
/// with the lowest lots; where that is nothing at all, the lowest lot of the whole list.
pub fn draw(items: &mut [Item], seed: &[u8; 32]) {
    let lot = |item: &Item| -> [u8; 32] {
        let hash = Sha256::new()
            .chain_update(seed)
            .chain_update(item.hazard.0.as_bytes());
        hash.finalize().into()
    };
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| lot(&items[*at]));
    let routes: std::collections::BTreeMap<RouteId, (usize, u8)> =
        items
            .iter()
            .fold(std::collections::BTreeMap::new(), |mut routes, item| {
                let (n, sample) = routes.entry(item.route.clone()).or_insert((0, 0));
                *n += 1;
                // Of a route whose table was changed in between, the larger share.
                *sample = item.sample.max(*sample);
                routes
            });
    for (route, (n, sample)) in routes {
        let share = (n * usize::from(sample)).div_ceil(100);
        let of_route = order.iter().filter(|at| items[**at].route == route);
        for at in of_route.copied().take(share).collect::<Vec<_>>() {
            items[at].drawn = true;
        }
    }
    if let Some(first) = order.first().filter(|_| items.iter().all(|item| !item.drawn)) {
        items[*first].drawn = true;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(shares: &[(&str, u8, usize)]) -> Vec<Item> {
        let all = shares
            .iter()
            .flat_map(|share| std::iter::repeat_n((share.0, share.1), share.2))
            .enumerate();
        all.map(|(at, (route, sample))| Item {
            hazard: HazardId(uuid::Uuid::from_u128(at as u128 + 1)),
            number: String::new(),
            route: route.into(),
            sample,
            accepted_at: Instant(0),
            drawn: false,
        })
        .collect()
    }

    fn drawn(shares: &[(&str, u8, usize)], seed: u8) -> Vec<usize> {
        let mut items = items(shares);
        draw(&mut items, &[seed; 32]);
        (0..items.len()).filter(|at| items[*at].drawn).collect()
    }

    #[test]
    fn of_each_route_its_share_is_drawn_and_never_nothing() {
        let two = drawn(&[("ordered", 10, 41), ("serious", 20, 5)], 1);
        assert_eq!(
            two.iter().filter(|at| **at < 41).count(),
            5,
            "10 % of 41, rounded up"
        );
        assert_eq!(two.iter().filter(|at| **at >= 41).count(), 1);
        assert_eq!(drawn(&[("none", 0, 9)], 1).len(), 1);
        assert_eq!(drawn(&[("all", 100, 9)], 1).len(), 9);
        assert_eq!(drawn(&[("one", 1, 1)], 1), [0]);
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_draws_others() {
        let of = |seed| drawn(&[("ordered", 10, 100)], seed);
        assert_eq!(of(1), of(1));
        let different: std::collections::BTreeSet<Vec<usize>> = (0..20).map(of).collect();
        assert!(different.len() > 15);
        let mut often = [0; 100];
        (0..=255).flat_map(of).for_each(|at| often[at] += 1);
        assert!(
            often.iter().all(|n| *n > 5),
            "nothing is safe from being drawn: {often:?}"
        );
    }
}
