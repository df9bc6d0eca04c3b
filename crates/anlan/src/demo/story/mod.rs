//! The story of one hazard, told forward from the day on which it is found: who reports it, how long each next step takes, what is
//! said. It ends where it is asked to end.
//!
//! Everything here is plausible and nothing is a rule: whether an act is allowed is decided by the use case that replays it.

mod finding;
mod judging;
mod rectifying;

use app::reference::Measure;
use domain::{
    hazard::{StageName, sign_off::Decide},
    time::{Day, Instant},
};

use super::{
    act::{Act, Case, Step},
    cast::{Cast, Who},
    chance::Chance,
    hours::{Hours, MINUTE},
    spots::{Site, Spot, Spots},
    texts::{Text, Texts},
};

/// Of rectifications, reported after the day that was set.
const LATE: f64 = 0.15;
/// Of first acceptances, sent back by the county (on top of those that are told to end there); of sign-offs, by the city.
const RETURNED: f64 = 0.085;
const CITY_RETURNED: f64 = 0.03;

pub struct Teller<'a> {
    pub cast: &'a Cast,
    pub texts: &'a Texts,
    pub spots: &'a Spots,
    pub measures: &'a [Measure],
    pub hours: Hours<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    SignedOff,
    Void,
    /// Waiting in a stage.
    In(StageName),
    /// Sent back by the county, to be rectified again.
    Returned,
}

/// A story as far as it has been told.
struct Draft<'a> {
    chance: &'a mut Chance,
    acts: Vec<Act>,
    at: Instant,
    text: &'a Text,
    site: &'a Site,
    place: &'a str,
}

impl Draft<'_> {
    fn then(&mut self, who: Who, at: Instant, step: Step) {
        self.at = at;
        self.acts.push(Act { at, who, step });
    }

    /// A photo is taken and sent up some minutes before the act that it belongs to.
    fn with_photo(&mut self, who: Who, at: Instant, when: &str) {
        let names = if when == "before" {
            ["整改前.png", "现场检查记录.png"]
        } else {
            ["整改后.png", "复查记录.png"]
        };
        let own = self.text.photo != "record";
        let record = self.text.photo == "record" || self.chance.happens(0.3);
        let mut sent = at.plus(-self.chance.between(3 * MINUTE, 11 * MINUTE));
        if own {
            let photo = format!("{}-{when}.png", self.text.photo);
            self.acts.push(Act {
                at: sent,
                who,
                step: Step::Upload {
                    photo,
                    name: names[0],
                },
            });
            sent = sent.plus(self.chance.between(15_000, 100_000));
        }
        if record {
            self.acts.push(Act {
                at: sent,
                who,
                step: Step::Upload {
                    photo: format!("record-{when}.png"),
                    name: names[1],
                },
            });
        }
    }
}

impl Teller<'_> {
    /// `None` where nobody is in office to do what has to be done.
    pub fn tell(
        &self,
        chance: &mut Chance,
        spot: &Spot,
        place: &str,
        first: Day,
        ending: Ending,
    ) -> Option<Case> {
        let (site, text) = (self.spots.site(spot), &self.texts.hazard[spot.text]);
        let description = text.text.replace("{p}", place);
        let location: String = format!("{}，{place}", site.address).chars().take(200).collect();
        let mut draft = Draft {
            chance,
            acts: Vec::new(),
            at: first.start(),
            text,
            site,
            place,
        };
        self.told(&mut draft, spot, first, ending)?;
        Some(Case {
            subject: site.named.clone(),
            kind: site.kind,
            description,
            location,
            level: text.level,
            acts: draft.acts,
        })
    }

    fn told(&self, draft: &mut Draft, spot: &Spot, first: Day, ending: Ending) -> Option<()> {
        let reporter = self.report(draft, first)?;
        if ending == Ending::Void {
            return self.void(draft, reporter);
        }
        let held = self.hold_at_once(draft, reporter);
        if ending == Ending::In(StageName::Reported) {
            return Some(());
        }
        let (deadline, pending) = self.confirm(draft, spot, reporter, held)?;
        if pending && ending != Ending::In(StageName::Confirmed) {
            self.determine(draft)?;
        }
        if ending == Ending::In(StageName::Confirmed) {
            return Some(());
        }
        let unit = self.plan(draft, deadline)?;
        if ending == Ending::In(StageName::Rectifying) {
            return Some(());
        }
        self.rectify(draft, unit, deadline);
        if ending == Ending::In(StageName::Submitted) {
            return Some(());
        }
        if ending == Ending::Returned || draft.chance.happens(RETURNED) {
            self.return_it(draft, spot)?;
            if ending == Ending::Returned {
                return Some(());
            }
            self.rectify_again(draft, unit);
        }
        self.accept(draft, spot, &[reporter])?;
        if ending == Ending::In(StageName::Accepted) {
            return Some(());
        }
        if draft.chance.happens(CITY_RETURNED) {
            self.city_returns(draft, spot, reporter, unit)?;
        }
        let opinion = draft.chance.one(&self.texts.opinions.sign_off)?.clone();
        let (who, at) = self.city_looks(draft, reporter)?;
        draft.then(
            who,
            at,
            Step::SignOff(Decide {
                passed: true,
                opinion,
                list: None,
            }),
        );
        Some(())
    }
}
