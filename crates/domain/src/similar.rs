//! Which open records may be about the same thing as a report: near in place, near in time, alike in words. Said before anybody
//! reports it twice, and where somebody merges duplicates. A likeness is a hint with its reasons; whether it is one thing is a
//! person's to say, and nothing is merged or refused by it. The same for units by their names, before one is entered a second time.

use std::collections::HashMap;

use crate::{
    HazardId, JurisdictionId, SubjectId,
    hazard::Hazard,
    place::Point,
    subject::Subject,
    time::{DAY, Instant},
};

/// Looked for this far back.
pub const DAYS: i64 = 60;
/// So near is the same place.
pub const NEAR_METRES: f64 = 200.0;
/// Nobody reads more.
pub const MOST: usize = 5;
/// Per cent of likeness that is asked of words, where the place is the same and where it is only the same town and trade.
const ALIKE_HERE: u8 = 30;
const ALIKE_IN_TOWN: u8 = 60;
/// Words beyond these say nothing more about likeness.
const WORDS_READ: usize = 400;
const METRES_A_DEGREE: f64 = 111_320.0;

/// What is being reported, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sought {
    pub description: String,
    pub subject: Option<SubjectId>,
    pub point: Option<Point>,
    pub town: Option<JurisdictionId>,
    pub sector: String,
    /// A record that is not like itself.
    pub besides: Option<HazardId>,
}

/// Why it may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    pub same_subject: bool,
    /// Where both have a point and it is near.
    pub metres: Option<u32>,
    pub same_town: bool,
    /// Days since it was reported.
    pub days: i64,
    /// Per cent of the pairs of characters that both descriptions have.
    pub text: u8,
}

impl Sought {
    /// What a record that stands is like.
    pub fn of(hazard: &Hazard) -> Self {
        Self {
            description: hazard.description.clone(),
            subject: Some(hazard.subject.id),
            point: hazard.location.point,
            town: hazard.home.town.clone(),
            sector: hazard.subject.sector.clone(),
            besides: Some(hazard.id),
        }
    }

    /// The most alike first, at most [`MOST`]; of those equally alike the newest.
    pub fn among(&self, candidates: Vec<Hazard>, now: Instant) -> Vec<(Hazard, Likeness)> {
        let words = pairs(&self.description);
        let alike = candidates
            .into_iter()
            .filter_map(|one| self.likeness(&words, &one, now).map(|likeness| (one, likeness)));
        let mut alike: Vec<(Hazard, Likeness)> = alike.collect();
        alike
            .sort_by_key(|(one, likeness)| (std::cmp::Reverse((likeness.weight(), one.reported_at)), one.id));
        alike.dedup_by_key(|(one, _)| one.id);
        alike.truncate(MOST);
        alike
    }

    fn likeness(&self, words: &Pairs, one: &Hazard, now: Instant) -> Option<Likeness> {
        let age = now.0 - one.reported_at.0;
        if self.besides == Some(one.id) || !one.stage.name().is_open() || age > DAYS * DAY {
            return None;
        }
        let same_subject = self.subject == Some(one.subject.id);
        let metres = self.point.zip(one.location.point).map(|(a, b)| metres(a, b));
        let metres = metres.filter(|metres| *metres <= NEAR_METRES);
        let same_town =
            self.town.is_some() && self.town == one.home.town && self.sector == one.subject.sector;
        let text = dice(words, &pairs(&one.description));
        let enough = if same_subject || metres.is_some() {
            ALIKE_HERE
        } else if same_town {
            ALIKE_IN_TOWN
        } else {
            return None;
        };
        (text >= enough).then(|| Likeness {
            same_subject,
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            metres: metres.map(|metres| metres.round() as u32),
            same_town,
            days: ((now.day().start().0 - one.reported_at.day().start().0) / DAY).max(0),
            text,
        })
    }
}

impl Likeness {
    fn weight(&self) -> i64 {
        let here = if self.same_subject { 40 } else { 0 };
        let near = self
            .metres
            .map_or(0, |metres| 40 - i64::from(metres.min(200)) / 10);
        i64::from(self.text) + here + near - self.days / 3
    }
}

/// Straight over the ground; at a few hundred metres the earth is flat.
fn metres(a: Point, b: Point) -> f64 {
    let north = (a.lat - b.lat) * METRES_A_DEGREE;
    let east = (a.lon - b.lon) * METRES_A_DEGREE * a.lat.to_radians().cos();
    north.hypot(east)
}

/// The square in which everything near a point lies: west, south, east, north.
pub fn square(around: Point) -> [f64; 4] {
    let north = NEAR_METRES / METRES_A_DEGREE;
    let east = north / around.lat.to_radians().cos().max(0.01);
    [
        around.lon - east,
        around.lat - north,
        around.lon + east,
        around.lat + north,
    ]
}

type Pairs = HashMap<(char, char), u32>;

/// Neighbouring characters, without what is neither letter nor figure: Chinese has no blanks to divide words by.
fn pairs(text: &str) -> Pairs {
    let read = text.chars().filter(|c| c.is_alphanumeric()).take(WORDS_READ);
    let read: Vec<char> = read.flat_map(char::to_lowercase).collect();
    let mut pairs = Pairs::new();
    for pair in read.windows(2) {
        *pairs.entry((pair[0], pair[1])).or_default() += 1;
    }
    // One character alone has no neighbour, and is like itself.
    if let [only] = read.as_slice() {
        pairs.insert((*only, *only), 1);
    }
    pairs
}

