//! What a reader finds in a file that was written.

use std::{collections::BTreeMap, io::Read};

use press::{Faces, Paper, docx};
use quick_xml::{Reader, events::Event};

/// The parts of a package by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package opens");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part is found");
        let mut text = String::new();
        part.read_to_string(&mut text)
            .expect("its length and checksum hold, and it is UTF-8");
        let name = part.name().expect("a name that can be read").into_owned();
        parts.insert(name, text);
    }
    parts
}

pub fn written(paper: &Paper) -> BTreeMap<String, String> {
    parts(&docx::write(paper, &Faces::default()))
}

/// An element with its attributes, and where it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The element around it.
    pub parent: String,
}

impl Element {
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.attributes.get(name).is_some_and(|found| found == value)
    }

    pub fn number(&self, name: &str) -> i64 {
        self.attributes[name]
            .parse()
            .unwrap_or_else(|_| panic!("{self:?} has no number {name}"))
    }
}

/// Reads a whole document; anything malformed fails the test.
pub struct Document {
    pub elements: Vec<Element>,
    /// The text, with a line for each paragraph or break.
    pub text: String,
}

impl Document {
    pub fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let (mut elements, mut text, mut open) = (Vec::new(), String::new(), Vec::<String>::new());
        loop {
            match reader
                .read_event()
                .unwrap_or_else(|error| panic!("{error} in {xml}"))
            {
                Event::Start(tag) => {
                    let element = element(&tag, open.last());
                    open.push(element.name.clone());
                    elements.push(element);
                }
                Event::Empty(tag) => {
                    let element = element(&tag, open.last());
                    if element.name == "w:br" {
                        text.push('\n');
                    }
                    elements.push(element);
                }
                Event::End(tag) => {
                    open.pop();
                    text.push_str(if &*tag == "w:p" { "\n" } else { "" });
                }
                Event::Text(piece) if !open.is_empty() => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref().expect("a reference to a character")
                {
                    Some(letter) => text.push(letter),
                    None => text.push_str(match &*name {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        other => panic!("the entity {other} is not one of XML's own"),
                    }),
                },
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(open.is_empty(), "{open:?} stays open");
        Self { elements, text }
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    pub fn one<'a>(&'a self, name: &'a str) -> &'a Element {
        let found: Vec<&Element> = self.all(name).collect();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0]
    }
}

fn element(tag: &quick_xml::events::BytesStart, parent: Option<&String>) -> Element {
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute, named once");
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .expect("a value");
        (attribute.key.0.to_owned(), value.into_owned())
    });
    Element {
        name: tag.name().0.to_owned(),
        attributes: attributes.collect(),
        parent: parent.cloned().unwrap_or_default(),
    }
}
