//! The package: whole, well-formed, nothing missing that it names, and the same bytes for the same facts.

use std::collections::BTreeSet;

use press::{Faces, Paper, docx};

use crate::{
    samples::{blanks, papers},
    see::{Document, parts, written},
};

#[test]
fn every_part_is_well_formed_and_every_part_named_is_there() {
    for (name, paper) in papers().into_iter().chain(blanks()) {
        let parts = written(&paper);
        for (part, xml) in &parts {
            assert!(!Document::read(xml).elements.is_empty(), "{name} {part}");
        }
        let types = Document::read(&parts["[Content_Types].xml"]);
        for part in types.all("Override") {
            assert!(
                parts.contains_key(&part.attributes["PartName"][1..]),
                "{name}: {part:?}"
            );
        }
        let relations = Document::read(&parts["word/_rels/document.xml.rels"]);
        let mut known = BTreeSet::new();
        for relation in relations.all("Relationship") {
            assert!(
                parts.contains_key(&format!("word/{}", relation.attributes["Target"])),
                "{name}: {relation:?}"
            );
            known.insert(relation.attributes["Id"].clone());
        }
        let document = Document::read(&parts["word/document.xml"]);
        for used in document
            .elements
            .iter()
            .filter_map(|element| element.attributes.get("r:id"))
        {
            assert!(known.contains(used), "{name} uses {used}");
        }
    }
}

#[test]
fn every_style_in_use_is_one_of_the_styles() {
    for (name, paper) in papers() {
        let parts = written(&paper);
        let styles = Document::read(&parts["word/styles.xml"]);
        let known: BTreeSet<&String> = styles
            .all("w:style")
            .map(|style| &style.attributes["w:styleId"])
            .collect();
        for part in [
            "word/document.xml",
            "word/header1.xml",
            "word/footer1.xml",
            "word/footer2.xml",
        ] {
            for used in Document::read(&parts[part]).all("w:pStyle") {
                assert!(
                    known.contains(&used.attributes["w:val"]),
                    "{name} {part}: {used:?}"
                );
            }
        }
    }
}

/// Nothing between two tables, or after the last one, is what an editor calls damage.
#[test]
fn a_paragraph_stands_between_tables_and_after_the_last() {
    for (name, paper) in papers() {
        let xml = &written(&paper)["word/document.xml"];
        assert!(
            !xml.contains("</w:tbl><w:tbl>") && !xml.contains("</w:tbl><w:sectPr>"),
            "{name}"
        );
        assert!(
            !xml.contains("</w:tcPr></w:tc>"),
            "{name} has a cell without a paragraph"
        );
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_and_other_facts_do_not() {
    let (once, again) = (papers(), papers());
    for ((name, one), (_, other)) in once.iter().zip(&again) {
        let bytes = docx::write(one, &Faces::default());
        assert_eq!(bytes, docx::write(other, &Faces::default()), "{name}");
        let mut later = one.clone();
        later.mark.as_of = "2026-11-24 20:13".into();
        assert_ne!(bytes, docx::write(&later, &Faces::default()), "{name}");
    }
}

#[test]
fn a_paper_of_nothing_still_opens() {
    let parts = parts(&docx::write(&Paper::default(), &Faces::default()));
    assert_eq!(
        Document::read(&parts["word/document.xml"])
            .all("w:sectPr")
            .count(),
        1
    );
}
