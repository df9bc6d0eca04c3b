//! What kind of file it is, told from its bytes and never from its name, and the text that it holds.
//!
//! Everything that is not a text is told what is wrong with it: encrypted, another format, too large, empty. Nothing is fetched, no
//! external entity is followed, and a package that unpacks to more than [`UNPACKED`] is refused before it does.

mod docx;
mod html;
mod plain;
mod word_xml;

use thiserror::Error;

/// Bytes of the largest file that is read.
pub const LARGEST: usize = 50 << 20;
/// Bytes that the text part of a package may unpack to.
const UNPACKED: u64 = 256 << 20;

/// A document's text, decoded. Offsets of a reading count its characters.
#[derive(Debug, Clone)]
pub struct Source {
    pub text: String,
    /// `txt`, `docx`, `html` or `word_xml`
    pub format: &'static str,
    pub encoding: &'static str,
}

/// Why a file could not be read. The code is stable, the sentence is for people.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Unreadable {
    #[error("the file is larger than {} MB", LARGEST >> 20)]
    TooLarge,
    #[error("the file is empty or holds no text")]
    Empty,
    #[error("the document is encrypted: save it without a password")]
    Encrypted,
    #[error("this is {0}, which is not read: save it as .docx or as plain text")]
    Format(&'static str),
    #[error("the text is neither UTF-8 nor GB18030")]
    Encoding,
    #[error("the document unpacks to more than {} MB, or out of all proportion", UNPACKED >> 20)]
    Bomb,
    #[error("the document declares a DTD or entities of its own, which is not allowed")]
    Entities,
    #[error("the document is damaged: {0}")]
    Broken(String),
}

impl Unreadable {
    pub fn code(&self) -> &'static str {
        match self {
            Unreadable::TooLarge => "too-large",
            Unreadable::Empty => "empty",
            Unreadable::Encrypted => "encrypted",
            Unreadable::Format(_) => "format",
            Unreadable::Encoding => "encoding",
            Unreadable::Bomb => "unpacks-too-large",
            Unreadable::Entities => "entities",
            Unreadable::Broken(_) => "broken",
        }
    }
}

pub(crate) fn from_text(text: &str) -> Result<Source, Unreadable> {
    if text.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    held(Source {
        text: text.to_owned(),
        format: "txt",
        encoding: "UTF-8",
    })
}

pub(crate) fn open(bytes: &[u8]) -> Result<Source, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::text(bytes).and_then(|text| {
            held(Source {
                text,
                format: "docx",
                encoding: "UTF-8",
            })
        });
    }
    if let Some(refusal) = foreign(bytes) {
        return Err(refusal);
    }
    let (text, encoding) = plain::decode(bytes)?;
    let start: String = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .chars()
        .take(4096)
        .collect();
    let start = start.to_ascii_lowercase();
    let (text, format) = if word_xml::is(&start) {
        (word_xml::text(&text)?, "word_xml")
    } else if start.starts_with("{\\rtf") {
        return Err(Unreadable::Format("RTF"));
    } else if html::is(&start) {
        (html::text(&text), "html")
    } else if start.starts_with("<?xml") {
        return Err(Unreadable::Format("XML that is not of Word"));
    } else {
        (text, "txt")
    };
    held(Source {
        text,
        format,
        encoding,
    })
}

fn held(source: Source) -> Result<Source, Unreadable> {
    if source.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Unreadable::Empty);
    }
    Ok(source)
}

/// Formats that are known by their first bytes and not read.
fn foreign(bytes: &[u8]) -> Option<Unreadable> {
    const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    if bytes.starts_with(OLE) {
        // A DOCX with a password is a compound file that names its parts in UTF-16.
        let name: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        return Some(match bytes.windows(name.len()).any(|window| window == name) {
            true => Unreadable::Encrypted,
            false => Unreadable::Format("an old Office file (.doc, .xls, .wps)"),
        });
    }
    let known: [(&[u8], &'static str); 7] = [
        (b"%PDF", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"Rar!", "an archive"),
        (b"7z\xBC\xAF", "an archive"),
        (b"\x1F\x8B", "an archive"),
    ];
    known
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, name)| Unreadable::Format(name))
}
