//! A paper as DOCX (ECMA-376, WordprocessingML): styles with names, so that an office goes on editing it as its own.
//!
//! The same paper gives the same bytes. Nothing is embedded, linked from elsewhere or computed on opening but page numbers.

mod body;
mod foot;
mod package;
mod section;
mod styles;
mod table;
mod xml;
mod zip;

use crate::model::{Faces, Paper};

pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub fn write(paper: &Paper, faces: &Faces) -> Vec<u8> {
    let mut zip = zip::Zip::default();
    // The first part is the one by which readers know what the archive is.
    zip.part("[Content_Types].xml", package::CONTENT_TYPES.as_bytes());
    zip.part("_rels/.rels", package::RELATIONS.as_bytes());
    zip.part("docProps/core.xml", package::properties(paper).as_bytes());
    zip.part("word/document.xml", body::document(paper).as_bytes());
    zip.part(
        "word/_rels/document.xml.rels",
        package::DOCUMENT_RELATIONS.as_bytes(),
    );
    zip.part("word/styles.xml", styles::styles(faces).as_bytes());
    zip.part("word/fontTable.xml", styles::font_table(faces).as_bytes());
    zip.part("word/settings.xml", package::settings().as_bytes());
    zip.part("word/header1.xml", foot::header(paper).as_bytes());
    zip.part(
        "word/footer1.xml",
        foot::footer(paper, foot::Side::Odd).as_bytes(),
    );
    zip.part(
        "word/footer2.xml",
        foot::footer(paper, foot::Side::Even).as_bytes(),
    );
    zip.finish()
}
