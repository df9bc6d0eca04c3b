//! The page of a part: paper, margins, the grid of lines, and what stands at head and foot.

use super::{
    foot::NOTE_HEIGHT,
    package::{FOOTER_EVEN, FOOTER_ODD, HEADER},
    styles::PITCH,
    xml::Xml,
};
use crate::model::{Page, Paper, SIGN_BELOW_AREA, twips};

/// Height of the line with the page number; its dashes stand in the middle.
pub const SIGN_LINE: u32 = 360;

pub fn properties(xml: &mut Xml, paper: &Paper, page: Page) {
    xml.element("w:sectPr", &[], |xml| {
        for side in ["even", "default"] {
            xml.empty("w:headerReference", &[("w:type", &side), ("r:id", &HEADER)]);
        }
        xml.empty(
            "w:footerReference",
            &[("w:type", &"even"), ("r:id", &FOOTER_EVEN)],
        );
        xml.empty(
            "w:footerReference",
            &[("w:type", &"default"), ("r:id", &FOOTER_ODD)],
        );
        xml.val("w:type", "nextPage");
        let (width, height) = page.size();
        let turned = if width > height { "landscape" } else { "portrait" };
        xml.empty(
            "w:pgSz",
            &[
                ("w:w", &twips(width)),
                ("w:h", &twips(height)),
                ("w:orient", &turned),
            ],
        );
        let margins = page.margins();
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &twips(margins.top)),
                ("w:right", &twips(margins.right)),
                ("w:bottom", &twips(margins.bottom)),
                ("w:left", &twips(margins.left)),
                ("w:header", &twips(margins.top / 2 - 2)),
                ("w:footer", &foot(paper, page)),
                ("w:gutter", &0),
            ],
        );
        if page == Page::Official {
            xml.empty("w:docGrid", &[("w:type", &"lines"), ("w:linePitch", &PITCH)]);
        }
    });
}

/// From the edge of the paper to the lowest line of the foot.
fn foot(paper: &Paper, page: Page) -> u32 {
    let note = if paper.mark.line().is_empty() {
        0
    } else {
        NOTE_HEIGHT
    };
    if page == Page::Form {
        return twips(6);
    }
    let bottom = twips(page.margins().bottom);
    bottom.saturating_sub(twips(SIGN_BELOW_AREA) + SIGN_LINE / 2 + note)
}
