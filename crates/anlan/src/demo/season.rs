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

pub fn season(text: &Text, day: Day) -> f64 {
    let (wet, fire) = (text.has(WET), text.has(FIRE));
    match day.0.month() {
        5..=10 if wet => 3.0,
        11 | 12 | 1 | 2 if fire => 2.0,
        11 | 12 | 1 | 2 if wet => 0.6,
        _ => 1.0,
    }
}
