//! Documents that are made from the code, so that what people review is what the program does.
//!
//! `cargo run -p xtask -- generate` writes them, `generate --check` compares them and fails when one is stale. A test of this
//! package does the same. Never here: a word or a rule of its own; each document only prints a table that the program works with.

mod authority;
mod documents;
mod hazard;
mod table;

use std::{path::Path, process::ExitCode};

use documents::{documents, stale, write};

const USAGE: &str = "usage: cargo run -p xtask -- generate [--check]";

fn main() -> ExitCode {
    let said: Vec<String> = std::env::args().skip(1).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match said[..] {
        ["generate"] => generate(&root),
        ["generate", "--check"] => check(&root),
        _ => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn generate(root: &Path) -> ExitCode {
    match write(root, &documents()) {
        Ok(written) => {
            written.iter().for_each(|path| println!("{path}"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn check(root: &Path) -> ExitCode {
    let stale = stale(root, &documents());
    if stale.is_empty() {
        return ExitCode::SUCCESS;
    }
    stale.iter().for_each(|why| eprintln!("{why}"));
    eprintln!("run: cargo run -p xtask -- generate");
    ExitCode::FAILURE
}
