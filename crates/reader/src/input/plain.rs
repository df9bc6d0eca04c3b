//! Plain text: UTF-8, UTF-16 with its mark, and GB18030 where the bytes are no UTF-8.
//!
//! A byte order mark stays where it is, so that offsets count what a person's editor counts. Bytes that are no text in either
//! encoding are an error, never question marks.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::Unreadable;

pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), Unreadable> {
    for (mark, encoding) in [(&b"\xFF\xFE"[..], UTF_16LE), (&b"\xFE\xFF"[..], UTF_16BE)] {
        if bytes.starts_with(mark) {
            let (text, failed) = encoding.decode_without_bom_handling(bytes);
            return match failed {
                true => Err(Unreadable::Encoding),
                false => Ok((text.into_owned(), encoding.name())),
            };
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // A handful of NULs in what is otherwise ASCII is a binary file.
        return match text.contains('\0') {
            true => Err(Unreadable::Encoding),
            false => Ok((text.to_owned(), "UTF-8")),
        };
    }
    let (text, failed) = GB18030.decode_without_bom_handling(bytes);
    if failed || text.contains('\0') || !mostly_text(&text) {
        return Err(Unreadable::Encoding);
    }
    Ok((text.into_owned(), "GB18030"))
}

/// Nearly any bytes decode as GB18030; a text in it consists of common characters.
fn mostly_text(text: &str) -> bool {
    let (mut common, mut all) = (0usize, 0usize);
    for c in text.chars().take(20_000) {
        all += 1;
        let plain = matches!(c, '\u{9}' | '\u{a}' | '\u{d}' | '\u{20}'..='\u{7e}' | '\u{2010}'..='\u{203b}'
            | '\u{2460}'..='\u{24ff}' | '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fa5}' | '\u{ff00}'..='\u{ffef}');
        common += usize::from(plain);
    }
    common * 100 >= all * 90
}
