//! The styles of a paper, in points and twips, by the names that an office finds in its list of styles.

use super::{package::W, xml::Xml};
use crate::model::{BODY_PT, CHARS_PER_LINE, Faces, LINES_PER_PAGE, ORGAN_BELOW_AREA, Page, twips};

/// 22 lines on 225 mm, rounded down so that the last one is not pushed to the next page.
pub const PITCH: u32 = twips(Page::Official.height()) / LINES_PER_PAGE;
/// Between characters of the text: 28 of 16 pt are 2 mm wider than 156 mm, so they stand a little closer. Twips, rounded away from 0.
/// A grid of characters would say the same, but editors differ in what they make of one.
pub const CLOSER: i32 = (twips(Page::Official.width()) as i32 - (CHARS_PER_LINE * BODY_PT * 20) as i32)
    / CHARS_PER_LINE as i32
    - 1;
const RED: &str = "FF0000";

/// Of the organ's mark: the standard asks for a size that is seen, larger than the title's; a long name gets a smaller one.
pub const ORGAN_PT: u32 = 48;

struct Style<'a> {
    id: &'static str,
    name: &'static str,
    face: &'a str,
    /// Half points.
    size: u32,
    /// Exact height of a line in twips; 0 for what the face needs.
    line: u32,
    before: u32,
    align: &'static str,
    /// Indent of the first line in characters.
    indent: u32,
    /// Space between characters in twips.
    closer: i32,
    colour: Option<&'static str>,
    /// Outline level, for headings.
    level: Option<u32>,
}

pub fn styles(faces: &Faces) -> String {
    let two = BODY_PT * 2;
    let style = |id, name, face, size| Style {
        id,
        name,
        face,
        size,
        line: PITCH,
        before: 0,
        align: "both",
        indent: 0,
        closer: if size == two { CLOSER } else { 0 },
        colour: None,
        level: None,
    };
    let heading = |id, name, face, level| Style {
        indent: 2,
        level: Some(level),
        ..style(id, name, face, two)
    };
    let list = [
        Style {
            align: "center",
            line: 0,
            before: twips(ORGAN_BELOW_AREA),
            colour: Some(RED),
            ..style("Organ", "发文机关标志", &faces.title, ORGAN_PT * 2)
        },
        Style {
            align: "center",
            ..style("Number", "发文字号", &faces.body, two)
        },
        // 二号.
        Style {
            align: "center",
            line: PITCH + PITCH / 5,
            ..style("PaperTitle", "公文标题", &faces.title, 44)
        },
        style("Addressee", "主送机关", &faces.body, two),
        heading("Heading1", "heading 1", &faces.first, 0),
        heading("Heading2", "heading 2", &faces.second, 1),
        heading("Heading3", "heading 3", &faces.body, 2),
        heading("Heading4", "heading 4", &faces.body, 3),
        Style {
            indent: 2,
            ..style("Text", "公文正文", &faces.body, two)
        },
        style("Attachments", "附件说明", &faces.body, two),
        style("AttachmentMark", "附件标识", &faces.first, two),
        Style {
            align: "right",
            ..style("Signature", "落款", &faces.body, two)
        },
        Style {
            indent: 2,
            ..style("Remark", "附注", &faces.body, two)
        },
        // 五号 in forms and lists, 小五 on sheets that have to stay one leaf.
        Style {
            line: 0,
            align: "left",
            ..style("FormLine", "表单行", &faces.body, 24)
        },
        Style {
            line: 0,
            align: "left",
            ..style("Cell", "表格文字", &faces.body, 21)
        },
        Style {
            line: 0,
            align: "center",
            ..style("CellLabel", "表格栏目", &faces.first, 21)
        },
        Style {
            line: 0,
            align: "left",
            ..style("CellDense", "表格文字（小）", &faces.body, 18)
        },
        Style {
            line: 0,
            align: "center",
            ..style("CellLabelDense", "表格栏目（小）", &faces.first, 18)
        },
        Style {
            line: 60,
            ..style("Gap", "间隔", &faces.body, 2)
        },
        Style {
            line: 0,
            align: "right",
            ..style("Head", "页眉", &faces.first, 18)
        },
        // 四号 宋体.
        Style {
            line: 0,
            ..style("Foot", "页码", &faces.figures, 28)
        },
        Style {
            line: super::foot::NOTE_HEIGHT,
            align: "left",
            colour: Some("595959"),
            ..style("FootNote", "数据出处", &faces.figures, 15)
        },
    ];
    Xml::document("w:styles", &[("xmlns:w", &W)], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    face(xml, &faces.body);
                    xml.val("w:sz", two);
                    xml.val("w:szCs", two);
                    xml.empty("w:lang", &[("w:val", &"en-US"), ("w:eastAsia", &"zh-CN")]);
                });
            });
            xml.empty("w:pPrDefault", &[]);
        });
        xml.element(
            "w:style",
            &[
                ("w:type", &"paragraph"),
                ("w:default", &1),
                ("w:styleId", &"Normal"),
            ],
            |xml| {
                xml.val("w:name", "Normal");
                xml.empty("w:qFormat", &[]);
            },
        );
        xml.element(
            "w:style",
            &[
                ("w:type", &"table"),
                ("w:default", &1),
                ("w:styleId", &"TableNormal"),
            ],
            |xml| {
                xml.val("w:name", "Normal Table");
                xml.element("w:tblPr", &[], |xml| {
                    xml.element("w:tblCellMar", &[], |xml| {
                        for (side, width) in
                            [("w:top", 28), ("w:left", 85), ("w:bottom", 28), ("w:right", 85)]
                        {
                            xml.empty(side, &[("w:w", &width), ("w:type", &"dxa")]);
                        }
                    });
                });
            },
        );
        list.iter().for_each(|style| write(xml, style));
    })
}

