//! Files of every kind, and files that are none.

use std::io::{Cursor, Write};

use reader::{Unreadable, read};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::documents::text;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn paragraphs(text: &str) -> String {
    text.lines()
        .map(|line| {
            format!(
                "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escaped(line)
            )
        })
        .collect()
}

fn main_part(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"
    )
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("a package").into_inner()
}

fn spans(reading: &reader::Reading) -> Vec<String> {
    reading.tasks.iter().map(|task| task.text.clone()).collect()
}

#[test]
fn one_text_in_every_format_gives_the_same_tasks() {
    let text = text("minutes");
    let plain = read(text.as_bytes()).expect("readable");
    assert!(!plain.tasks.is_empty() && plain.text.is_none());

    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let gb = read(&gb).expect("GB18030");
    assert_eq!((gb.document.encoding, spans(&gb)), ("GB18030", spans(&plain)));

    let docx = read(&package(&[(
        "word/document.xml",
        main_part(&paragraphs(&text)).as_bytes(),
    )]))
    .expect("DOCX");
    assert_eq!((docx.document.format, spans(&docx)), ("docx", spans(&plain)));

    let flat = format!(
        "<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"p\"><pkg:part pkg:name=\"/word/header1.xml\"><pkg:xmlData><w:hdr xmlns:w=\"w\"><w:p><w:r><w:t>请各单位删除</w:t></w:r></w:p></w:hdr></pkg:xmlData></pkg:part><pkg:part pkg:name=\"/word/document.xml\"><pkg:xmlData>{}</pkg:xmlData></pkg:part></pkg:package>",
        main_part(&paragraphs(&text)).trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    );
    let flat = read(flat.as_bytes()).expect("flat OPC");
    assert_eq!((flat.document.format, spans(&flat)), ("word_xml", spans(&plain)));

    let html: String = text
        .lines()
        .map(|line| format!("<p>{}</p>\n", escaped(line)))
        .collect();
    let html = format!(
        "<!DOCTYPE html><html><head><title>请各单位删除</title><script>var x = '<p>';</script></head><body>{html}</body></html>"
    );
    let html = read(html.as_bytes()).expect("HTML");
    assert_eq!(html.document.format, "html");
    assert_eq!(spans(&html), spans(&plain));
    assert!(html.text.is_some());
}

#[test]
fn a_table_of_word_is_a_table() {
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 4]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(["序号", "重点任务", "责任单位", "完成时限"]),
        row([
            "1",
            "排查城区老旧燃气管网并建立台账",
            "市住建局",
            "2026年12月底前"
        ])
    );
    let reading = read(&package(&[("word/document.xml", main_part(&table).as_bytes())])).expect("DOCX");
    let [task] = reading.tasks.as_slice() else {
        panic!("one task: {:?}", reading.tasks);
    };
    assert_eq!(task.text, "排查城区老旧燃气管网并建立台账");
    assert_eq!(task.lead, ["市住建局"]);
    assert_eq!(
        task.deadline
            .as_ref()
            .and_then(|deadline| deadline.iso.as_deref()),
        Some("2026-12-31")
    );
}

#[test]
fn what_is_no_document_is_told_why() {
    let refused = |bytes: &[u8]| read(bytes).expect_err("refused").code();
    assert_eq!(refused(b""), "empty");
    assert_eq!(refused("　\n \u{feff}".as_bytes()), "empty");
    assert_eq!(refused(b"%PDF-1.7 x"), "format");
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), "format");
    let mut locked = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&locked), "encrypted");
    assert_eq!(refused(&[0, 1, 2, 3, 0xFF]), "encoding");
    assert_eq!(refused(b"PK\x03\x04 and no more"), "broken");
    assert_eq!(refused(&package(&[("xl/workbook.xml", b"<x/>")])), "format");
    assert_eq!(refused(&vec![b'a'; reader::LARGEST + 1]), "too-large");
    let entity = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>";
    assert_eq!(
        refused(&package(&[("word/document.xml", entity.as_bytes())])),
        "entities"
    );
    assert_eq!(
        refused(&package(&[(
            "word/document.xml",
            main_part("<w:p><w:r><w:t>&y;</w:t></w:r></w:p>").as_bytes()
        )])),
        "entities"
    );
    assert_eq!(
        refused(&package(&[("word/document.xml", b"<w:document><w:body>")])),
        "broken"
    );
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let bomb = package(&[("word/document.xml", &vec![b' '; 64 << 20])]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(read(&bomb).expect_err("refused"), Unreadable::Bomb);
}
