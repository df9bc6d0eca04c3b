//! What is found when: slopes, tailings and water in the flood season, May to October; fire and gas from November to February.

use domain::time::Day;

use super::texts::Text;

const WET: &[&str] = &[
    "slope",
    "spoil",
    "tailings",
    "dam",
    "levee",
    "drain",
    "ford",
    "hydropower",
    "boat",
    "dock",
    "pit",
    "slope_work",
];
const FIRE: &[&str] = &[
    "fireworks",
    "lpg",
    "cylinder",
    "kitchen",
    "market",
    "mall",
    "ktv",
    "rental",
    "homestay",
    "gas_user",
];

/// What a text is about, as far as the seasons make a difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Season {
    Wet,
    Fire,
    #[default]
    All,
}

impl Season {
    pub fn of(text: &Text) -> Self {
        if text.has(WET) {
            Season::Wet
        } else if text.has(FIRE) {
            Season::Fire
        } else {
            Season::All
        }
    }

    /// How much more often than in other months it is found on a day.
    pub fn weight(self, day: Day) -> f64 {
        match (day.0.month(), self) {
            (5..=10, Season::Wet) => 3.0,
            (11 | 12 | 1 | 2, Season::Fire) => 2.0,
            (11 | 12 | 1 | 2, Season::Wet) => 0.6,
            _ => 1.0,
        }
    }
}
