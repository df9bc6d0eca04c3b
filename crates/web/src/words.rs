//! The message catalogue: every word a user reads, in Chinese and in English.
//!
//! Keys are flat (`stage.reported`); a family (`stage`) with a code (`reported`) is looked up with
//! [`Words::of`], so that codes from the domain need no translation table elsewhere.
//! A key that is missing shows as itself, which the template tests refuse on every sample page.
//! Never here: words that belong to one city (names of agencies, number series); those are data.

mod duration;

use std::collections::BTreeMap;
use std::sync::LazyLock;

const ZH: &str = include_str!("../messages/zh.toml");
const EN: &str = include_str!("../messages/en.toml");

static CATALOGUES: LazyLock<[BTreeMap<String, String>; 2]> = LazyLock::new(|| {
    [ZH, EN].map(|text| {
        toml::from_str(text).expect("the catalogue is a flat table of strings, see tests/words.rs")
    })
});

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// `zh` or `en`, as in the cookie and the `lang` parameter.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// For the `lang` attribute of the page.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// The catalogue in one language. Copied freely: it is a tag, the texts are static.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Words {
    language: Language,
}

impl Words {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    pub fn language(self) -> Language {
        self.language
    }

    fn catalogue(self) -> &'static BTreeMap<String, String> {
        &CATALOGUES[self.language as usize]
    }

    /// The text under `key`, or the key itself where the catalogue has none.
    pub fn get(self, key: &str) -> &str {
        self.catalogue().get(key).map_or(key, String::as_str)
    }

    /// The word of a code within a family: `of("stage", "reported")`.
    pub fn of(self, family: &str, code: &str) -> String {
        let key = format!("{family}.{code}");
        self.catalogue().get(&key).cloned().unwrap_or(key)
    }

    pub fn has(self, key: &str) -> bool {
        self.catalogue().contains_key(key)
    }

    /// The text under `key` with each `{name}` replaced by its value.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        values
            .iter()
            .fold(self.get(key).to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{name}}}"), value)
            })
    }

    /// [`Words::fill`] with the one value `n`, for counts in templates.
    pub fn count(self, key: &str, n: impl std::fmt::Display) -> String {
        self.fill(key, &[("n", &n.to_string())])
    }

    /// Every key, for tests that compare catalogues and templates.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.catalogue().keys().map(String::as_str)
    }
}