/// Sørensen and Dice: twice what both have, of all that each has, in per cent.
fn dice(a: &Pairs, b: &Pairs) -> u8 {
    let all: u32 = a.values().chain(b.values()).sum();
    if all == 0 {
        return 0;
    }
    let both: u32 = a
        .iter()
        .map(|(pair, n)| (*n).min(b.get(pair).copied().unwrap_or(0)))
        .sum();
    u8::try_from(200 * both / all).unwrap_or(100)
}

/// Names of units are alike from so many per cent on, without what nearly all of them end with.
const ALIKE_NAMES: u8 = 60;
const LEGAL_FORMS: [&str; 5] = ["股份有限公司", "有限责任公司", "有限公司", "公司", "（演示）"];

/// What is left of a name without its legal form, which says nothing about whose it is.
fn core(name: &str) -> String {
    let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let mut core = bare.as_str();
    while let Some(rest) = LEGAL_FORMS.iter().find_map(|form| core.strip_suffix(form)) {
        core = rest;
    }
    if core.is_empty() { bare } else { core.to_owned() }
}

/// The neighbouring characters by which units of a like name are looked for; at most a dozen.
pub fn name_pairs(name: &str) -> Vec<String> {
    let core: Vec<char> = core(name).chars().collect();
    let mut found: Vec<String> = core.windows(2).map(|pair| pair.iter().collect()).collect();
    found.dedup();
    found.truncate(12);
    found
}

/// Units whose names are like this one, or contain it or are contained in it; the most alike first, at most [`MOST`].
pub fn named_alike(name: &str, candidates: Vec<Subject>) -> Vec<Subject> {
    let wanted = core(name);
    let words = pairs(&wanted);
    let likeness = |one: &Subject| {
        let other = core(&one.name);
        if other.contains(&wanted) || wanted.contains(&other) {
            100
        } else {
            dice(&words, &pairs(&other))
        }
    };
    let mut alike: Vec<(u8, Subject)> = candidates.into_iter().map(|one| (likeness(&one), one)).collect();
    alike.retain(|(text, _)| *text >= ALIKE_NAMES);
    alike.sort_by(|(a, one), (b, other)| (b, &one.name, one.id).cmp(&(a, &other.name, other.id)));
    alike.truncate(MOST);
    alike.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> u8 {
        dice(&pairs(a), &pairs(b))
    }

    #[test]
    fn words_are_alike_by_their_neighbouring_characters() {
        assert_eq!(alike("疏散通道堆物", "疏散通道堆物"), 100);
        assert_eq!(alike("疏散通道，堆物。", "疏散通道堆物"), 100);
        assert_eq!(alike("配电箱", "疏散通道"), 0);
        assert_eq!(alike("", ""), 0);
        assert_eq!(alike("坑", "坑"), 100);
        let near = alike("二楼安全出口被货架堵塞", "二楼安全出口堆放货架，堵塞通道");
        assert!((50..90).contains(&near), "{near}");
        assert_eq!(alike("GB 50016", "gb50016"), 100);
        assert_eq!(
            alike("aaaa", "aa"),
            50,
            "what is said once is not like what is said thrice"
        );
    }

    #[test]
    fn names_are_alike_without_their_legal_form() {
        let unit = |n: u128, name: &str| Subject {
            id: SubjectId(uuid::Uuid::from_u128(n)),
            seen: crate::change::Seen::NEW,
            home: crate::place::Home {
                city: "6109".into(),
                county: "610902".into(),
                town: None,
            },
            kind: crate::subject::SubjectKind::Enterprise,
            name: name.into(),
            credit_code: String::new(),
            sector: String::new(),
            address: String::new(),
            principal_head: String::new(),
            regulator: None,
            steward: None,
            status: crate::subject::SubjectStatus::Registered,
        };
        let all = [
            "香溪路养护有限公司",
            "香溪公路养护有限责任公司",
            "锦丝坊缫丝有限公司",
            "香溪路养护",
        ];
        let all: Vec<Subject> = all.iter().zip(1..).map(|(name, n)| unit(n, name)).collect();
        let found = named_alike("香溪路养护 有限公司", all);
        let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            names,
            ["香溪路养护", "香溪路养护有限公司", "香溪公路养护有限责任公司"]
        );
        assert_eq!(name_pairs("香溪路养护有限公司"), ["香溪", "溪路", "路养", "养护"]);
        assert_eq!(
            core("有限公司"),
            "有限公司",
            "a name that is nothing else is left as it is"
        );
    }

    #[test]
    fn metres_are_metres() {
        let here = Point {
            lon: 109.03,
            lat: 32.69,
        };
        let north = Point {
            lat: 32.69 + 0.001,
            ..here
        };
        let east = Point {
            lon: 109.03 + 0.001,
            ..here
        };
        assert!((metres(here, north) - 111.0).abs() < 1.0);
        assert!((metres(here, east) - 93.7).abs() < 1.0);
        let [west, south, to, up] = square(here);
        for (lon, lat) in [(west, 32.69), (to, 32.69), (109.03, south), (109.03, up)] {
            assert!((metres(here, Point { lon, lat }) - NEAR_METRES).abs() < 1.0);
        }
    }
}
