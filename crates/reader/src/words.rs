//! The word lists of `data/reading`, read once. A list that cannot be read stops the program at its first use, as a broken build
//! would: the files are part of the program.

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub modal: Vec<String>,
    pub demand: Vec<String>,
    pub neither: Vec<String>,
    pub past: Vec<String>,
    pub looking_back: Vec<String>,
    pub problem: Vec<String>,
    pub problems_open: Vec<String>,
    pub quoted: Vec<String>,
    pub quoting: Vec<String>,
    pub speaking: Vec<String>,
    pub purpose: Vec<String>,
    pub courtesy: Vec<String>,
    pub attendance: Vec<String>,
    pub plans: Vec<String>,
    pub opener: Vec<String>,
    pub adverb: Vec<String>,
    pub verb: Vec<String>,
    pub body_end: Vec<String>,
    pub body_start: Vec<String>,
    pub role: Roles,
    pub kind: Vec<KindWords>,
    pub general: General,
    pub mechanism: Mechanism,
    pub report: Verbs,
    pub rectification: Listed,
    pub time: Times,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Times {
    pub immediate: Vec<String>,
    pub festivals: Vec<String>,
    pub events: Vec<String>,
    pub cycles: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Roles {
    pub work: Vec<String>,
    pub goal: Vec<String>,
    pub background: Vec<String>,
    pub problem: Vec<String>,
    pub aside: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KindWords {
    pub id: String,
    pub name: String,
    pub titles: Vec<String>,
    pub orders: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct General {
    pub words: Vec<String>,
    pub concrete: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mechanism {
    pub verbs: Vec<String>,
    pub objects: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Verbs {
    pub verbs: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Listed {
    pub words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Marks {
    pub label: Vec<Label>,
    pub tail: Vec<Tail>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    pub relation: Relation,
    pub labels: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tail {
    pub relation: Relation,
    pub words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Relation {
    Lead,
    CarryOut,
    Cooperate,
    Coordinate,
    FollowUp,
    Leader,
    Due,
    Measure,
    Target,
    Problem,
    Other,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sites {
    pub names: Vec<String>,
    pub lines: Vec<Vec<String>>,
    pub tail: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrases {
    pub word: Vec<Changed>,
    pub fixed: Vec<Fixed>,
    pub canonical: Canonical,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Changed {
    pub found: String,
    pub proposed: String,
    pub confidence: f64,
    pub elsewhere: f64,
    pub sure: Vec<String>,
    pub genuine: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fixed {
    pub found: String,
    pub proposed: String,
    pub confidence: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Canonical {
    pub confidence: f64,
    pub phrases: Vec<String>,
}

fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> T {
    toml::from_str(text).unwrap_or_else(|error| panic!("data/reading/{file}: {error}"))
}

pub(crate) static WORDS: LazyLock<Words> =
    LazyLock::new(|| read("words.toml", include_str!("../../../data/reading/words.toml")));
pub(crate) static MARKS: LazyLock<Marks> =
    LazyLock::new(|| read("bodies.toml", include_str!("../../../data/reading/bodies.toml")));
pub(crate) static SITES: LazyLock<Sites> =
    LazyLock::new(|| read("sites.toml", include_str!("../../../data/reading/sites.toml")));
pub(crate) static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| read("phrases.toml", include_str!("../../../data/reading/phrases.toml")));
