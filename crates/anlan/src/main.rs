//! `anlan`: the program. Commands only: what they do stands in `app` and `web`.

mod cli;
mod decompose;
mod demo;
mod log;
mod place;
mod serve;

use std::process::ExitCode;

use clap::Parser;

/// Why a command ended without doing what was asked: what happened, and what to do next.
#[derive(Debug)]
pub struct Stop {
    pub what: String,
    pub next: String,
}

impl Stop {
    pub fn new(what: impl ToString, next: impl ToString) -> Self {
        Self {
            what: what.to_string(),
            next: next.to_string(),
        }
    }
}

impl From<app::Failure> for Stop {
    fn from(failure: app::Failure) -> Self {
        Self::new(failure, "see `anlan --help`; ANLAN_LOG=debug tells more")
    }
}

impl From<store::StoreError> for Stop {
    fn from(error: store::StoreError) -> Self {
        app::Failure::from(error).into()
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        app::Failure::from(error).into()
    }
}

pub const COULD_NOT: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ANLAN_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match cli::run(cli::Cli::parse()).await {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("anlan: {}", stop.what);
            eprintln!("       {}", stop.next);
            ExitCode::from(COULD_NOT)
        }
    }
}
