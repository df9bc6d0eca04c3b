//! A table in WordprocessingML: fixed widths, a head that repeats, rows that are not torn between pages.

use super::{body::run, xml::Xml};
use crate::model::{Align, Cell, Kind, Line, Placed, Table, twips};

pub fn table(xml: &mut Xml, table: &Table) {
    if table.columns.is_empty() {
        return;
    }
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            let width: u32 = table.columns.iter().map(|width| twips(*width)).sum();
            xml.empty("w:tblW", &[("w:w", &width), ("w:type", &"dxa")]);
            xml.val("w:jc", "center");
            xml.element("w:tblBorders", &[], |xml| {
                for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    xml.empty(
                        side,
                        &[
                            ("w:val", &"single"),
                            ("w:sz", &4),
                            ("w:space", &0),
                            ("w:color", &"000000"),
                        ],
                    );
                }
            });
            xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in &table.columns {
                xml.empty("w:gridCol", &[("w:w", &twips(*width))]);
            }
        });
        for (at, placed) in table.placed().iter().enumerate() {
            xml.element("w:tr", &[], |xml| {
                xml.element("w:trPr", &[], |xml| {
                    xml.empty("w:cantSplit", &[]);
                    let least = table.rows[at].least;
                    if least > 0 {
                        xml.empty("w:trHeight", &[("w:val", &twips(least)), ("w:hRule", &"atLeast")]);
                    }
                    if at < table.head {
                        xml.empty("w:tblHeader", &[]);
                    }
                });
                placed.iter().for_each(|placed| cell(xml, table, placed));
            });
        }
    });
}

fn cell(xml: &mut Xml, table: &Table, placed: &Placed) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty(
                "w:tcW",
                &[("w:w", &twips(table.width_of(placed))), ("w:type", &"dxa")],
            );
            if placed.across > 1 {
                xml.val("w:gridSpan", placed.across);
            }
            if placed.covered {
                xml.empty("w:vMerge", &[]);
            } else if placed.down > 1 {
                xml.val("w:vMerge", "restart");
            }
            xml.val("w:vAlign", "center");
        });
        let lines = placed.cell.map_or(&[][..], |cell| &cell.lines);
        let blank = Line::default();
        let lines = if lines.is_empty() {
            std::slice::from_ref(&blank)
        } else {
            lines
        };
        for line in lines {
            paragraph(xml, table, placed.cell, line);
        }
    });
}

fn paragraph(xml: &mut Xml, table: &Table, cell: Option<&Cell>, line: &Line) {
    let style = match (cell.map(|cell| cell.kind), table.dense) {
        (Some(Kind::Label), false) => "CellLabel",
        (Some(Kind::Label), true) => "CellLabelDense",
        (_, false) => "Cell",
        (_, true) => "CellDense",
    };
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.val("w:pStyle", style);
            match line.align {
                Align::Start => {}
                Align::Centre => xml.val("w:jc", "center"),
                Align::End => xml.val("w:jc", "right"),
            }
        });
        run(xml, &line.text);
    });
}
