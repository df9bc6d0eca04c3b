//! What a reading says. Offsets count Unicode characters of the document as decoded, ends are exclusive, dates are `YYYY-MM-DD`.
//!
//! The shapes are written down in docs/reading.md. Every list has an end; what is left off is counted in `left_off`.

use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Reading {
    pub document: Document,
    pub tasks: Vec<Task>,
    /// What the document says is wrong: kept as said, and no tasks.
    pub problems: Vec<Passage>,
    /// Everything else that was recognised: praise, background, what is quoted, courtesy.
    pub passages: Vec<Passage>,
    pub sections: Vec<Section>,
    /// What is broken in the file, and the repair that is proposed. Nothing of it is applied.
    pub damage: Vec<Damage>,
    /// What the document announces, or counts, and does not contain.
    pub missing: Vec<Missing>,
    /// The text that offsets count in; left out for plain text, where it is the file itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Entries that the lists above had no room for.
    pub left_off: usize,
}

#[derive(Debug, Clone, Serialize)]
pub struct Document {
    pub format: &'static str,
    pub encoding: &'static str,
    pub characters: usize,
    pub title: Option<String>,
    /// speech, instruction, minutes, feedback, approval, publication, plan, notice, report, regulation, news; none if unknown
    pub kind: Option<String>,
    pub kind_name: Option<String>,
    pub speaker: Option<String>,
    pub issuer: Option<String>,
    pub number: Option<String>,
    pub date: Option<String>,
    pub addressees: Vec<String>,
}

/// What kind of thing a task asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Action,
    Mechanism,
    Rectification,
    Report,
    /// A step of a plan with its own time
    Stage,
    /// An attitude or a principle: listed, without a light
    GeneralRequirement,
    /// The document ends inside it
    Truncated,
}

#[derive(Debug, Clone, Serialize)]
pub struct Task {
    /// From 1, in the order of the document
    pub number: usize,
    pub start: usize,
    pub end: usize,
    /// As it stands in the document
    pub text: String,
    pub heading_path: Vec<String>,
    pub kind: Kind,
    /// False for general requirements: nothing to measure, no light
    pub light: bool,
    /// Whoever answers for it, and how that is known
    pub lead: Vec<String>,
    pub lead_basis: LeadBasis,
    pub cooperating: Vec<String>,
    pub actors: Vec<String>,
    pub bodies: Bodies,
    /// Persons that a mark names
    pub leaders: Vec<String>,
    pub deadline: Option<Deadline>,
    pub cycle: Option<Cycle>,
    /// What it is about, in the document's words
    pub target: Option<String>,
    /// Its single steps, in the document's words
    pub measures: Vec<String>,
    pub report_to: Option<String>,
    /// The document's mark that says who and when, where there is one
    pub mark: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadBasis {
    /// 牵头单位：…, or a column of a table
    Mark,
    /// 由…负责, …牵头, 要求…
    Sentence,
    /// The subject of the sentence
    Subject,
    /// The subject of a sentence or heading before it
    Inherited,
    None,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Bodies {
    pub coordinate: Vec<String>,
    pub lead: Vec<String>,
    pub carry_out: Vec<String>,
    pub cooperate: Vec<String>,
    pub follow_up: Vec<String>,
}

/// The time by which, as said, and as a date where it is known: a day, or `from/to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    pub phrase: String,
    pub iso: Option<String>,
    /// All times that the task names, where it names several
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Due>,
    /// True where the time stands in a heading above
    pub inherited: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    pub phrase: String,
    pub iso: Option<String>,
}

/// How often, in the document's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cycle {
    pub phrase: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Passage {
    pub start: usize,
    pub end: usize,
    /// problem, praise, background, goal, purpose, quotation, courtesy, report, plan, rule
    pub kind: &'static str,
    pub text: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Section {
    pub start: usize,
    pub end: usize,
    pub level: usize,
    pub heading: String,
    /// chinese, bracketed, arabic, circled, ordinal, shi, yao, first, chapter, plain
    pub order: &'static str,
}

#[derive(Debug, Clone, Serialize)]
pub struct Damage {
    pub start: usize,
    pub end: usize,
    /// boilerplate, piece_mark, line_wrap, printed_twice, columns, changed_word, misquoted, cut
    pub kind: &'static str,
    pub found: String,
    /// The text to stand there instead, where there is one to propose
    pub proposed: Option<String>,
    pub confidence: f64,
    pub note: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// Where it is announced, or where the row of numbers breaks
    pub start: usize,
    pub end: usize,
    pub announced: String,
    pub expected: u32,
    pub found: u32,
    pub note: String,
}
