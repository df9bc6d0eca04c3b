//! What the demo city's people say, from examples/demo/hazards.toml, and the drawings they attach.

use app::{Failure, Outcome};
use bytes::Bytes;
use domain::{
    hazard::{Determination, InitialLevel},
    subject::SubjectKind,
};
use rust_embed::RustEmbed;
use serde::Deserialize;

const TEXTS: (&str, &str) = (
    "examples/demo/hazards.toml",
    include_str!("../../../../examples/demo/hazards.toml"),
);

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
}

impl Texts {
    pub fn read() -> Outcome<Self> {
        toml::from_str(TEXTS.1).map_err(|error| Failure::Broken(format!("{}: {error}", TEXTS.0)))
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
