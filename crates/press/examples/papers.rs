//! Writes every paper with sample facts, and once with none, into a folder, to be opened and looked at:
//! `cargo run -p press --example papers -- DIR`.

#[path = "../tests/it/samples.rs"]
mod samples;

use std::{env, fs, io, path::PathBuf};

use press::{Faces, docx, html};

fn main() -> io::Result<()> {
    let dir = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/papers".into()));
    fs::create_dir_all(&dir)?;
    let blanks = samples::blanks()
        .into_iter()
        .map(|(name, paper)| (format!("{name}-blank"), paper));
    let papers = samples::papers()
        .into_iter()
        .map(|(name, paper)| (name.to_owned(), paper));
    for (name, paper) in papers.chain(blanks) {
        fs::write(
            dir.join(format!("{name}.docx")),
            docx::write(&paper, &Faces::default()),
        )?;
        fs::write(dir.join(format!("{name}.html")), html::write(&paper))?;
    }
    Ok(())
}
