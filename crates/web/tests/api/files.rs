//! Files of evidence over HTTP: what is taken, what is shown of it, and to whom.

use serde_json::json;
use testkit::{on_both_engines, photo};

use crate::{
    client::{FORM, form},
    people::{self, People},
};

const MEGABYTE: usize = 1024 * 1024;

fn crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    }) ^ u32::MAX
}

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len())
        .expect("a chunk is short")
        .to_be_bytes();
    let named = [kind.as_slice(), content].concat();
    [length.as_slice(), &named, &crc(&named).to_be_bytes()].concat()
}

/// A PNG whose text chunks say where and with what it was taken.
fn png() -> Vec<u8> {
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let said = [b"Comment\0", photo::CAMERA.as_bytes()].concat();
    let exif = [b"MM\0\x2a\0\0\0\x08".as_slice(), photo::CAMERA.as_bytes()].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        chunk(b"tEXt", &said),
        chunk(b"eXIf", &exif),
        chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1]),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

/// A WebP with XMP, which is EXIF in other words.
fn webp() -> Vec<u8> {
    let part = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len())
            .expect("a part is short")
            .to_le_bytes();
        let padding = vec![0; content.len() % 2];
        [kind.as_slice(), &length, content, &padding].concat()
    };
    let parts = [
        b"WEBP".to_vec(),
        part(b"VP8X", &[0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        part(b"VP8L", &[0x2f, 0, 0, 0, 0, 0]),
        part(b"EXIF", photo::CAMERA.as_bytes()),
        part(b"XMP ", photo::CAMERA.as_bytes()),
    ]
    .concat();
    [
        b"RIFF".as_slice(),
        &u32::try_from(parts.len()).expect("short").to_le_bytes(),
        &parts,
    ]
    .concat()
}

fn tells_of_the_camera(bytes: &[u8]) -> bool {
    bytes
        .windows(photo::CAMERA.len())
        .any(|window| window == photo::CAMERA.as_bytes())
}

on_both_engines! {
    /// The original keeps its digest; what is shown has lost what the camera wrote into it.
    async fn a_photo_is_shown_without_what_the_camera_wrote(w: &World) {
        let p = People::of(w).await;
        let followed = [photo::with_place("motion").to_vec(), photo::with_place("its film").to_vec()].concat();
        for (name, bytes, kind) in [
            ("after.jpg", photo::with_place("door").to_vec(), "image/jpeg"),
            ("motion.jpg", followed, "image/jpeg"),
            ("after.png", png(), "image/png"),
            ("after.webp", webp(), "image/webp"),
        ] {
            assert!(tells_of_the_camera(&bytes));
            let received = p.unit.uploads(name, &bytes).await.is(201);
            assert_eq!(received["sha256"], app::ids::sha256_hex(&bytes), "the digest is that of what was sent");
            assert_eq!((&received["media_type"], &received["size"]), (&json!(kind), &json!(bytes.len())));
            let shown = p.unit.gets(&format!("/files/{}", received["id"].as_str().expect("an id"))).await;
            assert_eq!((shown.status, shown.header("content-type")), (200, kind), "{name}: {}", shown.text());
            assert!(!tells_of_the_camera(&shown.bytes), "{name} still tells of the camera");
            let shown_upright = shown.bytes.windows(6).any(|window| window == b"Exif\0\0");
            assert_eq!(shown_upright, kind == "image/jpeg", "which way is up stays, and stands only where it stood");
            assert_eq!(shown.header("content-disposition"), "");
        }
    }

    async fn a_file_is_for_the_eyes_that_see_its_hazard(w: &World) {
        let p = People::of(w).await;
        let id = p.hazard_at("rectifying").await;
        let file = p.unit.photo().await;
        let path = format!("/files/{file}");
        p.unit.gets(&path).await;
        for other in [&p.town, &p.county, &p.city] {
            other.gets(&path).await.is_problem(404, "not-found");
        }
        p.unit.acts(&id, "rectification", &people::rectification(&file)).await;
        let discipline = p.api.signs_in("discipline").await;
        for eyes in [&p.unit, &p.town, &p.county, &p.city, &discipline] {
            let shown = eyes.gets(&path).await;
            assert_eq!(shown.status, 200);
            assert_eq!(shown.header("x-content-type-options"), "nosniff");
            let cache = shown.header("cache-control");
            assert!(cache.starts_with("private") && !cache.contains("public"), "{cache}");
        }
        for stranger in ["county-610981", "enterprise-2", "town-610902003"] {
            p.api.signs_in(stranger).await.gets(&path).await.is_problem(404, "not-found");
        }
        p.api.anonymous("GET", &format!("/api/v1{path}"), "").await.is_problem(401, "unauthenticated");
    }

    /// Papers are for saving, under the name that they came with.
    async fn papers_are_saved_not_opened(w: &World) {
        let p = People::of(w).await;
        let received = p.unit.uploads("../../检测 报告\\.pdf", b"%PDF-1.7 <script>alert(1)</script>").await.is(201);
        let shown = p.unit.gets(&format!("/files/{}", received["id"].as_str().expect("an id"))).await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "application/pdf"));
        let disposition = shown.header("content-disposition");
        assert!(disposition.starts_with("attachment; filename*=UTF-8''"), "{disposition}");
        assert!(!disposition.contains(['/', '\\']) && !disposition.contains("..%2F"), "{disposition}");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert_eq!(&shown.bytes[..], b"%PDF-1.7 <script>alert(1)</script>");
    }

    async fn what_is_too_large_is_refused(w: &World) {
        let p = People::of(w).await;
        let events = w.events().await;
        let paper = |size: usize| [b"%PDF-".as_slice(), &vec![b' '; size - 5]].concat();
        for size in [20 * MEGABYTE + 1, 25 * MEGABYTE, 70 * MEGABYTE] {
            let problem = p.unit.uploads("large.pdf", &paper(size)).await.is_problem(413, "too-large");
            assert!(problem["next"].as_str().is_some_and(|next| next.contains("20 MB")), "{problem}");
        }
        assert_eq!(w.events().await, events);
        let received = p.unit.uploads("large.pdf", &paper(20 * MEGABYTE)).await.is(201);
        assert_eq!(received["size"], 20 * MEGABYTE);
    }

    /// Names and declared types are not believed.
    async fn what_is_no_evidence_is_refused(w: &World) {
        let p = People::of(w).await;
        let events = w.events().await;
        for (name, bytes) in [
            ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice()),
            ("photo.jpg", b"<html><script>alert(1)</script></html>"),
            ("tool.pdf", b"MZ\x90\0\x03"),
            ("photo.jpg", b"GIF89a\x01\0\x01\0"),
            ("photo.jpg", b"\xff"),
        ] {
            p.unit.uploads(name, bytes).await.is_problem(415, "unsupported-file");
        }
        p.unit.uploads("photo.jpg", b"").await.is_refused_for("file: required");
        let no_file = "--anlan-boundary\r\ncontent-disposition: form-data; name=\"file\"\r\n\r\ntext\r\n--anlan-boundary--\r\n";
        p.unit.with("content-type", FORM).posts_raw("/files", no_file).await.is_refused_for("file: required");
        for kind in ["application/json", "multipart/form-data", "multipart/form-data; boundary=another"] {
            let answer = p.unit.with("content-type", kind).posts_raw("/files", form("a.jpg", &photo::plain("a"))).await;
            answer.is_problem(422, "unreadable");
        }
        p.unit.posts_raw("/files", form("a.jpg", &photo::plain("a"))).await.is_problem(422, "unreadable");
        let cut = form("a.jpg", &photo::plain("a"));
        p.unit.with("content-type", FORM).posts_raw("/files", cut.slice(..cut.len() - 30)).await.is_problem(422, "unreadable");
        assert_eq!(w.events().await, events);
    }

    /// What cannot be shown again is no evidence: it is refused when it comes, not when somebody looks for it.
    async fn a_picture_that_is_broken_is_refused(w: &World) {
        let p = People::of(w).await;
        let whole = photo::with_place("door");
        for bytes in [&whole[..3], &whole[..40], b"\x89PNG\r\n\x1a\n".as_slice(), b"RIFF\x04\0\0\0WEBP"] {
            let answer = p.unit.uploads("broken.jpg", bytes).await;
            if answer.status == 201 {
                let id = answer.json()["id"].as_str().expect("an id").to_owned();
                let shown = p.unit.gets(&format!("/files/{id}")).await;
                assert_eq!(shown.status, 200, "{bytes:?} was taken and cannot be shown");
            } else {
                answer.is_problem(415, "unsupported-file");
            }
        }
    }
}
