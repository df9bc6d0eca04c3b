//! The text of WordprocessingML: the main part of a DOCX, flat OPC, and Word 2003 XML, which share their elements.
//!
//! A paragraph is a line, a row of a table is a line with tabs between its cells. Deleted text, field codes and what is drawn are left
//! out. A DTD is refused, so there is no entity but the five of XML.

use quick_xml::{Reader, events::Event};

use super::Unreadable;

/// Depth beyond which a document is not one that Word wrote.
const DEEPEST: usize = 400;

pub(super) fn is(start: &str) -> bool {
    start.contains("<w:worddocument")
        || start.contains("<pkg:package")
        || start.contains("<w:document")
        || (start.starts_with("<?xml") && start.contains("progid=\"word.document\""))
}

#[derive(Default)]
struct Pen {
    out: String,
    cell: usize,
    /// Inside `w:t`, and outside of what is not shown.
    text: bool,
    hidden: usize,
}

impl Pen {
    fn end_paragraph(&mut self) {
        match self.cell {
            0 => self.out.push('\n'),
            _ => self.out.push(' '),
        }
    }

    fn trim_spaces(&mut self) {
        while self.out.ends_with(' ') {
            self.out.pop();
        }
    }
}

pub(super) fn text(xml: &str) -> Result<String, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut pen = Pen::default();
    let mut depth = 0usize;
    let flat = xml.contains("<pkg:package");
    // In flat OPC only the main part is the document; headers, styles and settings are others.
    let mut body = !flat;
    loop {
        let event = reader.read_event().map_err(|error| {
            Unreadable::Broken(format!("XML at byte {}: {error}", reader.error_position()))
        })?;
        match event {
            Event::DocType(_) => return Err(Unreadable::Entities),
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(Unreadable::Broken("nested too deeply".to_owned()));
                }
                match start.local_name().as_ref() {
                    "part" if flat => {
                        body = start.attributes().flatten().any(|attribute| {
                            attribute.key.local_name().as_ref() == "name"
                                && attribute.value.as_ref().ends_with("/word/document.xml")
                        });
                    }
                    "t" => pen.text = body && pen.hidden == 0,
                    "tc" if body => pen.cell += 1,
                    "del" | "instrText" | "delText" | "txbxContent" | "Fallback" | "fldData" | "binData"
                    | "sectPr" | "docPr" | "DocumentProperties" | "styles" | "fonts" | "lists" | "hdr"
                    | "ftr" | "footnote" | "endnote" | "comment" => pen.hidden += 1,
                    _ => {}
                }
            }
            Event::Empty(empty) if body && pen.hidden == 0 => match empty.local_name().as_ref() {
                "tab" => pen.out.push('\t'),
                "br" | "cr" => pen.end_paragraph(),
                "p" => pen.end_paragraph(),
                "noBreakHyphen" => pen.out.push('-'),
                _ => {}
            },
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match end.local_name().as_ref() {
                    "t" => pen.text = false,
                    "p" if body && pen.hidden == 0 => pen.end_paragraph(),
                    "tc" if body => {
                        pen.cell = pen.cell.saturating_sub(1);
                        pen.trim_spaces();
                        pen.out.push(if pen.cell == 0 { '\t' } else { ' ' });
                    }
                    "tr" if body && pen.cell == 0 => {
                        if pen.out.ends_with('\t') {
                            pen.out.pop();
                        }
                        pen.out.push('\n');
                    }
                    "del" | "instrText" | "delText" | "txbxContent" | "Fallback" | "fldData" | "binData"
                    | "sectPr" | "docPr" | "DocumentProperties" | "styles" | "fonts" | "lists" | "hdr"
                    | "ftr" | "footnote" | "endnote" | "comment" => pen.hidden = pen.hidden.saturating_sub(1),
                    _ => {}
                }
            }
            Event::Text(text) if pen.text => {
                pen.out.push_str(&text);
            }
            Event::CData(text) if pen.text => {
                pen.out.push_str(&text);
            }
            Event::GeneralRef(name) if pen.text => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    Ok(None) => match name.as_ref() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => return Err(Unreadable::Entities),
                    },
                    Err(_) => None,
                };
                pen.out.push(resolved.unwrap_or('\u{fffd}'));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth != 0 {
        return Err(Unreadable::Broken("the XML ends early".to_owned()));
    }
    Ok(pen.out)
}
