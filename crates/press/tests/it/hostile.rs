//! Texts that want to be more than text: whatever somebody types, the file opens and says no more than it should.

use press::{
    html,
    papers::{
        handover::{self, Handover, Problem},
        hazard_card::{self, HazardCard},
    },
};

use crate::see::{Document, written};

const HOSTILE: &str = "</w:t></w:r><w:r><w:fldSimple w:instr=\"INCLUDETEXT c:/x\"/><!-- ]]> & &amp; \u{0}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{202e}<script>alert('1')</script>";

fn card(text: &str) -> HazardCard {
    HazardCard {
        number: text.into(),
        description: text.into(),
        city: text.into(),
        due: text.into(),
        ..HazardCard::default()
    }
}

#[test]
fn markup_in_a_text_stays_text() {
    let paper = hazard_card::paper(&card(HOSTILE));
    for (part, xml) in written(&paper) {
        let document = Document::read(&xml);
        assert!(
            part.contains("footer") || document.all("w:fldSimple").next().is_none(),
            "{part}"
        );
        assert!(!xml.contains("INCLUDETEXT c:/x\"/"), "{part}");
    }
    let text = Document::read(&written(&paper)["word/document.xml"]).text;
    assert!(
        text.contains("</w:t></w:r><w:r>") && text.contains("&amp;"),
        "{text}"
    );
    let view = html::write(&paper);
    assert!(!view.contains("<script") && view.contains("&lt;script&gt;"));
}

/// Each character that there is, alone: the parser would refuse one that XML 1.0 does not know.
#[test]
fn every_character_is_either_printed_or_seen_to_be_missing() {
    let all: Vec<char> = ('\u{0}'..='\u{ffff}')
        .chain(['\u{10000}', '\u{1f525}', '\u{10ffff}'])
        .collect();
    for piece in all.chunks(4_000) {
        let text: String = piece.iter().collect();
        let problems = vec![Problem {
            description: text,
            ..Problem::default()
        }];
        let paper = handover::paper(&Handover {
            problems,
            ..Handover::default()
        });
        let xml = &written(&paper)["word/document.xml"];
        let allowed = |letter: char| matches!(letter, '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(xml.chars().all(allowed));
        Document::read(xml);
    }
}

#[test]
fn line_ends_are_line_ends_on_paper() {
    let paper = hazard_card::paper(&card("一\r\n二\n三"));
    assert!(
        Document::read(&written(&paper)["word/document.xml"])
            .text
            .contains("一\n二\n三")
    );
    assert!(html::write(&paper).contains("一<br>二<br>三"));
}

#[test]
fn a_text_without_end_ends() {
    let paper = handover::paper(&Handover {
        basis: "据".repeat(1_000_000),
        ..Handover::default()
    });
    assert!(written(&paper)["word/document.xml"].len() < 100_000);
}
