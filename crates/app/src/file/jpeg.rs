//! The inside of a JPEG, as far as hiding needs it: which segments say how to draw, and where the picture ends.
//!
//! Phones write more than one picture into a file: a film or a second exposure follows the first picture's end, with a place and a
//! time of its own. What follows the end is not shown, and neither is what hides between the scans. Nothing is decoded here.

use bytes::Bytes;

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const COMMENT: u8 = 0xfe;

/// The picture alone: no segment that does not say how to draw, and nothing behind its end.
pub fn only_what_draws(jpeg: &[u8]) -> Bytes {
    let mut kept = vec![0xff, START];
    kept.extend(until_the_end(jpeg.get(2..).unwrap_or_default()));
    kept.into()
}

/// Does this segment say how to draw? Of the application segments three do: JFIF, Adobe's, and a colour profile.
fn draws(marker: u8, contents: &[u8]) -> bool {
    match marker {
        0xe0 => contents.starts_with(b"JFIF\0"),
        0xe2 => contents.starts_with(b"ICC_PROFILE\0"),
        0xee => contents.starts_with(b"Adobe"),
        0xe1..=0xef | COMMENT => false,
        _ => true,
    }
}

/// Segments and scans up to the end of the picture. One that was cut off is kept as far as it goes.
fn until_the_end(rest: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(rest.len());
    let mut at = 0;
    while let Some((scan, marker)) = scan(&rest[at..]) {
        kept.extend(&rest[at..at + scan]);
        at += scan;
        if marker == END || marker == START {
            kept.extend([0xff, END]);
            return kept;
        }
        let Some(length) = rest.get(at + 2..at + 4) else {
            return kept;
        };
        let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
        let Some(segment) = rest.get(at..end).filter(|segment| segment.len() >= 4) else {
            return kept;
        };
        if draws(marker, &segment[4..]) {
            kept.extend(segment);
        }
        at = end;
    }
    kept.extend(&rest[at..]);
    kept
}

/// How long the drawing goes on, and the marker that ends it. Escaped and restart markers belong to the drawing.
fn scan(rest: &[u8]) -> Option<(usize, u8)> {
    let mut pairs = rest.windows(2).enumerate();
    pairs
        .find(|(_, pair)| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0x01 | 0xff | 0xd0..=0xd7))
        .map(|(at, pair)| (at, pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_that_do_not_draw_are_left_out() {
        let picture = b"\xff\xd8\xff\xe1\x00\x08secret\xff\xdb\x00\x03t\xff\xda\x00\x02a\xff\xd9\xff\xd8film";
        assert_eq!(
            &only_what_draws(picture)[..],
            b"\xff\xd8\xff\xdb\x00\x03t\xff\xda\x00\x02a\xff\xd9"
        );
        assert_eq!(&only_what_draws(b"\xff")[..], b"\xff\xd8");
    }

    #[test]
    fn a_picture_ends_where_it_says() {
        assert_eq!(until_the_end(b"ab\xff\xd9\xff\xd8film"), b"ab\xff\xd9");
        assert_eq!(
            until_the_end(b"ab\xff\xd8film"),
            b"ab\xff\xd9",
            "another begins before this one ended"
        );
        assert_eq!(
            until_the_end(b"a\xff\x00b\xff\xd3c"),
            b"a\xff\x00b\xff\xd3c",
            "cut off"
        );
        assert_eq!(until_the_end(b""), b"");
    }

    #[test]
    fn between_scans_only_what_draws_stays() {
        let scans = b"a\xff\xc4\x00\x03t\xff\xe1\x00\x08secret\xff\xfe\x00\x04no\xff\xda\x00\x02b\xff\xd9";
        assert_eq!(
            until_the_end(scans),
            b"a\xff\xc4\x00\x03t\xff\xda\x00\x02b\xff\xd9"
        );
        assert_eq!(
            until_the_end(b"a\xff\xe1\xff\xffsecret"),
            b"a",
            "longer than the file"
        );
        assert_eq!(
            until_the_end(b"a\xff\xe1\x00\x01b\xff\xd9"),
            b"a",
            "shorter than its own length"
        );
    }

    #[test]
    fn a_colour_profile_draws_and_a_makers_note_does_not() {
        assert!(draws(0xe2, b"ICC_PROFILE\0\x01\x01") && draws(0xc0, b"") && draws(0xe0, b"JFIF\0"));
        assert!(
            !draws(0xe2, b"MPF\0")
                && !draws(0xe1, b"Exif\0\0")
                && !draws(0xed, b"Photoshop")
                && !draws(0xe0, b"JFXX\0")
        );
    }
}
