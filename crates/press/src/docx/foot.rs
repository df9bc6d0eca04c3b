//! Head and foot of each page: the mark of demonstration data, the page number, and the moment and record the facts come from.

use super::{
    package::{R, W},
    section::SIGN_LINE,
    xml::Xml,
};
use crate::model::Paper;

/// Height of the line under the page number.
pub const NOTE_HEIGHT: u32 = 240;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Odd,
    Even,
}

pub fn header(paper: &Paper) -> String {
    Xml::document("w:hdr", &[("xmlns:w", &W), ("xmlns:r", &R)], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "Head"));
            if paper.mark.demo {
                xml.element("w:r", &[], |xml| {
                    xml.element("w:rPr", &[], |xml| {
                        xml.empty("w:b", &[]);
                        xml.empty(
                            "w:bdr",
                            &[
                                ("w:val", &"single"),
                                ("w:sz", &8),
                                ("w:space", &1),
                                ("w:color", &"000000"),
                            ],
                        );
                    });
                    xml.element("w:t", &[("xml:space", &"preserve")], |xml| {
                        xml.text(&format!(" {} ", crate::Mark::DEMO))
                    });
                });
            }
        });
    })
}

/// `— 1 —`, one character in from the outer edge.
pub fn footer(paper: &Paper, side: Side) -> String {
    Xml::document("w:ftr", &[("xmlns:w", &W), ("xmlns:r", &R)], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.val("w:pStyle", "Foot");
                xml.empty("w:spacing", &[("w:line", &SIGN_LINE), ("w:lineRule", &"exact")]);
                match side {
                    Side::Odd => xml.empty("w:ind", &[("w:rightChars", &100), ("w:right", &280)]),
                    Side::Even => xml.empty("w:ind", &[("w:leftChars", &100), ("w:left", &280)]),
                }
                xml.val("w:jc", if side == Side::Odd { "right" } else { "left" });
            });
            word(xml, "— ");
            xml.element("w:fldSimple", &[("w:instr", &" PAGE ")], |xml| word(xml, "1"));
            word(xml, " —");
        });
        let line = paper.mark.line();
        if !line.is_empty() {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "FootNote"));
                word(xml, &line);
            });
        }
    })
}

fn word(xml: &mut Xml, text: &str) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(text));
    });
}
