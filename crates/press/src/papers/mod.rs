//! The papers, one file each: a struct of plain facts, and the pure function that sets them as blocks.
//!
//! Facts are texts as they are to be read; an empty text is a blank on paper, for a pen. A paper counts and cuts what it is given so
//! that it stays readable, and says so where it does; it never judges, looks anything up or invents what is missing.

mod card_parts;
pub mod handover;
pub mod hazard_card;
pub mod recheck;
pub mod sign_off_sheet;

use crate::model::{Align, Cell, date_or_room};

/// A name and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// An opinion with whoever holds it; all empty while nobody has said anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opinion {
    pub text: String,
    /// Post and name: `汉滨区应急管理局 执法大队副大队长 赵明远`.
    pub who: String,
    /// `2026-11-24`
    pub day: String,
}

/// The box of a form for an opinion: the text, then at the right who did it in the system, room for signature and seal, and the date.
/// A name that a machine prints is no signature, so there is always room for one.
fn opinion_cell(opinion: &Opinion, most: usize) -> Cell {
    let by = (!opinion.who.is_empty()).then(|| (format!("经办人：{}　　", opinion.who), Align::End));
    let text = (crate::text::cut(&opinion.text, most), Align::Start);
    let signed = [
        ("签字：　　　　　　（盖章）　　　　".to_owned(), Align::End),
        (format!("{}　　", date_or_room(&opinion.day)), Align::End),
    ];
    Cell::lines(
        [text, (String::new(), Align::Start)]
            .into_iter()
            .chain(by)
            .chain(signed),
    )
}

fn or_room(text: &str) -> &str {
    if text.is_empty() { "　　　　　" } else { text }
}
