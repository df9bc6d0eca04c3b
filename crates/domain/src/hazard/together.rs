//! Which acts may be done to several hazards with one set of words. Each stays an act of its own, with its own event, decided by the
//! same rules; here stands only what must not be said of many at once. What may be major is judged by itself, and so is what its
//! route wants seen by named inspectors: whoever signs for forty has looked at none of them on the spot. And nothing is signed off so:
//! what ends with a list has its draw, and what ends item by item was put on that way to be looked at.

use crate::{authority::Act, hazard::Hazard, refusal::Refusal};

/// Acts whose words can hold for several hazards. All others speak of the one: a plan, evidence, a measure, a reason why not.
pub const TOGETHER: &[Act] = &[
    Act::Confirm,
    Act::Accept,
    Act::Assign,
    Act::Acknowledge,
    Act::DecideExtension,
];

impl Hazard {
    /// Whether this act may be done to this hazard together with others.
    pub fn goes_together(&self, act: Act) -> Result<(), Refusal> {
        let judges = matches!(act, Act::Confirm | Act::Accept | Act::DecideExtension);
        let named = self
            .stage
            .confirmation()
            .is_some_and(|confirmation| confirmation.route.inspectors > 0);
        let alone = !TOGETHER.contains(&act) || judges && self.may_be_major() || act == Act::Accept && named;
        if alone {
            Err(Refusal::OneByOne { act })
        } else {
            Ok(())
        }
    }

    /// Whether it may be accepted with others of its problem list, whose visit and inspectors were the same. What may be major is not.
    pub fn is_accepted_on_a_list(&self) -> Result<(), Refusal> {
        if self.may_be_major() {
            Err(Refusal::OneByOne { act: Act::Accept })
        } else {
            Ok(())
        }
    }
}
