//! A ZIP archive in memory: deflated parts in the order given, all of one fixed time, so that the same facts give the same bytes.
//!
//! Written by hand (APPNOTE 6.3, versions 2.0 needed) because a package of a dozen small parts needs no more than this, and
//! deflate is in the program already. Names are ASCII; parts are far below the 4 GiB from where ZIP64 would begin.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};

/// 1980-01-01 00:00, the first moment that the format knows.
const DATE: u16 = 1 << 5 | 1;
const TIME: u16 = 0;
const DEFLATED: u16 = 8;
const NEEDED: u16 = 20;

#[derive(Debug, Default)]
pub struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

impl Zip {
    pub fn part(&mut self, name: &str, content: &[u8]) {
        let packed = deflated(content);
        let mut crc = Crc::new();
        crc.update(content);
        let mut entry = Vec::with_capacity(64);
        short(&mut entry, &[NEEDED, 0, DEFLATED, TIME, DATE]);
        long(&mut entry, &[crc.sum(), size(packed.len()), size(content.len())]);
        short(&mut entry, &[u16::try_from(name.len()).unwrap_or(u16::MAX), 0]);

        let at = size(self.bytes.len());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&entry);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);

        self.directory.extend(b"PK\x01\x02");
        short(&mut self.directory, &[NEEDED]);
        self.directory.extend(&entry);
        // No comment, first disk, no attributes.
        short(&mut self.directory, &[0, 0, 0]);
        long(&mut self.directory, &[0, at]);
        self.directory.extend(name.as_bytes());
        self.parts += 1;
    }

    pub fn finish(mut self) -> Vec<u8> {
        let at = size(self.bytes.len());
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06");
        short(&mut self.bytes, &[0, 0, self.parts, self.parts]);
        long(&mut self.bytes, &[size(self.directory.len()), at]);
        short(&mut self.bytes, &[0]);
        self.bytes
    }
}

fn deflated(content: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(content).and_then(|()| encoder.finish());
    written.expect("writing into memory does not fail")
}

/// Papers are bounded (`model`), so that sizes fit by far.
fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a paper is smaller than 4 GiB")
}

fn short(to: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| to.extend(value.to_le_bytes()));
}

fn long(to: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| to.extend(value.to_le_bytes()));
}
