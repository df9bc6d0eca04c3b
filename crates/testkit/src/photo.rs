//! Photos as a phone makes them, small: a JPEG whose EXIF says when and where it was taken and with what.

use bytes::Bytes;

/// What the camera wrote that nobody else should read.
pub const CAMERA: &str = "Ankang Phone 9";
pub const TAKEN: &str = "2026:03:03 16:20:00";

/// A photo with EXIF: capture time, camera, orientation and a place by GPS. `mark` makes one unlike another.
pub fn with_place(mark: &str) -> Bytes {
    jpeg(Some(exif(6)), mark)
}

pub fn plain(mark: &str) -> Bytes {
    jpeg(None, mark)
}

fn jpeg(exif: Option<Vec<u8>>, mark: &str) -> Bytes {
    let mut file = vec![0xff, 0xd8];
    if let Some(tiff) = exif {
        segment(&mut file, 0xe1, &[b"Exif\0\0".as_slice(), &tiff].concat());
    }
    // A quantisation table, a frame of 8 × 8 pixels, and a scan that carries the mark; nobody decodes it.
    segment(&mut file, 0xdb, &[&[0_u8][..], &[16; 64]].concat());
    segment(&mut file, 0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    segment(&mut file, 0xda, &[1, 1, 0, 0, 63, 0]);
    file.extend(mark.bytes().filter(|byte| *byte != 0xff));
    file.extend([0xff, 0xd9]);
    Bytes::from(file)
}

fn segment(file: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).expect("a segment is short");
    file.extend([0xff, marker]);
    file.extend(length.to_be_bytes());
    file.extend(content);
}

/// TIFF, big endian: camera, orientation, a pointer to the EXIF directory and one to the GPS directory.
fn exif(orientation: u16) -> Vec<u8> {
    let camera = format!("{CAMERA}\0");
    let taken = format!("{TAKEN}\0");
    // Offsets: header 8, first directory 2 + 4 × 12 + 4, then EXIF 2 + 12 + 4, then GPS 2 + 2 × 12 + 4, then the data.
    let (exif_at, gps_at) = (8 + 54, 8 + 54 + 18);
    let camera_at = gps_at + 30;
    let taken_at = camera_at + camera.len();
    let place_at = taken_at + taken.len();
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let number = |n: usize| u32::try_from(n).expect("an offset is small").to_be_bytes();
    let entry = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: usize, value: [u8; 4]| {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(number(count));
        tiff.extend(value);
    };
    let [high, low] = orientation.to_be_bytes();
    tiff.extend([0, 4]);
    entry(&mut tiff, 0x0110, 2, camera.len(), number(camera_at));
    entry(&mut tiff, 0x0112, 3, 1, [high, low, 0, 0]);
    entry(&mut tiff, 0x8769, 4, 1, number(exif_at));
    entry(&mut tiff, 0x8825, 4, 1, number(gps_at));
    tiff.extend([0; 4]);
    tiff.extend([0, 1]);
    entry(&mut tiff, 0x9003, 2, taken.len(), number(taken_at));
    tiff.extend([0; 4]);
    tiff.extend([0, 2]);
    entry(&mut tiff, 0x0001, 2, 2, [b'N', 0, 0, 0]);
    entry(&mut tiff, 0x0002, 5, 3, number(place_at));
    tiff.extend([0; 4]);
    tiff.extend(camera.bytes());
    tiff.extend(taken.bytes());
    for (over, under) in [(32_u32, 1_u32), (41, 1), (7, 1)] {
        tiff.extend(over.to_be_bytes());
        tiff.extend(under.to_be_bytes());
    }
    tiff
}
