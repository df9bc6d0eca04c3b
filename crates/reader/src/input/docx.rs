//! DOCX: a package whose main part is read and nothing else. Sizes are bounded before and while it is unpacked.

use std::io::{Cursor, Read};

use zip::{ZipArchive, result::ZipError};

use super::{UNPACKED, Unreadable, word_xml};

/// Parts of a package that Word wrote stay far below this.
const MOST_PARTS: usize = 20_000;
/// A text packs to a twentieth at best; what unpacks to much more than that, and to more than a little, is made to hurt.
const WORST_RATIO: u64 = 200;
const LITTLE: u64 = 8 << 20;

pub(super) fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::Bomb);
    }
    let part = ["word/document.xml", "word/document2.xml"]
        .into_iter()
        .find(|name| archive.index_for_name(name).is_some());
    let Some(part) = part else {
        let excel = archive.file_names().flatten().any(|name| name.starts_with("xl/"));
        return Err(Unreadable::Format(match excel {
            true => "a workbook",
            false => "an archive without a Word document",
        }));
    };
    let file = archive.by_name(part).map_err(broken)?;
    if file.encrypted() {
        return Err(Unreadable::Encrypted);
    }
    let packed = file.compressed_size().max(1);
    // What the header says of the size may be a lie; the reader stops by itself.
    let most = UNPACKED.min((packed.saturating_mul(WORST_RATIO)).max(LITTLE));
    let mut xml = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut xml)
        .map_err(|error| Unreadable::Broken(error.to_string()))?;
    if xml.len() as u64 > most {
        return Err(Unreadable::Bomb);
    }
    let xml =
        String::from_utf8(xml).map_err(|_| Unreadable::Broken("the main part is not UTF-8".to_owned()))?;
    word_xml::text(xml.trim_start_matches('\u{feff}'))
}

fn broken(error: ZipError) -> Unreadable {
    match error {
        ZipError::UnsupportedArchive(what) if what == ZipError::PASSWORD_REQUIRED => Unreadable::Encrypted,
        ZipError::InvalidPassword => Unreadable::Encrypted,
        other => Unreadable::Broken(other.to_string()),
    }
}
