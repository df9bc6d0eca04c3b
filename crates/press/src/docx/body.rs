//! The blocks of a paper as paragraphs and tables, in the order and with the distances of GB/T 9704-2012, clause 7.

use super::{
    package::{R, W},
    section,
    styles::{ORGAN_PT, PITCH},
    table::table,
    xml::Xml,
};
use crate::{
    model::{Block, Level, Page, Paper, Part, RULE_BELOW_NUMBER, Signature, date_or_room, twips},
    text::{clean, half_widths},
};

pub fn document(paper: &Paper) -> String {
    Xml::document("w:document", &[("xmlns:w", &W), ("xmlns:r", &R)], |xml| {
        xml.element("w:body", &[], |xml| {
            let last = paper.parts.len().saturating_sub(1);
            for (at, part) in paper.parts.iter().enumerate() {
                blocks(xml, part);
                if at < last {
                    gap(xml, |xml| section::properties(xml, paper, part.page));
                } else {
                    gap(xml, |_| {});
                    section::properties(xml, paper, part.page);
                }
            }
            if paper.parts.is_empty() {
                section::properties(xml, paper, Page::Official);
            }
        });
    })
}

/// A paragraph that takes no room: two tables would grow together without one, and a page that ends with a table needs one.
fn gap(xml: &mut Xml, more: impl FnOnce(&mut Xml)) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.val("w:pStyle", "Gap");
            more(xml);
        });
    });
}

fn blocks(xml: &mut Xml, part: &Part) {
    for (at, block) in part.blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &part.blocks[before]);
        let signed = matches!(part.blocks.get(at + 1), Some(Block::Signature(_)));
        write(xml, part.page, before, block, signed);
    }
}

/// `signed`: the signature follows, and must not stand on a leaf of its own.
fn write(xml: &mut Xml, page: Page, before: Option<&Block>, block: &Block, signed: bool) {
    let letter = page != Page::Form;
    let held = |xml: &mut Xml| {
        if signed {
            xml.empty("w:keepNext", &[]);
        }
    };
    match block {
        Block::Organ(name) => organ(xml, page, name),
        Block::Number(number) if matches!(before, Some(Block::Organ(_))) => {
            let ruled = |xml: &mut Xml| {
                xml.element("w:pBdr", &[], |xml| {
                    // Distances of borders are in points.
                    let below = (RULE_BELOW_NUMBER * 72 * 10 / 254).to_string();
                    xml.empty(
                        "w:bottom",
                        &[
                            ("w:val", &"single"),
                            ("w:sz", &12),
                            ("w:space", &below),
                            ("w:color", &"FF0000"),
                        ],
                    );
                });
                xml.empty("w:spacing", &[("w:before", &(2 * PITCH))]);
            };
            paragraph(xml, "Number", ruled, number);
        }
        Block::Number(number) => paragraph(xml, "Number", |xml| xml.val("w:jc", "right"), number),
        Block::Title(title) => {
            let above = if letter && matches!(before, Some(Block::Number(_) | Block::Organ(_))) {
                2 * PITCH
            } else {
                0
            };
            let below = if letter { PITCH } else { PITCH / 3 };
            let spaced = |xml: &mut Xml| xml.empty("w:spacing", &[("w:before", &above), ("w:after", &below)]);
            paragraph(xml, "PaperTitle", spaced, title);
        }
        Block::Addressee(name) => paragraph(xml, "Addressee", |_| {}, &format!("{name}：")),
        Block::Heading(level, text) => paragraph(xml, heading(*level), |_| {}, text),
        Block::Paragraph(text) => paragraph(xml, "Text", held, text),
        Block::Line(parts) => paragraph(xml, "FormLine", |_| {}, &parts.join("　　")),
        Block::Table(content) => {
            if matches!(before, Some(Block::Table(_))) {
                gap(xml, |_| {});
            }
            table(xml, content);
        }
        Block::Attachments(names) => attachments(xml, names, signed),
        Block::AttachmentMark(text) => paragraph(xml, "AttachmentMark", |_| {}, text),
        Block::Signature(signature) => sign(xml, signature),
        Block::Note(text) => paragraph(xml, "Remark", held, &format!("（{text}）")),
    }
}

