//! Whatever comes: no panic, every place inside the document, no more output than the document has reason for, no more time than its
//! length explains.

use proptest::prelude::*;
use reader::{Reading, read, read_text};

use crate::documents::text;

const NAMES: [&str; 6] = ["broken", "feedback", "minutes", "notice", "plan", "opinion"];
const PIECES: [&str; 22] = [
    "一、",
    "（一）",
    "1.",
    "（",
    "）",
    "“",
    "。",
    "\n",
    "；",
    "各单位要",
    "（责任单位：市应急局）",
    "责任单位：",
    "2026年2月30日前",
    "第一，",
    "一是",
    "\t",
    "|",
    "平安生产",
    "请",
    "由",
    "如下：",
    "附件",
];

fn sound(reading: &Reading, characters: usize) -> Result<(), TestCaseError> {
    let inside = |start: usize, end: usize| start <= end && end <= characters;
    prop_assert_eq!(reading.document.characters, characters);
    for task in &reading.tasks {
        prop_assert!(
            inside(task.start, task.end) && task.start < task.end,
            "{:?}",
            task
        );
    }
    prop_assert!(
        reading
            .tasks
            .windows(2)
            .all(|pair| pair[0].start <= pair[1].start)
    );
    prop_assert!(
        reading
            .problems
            .iter()
            .chain(&reading.passages)
            .all(|passage| inside(passage.start, passage.end))
    );
    prop_assert!(
        reading
            .sections
            .iter()
            .all(|section| inside(section.start, section.end))
    );
    prop_assert!(
        reading
            .damage
            .iter()
            .all(|damage| inside(damage.start, damage.end))
    );
    prop_assert!(
        reading
            .missing
            .iter()
            .all(|missing| inside(missing.start, missing.end))
    );
    prop_assert!(reading.tasks.len() <= characters && reading.missing.len() <= 100);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn documents_cut_and_pasted(name in prop::sample::select(&NAMES[..]), edits in prop::collection::vec((0.0..1.0f64, 0..40usize, prop::sample::select(&PIECES[..])), 0..40)) {
        let mut chars: Vec<char> = text(name).chars().collect();
        for (place, take, piece) in edits {
            let at = (place * chars.len() as f64) as usize;
            let end = (at + take).min(chars.len());
            chars.splice(at..end, piece.chars());
        }
        let document: String = chars.iter().collect();
        if let Ok(reading) = read_text(&document) {
            sound(&reading, chars.len())?;
        }
    }

    #[test]
    fn pieces_in_any_order(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..300)) {
        let document = pieces.concat();
        if let Ok(reading) = read_text(&document) {
            sound(&reading, document.chars().count())?;
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"<html>", b"<?xml?><w:document>", b"\xFF\xFE"])) {
        let file = [start, &bytes].concat();
        if let Ok(reading) = read(&file) {
            let characters = reading.document.characters;
            sound(&reading, characters)?;
        }
    }

    #[test]
    fn the_same_document_gives_the_same_reading(name in prop::sample::select(&NAMES[..])) {
        let document = text(name);
        let print = || serde_json::to_string(&read_text(&document).expect("readable")).expect("JSON");
        prop_assert_eq!(print(), print());
    }
}

/// Shapes that make careless readers square or worse: one long line of each.
#[test]
fn monotonous_documents_end() {
    for piece in [
        "（",
        "“",
        "1、",
        "各单位要，",
        "一是",
        "。",
        "2026年",
        "平安生产",
        "由",
        "<",
        "责任单位：",
        "\n1、安全",
        "，",
        "软件公司承诺1月6日完成。",
    ] {
        let document = piece.repeat(400_000 / piece.len());
        if let Ok(reading) = read_text(&document) {
            assert!(
                reading.tasks.len() <= 20_000 && reading.damage.len() <= 20_000,
                "{piece}"
            );
        }
    }
}
