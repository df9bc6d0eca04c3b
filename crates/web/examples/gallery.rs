//! Writes every sample page into a folder, to be looked at: `cargo run -p web --example gallery -- FOLDER [zh|en]`.
//!
//! The front end's `dist` is expected beside the pages as `assets`. Never part of the program that serves.

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::{env, fs, path::Path};

use web::words::Language;

fn main() -> std::io::Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().expect("the folder to write to");
    let language = arguments
        .next()
        .and_then(|code| Language::parse(&code))
        .unwrap_or_default();
    fs::create_dir_all(&folder)?;
    for page in samples::pages(language) {
        let html = page.html.replace("\"/assets/", "\"assets/");
        fs::write(Path::new(&folder).join(page.name).with_extension("html"), html)?;
    }
    for (name, drawing) in [
        ("photo-before.svg", drawing("#8a938f", "整改前")),
        ("photo-after.svg", drawing("#5f7f86", "整改后")),
    ] {
        fs::write(Path::new(&folder).join(name), drawing)?;
    }
    Ok(())
}

/// Stands in for a photograph.
fn drawing(ground: &str, text: &str) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300"><rect width="400" height="300" fill="{ground}"/><path d="M0 220h400v80H0z" fill="#3d4645"/><path d="M60 220V90h36v130M150 220V60h60v160M260 220V110h90v110" fill="#c9cfcb"/><path d="M40 70h330" stroke="#222b2b" stroke-width="8"/><text x="200" y="272" font-size="24" fill="#fff" text-anchor="middle">{text}（示意）</text></svg>"##
    )
}