fn heading(level: Level) -> &'static str {
    match level {
        Level::First => "Heading1",
        Level::Second => "Heading2",
        Level::Third => "Heading3",
        Level::Fourth => "Heading4",
    }
}

/// On one line, however long the name is, down to the size of the title.
fn organ(xml: &mut Xml, page: Page, name: &str) {
    let points = twips(page.width()) / 20;
    let letters = u32::try_from(half_widths(name).div_ceil(2))
        .unwrap_or(u32::MAX)
        .max(1);
    let size = (points / letters).clamp(22, ORGAN_PT);
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "Organ"));
        sized_run(xml, (size < ORGAN_PT).then_some(size), name);
    });
}

/// One blank line after the text, two characters in; names under each other, so that their numbers hang.
fn attachments(xml: &mut Xml, names: &[String], signed: bool) {
    for (at, name) in names.iter().enumerate() {
        let (text, hanging) = match (at, names.len()) {
            (_, 1) => (format!("附件：{name}"), 3),
            (0, _) => (format!("附件：1. {name}"), 4),
            _ => (format!("{}. {name}", at + 1), 1),
        };
        let left = if at == 0 { 2 + hanging } else { 5 + hanging };
        let indent = |xml: &mut Xml| {
            if signed {
                xml.empty("w:keepNext", &[]);
            }
            xml.empty("w:spacing", &[("w:before", &(if at == 0 { PITCH } else { 0 }))]);
            let (left, hanging) = (left * 100, hanging * 100);
            let (left_twips, hanging_twips) = (left * 16 / 5, hanging * 16 / 5);
            let indent: [super::xml::Attribute; 4] = [
                ("w:leftChars", &left),
                ("w:left", &left_twips),
                ("w:hangingChars", &hanging),
                ("w:hanging", &hanging_twips),
            ];
            xml.empty("w:ind", &indent);
        };
        paragraph(xml, "Attachments", indent, &text);
    }
}

/// The date four characters in from the right, the organ centred above it, and both with the text before them: a leaf that
/// carries nothing but a seal is not a paper. Two lines above give the seal its place.
fn sign(xml: &mut Xml, signature: &Signature) {
    let date = date_or_room(&signature.date);
    let middle = 4 * 2 + half_widths(&date) / 2;
    let from_right = middle.saturating_sub(half_widths(&signature.organ) / 2);
    let indented = |half: usize, above: u32| {
        move |xml: &mut Xml| {
            xml.empty("w:keepNext", &[]);
            xml.empty("w:spacing", &[("w:before", &above)]);
            xml.empty(
                "w:ind",
                &[("w:rightChars", &(half * 50)), ("w:right", &(half * 160))],
            );
        }
    };
    if !signature.organ.is_empty() {
        paragraph(
            xml,
            "Signature",
            indented(from_right, 3 * PITCH),
            &signature.organ,
        );
    }
    let above = if signature.organ.is_empty() { 3 * PITCH } else { 0 };
    paragraph(xml, "Signature", indented(8, above), &date);
}

fn paragraph(xml: &mut Xml, style: &'static str, more: impl FnOnce(&mut Xml), text: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.val("w:pStyle", style);
            more(xml);
        });
        run(xml, text);
    });
}

/// Text with its line ends. An empty one writes nothing.
pub fn run(xml: &mut Xml, text: &str) {
    sized_run(xml, None, text);
}

/// `points` where the style's size does not do.
fn sized_run(xml: &mut Xml, points: Option<u32>, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if let Some(points) = points {
            xml.element("w:rPr", &[], |xml| {
                xml.val("w:sz", points * 2);
                xml.val("w:szCs", points * 2);
            });
        }
        for (at, line) in clean(text).split('\n').enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
        }
    });
}
