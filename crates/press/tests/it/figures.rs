//! The figures of GB/T 9704-2012, in the units of the file.

use press::{Faces, docx};

use crate::{
    samples::{handover, papers},
    see::{Document, parts, written},
};

fn letter() -> std::collections::BTreeMap<String, String> {
    written(&press::papers::handover::paper(&handover()))
}

#[test]
fn a_letter_has_the_margins_of_the_standard_and_its_list_the_same_turned() {
    let document = Document::read(&letter()["word/document.xml"]);
    let sizes: Vec<_> = document
        .all("w:pgSz")
        .map(|size| (size.number("w:w"), size.number("w:h")))
        .collect();
    assert_eq!(sizes, [(11906, 16838), (16838, 11906)]);
    let margins = document
        .all("w:pgMar")
        .map(|margin| ["w:top", "w:right", "w:bottom", "w:left"].map(|side| margin.number(side)));
    // 37, 26, 35, 28 mm; turned: 28, 37, 26, 35.
    assert_eq!(
        margins.collect::<Vec<_>>(),
        [[2098, 1474, 1984, 1587], [1587, 2098, 1474, 1984]]
    );
    assert!(document.all("w:pgSz").nth(1).unwrap().is("w:orient", "landscape"));
}

#[test]
fn twenty_two_lines_of_twenty_eight_characters_fit() {
    let styles = &letter()["word/styles.xml"];
    let text = styles
        .split("<w:style ")
        .find(|style| style.contains("\"Text\""))
        .unwrap()
        .trim_end_matches("</w:styles>");
    let text = Document::read(&format!("<w:style {text}"));
    let line = text
        .all("w:spacing")
        .find(|spacing| spacing.parent == "w:pPr")
        .unwrap();
    assert!(line.is("w:lineRule", "exact"));
    let pitch = line.number("w:line");
    assert!(
        pitch * 22 <= 16838 - 2098 - 1984 && pitch * 23 > 16838 - 2098 - 1984,
        "{pitch}"
    );
    assert_eq!(text.one("w:sz").number("w:val"), 32, "三号 is 16 points");
    let closer = text
        .all("w:spacing")
        .find(|spacing| spacing.parent == "w:rPr")
        .unwrap()
        .number("w:val");
    let area = 11906 - 1587 - 1474;
    assert!(
        (320 + closer) * 28 <= area && (320 + closer) * 29 > area,
        "{closer}"
    );
    let indent = text.one("w:ind");
    assert_eq!(
        (indent.number("w:firstLineChars"), indent.number("w:firstLine")),
        (200, 640)
    );
}

/// The style of a paragraph and the face and size that it gives.
fn face_of(styles: &Document, id: &str) -> (String, i64) {
    let at = styles
        .elements
        .iter()
        .position(|element| element.name == "w:style" && element.is("w:styleId", id))
        .unwrap();
    let after = &styles.elements[at..];
    let face = after
        .iter()
        .find(|element| element.name == "w:rFonts")
        .unwrap()
        .attributes["w:eastAsia"]
        .clone();
    (
        face,
        after
            .iter()
            .find(|element| element.name == "w:sz")
            .unwrap()
            .number("w:val"),
    )
}

#[test]
fn faces_and_sizes_are_those_of_the_standard_or_of_the_office() {
    let styles = Document::read(&letter()["word/styles.xml"]);
    for (style, face, half_points) in [
        ("PaperTitle", "方正小标宋简体", 44),
        ("Number", "仿宋_GB2312", 32),
        ("Text", "仿宋_GB2312", 32),
        ("Heading1", "黑体", 32),
        ("Heading2", "楷体_GB2312", 32),
        ("Heading3", "仿宋_GB2312", 32),
        ("Foot", "宋体", 28),
    ] {
        assert_eq!(face_of(&styles, style), (face.to_owned(), half_points), "{style}");
    }
    let faces = Faces {
        body: "FZFangSong".into(),
        ..Faces::default()
    };
    let parts = parts(&docx::write(&press::papers::handover::paper(&handover()), &faces));
    assert_eq!(
        face_of(&Document::read(&parts["word/styles.xml"]), "Text").0,
        "FZFangSong"
    );
    assert!(
        parts["word/fontTable.xml"].contains("FZFangSong")
            && !parts["word/fontTable.xml"].contains("仿宋_GB2312")
    );
}

