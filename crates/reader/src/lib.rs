//! A document in, tasks with their places out: speeches, plans, notices, minutes, feedback of inspections.
//!
//! [`read`] takes the bytes of a file, [`read_text`] a text. What comes back ([`Reading`]) points into the document as it was found:
//! offsets count Unicode characters, and nothing of the document is altered, damaged or not. Words and marks are data
//! (`data/reading/*.toml`); the rules are about how such documents are worded, never about one document.
//! Never here: a store, a web, a clock, a model, a network, a repair that was applied, a name that the text does not hold.
//! Work and memory grow with the length of the document and no faster; what comes from outside never makes it panic.

mod announced;
mod bodies;
mod build;
mod cues;
mod damage;
mod deadline;
mod facts;
mod input;
mod judge;
mod outline;
mod reading;
mod segment;
mod table;
mod text;
mod view;
mod words;

pub use input::{LARGEST, Source, Unreadable};
pub use reading::{
    Bodies, Cycle, Damage, Deadline, Document, Due, Kind, LeadBasis, Missing, Passage, Reading, Section, Task,
};

/// Reads a file of any kind that is known: plain text (UTF-8, GB18030), DOCX, HTML, Word XML.
pub fn read(bytes: &[u8]) -> Result<Reading, Unreadable> {
    Ok(build::reading(&input::open(bytes)?))
}

/// Reads a text that is already decoded.
pub fn read_text(text: &str) -> Result<Reading, Unreadable> {
    Ok(build::reading(&input::from_text(text)?))
}