fn write(xml: &mut Xml, style: &Style) {
    xml.element(
        "w:style",
        &[("w:type", &"paragraph"), ("w:styleId", &style.id)],
        |xml| {
            xml.val("w:name", style.name);
            xml.val("w:basedOn", "Normal");
            xml.empty("w:qFormat", &[]);
            xml.element("w:pPr", &[], |xml| {
                if style.level.is_some() {
                    xml.empty("w:keepNext", &[]);
                }
                if style.line == 0 {
                    xml.val("w:snapToGrid", 0);
                    xml.empty("w:spacing", &[("w:before", &style.before), ("w:after", &0)]);
                } else {
                    let exact: [super::xml::Attribute; 4] = [
                        ("w:before", &style.before),
                        ("w:after", &0),
                        ("w:line", &style.line),
                        ("w:lineRule", &"exact"),
                    ];
                    xml.empty("w:spacing", &exact);
                }
                if style.indent > 0 {
                    let characters = style.indent * 100;
                    xml.empty(
                        "w:ind",
                        &[
                            ("w:firstLineChars", &characters),
                            ("w:firstLine", &(style.indent * style.size * 10)),
                        ],
                    );
                }
                xml.val("w:jc", style.align);
                if let Some(level) = style.level {
                    xml.val("w:outlineLvl", level);
                }
            });
            xml.element("w:rPr", &[], |xml| {
                face(xml, style.face);
                if let Some(colour) = style.colour {
                    xml.val("w:color", colour);
                }
                if style.closer != 0 {
                    xml.val("w:spacing", style.closer);
                }
                xml.val("w:sz", style.size);
                xml.val("w:szCs", style.size);
            });
        },
    );
}

/// Figures and letters in the face of the text: a paper set in 仿宋 has no Times in it.
fn face(xml: &mut Xml, name: &str) {
    xml.empty(
        "w:rFonts",
        &[
            ("w:ascii", &name),
            ("w:hAnsi", &name),
            ("w:eastAsia", &name),
            ("w:cs", &name),
        ],
    );
}

/// What an editor takes where it has not the face.
pub fn font_table(faces: &Faces) -> String {
    let instead = [
        (&faces.title, "宋体", "roman"),
        (&faces.body, "仿宋", "modern"),
        (&faces.second, "楷体", "modern"),
        (&faces.first, "SimHei", "modern"),
        (&faces.figures, "SimSun", "auto"),
    ];
    Xml::document("w:fonts", &[("xmlns:w", &W)], |xml| {
        for (at, (name, other, family)) in instead.iter().enumerate() {
            if instead[..at].iter().any(|(before, ..)| before == name) {
                continue;
            }
            xml.element("w:font", &[("w:name", name)], |xml| {
                xml.val("w:altName", other);
                xml.val("w:charset", "86");
                xml.val("w:family", family);
                xml.val("w:pitch", "default");
            });
        }
    })
}