#[test]
fn the_organ_stands_red_above_its_number_and_only_when_named() {
    let document = &letter()["word/document.xml"];
    let organ = document.find("示例市安全生产委员会办公室").unwrap();
    assert!(organ < document.find("示安办函〔2026〕12号").unwrap());
    let read = Document::read(document);
    assert!(
        read.one("w:pBdr").parent == "w:pPr"
            && read
                .all("w:bottom")
                .any(|rule| rule.is("w:color", "FF0000") && rule.is("w:space", "11"))
    );
    let mut unnamed = handover();
    unnamed.organ_mark = None;
    let parts = written(&press::papers::handover::paper(&unnamed));
    let read = Document::read(&parts["word/document.xml"]);
    assert!(
        read.all("w:pBdr").next().is_none() && !read.all("w:pStyle").any(|style| style.is("w:val", "Organ"))
    );
    assert!(read.text.contains("示安办函〔2026〕12号"), "the number stays");
}

#[test]
fn columns_keep_their_widths_and_fill_the_page() {
    for (name, paper) in papers() {
        let document = Document::read(&written(&paper)["word/document.xml"]);
        assert!(
            document
                .all("w:tblLayout")
                .all(|layout| layout.is("w:type", "fixed")),
            "{name}"
        );
        let tables: Vec<&press::model::Table> = paper
            .parts
            .iter()
            .flat_map(|part| &part.blocks)
            .filter_map(|block| {
                if let press::Block::Table(table) = block {
                    Some(table)
                } else {
                    None
                }
            })
            .collect();
        let grid: Vec<i64> = document
            .all("w:gridCol")
            .map(|column| column.number("w:w"))
            .collect();
        let meant: Vec<i64> = tables
            .iter()
            .flat_map(|table| &table.columns)
            .map(|width| i64::from(press::model::twips(*width)))
            .collect();
        assert_eq!(grid, meant, "{name}");
        for part in &paper.parts {
            for block in &part.blocks {
                if let press::Block::Table(table) = block {
                    assert_eq!(table.columns.iter().sum::<u32>(), part.page.width(), "{name}");
                }
            }
        }
    }
}

#[test]
fn each_row_of_a_table_adds_up_to_its_grid() {
    for (name, paper) in papers() {
        let xml = &written(&paper)["word/document.xml"];
        for table in xml.split("<w:tbl>").skip(1) {
            let columns = table.matches("<w:gridCol ").count();
            for row in table.split("<w:tr>").skip(1) {
                let spans: usize = row
                    .split("<w:gridSpan w:val=\"")
                    .skip(1)
                    .map(|rest| rest.split('"').next().unwrap().parse::<usize>().unwrap() - 1)
                    .sum();
                assert_eq!(row.matches("<w:tc>").count() + spans, columns, "{name}: {row}");
            }
        }
    }
}

#[test]
fn the_head_of_a_list_repeats_on_each_page_and_rows_are_not_torn() {
    let document = Document::read(&letter()["word/document.xml"]);
    assert_eq!(document.all("w:tblHeader").count(), 1);
    assert_eq!(document.all("w:cantSplit").count(), 24);
}

#[test]
fn page_numbers_stand_outside_between_dashes() {
    let parts = letter();
    assert!(
        Document::read(&parts["word/settings.xml"])
            .all("w:evenAndOddHeaders")
            .count()
            == 1
    );
    for (part, side) in [("word/footer1.xml", "right"), ("word/footer2.xml", "left")] {
        let footer = Document::read(&parts[part]);
        assert!(footer.text.starts_with("— 1 —"), "{}", footer.text);
        assert!(footer.one("w:fldSimple").is("w:instr", " PAGE ") && footer.one("w:jc").is("w:val", side));
    }
}

#[test]
fn the_foot_says_as_of_when_and_the_head_that_these_are_demonstration_data() {
    for (name, mut paper) in papers() {
        let parts = written(&paper);
        let foot = Document::read(&parts["word/footer1.xml"]).text;
        assert!(
            foot.contains("数据截至 2026-11-24 20:12") && foot.contains("存证序号 47881"),
            "{name}: {foot}"
        );
        assert!(
            Document::read(&parts["word/header1.xml"])
                .text
                .contains("演示数据"),
            "{name}"
        );
        paper.mark.demo = false;
        assert_eq!(
            Document::read(&written(&paper)["word/header1.xml"]).text.trim(),
            "",
            "{name}"
        );
    }
}
