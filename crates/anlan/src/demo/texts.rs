//! What the demo city's people say, from examples/demo/hazards.toml, and the drawings they attach.

use app::directory::load_subjects::SubjectRow;
use bytes::Bytes;
use domain::{
    hazard::{Determination, InitialLevel},
    subject::SubjectKind,
};
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::Stop;

const TEXTS: (&str, &str) = ("examples/demo/hazards.toml", include_str!("../../../../examples/demo/hazards.toml"));

#[derive(RustEmbed)]
#[folder = "../../examples/demo/photos"]
struct Drawings;

#[derive(Debug, Deserialize)]
pub struct Texts {
    pub opinions: Opinions,
    pub hazard: Vec<Text>,
}

#[derive(Debug, Deserialize)]
pub struct Opinions {
    pub returned: Vec<String>,
    pub city_returned: Vec<String>,
    pub sign_off: Vec<String>,
    pub void: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Text {
    kinds: Vec<SubjectKind>,
    scenes: Vec<String>,
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
    photo: String,
}

impl Texts {
    pub fn read() -> Result<Self, Stop> {
        toml::from_str(TEXTS.1).map_err(|error| Stop::new(format!("{}: {error}", TEXTS.0), "correct the file and build again"))
    }

    pub fn fitting(&self, subject: &SubjectRow) -> Vec<&Text> {
        self.hazard.iter().filter(|text| text.fits(subject)).collect()
    }
}

impl Text {
    fn fits(&self, subject: &SubjectRow) -> bool {
        self.kinds.contains(&subject.kind) && self.scenes.iter().any(|scene| subject.scenes.contains(scene))
    }

    /// The drawing before or after, made a file of its own for each hazard by a mark behind its end.
    pub fn drawing(&self, when: &str, mark: &str) -> Option<(String, Bytes)> {
        let name = format!("{}-{when}.png", self.photo);
        let drawing = Drawings::get(&name)?;
        let mut bytes = drawing.data.into_owned();
        bytes.extend_from_slice(format!("演示数据 {mark}").as_bytes());
        let shown = if when == "before" { "整改前" } else { "整改后" };
        Some((format!("{shown}-{mark}.png"), Bytes::from(bytes)))
    }
}
