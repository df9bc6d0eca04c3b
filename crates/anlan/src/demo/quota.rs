//! How many of what are still to be told: by who finds, and by what is special about it.

use domain::{agency::Role, hazard::StageName};

use super::{
    chance::Chance,
    desks::Desk,
    profile::Profile,
    task::{FINDERS, Finder, Major, Task, Turn},
};

/// Where what is left lying lies, in turn; the first of them on the desks that everybody looks at.
const LEFT_LYING: [StageName; 8] = [
    StageName::Rectifying,
    StageName::Reported,
    StageName::Rectifying,
    StageName::Submitted,
    StageName::Rectifying,
    StageName::Rectifying,
    StageName::Accepted,
    StageName::Rectifying,
];

pub struct Quota<'a> {
    profile: &'a Profile,
    /// Still to be found, in the order of [`FINDERS`].
    left: [usize; 5],
    on_the_spot: usize,
}

impl<'a> Quota<'a> {
    pub fn of(profile: &'a Profile) -> Self {
        let found = profile.found;
        let share = |percent: usize| (profile.hazards * percent + 50) / 100;
        let by_unit = share(found.by_unit);
        Self {
            profile,
            left: [
                by_unit,
                share(found.town),
                share(found.county),
                share(found.city),
                share(found.tip),
            ],
            on_the_spot: (by_unit * profile.by_units.on_the_spot + 50) / 100,
        }
    }

    /// All that is special, one of each kind first and then the rest, so that a small city has some of everything.
    pub fn turns(&self, chance: &mut Chance) -> Vec<Turn> {
        let counts = self.profile.counts;
        let overdue = counts.overdue - usize::from(counts.majors_open > 0).min(counts.overdue);
        let kinds: Vec<Vec<Turn>> = vec![
            self.majors(),
            (0..overdue.max(1))
                .map(|n| Turn::Overdue(LEFT_LYING[n % LEFT_LYING.len()]))
                .collect(),
            vec![Turn::Returned(2); counts.returned_twice],
            vec![Turn::Untrue; counts.untrue],
            vec![Turn::NotHazard; counts.not_hazard],
            vec![Turn::Transferred; counts.transferred],
            vec![Turn::Assigned { declined: true }; counts.declined],
            vec![Turn::Extended { granted: true }; counts.extended],
            vec![Turn::Merged; counts.merged],
            vec![Turn::Revisited; counts.revisited],
            vec![Turn::Returned(1); counts.returned.saturating_sub(counts.returned_twice)],
            vec![Turn::Assigned { declined: false }; counts.assigned.saturating_sub(counts.declined)],
            vec![Turn::Extended { granted: false }; counts.extension_refused],
            vec![Turn::Paused; counts.paused],
            vec![Turn::Suspected; counts.suspected],
            vec![Turn::Void; counts.void],
            vec![Turn::SiteGone; counts.site_gone],
            vec![Turn::Corrected; counts.corrected],
        ];
        let mut turns: Vec<Turn> = kinds.iter().filter_map(|kind| kind.first().copied()).collect();
        let mut rest: Vec<Turn> = kinds
            .iter()
            .flat_map(|kind| kind.iter().skip(1).copied())
            .collect();
        // What follows is told in any order, so that no kind takes all the places that suit it.
        while !rest.is_empty() {
            turns.push(rest.swap_remove(chance.index(rest.len())));
        }
        turns
    }

    fn majors(&self) -> Vec<Turn> {
        let counts = self.profile.counts;
        (0..counts.majors)
            .map(|n| {
                Turn::Major(Major {
                    open: n < counts.majors_open,
                    overdue: n == 0 && counts.majors_open > 0,
                    // Those of the past too, where the review is over.
                    suspended: n % 3 == 1 && n / 3 < counts.majors_suspended,
                })
            })
            .collect()
    }

    /// Who finds such a thing, of those who have not found enough.
    pub fn finder(&self, chance: &mut Chance, turn: Turn) -> Option<Finder> {
        self.drawn(chance, turn.finders())
    }

    /// Who finds what comes to lie there.
    pub fn finder_for(&self, chance: &mut Chance, desk: Desk) -> Option<Finder> {
        let weights = match (desk.role, desk.stage) {
            (Role::Unit, StageName::Confirmed) => [1.0, 0.0, 1.0, 2.0, 0.0],
            (Role::Unit, _) => [6.0, 0.5, 3.0, 1.0, 0.0],
            (Role::TownOffice, _) => [0.0, 6.0, 1.0, 0.0, 0.0],
            (Role::CityOffice, _) => [1.0, 0.0, 6.0, 2.0, 0.0],
            (_, StageName::Reported) => [2.0, 2.0, 1.0, 2.0, 1.0],
            _ => [1.0, 0.5, 5.0, 1.0, 0.5],
        };
        self.drawn(chance, weights)
    }

    fn drawn(&self, chance: &mut Chance, mut weights: [f64; 5]) -> Option<Finder> {
        for (weight, left) in weights.iter_mut().zip(self.left) {
            if left == 0 {
                *weight = 0.0;
            }
        }
        let any = weights.iter().any(|weight| *weight > 0.0);
        any.then(|| FINDERS[chance.weighted(&weights)])
    }

    /// What else there is, as it is left to be found.
    pub fn next(&self, chance: &mut Chance) -> (Finder, Turn) {
        #[allow(clippy::cast_precision_loss, reason = "a few thousand")]
        let weights = self.left.map(|left| left as f64);
        let found = if self.left.iter().all(|left| *left == 0) {
            Finder::Unit
        } else {
            FINDERS[chance.weighted(&weights)]
        };
        let turn = if found == Finder::Unit && self.on_the_spot > 0 {
            Turn::OnTheSpot
        } else {
            Turn::Plain
        };
        (found, turn)
    }

    pub fn took(&mut self, found: Finder, turn: Turn) {
        let mut take = |finder: Finder| {
            let at = FINDERS.iter().position(|one| *one == finder).unwrap_or(0);
            self.left[at] = self.left[at].saturating_sub(1);
        };
        take(found);
        match turn {
            // The record that is opened again counts as the city's, the twin as the town's.
            Turn::Untrue => take(Finder::City),
            Turn::Merged => take(Finder::Town),
            _ => {}
        }
        if turn == Turn::OnTheSpot {
            self.on_the_spot = self.on_the_spot.saturating_sub(1);
        }
    }
}

impl Task {
    /// How much more often than others a small thing is what such a story is about.
    pub fn likes_small(self) -> f64 {
        match (self.turn, self.found) {
            (Turn::OnTheSpot, _) => 3.0,
            (Turn::Plain, Finder::Unit) => 0.35,
            (Turn::Plain, Finder::Town) => 0.8,
            (Turn::NotHazard, _) => 1.0,
            _ => 0.2,
        }
    }
}
