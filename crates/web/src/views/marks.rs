//! Small things that stand in many places: a deadline with its light, a severity, a photo, a file.
//!
//! A light is never a colour alone: template and stylesheet give each its own shape and word.

/// How near a deadline is. The colours mean what they mean in the field and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Light {
    #[default]
    Clear,
    /// Within the week.
    Blue,
    /// Within three days.
    Yellow,
    /// Due today.
    Orange,
    /// Past.
    Red,
}

impl Light {
    pub fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Blue => "blue",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
        }
    }
}

/// How many rows a list has: exactly, or so many at least where counting stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub n: u64,
    pub at_least: bool,
}

impl Count {
    pub fn is_nil(&self) -> bool {
        self.n == 0
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}{}", self.n, if self.at_least { "+" } else { "" })
    }
}

#[derive(Clone, Debug, Default)]
pub struct Due {
    /// `剩 2 天 3 小时`, `超期 5 天`; see `Words::time_left`.
    pub text: String,
    /// `2026-11-25 24:00`.
    pub full: String,
    pub at_ms: i64,
    pub light: Light,
}

/// The two fields that are never derived from each other.
#[derive(Clone, Debug, Default)]
pub struct Severity {
    /// `general`, `serious`, `suspected_major`.
    pub initial_level: String,
    /// `pending`, `not_major`, `major`.
    pub determination: String,
}

impl Severity {
    pub fn is_major(&self) -> bool {
        self.determination == "major"
    }

    pub fn is_suspected(&self) -> bool {
        self.initial_level == "suspected_major" && self.determination == "pending"
    }

    /// Suspected once, and a person decided that it is not.
    pub fn is_cleared(&self) -> bool {
        self.initial_level == "suspected_major" && self.determination == "not_major"
    }
}

#[derive(Clone, Debug, Default)]
pub struct Photo {
    pub href: String,
    /// A small rendition; may equal `href`.
    pub thumbnail: String,
    /// What it shows: read aloud and printed beneath.
    pub caption: String,
    /// `11-20 09:14 拍摄`.
    pub taken: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub struct FileLink {
    pub href: String,
    pub name: String,
    /// `1.2 MB`.
    pub size: String,
}

/// A person as the field names one: by name and post, never by account.
#[derive(Clone, Debug, Default)]
pub struct Who {
    pub person: String,
    pub post: String,
}
