//! What the demo city's people say, from examples/demo/hazards.toml, and the drawings they attach.

use app::{Failure, Outcome};
use bytes::Bytes;
use domain::{
    hazard::{Determination, InitialLevel},
    subject::SubjectKind,
};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::{instructions::Saying, listings, season::Season};

const TEXTS: (&str, &str) = (
    "examples/demo/hazards.toml",
    include_str!("../../../../examples/demo/hazards.toml"),
);

const EVERYDAY: (&str, &str) = (
    "examples/demo/everyday.toml",
    include_str!("../../../../examples/demo/everyday.toml"),
);

#[derive(RustEmbed)]
#[folder = "../../examples/demo/photos"]
struct Drawings;

#[derive(Debug, Deserialize)]
pub struct Texts {
    pub opinions: Opinions,
    pub hazard: Vec<Text>,
    #[serde(skip)]
    pub sayings: Sayings,
}

/// What is said by those who judge, whatever the hazard is.
#[derive(Debug, Deserialize)]
pub struct Opinions {
    pub returned: Vec<String>,
    pub sign_off: Vec<String>,
}

/// What is said on the way: reasons, answers, what was found on a second look.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sayings {
    pub accept: Vec<String>,
    pub not_hazard: Vec<String>,
    pub site_gone: Vec<String>,
    pub void: Vec<String>,
    /// So many more days, and why.
    pub extension: Vec<(i64, String)>,
    pub extended: Vec<String>,
    pub not_extended: Vec<String>,
    pub pause: Vec<String>,
    pub resume: Vec<String>,
    pub not_ours: Vec<String>,
    pub basis: Vec<String>,
    pub transferred: Vec<String>,
    pub again: Vec<String>,
    pub merged: Vec<String>,
    pub revisit_true: Vec<String>,
    pub revisit_untrue: Vec<String>,
    /// Why something is late, as those say who are asked.
    pub explained: Vec<String>,
    /// Why a drafted letter is not sent.
    pub set_aside: Vec<String>,
    /// What leaders wrote, and what was answered.
    pub instructions: Vec<Saying>,
    pub listings: Vec<listings::Saying>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Everyday {
    sayings: Sayings,
    group: Vec<Group>,
}

/// Where the text itself says where.
const AT_THE_SITE: &str = "现场";

/// Small things of one kind of site: what is found, what is to be done about it, that it was done, and what the photo shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kinds: Vec<SubjectKind>,
    scenes: Vec<String>,
    places: Vec<String>,
    found: Vec<(String, String, String, String)>,
}

impl Group {
    fn texts(self) -> impl Iterator<Item = Text> {
        let Self {
            kinds,
            scenes,
            places,
            found,
        } = self;
        found
            .into_iter()
            .enumerate()
            .map(move |(n, (text, measures, rectified, photo))| Text {
                kinds: kinds.clone(),
                scenes: scenes.clone(),
                level: InitialLevel::General,
                determination: Determination::NotMajor,
                places: if text.contains("{p}") {
                    places.clone()
                } else {
                    vec![AT_THE_SITE.to_owned()]
                },
                text,
                clause: String::new(),
                target: String::new(),
                measures,
                emergency_plan: String::new(),
                funds: 0,
                days: [3, 5, 7, 10][n % 4],
                interim: None,
                rectified,
                accept: Vec::new(),
                returned: None,
                photo,
                everyday: true,
                season: Season::All,
            })
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Text {
    pub kinds: Vec<SubjectKind>,
    pub scenes: Vec<String>,
    pub level: InitialLevel,
    pub determination: Determination,
    pub text: String,
    #[serde(default)]
    pub places: Vec<String>,
    pub clause: String,
    pub target: String,
    pub measures: String,
    pub emergency_plan: String,
    /// Yuan.
    pub funds: i64,
    /// From confirmation to the deadline.
    pub days: i64,
    pub interim: Option<String>,
    pub rectified: String,
    pub accept: Vec<String>,
    pub returned: Option<String>,
    /// Stem of a drawing before and one after.
    pub photo: String,
    /// Small enough to be put right at once; has no full plan.
    #[serde(skip)]
    pub everyday: bool,
    #[serde(skip)]
    pub season: Season,
}

impl Texts {
    pub fn read() -> Outcome<Self> {
        let wrong = |file: &str, error: toml::de::Error| Failure::Broken(format!("{file}: {error}"));
        let mut texts: Self = toml::from_str(TEXTS.1).map_err(|error| wrong(TEXTS.0, error))?;
        let everyday: Everyday = toml::from_str(EVERYDAY.1).map_err(|error| wrong(EVERYDAY.0, error))?;
        texts.sayings = everyday.sayings;
        texts
            .hazard
            .extend(everyday.group.into_iter().flat_map(Group::texts));
        for text in &mut texts.hazard {
            text.season = Season::of(text);
        }
        Ok(texts)
    }
}

impl Text {
    pub fn fits(&self, kind: SubjectKind, scenes: &[String]) -> bool {
        self.kinds.contains(&kind) && self.scenes.iter().any(|scene| scenes.contains(scene))
    }

    pub fn has(&self, scenes: &[&str]) -> bool {
        self.scenes.iter().any(|scene| scenes.contains(&scene.as_str()))
    }
}

/// A drawing, made a file of its own for each hazard by a mark behind its end.
pub fn drawing(name: &str, mark: &str) -> Outcome<Bytes> {
    let drawing =
        Drawings::get(name).ok_or_else(|| Failure::Broken(format!("examples/demo/photos has no {name}")))?;
    let mut bytes = drawing.data.into_owned();
    bytes.extend_from_slice(format!("演示数据 {mark}").as_bytes());
    Ok(Bytes::from(bytes))
}
