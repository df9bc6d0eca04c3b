//! What a file is, told from its first bytes, and what a photo says of itself. Names and declared types are not believed.

use std::io::Cursor;

use bytes::Bytes;
use domain::time::Instant;
use exif::{In, Tag};
use img_parts::{DynImage, ImageEXIF};

use super::jpeg::only_what_draws;

/// The types that are taken as evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    Jpeg,
    Png,
    Webp,
    Pdf,
    /// Office documents (docx, xlsx) are zip archives.
    Office,
    Mp4,
}

impl MediaType {
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let starts = |magic: &[u8]| bytes.starts_with(magic);
        if starts(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if starts(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else if starts(b"%PDF-") {
            Some(Self::Pdf)
        } else if starts(b"PK\x03\x04") {
            Some(Self::Office)
        } else if bytes.get(4..8) == Some(b"ftyp") {
            Some(Self::Mp4)
        } else {
            None
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Office => "application/zip",
            Self::Mp4 => "video/mp4",
        }
    }

    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }
}

/// When the camera says that the picture was taken. Without an offset of its own it is taken to be Beijing time.
pub fn captured_at(bytes: &[u8]) -> Option<Instant> {
    let exif = exif::Reader::new()
        .read_from_container(&mut Cursor::new(bytes))
        .ok()?;
    let text = |tag| {
        let exif::Value::Ascii(values) = &exif.get_field(tag, In::PRIMARY)?.value else {
            return None;
        };
        String::from_utf8(values.first()?.clone()).ok()
    };
    let taken = text(Tag::DateTimeOriginal)?;
    let offset = text(Tag::OffsetTimeOriginal).unwrap_or_else(|| "+08:00".into());
    let (day, time) = taken.trim().split_once(' ')?;
    Instant::parse(&format!("{}T{time}{}", day.replace(':', "-"), offset.trim()))
}

/// The picture as it may be shown: the same pixels, without what the camera wrote about place, device and owner. Only which
/// way is up stays, or photos would lie on their side.
pub fn stripped(bytes: Bytes) -> Option<Bytes> {
    let up = orientation(&bytes);
    let bytes = if MediaType::of(&bytes) == Some(MediaType::Jpeg) {
        only_what_draws(&bytes)
    } else {
        bytes
    };
    let mut image = DynImage::from_bytes(bytes).ok()??;
    image.set_exif(up.map(minimal_exif));
    if let DynImage::Png(png) = &mut image {
        png.chunks_mut()
            .retain(|chunk| !matches!(&chunk.kind(), b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
    }
    if let DynImage::WebP(webp) = &mut image {
        webp.remove_chunks_by_id(*b"XMP ");
    }
    Some(image.encoder().bytes())
}

fn orientation(bytes: &[u8]) -> Option<u8> {
    let exif = exif::Reader::new()
        .read_from_container(&mut Cursor::new(bytes))
        .ok()?;
    let value = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(value).ok().filter(|up| (2..=8).contains(up))
}

/// A TIFF header with one entry: the orientation.
fn minimal_exif(up: u8) -> Bytes {
    let mut tiff = vec![b'M', b'M', 0, 42, 0, 0, 0, 8];
    tiff.extend([0, 1]);
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, up, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    Bytes::from(tiff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_from_the_bytes() {
        assert_eq!(MediaType::of(b"\x89PNG\r\n\x1a\n...."), Some(MediaType::Png));
        assert_eq!(MediaType::of(b"<svg onload=alert(1)>"), None);
        assert_eq!(MediaType::of(b"MZ\x90\0"), None);
        assert_eq!(MediaType::of(b""), None);
    }
}
